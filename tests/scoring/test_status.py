"""Expected progress, status, staleness of key results, and grades."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from builders import make_check_in, make_milestone, make_portal
from hundred import HUNDRED, figures_of, goal, iso, kr, objective_on, on, reaching

from okrsite.model import Kind
from okrsite.scoring import expected_progress, score
from okrsite.settings import StatusLimits


@pytest.mark.parametrize(("step", "expected"), [(-9, "0"), (0, "0"), (25, "0.25"), (100, "1"), (130, "1")])
def test_expected_goes_from_the_first_day_to_the_last(step: int, expected: str) -> None:
    """0 on the first day and before, 1 on the last and after."""
    assert expected_progress(on(0), on(100), on(step)) == Fraction(expected)


def test_expected_of_a_window_of_one_day() -> None:
    """Nothing before that day, everything from it on."""
    day = date(2026, 2, 1)
    found = [expected_progress(day, day, date(2026, month, 1)) for month in (1, 2, 3)]
    assert found == [0, 1, 1]


def test_nothing_read_before_and_after_the_start() -> None:
    """On the first day nothing is expected: not started. A day later data is missing."""
    assert [figures_of(kr(), step).status for step in (-1, 0, 1)] == ["not_started", "not_started", "no_data"]


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (40, "on_track"),
        ("39.99", "at_risk"),
        (25, "at_risk"),
        ("24.99", "off_track"),
        (0, "off_track"),
        (99, "on_track"),
    ],
)
def test_the_limits_belong_to_the_better_side(value: object, status: str) -> None:
    """With half expected: up to 0.10 behind is on track, up to 0.25 at risk."""
    assert figures_of(kr(readings={1: value}), 50).status == status


def test_the_limits_can_be_set() -> None:
    """A portal that allows half to be missing sees no risk."""
    portal = make_portal([goal(kr(readings={1: 0}))], cycles=[HUNDRED])
    figures = score(portal, on(50), StatusLimits(Fraction(1, 2), Fraction(1, 2)))
    assert figures.key_results["acme/hundred/goal/kr"].status == "on_track"


def test_a_target_reached_early_is_achieved() -> None:
    """A number on the way up is, at once."""
    assert figures_of(kr(readings={1: 100}), 5).status == "achieved"


@pytest.mark.parametrize(("kind", "target"), [("at_least", 50), ("at_most", 150), ("between", (50, 150))])
def test_what_can_still_be_lost_is_achieved_from_the_due_date_on(kind: Kind, target: object) -> None:
    """Until then it is on track, whatever is expected."""
    key_result = kr(kind=kind, target=target, due=on(60), readings={1: 100})
    assert [figures_of(key_result, step).status for step in (1, 59, 60, 61)] == [
        "on_track",
        "on_track",
        "achieved",
        "achieved",
    ]


def test_sustained_is_achieved_with_its_last_period() -> None:
    """Two periods of ten days: once both are met nothing more is asked."""
    key_result = kr(kind="at_least", target=5, sustained=True, due=on(19), readings={9: 9, 12: 9})
    assert [figures_of(key_result, step).status for step in (9, 12)] == ["on_track", "achieved"]


def test_milestones_begin_with_the_first() -> None:
    """No milestone done is no reading at all."""
    key_result = kr(kind="milestones", milestones=[make_milestone(done=iso(20)), make_milestone()])
    assert [figures_of(key_result, step).status for step in (0, 19, 20)] == ["not_started", "no_data", "on_track"]


@pytest.mark.parametrize(("step", "stale"), [(10, False), (11, True), (100, True), (101, False)])
def test_stale_without_a_check_in_counts_from_the_start(step: int, stale: bool) -> None:
    """More than the ten days that a check-in may take, and within the window only."""
    assert figures_of(kr(), step).stale is stale


@pytest.mark.parametrize(("step", "stale"), [(-1, False), (0, True), (39, False), (40, False), (41, True)])
def test_stale_counts_from_the_last_check_in(step: int, stale: bool) -> None:
    """Any check-in counts, also one from before the window, and one without a value."""
    key_result = kr(check_ins=[make_check_in("2025-12-01", 1), make_check_in(iso(30), confidence=3)])
    assert figures_of(key_result, step).stale is stale


def test_what_is_done_is_never_stale() -> None:
    """A full score needs no check-in, also where it can still be lost."""
    assert not figures_of(kr(readings={1: 100}), 50).stale
    assert not figures_of(kr(kind="at_least", target=1, readings={1: 100}), 50).stale


def test_rollups_are_never_stale() -> None:
    """Nobody checks in there."""
    assert not figures_of(kr(kind="rollup"), 50).stale


@pytest.mark.parametrize(
    ("type", "value", "grade"),
    [
        ("aspirational", "0.7", "green"),
        ("aspirational", "0.69", "yellow"),
        ("aspirational", "0.4", "yellow"),
        ("aspirational", "0.39", "red"),
        ("committed", "1", "green"),
        ("committed", "0.99", "yellow"),
        ("committed", "0.7", "yellow"),
        ("committed", "0.69", "red"),
    ],
)
def test_grades(type: str, value: str, grade: str) -> None:
    """Promises have to be kept; stretch goals are fine at 0.7."""
    assert objective_on(reaching(value, type=type), 100).grade == grade


@pytest.mark.parametrize(
    ("state", "step", "grade"),
    [
        ("active", 99, None),
        ("active", 100, "green"),
        ("closed", 10, "green"),
        ("draft", 100, None),
        ("postponed", 100, None),
        ("cancelled", 200, None),
    ],
)
def test_a_grade_is_due_at_the_end(state: str, step: int, grade: str | None) -> None:
    """From the cycle's last day, or once closed; never for what rolls up nowhere."""
    figures = objective_on(reaching("0.8", state=state, score="0.3"), step)
    assert figures.grade == grade
    assert figures.owner_grade == ("red" if grade else None)
    assert figures.grades_differ is bool(grade)


@pytest.mark.parametrize(("own", "differ"), [("0.7", False), ("0.9", False), ("0.69", True), ("0.91", True)])
def test_the_owners_grade_may_differ_by_a_tenth(own: str, differ: bool) -> None:
    """0.8 computed: only more than 0.1 is worth a word."""
    assert objective_on(reaching("0.8", score=own), 100).grades_differ is differ


def test_without_an_owners_score_there_is_nothing_to_differ() -> None:
    """No score given, none graded."""
    figures = objective_on(reaching("0.8"), 100)
    assert (figures.owner_grade, figures.grades_differ) == (None, False)
