"""KPIs on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from builders import make_kpi, make_portal

from okrsite.model import Cadence, Direction
from okrsite.scoring import KpiFigures, score
from okrsite.scoring.kpis import CADENCE_DAYS

DAY = date(2026, 2, 14)


def figures(*values: Any, on: date = DAY, **fields: Any) -> KpiFigures:
    """The figures of a KPI measured on consecutive days, the last of them the day."""
    days = [DAY - timedelta(days=back) for back in reversed(range(len(values)))]
    kpi = make_kpi(measurements={str(day): value for day, value in zip(days, values, strict=True)}, **fields)
    return score(make_portal(kpis=[kpi]), on).kpis[kpi.id]


@pytest.mark.parametrize(
    ("direction", "target", "amber", "value", "status"),
    [
        ("up", "99.9", "99.5", "99.9", "green"),
        ("up", "99.9", "99.5", "99.89", "amber"),
        ("up", "99.9", "99.5", "99.5", "amber"),
        ("up", "99.9", "99.5", "99.49", "red"),
        ("up", "99.9", None, "99.89", "red"),
        ("down", 30, 45, 30, "green"),
        ("down", 30, 45, 45, "amber"),
        ("down", 30, 45, 46, "red"),
        ("down", 30, None, 31, "red"),
        ("band", (1, 4), (0, 6), 1, "green"),
        ("band", (1, 4), (0, 6), 4, "green"),
        ("band", (1, 4), (0, 6), 6, "amber"),
        ("band", (1, 4), (0, 6), 0, "amber"),
        ("band", (1, 4), (0, 6), 7, "red"),
        ("band", (1, 4), None, 5, "red"),
    ],
)
def test_status_by_target_and_amber_limit(
    direction: Direction, target: Any, amber: Any, value: Any, status: str
) -> None:
    """Equality meets; without an amber limit there is nothing between green and red."""
    assert figures(value, direction=direction, target=target, amber=amber).status == status


@pytest.mark.parametrize(
    ("direction", "target", "before", "latest", "trend"),
    [
        ("up", 10, 1, 2, "improving"),
        ("up", 10, 12, 11, "worsening"),
        ("up", 10, 1, 1, "flat"),
        ("down", 10, 1, 2, "worsening"),
        ("down", 10, 2, 1, "improving"),
        ("band", (1, 4), 9, 7, "improving"),
        ("band", (1, 4), 0, -1, "worsening"),
        ("band", (1, 4), 1, 4, "flat"),
        ("band", (1, 4), -1, 6, "flat"),
        ("band", (1, 4), 5, 2, "improving"),
    ],
)
def test_trend_by_direction(direction: Direction, target: Any, before: Any, latest: Any, trend: str) -> None:
    """For a band it is the way back into it that counts; everything inside is as good."""
    assert figures(before, latest, direction=direction, target=target).trend == trend


def test_without_measurements() -> None:
    """No data is neither stale nor a trend, and one measurement is no trend."""
    assert figures() == KpiFigures(None, None, None, "no_data", None, stale=False, next_due=None)
    assert figures(5).trend is None


def test_later_measurements_do_not_exist() -> None:
    """A day earlier the one before is the latest."""
    found = figures(1, 2, 3, on=DAY - timedelta(days=1))
    assert (found.current, found.previous, found.measured_on) == (2, 1, DAY - timedelta(days=1))


@pytest.mark.parametrize("cadence", get_args(Cadence))
def test_stale_the_day_after_it_was_due(cadence: Cadence) -> None:
    """On the day that the next is due it is not late yet."""
    days = timedelta(days=CADENCE_DAYS[cadence])
    due = figures(5, cadence=cadence, on=DAY + days)
    assert (due.stale, due.next_due) == (False, DAY + days)
    assert figures(5, cadence=cadence, on=DAY + days + timedelta(days=1)).stale


def test_the_days_of_each_cadence() -> None:
    """A month may have 31 days, a quarter 92, a year 366."""
    assert list(CADENCE_DAYS.values()) == [1, 7, 14, 31, 92, 366]


def test_the_end_of_the_calendar() -> None:
    """The next measurement is never due after the last day there is."""
    kpi = make_kpi(measurements={"9999-12-30": 1})
    found = score(make_portal(kpis=[kpi]), date.max).kpis[kpi.id]
    assert (found.next_due, found.stale) == (date.max, False)
