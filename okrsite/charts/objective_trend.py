"""An objective's way through its cycle, against the expected line, with a line for each key result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okrsite.charts.chart import Chart
from okrsite.charts.lines import Line
from okrsite.charts.progress_lines import progress_lines
from okrsite.languages import ENGLISH, Language


def objective_trend(
    title: str,
    start: date,
    due: date,
    progress: Sequence[tuple[date, float]],
    key_results: Sequence[Line],
    language: Language = ENGLISH,
) -> Chart:
    """The chart of an objective; without readings, the expected line alone.

    Args:
        title: Of the chart, e.g. the objective's title.
        start: The cycle's first day.
        due: The cycle's last day.
        progress: The objective's progress (share) from each day on, sorted by day.
        key_results: The same for each key result, by its title.
        language: Of all words, days and numbers.
    """
    about = language.gettext(
        "Progress of the objective and its key results from %(start)s to %(end)s, beside the line that is expected.",
        start=language.day(start),
        end=language.day(due),
    )
    return progress_lines(
        title, about, start, due, Line(language.gettext("objective"), progress), key_results, language
    )
