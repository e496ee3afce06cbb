"""The portal's progress over a cycle, against the expected line, if wanted with a line for each top unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okrsite.charts.chart import Chart
from okrsite.charts.progress_lines import Line, progress_lines


def portal_progress(title: str, start: date, due: date, portal: Line, units: Sequence[Line] = ()) -> Chart:
    """The chart of the portal; without readings, the expected line alone.

    Args:
        title: Of the chart.
        start: The cycle's first day.
        due: The cycle's last day.
        portal: The name of the organisation (or unit) and its progress (share) from each day on, sorted by day.
        units: The same for each unit to show beside it.
    """
    return progress_lines(title, portal.name, start, due, portal, units)
