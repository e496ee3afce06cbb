"""How each kind of key result is scored."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from builders import make_milestone, make_portal
from hundred import HUNDRED, figures_of, goal, iso, kr, on, reaching
from hypothesis import assume, given
from hypothesis import strategies as st

from okrsite.model import Kind
from okrsite.scoring import score
from okrsite.scoring.kinds import KINDS

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-10_000, max_value=10_000)


def test_every_kind_has_a_formula() -> None:
    """A word in the model without a formula would fail on the first portal that uses it."""
    assert set(KINDS) == set(get_args(Kind))


@pytest.mark.parametrize(
    ("value", "raw", "clamped"),
    [("31", "0.5", "0.5"), ("50", "1", "1"), ("60.64", "1.28", "1"), ("7.44", "-0.12", "0")],
)
def test_increase_is_the_share_of_the_way_done(value: str, raw: str, clamped: str) -> None:
    """From 12 to 50: half way at 31; past the target and before the baseline are kept raw, and clamped as the score."""
    figures = figures_of(kr(baseline=12, target=50, readings={1: value}), 5)
    assert figures.progress_raw == Fraction(raw)
    assert figures.progress == Fraction(clamped)


def test_decrease_counts_downwards() -> None:
    """From 50 to 40 days, at 39: 110%."""
    figures = figures_of(kr(kind="decrease", baseline=50, target=40, readings={1: 39}), 5)
    assert (figures.progress_raw, figures.progress) == (Fraction(11, 10), 1)


def test_numbers_are_exact() -> None:
    """A third is a third, and 0.1 + 0.2 has no dust."""
    assert figures_of(kr(baseline=0, target=3, readings={1: 1}), 5).progress_raw == Fraction(1, 3)
    assert figures_of(kr(baseline="0.1", target="0.4", readings={1: "0.3"}), 5).progress_raw == Fraction(2, 3)


@pytest.mark.parametrize(
    "kind", ["increase", "decrease", "at_least", "at_most", "between", "milestones", "done", "rollup"]
)
def test_without_a_reading_progress_is_nothing(kind: Kind) -> None:
    """Nothing read, nothing done."""
    figures = figures_of(kr(kind=kind), 5)
    assert (figures.progress_raw, figures.current, figures.has_reading) == (0, None, False)


@pytest.mark.parametrize(
    ("kind", "target", "value", "inclusive", "met"),
    [
        ("at_least", 30, 30, True, 1),
        ("at_least", 30, 30, False, 0),
        ("at_least", 30, "30.1", False, 1),
        ("at_least", 30, "29.9", True, 0),
        ("at_most", 30, 30, True, 1),
        ("at_most", 30, 30, False, 0),
        ("at_most", 30, "29.9", False, 1),
        ("at_most", 30, "30.1", True, 0),
        ("between", (7, 9), 7, True, 1),
        ("between", (7, 9), 9, True, 1),
        ("between", (7, 9), 7, False, 0),
        ("between", (7, 9), 9, False, 0),
        ("between", (7, 9), 8, False, 1),
        ("between", (7, 9), "6.9", True, 0),
        ("between", (7, 9), "9.1", True, 0),
    ],
)
def test_thresholds_are_all_or_nothing(kind: Kind, target: object, value: object, inclusive: bool, met: int) -> None:
    """Equality meets unless the content excludes it."""
    key_result = kr(kind=kind, target=target, readings={1: value}, inclusive=inclusive)
    assert figures_of(key_result, 5).progress_raw == met


def test_done_is_the_latest_word() -> None:
    """True is everything, false nothing, and a false after a true takes it back."""
    key_result = kr(kind="done", readings={1: False, 2: True, 3: False})
    found = [(figures_of(key_result, step).current, figures_of(key_result, step).progress_raw) for step in range(4)]
    assert found == [(None, 0), (False, 0), (True, 1), (False, 0)]


def test_milestones_count_by_weight() -> None:
    """1 of 4 after the first step, 3 of 4 after the second; current stays empty."""
    steps = [make_milestone(done=iso(5)), make_milestone(weight=2, done=iso(9)), make_milestone()]
    key_result = kr(kind="milestones", milestones=steps)
    assert [figures_of(key_result, step).progress_raw for step in (4, 5, 9)] == [0, Fraction(1, 4), Fraction(3, 4)]
    assert figures_of(key_result, 9).current is None


def test_a_milestone_without_weight_is_a_reading_all_the_same() -> None:
    """A weight of 0 leaves it out of the mean only."""
    steps = [make_milestone(weight=0, done=iso(5)), make_milestone()]
    figures = figures_of(kr(kind="milestones", milestones=steps), 5)
    assert (figures.progress_raw, figures.has_reading) == (0, True)


def test_milestones_done_after_the_cycle_do_not_count() -> None:
    """A closed cycle does not drift; what was done before the window does count."""
    before, after = make_milestone(done="2025-11-01"), make_milestone(done=iso(101))
    figures = figures_of(kr(kind="milestones", milestones=[before, after]), 200)
    assert (figures.progress_raw, figures.last_check_in) == (Fraction(1, 2), before.done)


def test_sustained_counts_the_periods_whose_last_reading_meets() -> None:
    """101 days in steps of 10 are 11 periods; the second reading of a period overrules the first."""
    key_result = kr(kind="at_most", target=60, sustained=True, readings={0: 60, 9: 75, 10: 58, 19: 41, 100: 1})
    assert figures_of(key_result, 0).progress_raw == Fraction(1, 11)
    assert figures_of(key_result, 9).progress_raw == 0
    assert figures_of(key_result, 19).progress_raw == Fraction(1, 11)
    assert figures_of(key_result, 100).progress_raw == Fraction(2, 11)


def test_sustained_looks_at_its_window_only() -> None:
    """Days 10 to 29 are two periods; what was read a day before or after is a reading, but in no period."""
    key_result = kr(kind="at_least", target=5, sustained=True, start=on(10), due=on(29), readings={9: 9, 29: 9, 30: 1})
    early, late = figures_of(key_result, 9), figures_of(key_result, 30)
    assert (early.progress_raw, early.current, early.has_reading) == (0, 9, True)
    assert (late.progress_raw, late.current) == (Fraction(1, 2), 1)


@pytest.mark.parametrize(("days", "periods"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_sustained_has_as_many_periods_as_begin_in_the_window(days: int, periods: int) -> None:
    """N = ceil(days / cadence), both ends counted."""
    key_result = kr(kind="between", target=(1, 2), sustained=True, due=on(days - 1), readings={0: 1})
    assert figures_of(key_result, 0).progress_raw == Fraction(1, periods)


def test_sustained_and_exclusive() -> None:
    """Equality does not meet in any period either."""
    key_result = kr(kind="at_most", target=60, sustained=True, inclusive=False, readings={0: 60, 10: 59})
    assert figures_of(key_result, 10).progress_raw == Fraction(1, 11)


def test_rollup_is_the_weighted_mean_of_what_supports_it() -> None:
    """(3 x 0.2 + 1 x 0.8) / 4 = 0.35: drafts, weights of 0 and those that support the objective only are left out."""
    up = "acme/hundred/goal/kr"
    portal = make_portal(
        [
            goal(kr(kind="rollup")),
            reaching("0.2", "acme/a/hundred/x", weight=3, supports=[up]),
            reaching("0.8", "acme/b/hundred/x", supports=[up]),
            reaching("1", "acme/b/hundred/draft", state="draft", supports=[up]),
            reaching("1", "acme/b/hundred/zero", weight=0, supports=[up]),
            reaching("1", "acme/b/hundred/other", supports=["acme/hundred/goal"]),
        ],
        cycles=[HUNDRED],
    )
    figures = score(portal, on(0)).key_results[up]
    assert (figures.progress_raw, figures.current, figures.has_reading) == (Fraction(7, 20), None, True)


def test_rollup_of_weights_of_nothing_is_nothing() -> None:
    """Where all that supports it weighs 0 there is no mean, yet a reading."""
    supporter = reaching("1", "acme/a/hundred/x", weight=0, supports=["acme/hundred/goal/kr"])
    portal = make_portal([goal(kr(kind="rollup")), supporter], cycles=[HUNDRED])
    figures = score(portal, on(0)).key_results["acme/hundred/goal/kr"]
    assert (figures.progress_raw, figures.has_reading, figures.status) == (0, True, "on_track")


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_way_is_that_of_the_plain_formula(value: Decimal, baseline: Decimal, target: Decimal) -> None:
    """It is computed in whole numbers; fractions give exactly the same."""
    assume(baseline != target)
    figures = figures_of(kr(baseline=baseline, target=target, readings={1: value}), 5)
    assert figures.progress_raw == (Fraction(value) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))
