"""The portal's progress over a cycle, against the expected line, if wanted with a line for each top unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okrsite.charts.chart import Chart
from okrsite.charts.lines import Line
from okrsite.charts.progress_lines import progress_lines
from okrsite.languages import ENGLISH, Language


def portal_progress(
    title: str, start: date, due: date, portal: Line, units: Sequence[Line] = (), language: Language = ENGLISH
) -> Chart:
    """The chart of the portal, a level or a unit; without readings, the expected line alone.

    Args:
        title: Of the chart.
        start: The cycle's first day.
        due: The cycle's last day.
        portal: The name of the organisation (or unit) and its progress (share) from each day on, sorted by day.
        units: The same for each unit to show beside it.
        language: Of all words, days and numbers.
    """
    about = language.gettext(
        "Progress of %(name)s from %(start)s to %(end)s, beside the line that is expected.",
        name=portal.name,
        start=language.day(start),
        end=language.day(due),
    )
    return progress_lines(title, about, start, due, portal, units, language)
