"""Where an axis has ticks and what they say: days of a calendar, and round numbers.

Worked out here instead of by Vega, so that no time zone, font or locale of the machine has a say in it.
"""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

from okrsite.charts.chart import Row
from okrsite.languages import ENGLISH, Language

_ROOM = 0.12
"""The share of the axis kept free of other labels beside the label of an end."""
_ROOM_YEAR = 0.18
"""The same where that label has the year."""


def day_ticks(start: date, end: date, language: Language = ENGLISH) -> list[Row]:
    """Ticks for the days start..end: both ends always, between them Mondays, months or years, at most six or so."""
    return list(_day_ticks(start, end, language))


@lru_cache(maxsize=256)
def _day_ticks(start: date, end: date, language: Language) -> tuple[Row, ...]:
    """The same, kept: most charts of a cycle have the same days."""
    span = (end - start).days
    between = _mondays(start, end) if span <= 45 else _months(start, end)
    last_year = end.year != start.year
    before = (1 - (_ROOM_YEAR if last_year else _ROOM)) * span
    ticks: list[Row] = [{"date": start.isoformat(), "label": language.day(start)}]
    ticks += [
        {"date": tick.isoformat(), "label": _label(tick, span, language)}
        for tick in between
        if start < tick < end and _ROOM_YEAR * span <= (tick - start).days <= before
    ]
    if end > start:
        ticks.append({"date": end.isoformat(), "label": (language.day if last_year else language.short_day)(end)})
    return tuple(ticks)


def number_ticks(low: float, high: float, language: Language = ENGLISH) -> list[Row]:
    """Ticks at round numbers within low..high: three to six, with as many decimals as they need.

    None where the span is too small or too large for the numbers to differ.
    """
    span = high - low
    if not math.isfinite(span) or span <= abs(low) * 1e-12:
        return []
    power = math.floor(math.log10(span / 4))
    step = next(size for size in (1, 2, 2.5, 5, 10) if size * 10.0**power >= span / 5) * 10.0**power
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [{"value": tick * step, "label": _number(tick * step, step, language)} for tick in range(first, last + 1)]


def later(when: date, days: int) -> date:
    """The day so many days later, or the calendar's last (first) one where it ends before."""
    return date.fromordinal(min(max(when.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def _label(tick: date, span: int, language: Language) -> str:
    if span > 366 * 2 or (tick.day == 1 and tick.month == 1):
        return language.month_of_year(tick)
    return language.short_day(tick)


def _mondays(start: date, end: date) -> list[date]:
    first = later(start, -start.weekday() % 7)
    return [later(first, 7 * week) for week in range((end - first).days // 7 + 1)]


def _months(start: date, end: date) -> list[date]:
    """First days of months, every so many that there are six at most."""
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    centuries = 1200 * (1 + (last - first) // (7 * 1200))
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60, 120) if last - first < 7 * size), centuries)
    return [date(month // 12, month % 12 + 1, 1) for month in range(-(-first // step) * step, last + 1, step)]


def _number(value: float, step: float, language: Language) -> str:
    """With the decimals that the step needs; millions and more in short."""
    if 1e6 <= abs(value) < 1e15:
        return language.in_short(value)
    if value and not 1e-6 <= abs(value) < 1e15:
        return language.digits(f"{value:.4g}")
    decimals = next((places for places in range(9) if math.isclose(step, round(step, places), rel_tol=1e-6)), 9)
    return language.digits(f"{value + 0.0:,.{decimals}f}")
