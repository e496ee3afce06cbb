"""Everything can be reached by keyboard, in the order in which it stands, and one sees where one is."""

from __future__ import annotations

from typing import Any

import pytest
from pagekinds import KINDS, short
from playwright.sync_api import Page
from visits import Portal, Visits

LIMIT = 40
"""Steps of a walk; what follows on long pages is of the same kinds."""

HERE = """async () => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const seen = (box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  let box = element.getBoundingClientRect();
  for (let frame = 0; frame < 3 && !seen(box); frame += 1) {  // it is scrolled to with the next one
    await new Promise(requestAnimationFrame);
    box = element.getBoundingClientRect();
  }
  const before = window.okrWalk;
  window.okrWalk = element;
  const middle = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1));
  return {
    what: element.outerHTML.slice(0, 100),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    inside: seen(box),
    covered: !!middle && getComputedStyle(middle).position === "sticky" && !middle.contains(element),
    ordered: !before || !!(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
    positive: element.tabIndex > 0,
  };
}"""

TOP = """() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex"); }"""
"""Where a visit begins, also on pages that take the focus to their most important place."""


def walk(page: Page, steps: int = LIMIT) -> list[dict[str, Any]]:
    """Press Tab until the page ends, or so many times."""
    places = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        place = page.evaluate(HERE)
        if place is None:
            break
        places.append(place)
    return places


@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_on_a_desk(example: Portal, visit: Visits, kind: str) -> None:
    """Each step is further down the page, seen, and not covered; what unfolds at a click unfolds by keyboard."""
    page = visit.anew(example.url + example.of(kind), 1440)
    assert_good(walk(page))
    assert_unfolds(page)


@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_on_a_phone(example: Portal, visit: Visits, kind: str) -> None:
    """The same with another menu; the first step of all leads past it."""
    page = visit.anew(example.url + example.of(kind), 390)
    assert_good(walk(page))
    page.evaluate(TOP)
    assert_skips(page)


def assert_good(places: list[dict[str, Any]]) -> None:
    """Each place is in the window, not covered, has an outline, and comes after the one before."""
    assert len(places) > 5
    assert [place["what"] for place in places if not place["outlined"]] == []
    assert [place["what"] for place in places if not place["inside"] or place["covered"]] == []
    assert [place["what"] for place in places if not place["ordered"] or place["positive"]] == []


def assert_skips(page: Page) -> None:
    """The first step leads past the menu to the content, and is seen."""
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == "#okr_content"
    box = focused.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("() => location.hash") == "#okr_content"
    page.keyboard.press("Tab")
    assert page.evaluate(
        "() => !document.activeElement.closest('header.site, nav.crumbs') || document.activeElement === document.body"
    )


def assert_unfolds(page: Page) -> None:
    """The first folded part unfolds at Enter and folds at Space."""
    summary = page.locator("main details:not([open]) > summary:visible")
    if not summary.count():
        return
    details = summary.first.locator("xpath=..").element_handle()
    summary.first.focus()
    page.keyboard.press("Enter")
    assert details.evaluate("(element) => element.open")
    page.keyboard.press("Space")
    assert not details.evaluate("(element) => element.open")
