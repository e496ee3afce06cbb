"""What each version has at its root for the others: the list of its pages, and an empty list of versions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sitebuilds import Built

from okrsite.publish.changes import Kind
from okrsite.site.pagelist import page_list

THEME = Path(__file__).parents[2] / "themes/okr"


def tree(script: bytes) -> Any:
    """What the script gives to pages."""
    text = script.decode("ascii")
    assert text.startswith("window.okr_pages=")
    return json.loads(text.removeprefix("window.okr_pages=").removesuffix(";\n"))


def addresses(below: Any, at: str = "") -> set[str]:
    """Every page in the tree."""
    if below == 0:
        return {at if at.endswith(".html") or not at else f"{at}/"}
    found: set[str] = set()
    for part, more in below.items():
        found |= addresses(more, f"{at}/{part}".strip("/") if part else at)
    return found


def test_the_tree_says_which_parts_are_pages() -> None:
    """A folder without a page of its own is none, a page with some below it is one, each part is there once."""
    pages = ["", "acme/", "acme/it/2026-Q1/", "acme/it/2026-Q1/uptime/", "guide/faq.html", "owners/zoë/"]
    script = page_list([*reversed(pages), "acme/"])
    assert tree(script) == {
        "": 0,
        "acme": {"": 0, "it": {"2026-Q1": {"": 0, "uptime": 0}}},
        "guide": {"faq.html": 0},
        "owners": {"zoë": 0},
    }
    assert addresses(tree(script)) == set(pages)


def test_a_site_lists_its_pages(small: Built) -> None:
    """Goals' pages and written ones, and nothing else; the page for what is not there has no address of its own."""
    files = {f.relative_to(small.site.folder).as_posix() for f in small.site.folder.rglob("*.html")} - {"404.html"}
    listed = addresses(tree((small.site.folder / "pages.js").read_bytes()))
    assert {f"{address}index.html" for address in listed} == files


def test_a_site_knows_its_own_day_and_no_versions(small: Built) -> None:
    """It has an empty list, so that asking for one fails nowhere; no page names a version or the day that it is for."""
    script = 'window.okr_versions = null;\nwindow.okr_as_of = "2026-02-14";\n'
    assert (small.site.folder / "versions.js").read_text() == script
    assert "As of" not in small.site.pages["acme/it/index.html"].text


def test_every_kind_of_change_has_words() -> None:
    """The page of versions can tell whatever the list may hold."""
    script = (THEME / "assets/versions-page.js").read_text("utf-8")
    assert [kind for kind in Kind if f"    {kind}: (n) => ngettext(" not in script] == []
