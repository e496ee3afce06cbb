"""Files that are no pages are made where something that they tell of is another, and left as they are otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from portalfiles import CHECKED_IN, SMALL, put
from sitebuilds import Build, build_at
from webpages import bytes_of

from okrsite.site import portal
from okrsite.site.build import build

CHECK_INS = "content/okrs/acme/it/check-ins/2026-02-13.yml"
START, IT = "content/guide/start.md", "content/okrs/acme/it/unit.yml"
CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a note": (lambda root: put(root, {CHECK_INS: CHECKED_IN.replace("drill", "test")}), []),
    "a written text": (lambda root: put(root, {START: f"{SMALL[START]}\nOn.\n"}), ["search_index"]),
    "an owner": (lambda root: put(root, {IT: f"{SMALL[IT]}lead: Eve\n"}), ["page_list", "search_index"]),
    "a file gone": (lambda root: (root / "site/sitemap.xml").unlink(), ["page_list"]),
    "a file edited": (lambda root: put(root, {"site/search/index.js": "-"}), ["search_index"]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_files_are_made_if_they_may_be_others(
    what: str, build_files: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what stands there is what a build from nothing gives."""
    build_files()
    made: list[str] = []
    for name in ("search_index", "page_list"):
        monkeypatch.setattr(portal, name, _told(getattr(portal, name), made))
    change, expected = CHANGES[what]
    change(tmp_path)
    site = build_at(tmp_path).site.folder
    assert sorted(made) == expected
    build(tmp_path / "mkdocs.yml", tmp_path / "beside")
    assert bytes_of(site) == bytes_of(tmp_path / "beside")


def _told(function: Callable[..., object], into: list[str]) -> Callable[..., object]:
    """A function that notes that it was called."""
    name = function.__name__

    def told(*args: object) -> object:
        into.append(name)
        return function(*args)

    return told
