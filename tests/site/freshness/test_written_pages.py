"""A written page that comes, goes or has another title is no reason to make pages of goals, unless they show it."""

from __future__ import annotations

from pathlib import Path

import pytest
from portalfiles import SMALL
from sitebuilds import Build
from webpages import bytes_of

from okrsite.site.build import build
from okrsite.site.layout.shell import MenuEntry

FIRST = {"content/guide/a.md": "# First\n"}
OWN_THEME = {
    "mkdocs.yml": SMALL["mkdocs.yml"].replace("{name: okr}", "{name: okr, custom_dir: own}"),
    "own/nothing.html": "",
}

Files = dict[str, str | None]


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ({}, {"content/guide/more.md": "# More\n"}, 0),
        ({"content/guide/more.md": "# More\n"}, {"content/guide/more.md": "# Another title\n"}, 0),
        ({"content/guide/more/deep.md": "# Deep\n"}, {"content/guide/more/deeper.md": "# Deeper\n"}, 0),
        ({}, {"content/guide/how-to-start.md": "# How to start\n"}, 1),  # which the rollout tells of
    ],
)
def test_only_what_shows_it_is_made(build_files: Build, tmp_path: Path, before: Files, after: Files, made: int) -> None:
    """The same bytes as of a build from nothing, with hardly a page made for it."""
    build_files({**FIRST, **before})
    result = build_files({**FIRST, **before, **after}).result
    assert (result.pages_made, bool(result.pages_kept)) == (made, True)
    assert bytes_of(result.site_dir) == bytes_of(build(tmp_path / "mkdocs.yml", tmp_path / "beside").site_dir)


@pytest.mark.parametrize("more", [{"content/guide/0.md": "# Zero\n"}, {"content/news.md": "# News\n"}])
def test_the_navigation_of_all_pages(build_files: Build, more: Files) -> None:
    """Another first page of a section, or a page beside the sections, is on every page."""
    build_files(FIRST)
    assert build_files({**FIRST, **more}).result.pages_kept == 0


def test_templates_of_the_portal_may_show_all(build_files: Build) -> None:
    """A portal with templates of its own may have every written page in the navigation."""
    build_files({**FIRST, **OWN_THEME})
    assert build_files({**FIRST, **OWN_THEME, "content/guide/more.md": "# More\n"}).result.pages_kept == 0


def test_what_is_left_of_a_section() -> None:
    """What leads to no written page: goals, and other sites."""
    to_goal, away = MenuEntry("Uptime", "acme/kpis/uptime/"), MenuEntry("Elsewhere", "https://example.com/")
    deep = MenuEntry("Deep", "guide/deep/a/", (MenuEntry("A", "guide/deep/a/"), away))
    pages = MenuEntry("Pages", "guide/b/", (MenuEntry("B", "guide/b/"),))
    section = MenuEntry("Guide", "guide/", (MenuEntry("Start", "guide/"), pages, deep, to_goal))
    left = section.without({"guide/", "guide/b/", "guide/deep/a/"})
    assert left.leaves == (away, to_goal)
    assert (left.title, left.address) == ("Guide", "guide/")
