"""The rollout plan and its evidence."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from builders import (
    make_check_in,
    make_cycle,
    make_evidence,
    make_key_result,
    make_kpi,
    make_objective,
    make_portal,
    make_rollout,
    make_task,
    make_unit,
)

from okrsite.model import Portal
from okrsite.scoring import RolloutFigures, TaskFigures, UnitAdoption, score

START = date(2026, 1, 5)
Q2 = make_cycle("2026-Q2", "2026-04-01", "2026-06-30")
Q1 = make_cycle()


def plan(*tasks: Any, on: str) -> RolloutFigures:
    """The figures of a plan in an empty portal."""
    return score(make_portal(rollouts=[make_rollout(tasks)]), date.fromisoformat(on)).rollouts["rollout"]


def measured(on: str, levels: tuple[str, ...] = (), kpis: Any = (), **evidence: Any) -> TaskFigures:
    """A task with evidence, in a small organisation."""
    up = ["acme/2026-Q1/top"]
    read = make_key_result(check_ins=[make_check_in("2026-02-01", confidence=5)])
    portal = make_portal(
        [
            make_objective("acme/2026-Q1/top"),
            make_objective("acme/it/2026-Q1/a", [read], supports=up),
            make_objective("acme/it/2026-Q1/b"),
            make_objective("acme/it/2026-Q1/c", state="cancelled"),
            make_objective("acme/hr/2026-Q1/a", state="draft", supports=up),
            make_objective("acme/it/ops/2026-Q2/a", supports=up),
        ],
        kpis=[make_kpi("acme/it/kpis/k"), *kpis],
        units=[make_unit("acme/law")],
        cycles=[Q1, Q2],
        rollouts=[make_rollout([make_task(levels=levels, evidence=make_evidence(**evidence))])],
    )
    return score(portal, date.fromisoformat(on)).rollouts["rollout"].tasks[0]


def test_expected_is_full_on_the_last_day() -> None:
    """A task of fourteen days: a fourteenth on its first day."""
    task = make_task(weeks=(1, 2))
    found = [plan(task, on=day).tasks[0].expected for day in ("2026-01-04", "2026-01-05", "2026-01-18", "2026-02-18")]
    assert found == [0, Fraction(1, 14), 1, 1]


def test_progress_is_the_owners_word_before_the_evidence() -> None:
    """Done on the day; until then the owner's figure; else nothing."""
    task = make_task(done="2026-01-07", progress="0.3")
    assert [plan(task, on=day).tasks[0].progress for day in ("2026-01-06", "2026-01-07")] == [Fraction(3, 10), 1]
    assert plan(make_task(done=True), on="2025-01-01").tasks[0].progress == 1
    assert plan(make_task(), on="2026-12-31").tasks[0].progress == 0


def test_a_done_in_the_future_leaves_the_evidence_to_speak() -> None:
    """What is not done yet is measured."""
    task = make_task(done="2026-03-01", evidence=make_evidence("units_with_kpis"))
    portal = make_portal(kpis=[make_kpi()], rollouts=[make_rollout([task])])
    assert score(portal, START).rollouts["rollout"].tasks[0].progress == 1


def test_means_are_weighted_by_weeks() -> None:
    """Month 1: two weeks done and one at 0.5, so 2.5 of 3; with three more weeks at nothing 2.5 of 6."""
    tasks = [
        make_task(weeks=(1, 2), done=True),
        make_task(weeks=(3, 3), progress="0.5"),
        make_task(month=2, weeks=(2, 4)),
    ]
    found = plan(*tasks, on="2026-01-25")
    assert (found.progress, found.expected) == (Fraction(5, 12), Fraction(1, 2))
    assert found.months == ((Fraction(5, 6), 1), (0, 0))
    assert (found.status, [task.status for task in found.tasks]) == ("on_track", ["achieved", "off_track", "on_track"])


def test_a_plan_without_tasks() -> None:
    """Nothing to do, nothing done, nothing expected."""
    found = plan(on="2026-02-01")
    assert (found.progress, found.expected, found.status, found.months) == (0, 0, "on_track", ((0, 0),))


def test_a_finished_plan_is_achieved() -> None:
    """Everything done."""
    assert plan(make_task(done=True), on="2026-01-05").status == "achieved"


