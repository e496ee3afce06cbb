"""A site that somebody unpacked into a folder works without any server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from visits import Portal, Portals, Visits

FEW = 4
"""Pages of each kind; the links of all of them are followed in tests/site."""

LOOK = """() => ({
  paper: getComputedStyle(document.documentElement).getPropertyValue("--okr-paper").trim(),
  script: typeof window.okr === "object" && window.okr.base.startsWith("file:///"),
  links: [...document.querySelectorAll("a[href]")].map((link) => link.href),
  broken: [...document.images].filter((image) => image.complete && !image.naturalWidth).map((image) => image.src),
})"""


@pytest.mark.parametrize("portal", ["example", "shapes"])
def test_pages(portals: Portals, visit: Visits, portal: str) -> None:
    """Each page has its styles and script, and each of its links leads to a file; 404 is for servers alone."""
    built = portals(portal)
    page = visit.empty()
    missing = set()
    for name in (name for names in built.kinds.values() for name in names[:FEW] if name != "404.html"):
        page.goto((built.folder / name).as_uri(), wait_until="domcontentloaded")
        seen = page.evaluate(LOOK)
        assert seen["paper"], name
        assert seen["script"], name
        assert seen["broken"] == [], name
        missing |= {f"{name}: {link}" for link in seen["links"] if not _leads_somewhere(link)}
    assert missing == set()


def _leads_somewhere(link: str) -> bool:
    parts = urlsplit(link)
    return parts.scheme != "file" or Path(unquote(parts.path)).is_file()


def test_going_through_it(example: Portal, visit: Visits) -> None:
    """From the home page to a unit and to one of its objectives by clicks."""
    page = visit((example.folder / "index.html").as_uri())
    page.locator("main a[href^='skerry/']:visible").first.click()
    page.wait_for_url("file:///**/skerry/**")
    page.goto((example.folder / example.of("okr/unit.html")).as_uri())
    page.locator("main a[href*='2026-']:visible").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1
