"""What stands in the header's line, what is folded, and which entry a page belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from okrsite.languages import ENGLISH
from okrsite.site.layout.shell import MenuEntry, Shell, Site

OWN = (
    MenuEntry("Home", ""),
    MenuEntry("Alignment", "alignment/"),
    MenuEntry("KPIs", "kpis/"),
    MenuEntry("Cycles", "cycles/"),
    MenuEntry("Quality", "quality/"),
)
GUIDE = MenuEntry("Guide", "guide/a/", (MenuEntry("A", "guide/a/"), MenuEntry("B", "guide/b/")))


def site(levels: Sequence[str], *written: MenuEntry) -> Site:
    """A site with levels of these names and these written pages."""
    entries = [MenuEntry(level, f"levels/{level}/") for level in levels]
    return Site("Goals", (*entries, *OWN), written, "", ENGLISH)


def titles(entries: Sequence[MenuEntry]) -> list[str]:
    """What they are called."""
    return [entry.title for entry in entries]


def test_daily_pages_stand_in_line() -> None:
    """Levels, what is asked for daily and the written pages are in line, the rest is folded; home is the name."""
    few = site(["top", "team"], GUIDE)
    assert titles(few.line) == ["top", "team", "Alignment", "KPIs", "Guide"]
    assert titles(few.more) == ["Cycles", "Quality"]


def test_a_line_holds_only_so_much() -> None:
    """Many levels become one entry, many written pages are folded; none is lost."""
    many = site([f"level{n}" for n in range(5)], *(MenuEntry(f"A long name {n}", f"p{n}/") for n in range(3)))
    assert titles(many.line) == ["Levels", "Alignment", "KPIs"]
    assert many.line[0].address == "levels/"
    assert titles(many.more) == ["Cycles", "Quality", "A long name 0", "A long name 1", "A long name 2"]


@pytest.mark.parametrize(
    ("address", "marked", "folded"),
    [
        ("levels/team/", {"team": "page"}, False),
        ("kpis/", {"KPIs": "page"}, False),
        ("cycles/2026-Q1/", {"Cycles": "above"}, True),
        ("guide/b/", {"Guide": "above"}, False),
        ("acme/it/", {}, False),
    ],
)
def test_a_page_marks_its_entry(address: str, marked: dict[str, str], folded: bool) -> None:
    """An entry is the page itself or holds it; a folded one marks what it is folded in."""
    shell = Shell(site(["top", "team"], GUIDE), "", address, "", "", (), "", "")
    entries = (*shell.site.line, *shell.site.more)
    assert {entry.title: place for entry in entries if (place := shell.place_of(entry))} == marked
    assert shell.is_in_more == folded


@pytest.mark.parametrize("count", [2, 5])
def test_pages_of_one_standing_share_the_menu(count: int) -> None:
    """What the menu is kept by decides every mark in it: those of pages it leads to, below these, and elsewhere."""
    shared = site([f"level{n}" for n in range(count)], GUIDE)
    known = [entry.address for entry in (*shared.menu, *shared.written, *GUIDE.below)]
    others = ["levels/", "levels/none/", "guide/c/", "cycles/2026-Q1/", "acme/", "acme/it/", "search/", "404.html"]
    menus: dict[str, set[tuple[object, ...]]] = {}
    for address in (*known, *others):
        shell = Shell(shared, "", address, "", "", (), "", "")
        places = tuple(shell.place_of(entry) for entry in (*shared.line, *shared.more))
        menus.setdefault(shell.standing, set()).add((shell.is_in_more, address == "", places))
    assert all(len(menu) == 1 for menu in menus.values())
    assert len(menus["elsewhere"]) == 1
