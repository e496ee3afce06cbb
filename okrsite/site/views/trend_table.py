"""The numbers behind a trend chart, for those who want to read or copy them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okrsite.charts import Line
from okrsite.frozen import frozen

MOST_ROWS = 130
"""So many that a quarter, and a longer cycle, is shown by day as its chart shows it."""


@frozen
class TrendTable:
    """Progress by day.

    Attributes:
        columns: What each line of the chart stands for.
        rows: The day, and each line's value from that day on (a share); None before a line begins.
        by_week: Whether only the last day of each week is shown, since every day would be too many.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[date, tuple[float | None, ...]], ...]
    by_week: bool


def trend_table(lines: Sequence[Line]) -> TrendTable:
    """The table of a chart's lines: a row for each day on which one of them moved."""
    days = sorted({day for line in lines for day, _ in line.points})
    by_week = len(days) > MOST_ROWS
    if by_week:
        days = sorted({day.isocalendar()[:2]: day for day in days}.values())
    columns = [_values(line.points, days) for line in lines]
    rows = tuple(zip(days, zip(*columns, strict=True), strict=True)) if days else ()
    return TrendTable(tuple(line.name for line in lines), rows, by_week)


def _values(points: Sequence[tuple[date, float]], days: Sequence[date]) -> list[float | None]:
    """A line's value on each of some days."""
    values: list[float | None] = []
    place, value = 0, None
    for day in days:
        while place < len(points) and points[place][0] <= day:
            value = points[place][1]
            place += 1
        values.append(value)
    return values
