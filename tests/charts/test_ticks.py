"""Ticks of calendars and numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.charts.ticks import day_ticks, later, number_ticks
from okrsite.languages import Language


def labels(start: date, end: date) -> list[str]:
    """What the axis says."""
    return [str(tick["label"]) for tick in day_ticks(start, end)]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), ["1 Jan 2026", "1 Feb", "1 Mar", "31 Mar"]),
        (date(2026, 1, 1), date(2026, 1, 31), ["1 Jan 2026", "12 Jan", "19 Jan", "26 Jan", "31 Jan"]),
        (date(2026, 1, 1), date(2026, 12, 31), ["1 Jan 2026", "1 May", "1 Jul", "1 Sept", "1 Nov", "31 Dec"]),
        (date(2025, 11, 1), date(2026, 4, 30), ["1 Nov 2025", "Jan 2026", "1 Feb", "1 Mar", "30 Apr 2026"]),
        (date(2025, 12, 31), date(2026, 5, 31), ["31 Dec 2025", "1 Feb", "1 Mar", "1 Apr", "1 May", "31 May 2026"]),
        (date(2026, 2, 14), date(2026, 2, 14), ["14 Feb 2026"]),
    ],
)
def test_days(start: date, end: date, said: list[str]) -> None:
    """Both ends are named, years where they change, and round days between."""
    assert labels(start, end) == said


def test_days_in_another_language() -> None:
    """Days and months are said as the language says them."""
    ticks = day_ticks(date(2025, 11, 1), date(2026, 4, 30), Language("de"))
    assert [tick["label"] for tick in ticks] == ["1. Nov. 2025", "Jan. 2026", "1. Feb.", "1. März", "30. Apr. 2026"]


@given(st.dates(), st.dates())
def test_days_of_any_span(one: date, other: date) -> None:
    """From a day to ten thousand years: a few ticks, in order, within the span, both ends among them."""
    start, end = sorted((one, other))
    days = [str(tick["date"]) for tick in day_ticks(start, end)]
    assert days[0] == start.isoformat()
    assert days[-1] == end.isoformat()
    assert days == sorted(set(days))
    assert len(days) <= 10


def test_the_calendar_has_ends() -> None:
    """A day beyond the calendar's end is its last."""
    assert later(date.max, 3) == date.max
    assert later(date.min, -3) == date.min
    assert later(date(2026, 2, 28), 1) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (99.1, 100, ["99.2", "99.4", "99.6", "99.8", "100.0"]),
        (-12, 31, ["−10", "0", "10", "20", "30"]),
        (0, 6e6, ["0", "2M", "4M", "6M"]),
        (5, 5, []),
        (-1.7e308, 1.7e308, []),
    ],
)
def test_numbers(low: float, high: float, said: list[str]) -> None:
    """Round numbers, with the decimals they need; none where there is nothing to tell apart."""
    assert [tick["label"] for tick in number_ticks(low, high)] == said


@given(st.floats(-1e12, 1e12), st.floats(1e-3, 1e12))
def test_numbers_of_any_span(low: float, span: float) -> None:
    """A few ticks within the span, all labelled differently unless the span is tiny beside the numbers."""
    ticks = number_ticks(low, low + span)
    assert len(ticks) <= 7
    assert all(low - span * 1e-6 <= float(tick["value"]) <= low + span * (1 + 1e-6) for tick in ticks)
    if span > abs(low) / 100:
        assert len({tick["label"] for tick in ticks}) == len(ticks) >= 2
