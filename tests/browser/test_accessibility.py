"""axe finds nothing wrong: on every kind of page, in light and dark, on a desk and on a phone."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from pagekinds import KINDS, short
from playwright.sync_api import Page
from visits import Portal, Visits

AXE = Path(sys.prefix) / "web/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast"]}
"""All that a page in other colours can change."""

RUN = """(only) => axe.run(document, {runOnly: only, resultTypes: ["violations"]})"""
UNFOLD = """() => document.querySelectorAll("main details").forEach((each) => { each.open = true; })"""


def found(page: Page, only: dict[str, Any] = EVERYTHING) -> list[str]:
    """What axe objects to: rule, place and reason, a line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    result: dict[str, Any] = page.evaluate(RUN, only)
    return [
        f"{rule['id']} at {json.dumps(node['target'])}: {node['failureSummary']}"
        for rule in result["violations"]
        for node in rule["nodes"][:3]
    ]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_example(example: Portal, visit: Visits, kind: str, width: int) -> None:
    """WCAG 2.0 to 2.2, A and AA, and what is known as good practice, light and dark, with everything unfolded."""
    page = visit(example.url + example.of(kind), width)
    page.evaluate(UNFOLD)
    assert found(page) == [], "light"
    page.emulate_media(color_scheme="dark")
    assert found(page, COLOURS) == [], "dark"


@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_all_shapes(shapes: Portal, visit: Visits, kind: str) -> None:
    """Nor does it on pages with nothing, too much, or the strangest names on them."""
    assert found(visit(shapes.url + shapes.of(kind))) == []
