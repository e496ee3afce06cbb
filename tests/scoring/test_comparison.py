"""Before and since a day: KPIs and check-in periods."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import Q1, make_key_result, make_kpi, make_objective, make_portal

from okrsite.scoring import Comparison, Discipline, compare, discipline, periods_kept

DAY = date(2026, 3, 1)
AS_OF = date(2026, 6, 1)


def compared(before: list[Any], since: list[Any], **fields: Any) -> Comparison:
    """A KPI measured monthly before the day, and weekly since."""
    months = [f"2025-{12 - back:02}-15" for back in reversed(range(len(before)))]
    weeks = [f"2026-03-{1 + 7 * n:02}" for n in range(len(since))]
    measurements = dict(zip([*months, *weeks], [*before, *since], strict=True))
    return compare(make_kpi(measurements=measurements, **fields), DAY, AS_OF)


@pytest.mark.parametrize(
    ("direction", "before", "since", "verdict"),
    [
        ("up", [50, 50, 50], [60, 60, 60], "better"),
        ("up", [50, 50, 50], [40, 40, 40], "worse"),
        ("down", [50, 50, 50], [40, 40, 40], "better"),
        ("down", [50, 50, 50], [60, 60, 60], "worse"),
        ("up", [50, 50, 50], [50, 50, 50], "same"),
        ("band", [70, 70, 70], [92, 92, 92], "better"),
        ("band", [92, 92, 92], [95, 95, 95], "same"),
        ("band", [95, 95, 95], [120, 120, 120], "worse"),
        ("up", [], [60], "unknown"),
        ("up", [50], [], "unknown"),
        ("up", [], [], "unknown"),
    ],
)
def test_better_or_worse(direction: Any, before: list[Any], since: list[Any], verdict: str) -> None:
    """By the direction of the KPI; inside a band nothing is nearer than anything else."""
    assert compared(before, since, direction=direction).verdict == verdict


def test_means_and_counts() -> None:
    """The plain mean of each side, with its first and last measurement."""
    found = compared([50, 51, 53], [60, 61])
    assert (found.before.mean, found.since.mean) == (Fraction(154, 3), Fraction(121, 2))
    assert found.change == Fraction(121, 2) - Fraction(154, 3)
    assert (found.before.count, found.since.count) == (3, 2)
    assert found.before.first is not None
    assert found.before.last is not None
    assert (found.before.first.value, found.before.last.value) == (50, 53)


@pytest.mark.parametrize(
    ("before", "since", "few", "usual", "under_way"),
    [
        ([50, 50, 50], [60, 60, 60], False, False, False),
        ([50, 50, 50], [60, 60], True, False, False),
        ([50, 50], [60, 60, 60], True, False, False),
        ([60, 40, 50], [55, 55, 55], False, True, False),
        ([40, 50, 60], [90, 90, 90], False, False, True),
        ([40, 50, 60], [10, 10, 10], False, False, False),
    ],
)
def test_cautions(before: list[Any], since: list[Any], few: bool, usual: bool, under_way: bool) -> None:
    """Fewer than three, no more than the usual spread, and better already before."""
    found = compared(before, since)
    assert (found.is_few, found.is_usual, found.was_under_way) == (few, usual, under_way)


def test_a_year_back_and_not_beyond_the_day() -> None:
    """What is older than a year, or not yet known, counts on no side; the day itself is since."""
    kpi = make_kpi(measurements={"2025-02-27": 1, "2025-02-28": 2, "2026-02-28": 3, "2026-03-01": 4, "2026-06-02": 5})
    found = compare(kpi, DAY, AS_OF)
    assert (found.before.count, found.since.count) == (2, 1)
    assert (found.before.mean, found.since.mean) == (Fraction(5, 2), 4)


def test_check_in_periods() -> None:
    """Whole periods of fourteen days within the two days, of units with an objective that rolls up."""
    kept = make_key_result(check_ins={"2026-01-01": 1, "2026-01-14": 2, "2026-02-12": 3})
    portal = make_portal(
        [
            make_objective("acme/2026-Q1/a", [kept]),
            make_objective("acme/it/2026-Q1/b"),
            make_objective("acme/hr/2026-Q1/draft", state="draft"),
        ]
    )
    units = [periods_kept(portal, id, Q1) for id in portal.units]
    before = discipline(Q1, units, date.min, date(2026, 2, 11))
    assert before == Discipline(kept=1, total=6)
    assert before.share == Fraction(1, 6)
    since = discipline(Q1, units, date(2026, 2, 12), date(2026, 3, 31))
    assert since == Discipline(kept=1, total=6)
    assert discipline(Q1, units, date(2026, 4, 1), date(2026, 6, 1)) == Discipline()
    assert Discipline().share is None
