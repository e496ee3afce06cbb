"""What a screen reader finds its way by: language, title, headings, landmarks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pagekinds import KINDS, short
from visits import Portals, Visits

LANDMARKS = """() => ({
  banner: document.querySelectorAll("body > header").length,
  main: document.querySelectorAll("main").length,
  contentinfo: document.querySelectorAll("body > footer").length,
  navs: [...document.querySelectorAll("nav")].map((nav) =>
    nav.getAttribute("aria-label") ?? document.getElementById(nav.getAttribute("aria-labelledby"))?.textContent ?? ""),
  levels: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((heading) => heading.checkVisibility() && !heading.closest("nav"))
    .map((heading) => Number(heading.tagName[1])),
})"""


@pytest.mark.parametrize("portal", ["example", "shapes"])
@pytest.mark.parametrize("kind", KINDS, ids=short)
def test_structure(portals: Portals, visit: Visits, kind: str, portal: str) -> None:
    """A language, a title, one main part with one h1, headings without a gap, navigations with names of their own."""
    built = portals(portal)
    page = visit(built.url + built.of(kind))
    assert page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    assert page.title()[0] not in " ·"
    seen = page.evaluate(LANDMARKS)
    assert (seen["banner"], seen["main"], seen["contentinfo"]) == (1, 1, 1)
    assert all(seen["navs"])
    assert len(set(seen["navs"])) == len(seen["navs"])
    assert seen["levels"][0] == 1
    assert seen["levels"].count(1) == 1
    assert [(a, b) for a, b in pairwise(seen["levels"]) if b > a + 1] == []
