"""Every page of the example and of the small portal, as a browser would take it apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from sitebuilds import Built

MAX_BYTES = 60_000
CONTENT_LINKS = {"intranet.skerry.example", "status.skerry.example", "learn.skerry.example"}


@pytest.fixture(params=["example", "small"])
def built(request: pytest.FixtureRequest) -> Built:
    """Both portals in turn."""
    return request.getfixturevalue(request.param)


def _is_known(script: dict[str, str]) -> bool:
    """Whether it is a file of the site, or data."""
    return bool(script.get("src")) or script.get("type") == "application/json"


def _faults(built: Built, fault: str) -> Iterator[str]:
    for name, page in built.site.pages.items():
        for found in {
            "tags": page.faults,
            "ids": sorted(page.duplicate_ids),
            "h1": [] if len(page.all("h1")) == 1 else [f"{len(page.all('h1'))} h1"],
            "styles": [each.tag for each in page.elements if "style" in each.attributes or each.tag == "style"],
            "scripts": [each.tag for each in page.all("script") if not _is_known(each.attributes)],
            "handlers": [each.tag for each in page.elements if any(key.startswith("on") for key in each.attributes)],
            "lang": [each.tag for each in page.all("html") if each.attributes.get("lang") != "en"],
            "title": [] if len(page.all("title")) >= 1 else ["none"],
        }[fault]:
            yield f"{name}: {found}"


@pytest.mark.parametrize("fault", ["tags", "ids", "h1", "styles", "scripts", "handlers", "lang", "title"])
def test_pages_are_well_made(built: Built, fault: str) -> None:
    """All tags closed, ids once, one h1, a language, and nothing inline that a strict policy forbids."""
    assert list(_faults(built, fault)) == []


def test_links_lead_somewhere(built: Built) -> None:
    """Every link within the site leads to a file, every anchor to an id; folders are named with index.html."""
    assert built.site.broken_links() == []


def test_nothing_is_fetched_from_elsewhere(built: Built) -> None:
    """Links to other hosts come from the content alone; nothing is loaded from there."""
    for name, page in built.site.pages.items():
        hosts = {urlsplit(link).netloc for link in page.links} - {""}
        assert hosts <= CONTENT_LINKS, name
        loaded = [each for each in page.elements if each.tag in ("link", "img", "script", "iframe", "object", "use")]
        for element in loaded:
            where = element.attributes.get("src") or element.attributes.get("href", "")
            assert not urlsplit(where).netloc, f"{name}: {element}"


def test_links_elsewhere_say_so(built: Built) -> None:
    """A link out of the site gives the other side no handle."""
    for page in built.site.pages.values():
        for link in page.all("a"):
            if urlsplit(link.attributes.get("href", "")).netloc:
                assert "noopener" in link.attributes.get("rel", "")


def test_headings_descend(built: Built) -> None:
    """No heading is more than one level below the one before it."""
    for name, page in built.site.pages.items():
        levels = [int(each.tag[1]) for each in page.elements if re.fullmatch("h[1-6]", each.tag)]
        steps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert steps == [], name


def test_pages_are_light(built: Built) -> None:
    """The page of a goal has at most 60 KB of HTML; lists grow with what they list."""
    sizes = {name: (built.site.folder / name).stat().st_size for name in built.site.pages}
    goals = ("acme/", "skerry/", "index.html")
    assert {name: size for name, size in sizes.items() if size > MAX_BYTES and name.startswith(goals)} == {}


def test_images_and_controls_have_names(built: Built) -> None:
    """Drawings that say something have a name for those who do not see them; the others are hidden from them."""
    for name, page in built.site.pages.items():
        for svg, inside in pairwise(page.elements):
            if svg.tag != "svg":
                continue
            titled = inside.tag == "title" and svg.attributes.get("role") == "img"
            said = titled or svg.attributes.get("aria-label") or svg.attributes.get("aria-labelledby")
            assert said or svg.attributes.get("aria-hidden") == "true", f"{name}: {svg}"


def test_tables_have_heads(built: Built) -> None:
    """A cell that heads a row or column of the theme's tables says which."""
    for name, page in built.site.pages.items():
        if name.startswith(("guide", "index")):
            continue
        assert all(each.attributes.get("scope") in ("row", "col", "rowgroup") for each in page.all("th")), name


def test_nothing_tells_when_it_was_built(built: Built) -> None:
    """No page has the time or the commit of its build in it: the same content gives the same bytes."""
    text = (built.site.folder / "index.html").read_text(encoding="utf-8")
    assert "mkdocs-1" not in text
    assert not re.search(r"\d\d:\d\d:\d\d", text)


def test_the_sitemap_names_every_page(built: Built) -> None:
    """All pages but 404, once each, and no file of theirs that does not exist."""
    locations = re.findall(r"<loc>(.*?)</loc>", (built.site.folder / "sitemap.xml").read_text(encoding="utf-8"))
    files = sorted(f"{unquote(place).lstrip('/')}index.html" for place in locations)
    assert files == sorted(name for name in built.site.pages if name != "404.html")
