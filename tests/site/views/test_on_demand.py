"""Making one page makes the views that it shows, and leaves alone all others."""

from __future__ import annotations

from datetime import date

from builders import make_check_in, make_key_result, make_objective, make_portal, make_unit

from okrsite.rules import RULES
from okrsite.scoring import score
from okrsite.settings import Settings
from okrsite.site.pages import goal_plan, kpis, objectives, units
from okrsite.site.pages.page import Material
from okrsite.site.views import Gallery
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle

DAY = date(2026, 2, 14)
TEAMS = [f"acme/team-{n}" for n in range(8)]


def material() -> Material:
    """Eight teams with an objective each, that had a check-in on the day; the first two support the company's."""
    top = make_objective("acme/2026-Q1/top")
    own = [
        make_objective(
            f"{team}/2026-Q1/goal",
            [make_key_result("kr", check_ins=[make_check_in(DAY, 50)])],
            supports=["acme/2026-Q1/top"] if team in TEAMS[:2] else [],
        )
        for team in TEAMS
    ]
    portal = make_portal([top, *own], units=[make_unit(team) for team in TEAMS])
    gallery = Gallery(portal, score(portal, DAY))
    rules = {rule.code: ("", "", "") for rule in RULES}
    return Material(gallery, Chronicle(gallery), Ledgers(gallery), [], Settings(site_name="Acme"), rules)


def made(gallery: Gallery) -> set[str]:
    """The ids of the objectives whose views have been made."""
    return set(gallery.objectives.made)  # type: ignore[attr-defined]


def test_a_gallery_begins_empty() -> None:
    """Naming all pages, and asking which goals there are, makes none of them."""
    stuff = material()
    plans = [*objectives.plans(stuff), *units.plans(stuff)]
    assert len(plans) == len(stuff.gallery.objectives) + 9 + 9
    assert not made(stuff.gallery)


def test_the_page_of_a_goal_is_found_by_its_address() -> None:
    """The same plan as among those of all pages, and none for an address that is no goal's or not quite one's."""
    stuff = material()
    goals = {plan.address: plan for kind in (units, objectives, kpis) for plan in kind.plans(stuff)}
    cycles = {address for address, plan in goals.items() if len(plan.of) > 1}
    assert {address: goal_plan(stuff, address) for address in goals} == goals | dict.fromkeys(cycles)
    assert [goal_plan(stuff, address) for address in ("", "levels/", "acme", "acme//")] == [None] * 4


def test_a_page_of_an_objective_makes_its_own_view() -> None:
    """Beside it, what supports it and what is beside it is named from the content."""
    stuff = material()
    plan = next(plan for plan in objectives.plans(stuff) if plan.address == "acme/2026-Q1/top/")
    assert plan.page(stuff).title
    assert made(stuff.gallery) == {"acme/2026-Q1/top"}


def test_a_page_of_a_unit_makes_the_views_of_its_goals() -> None:
    """Its news of the week, too, is gathered from its own goals alone, as is what was known a week ago."""
    stuff = material()
    plan = next(plan for plan in units.plans(stuff) if plan.address == f"{TEAMS[3]}/")
    assert plan.page(stuff).title
    assert made(stuff.gallery) == {f"{TEAMS[3]}/2026-Q1/goal"}


def test_the_news_of_units_are_the_news_of_the_whole() -> None:
    """One unit at a time there is the same as where all of the week is gathered."""
    chronicle = material().chronicle
    gathered = chronicle.week.by_unit
    assert set(gathered) == set(TEAMS)
    for id, news in chronicle.week_by_unit.items():
        assert (news == gathered[id]) if id in gathered else not news.total
