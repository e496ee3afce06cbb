"""What changed between two days: grouped, counted, and told on the page of changes and at home."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from builders import make_check_in, make_key_result, make_kpi, make_objective, make_portal, make_unit

from okrsite.history import Change, Commit, Effect, Gap, History
from okrsite.model import Portal
from okrsite.problems import OkrsiteError
from okrsite.reads import recording
from okrsite.scoring import score
from okrsite.site.freshness.watched import watched
from okrsite.site.messages.digest import digest
from okrsite.site.messages.news import in_a_sentence
from okrsite.site.pages.changes import changes
from okrsite.site.views import Gallery
from okrsite.site.views.arrivals import meetings
from okrsite.site.views.news import Chronicle
from okrsite.site.words import ENGLISH_WORDS

NOON = date(2026, 2, 14)
OBJECTIVE = "acme/it/2026-Q1/fast"
KEY_RESULT = f"{OBJECTIVE}/kr"


def commit(day: str = "2026-02-12", id: str = "c0ffee0000", message: str = "Be honest (#7)") -> Commit:
    """A commit at noon."""
    return Commit(id, "Grace Hopper", datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC), message)


def change(goal: str = KEY_RESULT, sort: Any = "key_result", what: Any = "goalpost", **fields: Any) -> Change:
    """A target that was moved, unless something else is said."""
    usual: dict[str, Any] = {"commit": commit(), "in_cycle": True, "title": "A result", "then": goal}
    if what == "goalpost" and "field" not in fields:
        usual |= {"field": "target", "before": Decimal(100), "after": Decimal(80), "unit_of_measure": "%"}
    return Change(goal=goal, sort=sort, what=what, **{**usual, **fields})


def make(check_ins: Any = (), kpi_values: Any = ()) -> Portal:
    """A company with a department that has one objective and one KPI."""
    kr = make_key_result("kr", title="A result", check_ins=list(check_ins))
    units = [make_unit("acme"), make_unit("acme/it", level="department"), make_unit("acme/hr", level="department")]
    kpi = make_kpi("acme/it/kpis/uptime", measurements=dict(kpi_values))
    return make_portal([make_objective(OBJECTIVE, [kr])], units=units, kpis=[kpi])


def chronicle(portal: Portal, *told: Change, **missing: Any) -> Chronicle:
    """What happened, up to the 14th of February."""
    history = History(head="feed", since=date(2026, 1, 1), changes=told, **missing)
    return Chronicle(Gallery(portal, score(portal, NOON), history=history))


def test_goals_are_told_by_what_happened_to_them() -> None:
    """Moved goalposts, goals that came or ended, and edited readings; what was planning is no news."""
    told = chronicle(
        make(),
        change(),
        change(in_cycle=False, field="weight"),
        change(OBJECTIVE, "objective", field="state", before="active", after="postponed"),
        change(OBJECTIVE, "objective", field="state", before="draft", after="active", in_cycle=False),
        change("acme/hr/2026-Q1/gone", "objective", "removed"),
        change("acme/it", "unit", field="lead", before="Ada", after="Grace", in_cycle=False),
        change(what="reading_edited", field="value", before=Decimal(1), after=Decimal(2), reading=date(2026, 2, 1)),
    ).week
    assert [(each.sort, each.field) for each in told.moved] == [("key_result", "target"), ("unit", "lead")]
    assert [each.after for each in told.came] == ["active"]
    assert [each.what for each in told.ended] == ["goalpost", "removed"]
    assert len(told.edited) == 1
    assert list(told.by_unit) == ["acme/hr", "acme/it"]
    assert [each.goal for each in told.by_unit["acme/hr"].goals] == ["acme/hr/2026-Q1/gone"]
    sentence = in_a_sentence(ENGLISH_WORDS, told)
    assert sentence == "2 goalposts moved, 1 new goal, 2 goals ended, 1 reading edited."


@pytest.mark.parametrize("what", ["added", "removed", "renamed"])
def test_parts_are_not_told_beside_their_whole(what: str) -> None:
    """A key result that came, went or was renamed with its objective; one that did so alone is told."""
    whole, part = change(OBJECTIVE, "objective", what), change(KEY_RESULT, "key_result", what)
    later = replace(part, commit=commit(id="decade0000"))
    assert [each.sort for each in chronicle(make(), whole, part, later).week.goals] == ["objective", "key_result"]


def test_days_are_counted_from_after_one_to_with_another() -> None:
    """Seven days are seven days, whether something is dated by a check-in or by a commit; nothing is told twice."""
    days = ["2026-01-31", "2026-02-01", "2026-02-07", "2026-02-08", "2026-02-14"]
    moves = [change(commit=commit(day, f"{n:010}")) for n, day in enumerate(days)]
    told = chronicle(make([make_check_in(day, n) for n, day in enumerate(days)]), *moves)
    before = told.between(date(2026, 1, 31), date(2026, 2, 7))
    for news, expected in ((told.week, days[3:]), (before, days[1:3])):
        assert [f"{each.commit.day}" for each in news.moved] == expected[::-1]
        assert [f"{each.reading.date}" for each in news.check_ins] == expected[::-1]
    late = chronicle(make(), change(commit=commit("2026-02-15")))
    assert late.week.total == 0, "what is after the portal's day does not exist yet"


def test_statuses_are_compared_between_any_two_days() -> None:
    """Objectives and KPIs, as was known on each of the days."""
    portal = make(
        [make_check_in("2026-02-05", 40), make_check_in("2026-02-13", 100)],
        {"2026-02-01": 100, "2026-02-10": 90},
    )
    told = chronicle(portal)
    assert [(each.before, each.now, each.is_better) for each in told.week.turned] == [("on_track", "achieved", True)]
    assert [(each.before, each.now, each.is_better) for each in told.week.kpis] == [("green", "red", False)]
    before = told.between(date(2026, 2, 4), date(2026, 2, 7))
    assert [(each.before, each.now) for each in before.turned] == [("no_data", "on_track")]
    assert before.kpis == ()
    sentence = in_a_sentence(ENGLISH_WORDS, told.week)
    assert sentence == "1 check-in, 1 objective achieved, 1 KPI with another status."


def test_meetings_are_check_ins_of_a_unit_a_day_and_a_person() -> None:
    """Two key results on one day are one meeting, another day is another."""
    krs = [
        make_key_result(id, check_ins=[make_check_in(day, 1) for day in days])
        for id, days in (("a", ["2026-02-10", "2026-02-12"]), ("b", ["2026-02-12"]))
    ]
    portal = make_portal([make_objective(OBJECTIVE, krs)])
    found = meetings(Chronicle(Gallery(portal, score(portal, NOON))).came_in("acme/it"))
    assert [(f"{each.on}", len(each.said)) for each in found] == [("2026-02-12", 2), ("2026-02-10", 1)]


def test_the_page_tells_by_week_unit_and_commit() -> None:
    """This week, the week before and the cycle; units that are gone too; what there is no room for is counted."""
    effect = Effect(KEY_RESULT, Fraction(1, 4), Fraction(1, 2))
    gone = [change(f"old{n:03}/2026-Q1/o", "objective", "removed", commit=commit(id=f"{n:010}")) for n in range(300)]
    page = changes(chronicle(make([make_check_in("2026-02-05", 40)]), change(effect=effect), *gone))
    week, before = page.weeks
    assert (week.id, f"{week.first_day}", f"{week.until}") == ("this-week", "2026-02-08", "2026-02-14")
    unit = week.units.shown[0]
    assert (unit.unit.title, unit.level, unit.moved.shown[0].commit.request) == ("IT", "department", None)
    assert unit.moved.shown[0].moved[0].shift is not None
    assert (len(week.units), week.units.more) == (120, 181)
    assert [each.unit.title for each in before.units] == ["IT"]
    assert page.cycle is not None
    assert len(page.cycle.rows) + page.cycle.rows.more == 301
    assert page.is_long


def test_without_git_the_page_says_what_is_missing() -> None:
    """Check-ins and statuses are told all the same."""
    told = chronicle(make([make_check_in("2026-02-12", 40)]), gap=Gap("no_git", "git is not installed", "install git"))
    page = changes(told)
    assert page.missing is not None
    assert page.missing.sentence == "History is not known: git is not installed."
    assert page.sentence.startswith("1 check-in")


def test_a_digest_says_the_most_important_first() -> None:
    """Statuses, goalposts, then check-ins; Markdown and links only where they belong."""
    portal = make([make_check_in("2026-02-05", 10), make_check_in("2026-02-13", 12, note="A *slow* week <b>")])
    record = digest(chronicle(portal, change(title="x")), date(2026, 2, 8), "Goals")
    assert [part.title for part in record.parts] == ["Goalposts moved", "Check-ins"]
    text, chat = record.text(), record.markdown("https://x.example/okr/")
    assert "  - A result: target 100% → 80%; 12 Feb, Grace Hopper: Be honest (#7)\n" in text
    assert "A *slow* week <b>" in text
    odd = change(commit=replace(commit(), author="A\x1b[31m", message="B\x9b\x00\nrest"))
    assert "; 12 Feb, A[31m: B\n" in digest(chronicle(portal, odd), date(2026, 2, 8), "Goals").text()
    assert "https" not in text
    assert r"A \*slow\* week \<b\>" in chat
    assert f"[A result](<https://x.example/okr/{OBJECTIVE}/#kr>)" in chat
    assert chat.endswith("\nhttps://x.example/okr/changes/\n")


def test_a_digest_of_a_unit_has_the_units_below() -> None:
    """A department's says what its teams did; another's news is not in it; nothing is said to be nothing."""
    told = chronicle(make(), change())
    assert len(digest(told, date(2026, 2, 8), "Goals", "acme").parts) == 1
    quiet = digest(told, date(2026, 2, 8), "Goals", "acme/hr")
    assert quiet.text() == "HR, 8 Feb to 14 Feb 2026\n\nNothing changed.\n"
    with pytest.raises(OkrsiteError, match=r"no unit 'it'. Did you mean acme/it\?"):
        digest(told, date(2026, 2, 8), "Goals", "it")
    with pytest.raises(OkrsiteError, match="nothing is known yet of 2026-02-15"):
        digest(told, date(2026, 2, 15), "Goals")


def test_history_begins_with_goals_that_are_not_new() -> None:
    """What the first commit has was there; what a later one adds is new."""
    start = commit("2026-02-09", "f125700000")
    goals = [change(f"acme/it/2026-Q1/{id}", "objective", "added") for id in ("a", "b", "c")]
    begun = [replace(each, commit=start) for each in goals[:2]]
    gallery = chronicle(make(), *begun, goals[2]).gallery
    gallery.history = replace(gallery.history, since=date(2026, 2, 9))
    assert [each.goal for each in Chronicle(gallery).week.came] == ["acme/it/2026-Q1/c"]
    gallery.history = replace(gallery.history, since=date(2026, 2, 8))
    assert len(Chronicle(gallery).week.came) == len(goals)  # something else was there on the first day


def test_where_history_begins_is_read_once() -> None:
    """And not for each of thousands of changes, all of which are noted."""
    goals = [change(f"acme/it/2026-Q1/{number}", "objective", "added") for number in range(20)]
    gallery = chronicle(make(), *goals).gallery
    gallery.history = watched("history", gallery.history)
    with recording() as places:
        assert len(Chronicle(gallery).changes) == len(goals)
    assert [place.path for place in places].count(("history", "beginning")) == 1
    assert len(places) < len(goals)


def test_a_new_owner_of_an_objective_is_told_once() -> None:
    """Not again for each key result that takes its owner from it; a key result's own change is told."""
    owner = {"field": "owner", "before": "Ada", "after": "Bo"}
    own = change(field="owner", before="Ada", after="Zoë")
    told = chronicle(make(), change(OBJECTIVE, "objective", **owner), change(**owner), own).week
    assert [(each.sort, each.after) for each in told.moved] == [("objective", "Bo"), ("key_result", "Zoë")]
