"""The ledger of real repositories: which changes are in it, by whom, when, and what they did."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from gitrepos import Repo
from ledgers import IT, KPIS, MEETING, NPS, Q1, TRUST, history_of, lines, started

from okrsite.history import Change, Effect, History

YEAR_START = "cycles:\n  2026-Q1: {start: 2026-01-05, end: 2026-03-29}\n"


def only(history: History, field: str) -> Change:
    """The one change of a field."""
    found = [each for each in history.changes if each.field == field]
    assert len(found) == 1
    return found[0]


def edited(repo: Repo, before: str, after: str, message: str = "Be realistic", day: str = "2026-02-10") -> str:
    """Commit a change of the goals' file."""
    text = (repo.path / Q1).read_text()
    assert before in text
    repo.write(Q1, text.replace(before, after))
    return repo.commit(message, day, "Bo Chief")


def test_every_goalpost_is_told(tmp_path: Path) -> None:
    """Each field of units, objectives, key results and KPIs, with defaults as what they stand for."""
    repo = started(tmp_path)
    edited(repo, "owner: Ada\n", "owner: Bo\n    type: committed\n    weight: 2\n    state: closed\n")
    edited(repo, "target: 60}", "target: 50, weight: 0.5, due: 2026-03-01}", day="2026-02-11")
    edited(repo, "kind: at_most, target: 0", "kind: between, target: [0, 1], inclusive: false", day="2026-02-12")
    repo.write("content/okrs/acme/unit.yml", "name: Acme Corp\nlevel: corporate\nlead: Ada\n")
    repo.write("content/okrs/acme/kpis.yml", KPIS.replace("99.5", "99.4"))
    repo.commit("Rename", "2026-02-13")
    assert lines(history_of(repo)) == [
        "goalpost acme/2026-Q1/trust owner Ada -> Bo *",
        "goalpost acme/2026-Q1/trust type aspirational -> committed *",
        "goalpost acme/2026-Q1/trust weight 1 -> 2 *",
        "goalpost acme/2026-Q1/trust state active -> closed *",
        "goalpost acme/2026-Q1/trust/losses owner Ada -> Bo *",
        "goalpost acme/2026-Q1/trust/nps owner Ada -> Bo *",
        "goalpost acme/2026-Q1/trust/nps target 60 -> 50 *",
        "goalpost acme/2026-Q1/trust/nps due 2026-03-31 -> 2026-03-01 *",
        "goalpost acme/2026-Q1/trust/nps weight 1 -> 0.5 *",
        "goalpost acme/2026-Q1/trust/losses kind at_most -> between *",
        "goalpost acme/2026-Q1/trust/losses target 0 -> 0,1 *",
        "goalpost acme/2026-Q1/trust/losses inclusive True -> False *",
        "goalpost acme name Acme -> Acme Corp",
        "goalpost acme lead  -> Ada",
        "goalpost acme/kpis/uptime amber 99.5 -> 99.4 *",
    ]


def test_who_when_why_and_what_it_did(tmp_path: Path) -> None:
    """Author, committer date, message, request and the effect on progress that day, as exact shares."""
    repo = started(tmp_path)
    repo.write(MEETING, "check_ins: {trust/nps: 30}\n")
    repo.commit("Check in", "2026-01-20")
    id = edited(repo, "target: 60", "target: 50", "Aim lower (#12)\n\nThe market fell.\n", "2026-02-10T23:30:00-0500")
    change = only(history_of(repo), "target")
    assert change.effect == Effect(NPS, Fraction(1, 4), Fraction(1, 3))
    assert change.easier
    assert (change.commit.id, change.commit.author, change.commit.request) == (id, "Bo Chief", 12)
    assert (change.commit.day, change.commit.subject) == (date(2026, 2, 11), "Aim lower (#12)")
    assert change.commit.message == "Aim lower (#12)\n\nThe market fell."


def test_planning_is_no_moved_goalpost(tmp_path: Path) -> None:
    """What changes before the cycle begins, as its dates are known then, is not held against anybody."""
    repo = started(tmp_path, "2025-12-01", **{"content/okrs/cycles.yml": YEAR_START})
    edited(repo, "target: 60", "target: 55", day="2026-01-04T23:59:59+0000")
    edited(repo, "target: 55", "target: 50", day="2026-01-05T00:00:00+0000")
    assert [each.in_cycle for each in history_of(repo).changes if each.field == "target"] == [False, True]


def test_readings_are_added_never_edited(tmp_path: Path) -> None:
    """A new reading is nothing; one that is edited, taken out or only moved to another file is told or not."""
    repo = started(tmp_path)
    repo.write(MEETING, "check_ins: {trust/nps: {value: 30, confidence: 5, note: Fine}, trust/losses: 0}\n")
    repo.commit("Check in", "2026-01-20")
    repo.write(MEETING, "check_ins: {trust/nps: {value: 35, confidence: 6, note: Good}}\n")
    repo.commit("Correct", "2026-01-21")
    repo.move(MEETING, MEETING.replace(".yml", "-late.yml"))
    repo.write("content/okrs/acme/kpis/uptime.csv", "date,value\n2026-01-31,99.5\n2026-02-28,99.7\n")
    repo.commit("Move", "2026-01-22")
    repo.write("content/okrs/acme/kpis/uptime.csv", "date,value,note\n2026-01-31,99.50,\n2026-02-28,99.8,Sorry\n")
    repo.commit("Measure", "2026-01-23")
    assert lines(history_of(repo)) == [
        "reading_removed acme/2026-Q1/trust/losses 2026-01-20 value 0 -> None",
        "reading_edited acme/2026-Q1/trust/nps 2026-01-20 value 30 -> 35",
        "reading_edited acme/2026-Q1/trust/nps 2026-01-20 confidence 5 -> 6",
        "reading_edited acme/2026-Q1/trust/nps 2026-01-20 note Fine -> Good",
        "reading_edited acme/kpis/uptime 2026-02-28 value 99.7 -> 99.8",
    ]


