"""What tells of all goals is made of what is kept of each unit: as from goals, of which few are looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import Q1, make_check_in, make_key_result, make_kpi, make_objective, make_portal, make_unit

from okrsite.model import Objective, Portal
from okrsite.reads import recording, ways_to
from okrsite.scoring import score
from okrsite.settings import Settings
from okrsite.site.feeds.events import Dater, events
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.watched import watched
from okrsite.site.pages import Kind, changes, check_ins, home, pages, present
from okrsite.site.pages.page import Material
from okrsite.site.parts import MADE_NOW, Parts
from okrsite.site.views import Gallery
from okrsite.site.views.leading import first_of_all, leading
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle

DAY = date(2026, 2, 14)
TEAMS = 150
TOP = "acme/2026-Q1/top"


def goal(number: int) -> Objective:
    """An objective that is behind, read in January and this week, the confidence in it falling."""
    id = f"acme/team-{number:03}/2026-Q1/goal"
    check_ins = [make_check_in("2026-01-10", 60, 9), make_check_in("2026-02-12", number % 20, 5, note="Slow.")]
    krs = [make_key_result(f"{id}/kr", check_ins=check_ins), make_key_result(f"{id}/silent")]
    return make_objective(id, krs, supports=[f"{TOP}/all"])


def portal() -> Portal:
    """Many teams with a goal and a KPI each, below one whose result is theirs."""
    goals = [make_objective(TOP, [make_key_result(f"{TOP}/all", "rollup")]), *map(goal, range(TEAMS))]
    teams = [f"acme/team-{n:03}" for n in range(TEAMS)]
    kpis = [make_kpi(f"{team}/kpis/nps", due=date(2026, 3, 1), measurements={"2025-06-01": 3}) for team in teams]
    return make_portal(goals, kpis=kpis, units=[make_unit(), *(make_unit(each, level="team") for each in teams)])


def material(parts: Parts) -> Material:
    """What pages are made of."""
    known = watched("portal", portal())
    gallery = Gallery(known, score(known, DAY), parts=parts)
    return Material(gallery, gallery.kept(Chronicle), gallery.kept(Ledgers), [], Settings(site_name="Acme"), {})


def told(made: Material) -> list[Any]:
    """What is to be the same, as plain values."""
    record, chronicle = home.home(made), made.chronicle
    needed, week = record.attention, chronicle.week
    return [
        *(record.handout, record.changed, record.objectives, record.key_results, record.trend),
        *([view.objective.id for view in views] for views in (needed.off_track, needed.at_risk)),
        *([view.kr.id for view in needed.no_data], needed.no_data.total, needed.waiting),
        *([(fall.view.objective.id, fall.before, fall.now) for fall in needed.falling], needed.falling.total),
        *([each[1:] for each in (*week.turned, *week.kpis)], [each[1:] for each in week.check_ins]),
        events(Dater(made.gallery, str), made.gallery.parts),
    ]


def test_what_is_kept_says_what_goals_say() -> None:
    """Home, its handout, trends, news and dates: from goals, from parts, and from parts that were made before."""
    parts = KeptParts()
    expected = told(material(MADE_NOW))
    assert told(material(parts)) == expected
    assert told(material(parts)) == expected


@pytest.mark.parametrize(("kind", "most"), [(home, 20), (present, 20), (changes, 0), (check_ins, 0)])
def test_only_what_is_shown_is_looked_at(kind: Kind, most: int) -> None:
    """With what is kept of all units at hand, views are made of what stands on the page, of no more."""
    parts = KeptParts()
    before = [page.description for page in pages(material(parts), kind)]
    again = material(parts)
    assert [page.description for page in pages(again, kind)] == before
    assert len(again.gallery.objectives.made) <= most  # type: ignore[attr-defined]
    assert len(again.gallery.kpis.made) <= 100  # type: ignore[attr-defined]


def test_a_trend_of_all_reads_no_goal() -> None:
    """Of what is kept of the units below, and of what goals give to a roll-up; on another day, too."""
    parts = KeptParts()
    for gallery in (material(parts).gallery, material(parts).gallery):
        with recording() as places:
            trend = gallery.trends.level_trend("team", Q1.id)
            then = gallery.goals_on(date(2026, 2, 7)).objectives[TOP].progress
    assert trend == material(MADE_NOW).gallery.trends.level_trend("team", Q1.id)
    assert then == material(MADE_NOW).gallery.goals_on(date(2026, 2, 7)).objectives[TOP].progress
    assert {way[2] for way in ways_to(places) if way[:2] == ("portal", "objectives")} == {TOP}


def test_the_first_of_all_are_among_the_first_of_each() -> None:
    """In the order of the key, of equal ones the first given; the others are counted."""
    units = [[(3, "a"), (1, "b")], [], [(2, "c"), (2, "d"), (9, "e")]]
    some = first_of_all((leading(rows, 2) for rows in units), 2)
    assert (some.shown, some.more, some.total) == (((1, "b"), (2, "c")), 3, 5)
    last = first_of_all((leading(rows, 2, lambda row: -row[0]) for rows in units), 2, lambda row: -row[0])
    assert last.shown == ((9, "e"), (3, "a"))
