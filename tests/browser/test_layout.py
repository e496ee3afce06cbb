"""Pages keep their shape: on small screens, when enlarged, while they load, and for those who want no motion."""

from __future__ import annotations

from pathlib import Path

import pytest
from pagekinds import KINDS, short
from pagelooks import PAINTED, SHIFTS, WIDER
from playwright.sync_api import Route
from visits import SETTLED, Portal, Portals, Visits

HIDDEN = """() => [document.documentElement, document.body]
  .filter((element) => !element.classList.contains("presenting"))  // its slides scroll, one at a time
  .filter((element) => ["hidden", "clip"].includes(getComputedStyle(element).overflowX)).map((each) => each.tagName)"""

MOVING = """() => {
  const seconds = (times) => times.split(",").map((time) => parseFloat(time) * (time.includes("ms") ? 0.001 : 1));
  const found = new Set();
  for (const element of document.querySelectorAll("*"))
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      const moves = style.animationName === "none" ? [0] : seconds(style.animationDuration);
      if (Math.max(...moves, ...seconds(style.transitionDuration)) > 0.001)
        found.add(`${element.tagName} ${element.className.baseVal ?? element.className} ${part ?? ""}`);
      if (style.scrollBehavior === "smooth") found.add(`${element.tagName} scrolls smoothly`);
    }
  return [...found];
}"""


@pytest.mark.parametrize("portal", ["example", "shapes"])
@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_narrow(portals: Portals, visit: Visits, kind: str, portal: str) -> None:
    """A small phone, or a desk at 400 %: pages are read down, never sideways, and nothing is cut off."""
    built = portals(portal)
    page = visit(built.url + built.of(kind), 320)
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 256})
        assert page.evaluate(WIDER) == [], width
        assert page.evaluate(HIDDEN) == [], width


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_nothing_jumps(example: Portal, visit: Visits, kind: str, width: int) -> None:
    """Nothing moves once the page is drawn: scripts that come later, here after all else, find their room kept."""
    name = example.of(kind)
    text = (example.folder / name).read_text("utf-8")
    page = visit.empty(width)
    held: list[Route] = []
    page.route(
        lambda url: url.endswith(".js") and f'{Path(url).name}"' not in text,
        lambda route: held.append(route),  # noqa: PLW0108 - Playwright takes no method of a list
    )
    page.goto(example.url + name, wait_until="domcontentloaded")
    drawn = page.evaluate(PAINTED)
    for route in held:
        route.continue_()
    page.unroute_all()
    page.evaluate(SETTLED)
    assert page.evaluate(SHIFTS, drawn) == []


@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_reduced_motion(example: Portal, visit: Visits, kind: str) -> None:
    """Who asks for no motion gets none."""
    page = visit(example.url + example.of(kind), reduced_motion="reduce")
    assert page.evaluate(MOVING) == []


def test_marks_in_prose_are_as_high_as_its_letters(example: Portal, visit: Visits) -> None:
    """A goal named in running text has its status as a mark, not as a picture that pushes the lines apart."""
    page = visit(example.url + "index.html")
    heights = page.locator(".prose .okr-named .mark").evaluate_all(
        "all => all.map((mark) => mark.getBoundingClientRect().height / parseFloat(getComputedStyle(mark).fontSize))"
    )
    assert heights
    assert max(heights) < 1