def test_goals_come_and_go(tmp_path: Path) -> None:
    """Units, objectives, key results and KPIs that come and go; a goal that comes back is the same one."""
    repo = started(tmp_path)
    repo.write_all({"content/okrs/acme/it/unit.yml": IT, "content/okrs/acme/it/2026-Q1.yml": TRUST})
    repo.commit("Add a unit", "2026-01-05")
    losses = "      - {id: losses, title: No losses, kind: at_most, target: 0}\n"
    edited(repo, losses, "", day="2026-01-20")
    edited(repo, "target: 60}\n", f"target: 60}}\n{losses}", day="2026-01-21")
    repo.remove("content/okrs/acme/it")
    repo.remove("content/okrs/acme/kpis.yml")
    repo.commit("Give up", "2026-02-01")
    assert lines(history_of(repo)) == [
        "added acme/it",
        "added acme/it/2026-Q1/trust",
        "removed acme/2026-Q1/trust/losses",
        "added acme/2026-Q1/trust/losses",
        "removed acme/it",
        "removed acme/it/2026-Q1/trust",
        "removed acme/kpis/uptime",
    ]


def test_dates_of_a_cycle_move_what_is_due_with_it(tmp_path: Path) -> None:
    """A change of cycles.yml is a change of every goal that takes its dates from there."""
    repo = started(tmp_path, **{"content/okrs/cycles.yml": YEAR_START})
    repo.write("content/okrs/cycles.yml", YEAR_START.replace("03-29", "04-12"))
    repo.commit("Two weeks more", "2026-03-20")
    history = history_of(repo)
    assert lines(history) == [
        "goalpost acme/2026-Q1/trust/losses due 2026-03-29 -> 2026-04-12 *",
        "goalpost acme/2026-Q1/trust/nps due 2026-03-29 -> 2026-04-12 *",
    ]
    assert all(each.easier for each in history.goalposts)


@pytest.mark.parametrize(
    ("before", "after", "goal", "effect"),
    [
        ("target: 0}", "target: 0, weight: 3}", "acme/2026-Q1/trust", ("5/8", "13/16")),
        (
            "      - {id: losses, title: No losses, kind: at_most, target: 0}\n",
            "",
            "acme/2026-Q1/trust",
            ("5/8", "1/4"),
        ),
        ("    owner: Ada\n", "    owner: Ada\n    state: draft\n", "acme", ("5/8", None)),
    ],
)
def test_effects_further_up(tmp_path: Path, before: str, after: str, goal: str, effect: tuple[str, str | None]) -> None:
    """Weights and what comes and goes tell on what holds them."""
    repo = started(tmp_path)
    repo.write(MEETING, "check_ins: {trust/nps: 30, trust/losses: 0}\n")
    repo.commit("Check in", "2026-01-20")
    edited(repo, before, after)
    told = history_of(repo).changes[-1].effect
    was, now = (None if share is None else Fraction(share) for share in effect)
    assert told == Effect(goal, was, now)


def test_support_and_limits_have_effects(tmp_path: Path) -> None:
    """Support tells on the roll-up above it, a KPI's limits on its status."""
    top = TRUST.replace(
        "{id: losses, title: No losses, kind: at_most, target: 0}", "{id: all, title: All, kind: rollup}"
    )
    below = TRUST.replace("owner: Ada\n", "owner: Ada\n    supports: [acme/2026-Q1/trust/all]\n")
    repo = started(
        tmp_path, **{Q1: top, "content/okrs/acme/it/unit.yml": IT, "content/okrs/acme/it/2026-Q1.yml": below}
    )
    repo.write("content/okrs/acme/it/check-ins/2026-01-20.yml", "check_ins: {trust/nps: 40, trust/losses: 0}\n")
    repo.write("content/okrs/acme/kpis/uptime.csv", "date,value\n2026-01-20,99.6\n")
    repo.commit("Check in", "2026-01-20")
    repo.write("content/okrs/acme/it/2026-Q1.yml", TRUST)
    repo.write("content/okrs/acme/kpis.yml", KPIS.replace("99.9", "99.6"))
    repo.commit("Stand alone", "2026-02-01")
    history = history_of(repo)
    assert [each.effect for each in history.changes[-2:]] == [
        Effect("acme/2026-Q1/trust/all", Fraction(3, 4), Fraction(0)),
        Effect("acme/kpis/uptime", status_before="amber", status_after="green"),
    ]
    assert history.known["acme/2026-Q1/trust/all"] == (
        (date(2026, 1, 2), Fraction(0)),
        (date(2026, 1, 20), Fraction(3, 4)),
        (date(2026, 2, 1), Fraction(0)),
    )


def test_progress_as_it_was_known(tmp_path: Path) -> None:
    """Late, corrected and re-targeted: what was known is told by the day on which it became known."""
    repo = started(tmp_path)
    for day, value in (("2026-01-20", 30), ("2026-01-27", 40)):
        repo.write(MEETING, f"check_ins: {{trust/nps: {value}}}\n")
        repo.commit("Check in", day)
    edited(repo, "target: 60", "target: 50")
    assert history_of(repo).known[NPS] == (
        (date(2026, 1, 2), Fraction(0)),
        (date(2026, 1, 20), Fraction(1, 4)),
        (date(2026, 1, 27), Fraction(1, 2)),
        (date(2026, 2, 10), Fraction(2, 3)),
    )
