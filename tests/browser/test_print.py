"""On paper: a unit's page is a report of two pages, and no page prints what only a screen can use."""

from __future__ import annotations

from io import BytesIO

import pytest
from pagekinds import KINDS, short
from pypdf import PdfReader
from visits import Portal, Scheme, Visits

UNIT = "okr/unit.html"
INKS = ("rgb(0, 0, 0)", "rgb(27, 31, 36)")
"""Black, and the light theme's."""

CONTROLS = """() => [...document.querySelectorAll("nav, button, input, select, textarea, form, dialog, .skip")]
  .filter((each) => each.checkVisibility() && !(each.localName === "button" && each.closest("th")))
  .map((each) => each.outerHTML.slice(0, 90))"""
"""What is of no use on paper; a column is named by the button that sorts it."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_units(example: Portal, visit: Visits, scheme: Scheme) -> None:
    """The pages of units in a cycle fit on two sheets of A4, also from a dark screen; their objectives are on them."""
    for name in example.kinds[UNIT][:4]:
        page = visit(example.url + name, scheme=scheme)
        objectives = [each.strip() for each in page.locator("main .objective h3").all_inner_texts()]
        sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
        assert len(sheets) <= 2, name
        assert page.locator("h1").inner_text().split("\n")[0].split("  ")[0][:12] in text
        assert [each for each in objectives if each.split("\n")[0][:20] not in text] == [], name


@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_only_content(example: Portal, visit: Visits, kind: str) -> None:
    """No menu, no search, no buttons, and black on white whatever the screen had."""
    page = visit(example.url + example.of(kind), scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate(CONTROLS) == []
    assert page.evaluate("() => getComputedStyle(document.body).color") in INKS