@pytest.mark.parametrize(
    ("measure", "levels", "on", "met", "missing"),
    [
        ("units_with_objectives", (), "2026-02-01", ["acme", "acme/it"], ["acme/hr", "acme/it/ops", "acme/law"]),
        ("units_with_objectives", ("department",), "2026-02-01", ["acme/it"], ["acme/hr", "acme/law"]),
        ("units_with_objectives", ("team", "corporate"), "2026-04-01", ["acme/it/ops"], ["acme"]),
        ("units_with_objectives", (), "2025-12-31", [], ["acme", "acme/hr", "acme/it", "acme/it/ops", "acme/law"]),
        ("units_with_kpis", ("department",), "2025-01-01", ["acme/it"], ["acme/hr", "acme/law"]),
        ("units_checking_in", ("department",), "2026-01-31", [], ["acme/hr", "acme/it", "acme/law"]),
        ("units_checking_in", ("department",), "2026-02-01", ["acme/it"], ["acme/hr", "acme/law"]),
        ("units_checking_in", ("department",), "2026-02-15", ["acme/it"], ["acme/hr", "acme/law"]),
        ("units_checking_in", ("department",), "2026-02-16", [], ["acme/hr", "acme/it", "acme/law"]),
        ("objectives_aligned", (), "2026-02-01", ["acme/it/2026-Q1/a"], ["acme/it/2026-Q1/b"]),
        ("objectives_aligned", (), "2026-04-01", ["acme/it/ops/2026-Q2/a"], []),
        ("objectives_aligned", ("team",), "2026-02-01", [], []),
    ],
)
def test_evidence_counts_units_and_objectives(
    measure: Any, levels: tuple[str, ...], on: str, met: list[str], missing: list[str]
) -> None:
    """What is there, what is missing, and the share of it all; drafts and other cycles do not count."""
    task = measured(on, levels, measure=measure)
    assert task.adoption is not None
    assert (list(task.adoption.met), list(task.adoption.missing)) == (met, missing)
    share = Fraction(len(met), len(met) + len(missing)) if met or missing else 0
    assert task.measured == task.progress == share


def test_less_than_everything_may_be_enough() -> None:
    """1 of 3 departments, where a half would do, is two thirds; where a quarter would do it is all."""
    half = measured("2026-02-01", ("department",), measure="units_with_kpis", at_least="0.5")
    assert (half.measured, half.progress) == (Fraction(1, 3), Fraction(2, 3))
    assert measured("2026-02-01", ("department",), measure="units_with_kpis", at_least="0.25").progress == 1


def test_levels_without_units() -> None:
    """No such units: nothing."""
    assert measured("2026-02-01", ("individual",), measure="units_with_kpis").progress == 0


def test_evidence_of_a_kpi() -> None:
    """The latest value as a part of what is asked, in the KPI's unit; without a measurement nothing."""
    kpi = make_kpi("acme/it/kpis/trained", measurements={"2026-02-01": 45})
    found = measured("2026-02-01", kpis=[kpi], kpi=kpi.id, at_least=90)
    assert (found.measured, found.progress, found.adoption) == (45, Fraction(1, 2), None)
    before = measured("2026-01-31", kpis=[kpi], kpi=kpi.id, at_least=90)
    assert (before.measured, before.progress) == (None, 0)


@pytest.mark.parametrize(("value", "progress"), [(-1, 0), (0, 1), (1, 1)])
def test_evidence_that_asks_for_nothing(value: int, progress: int) -> None:
    """No part of 0 can be taken: it is reached or not."""
    kpi = make_kpi("acme/it/kpis/trained", measurements={"2026-02-01": value})
    assert measured("2026-02-01", kpis=[kpi], kpi=kpi.id, at_least=0).progress == progress


def test_adoption_of_each_unit() -> None:
    """The matrix behind the evidence; check-ins of any objective show that a unit has taken it up."""

    def portal(state: str) -> Portal:
        read = make_key_result(check_ins=[make_check_in(START, 1)])
        return make_portal([make_objective("acme/2026-Q1/a", [read], state=state)], units=[make_unit("acme/it")])

    on = START + timedelta(days=14)
    assert score(portal("active"), on).adoption == {
        "acme": UnitAdoption(has_objectives=True, has_kpis=False, checks_in=True),
        "acme/it": UnitAdoption(has_objectives=False, has_kpis=False, checks_in=False),
    }
    assert score(portal("draft"), on).adoption["acme"] == UnitAdoption(
        has_objectives=False, has_kpis=False, checks_in=True
    )
