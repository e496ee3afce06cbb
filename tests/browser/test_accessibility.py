"""axe finds nothing wrong: on every kind of page, in light and dark, on a desk and on a phone."""

from __future__ import annotations

import pytest
from pagekinds import KINDS, short
from pagelooks import COLOURS, found
from visits import Portal, Visits

UNFOLD = """() => document.querySelectorAll("main details").forEach((each) => { each.open = true; })"""


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
