"""How the pages to be made are shared out."""

from __future__ import annotations

from okrsite.site.making.workshop import TOGETHER, batches
from okrsite.site.pages.page import Material, Page, PagePlan


def _make(material: Material, *of: str) -> Page:
    raise NotImplementedError


def _plan(address: str, *of: str) -> PagePlan:
    return PagePlan(address, _make, of)


def test_pages_of_a_unit_are_made_together() -> None:
    """The pages of a unit and of its goals are neighbours, whatever kinds of pages they are."""
    units = [_plan(f"u{n:02}/", f"u{n:02}") for n in range(40)]
    goals = [_plan(f"u{n:02}/goal-{m}/", f"u{n:02}/goal-{m}") for n in range(40) for m in range(3)]
    made = [[plan.address for plan in batch] for batch in batches([*units, *goals])]
    assert [len(batch) for batch in made] == [TOGETHER] * 6 + [160 - 6 * TOGETHER]
    assert made[0] == sorted(made[0], reverse=True)
    assert made[0][:5] == ["u39/goal-2/", "u39/goal-1/", "u39/goal-0/", "u39/", "u38/goal-2/"]
    assert sum(map(len, made)) == len({address for batch in made for address in batch}) == 160


def test_a_unit_comes_after_those_below_it() -> None:
    """What its page is told of them has been made then."""
    made = batches([_plan(address, address) for address in ("u/", "u/a/", "u/a/2026/", "u/a/b/", "u/c/")])
    assert [plan.address for batch in made for plan in batch] == ["u/c/", "u/a/b/", "u/a/2026/", "u/a/", "u/"]


def test_pages_of_all_goals_come_first_and_alone() -> None:
    """What takes longest is begun with, and nothing waits for it in the same batch."""
    made = list(batches([_plan("b/", "b"), _plan(""), _plan("a/", "a"), _plan("alignment/")]))
    assert [[plan.address for plan in batch] for batch in made] == [[""], ["alignment/"], ["b/", "a/"]]


def test_all_hands_have_some() -> None:
    """Few pages are divided among all who work."""
    assert [len(batch) for batch in batches([_plan(f"{n}/", f"{n}") for n in range(10)], 4)] == [3, 3, 3, 1]
    assert list(batches([])) == []
