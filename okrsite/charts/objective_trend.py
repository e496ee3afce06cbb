"""An objective's way through its cycle, against the expected line, with a line for each key result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okrsite.charts.chart import Chart
from okrsite.charts.progress_lines import Line, progress_lines


def objective_trend(
    title: str, start: date, due: date, progress: Sequence[tuple[date, float]], key_results: Sequence[Line]
) -> Chart:
    """The chart of an objective; without readings, the expected line alone.

    Args:
        title: Of the chart, e.g. the objective's title.
        start: The cycle's first day.
        due: The cycle's last day.
        progress: The objective's progress (share) from each day on, sorted by day.
        key_results: The same for each key result, by its title.
    """
    return progress_lines(
        title, "the objective and its key results", start, due, Line("objective", progress), key_results
    )
