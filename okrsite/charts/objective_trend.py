"""An objective's way through its cycle, against the expected line, with a line for each key result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okrsite.charts.chart import Chart
from okrsite.charts.lines import Line
from okrsite.charts.moved import Goalpost
from okrsite.charts.progress_lines import progress_lines
from okrsite.languages import ENGLISH, Language


def objective_trend(
    title: str,
    start: date,
    due: date,
    progress: Sequence[tuple[date, float]],
    key_results: Sequence[Line],
    language: Language = ENGLISH,
    goalposts: Sequence[Goalpost] = (),
) -> Chart:
    """The chart of an objective; without readings, the expected line alone.

    Args:
        title: Of the chart, e.g. the objective's title.
        start: The cycle's first day.
        due: The cycle's last day.
        progress: The objective's progress (share) from each day on, sorted by day.
        key_results: The same for each key result, by its title.
        language: Of all words, days and numbers.
        goalposts: What moved, by day; a line is named by its key result's title.
    """
    about = language.gettext(
        "Progress of the objective and its key results from %(start)s to %(end)s, beside the line that is expected.",
        start=language.day(start),
        end=language.day(due),
    )
    main = Line(language.gettext("objective"), progress)
    return progress_lines(title, about, start, due, main, key_results, language, goalposts=goalposts)


def known_then_trend(
    title: str,
    start: date,
    due: date,
    readings: Sequence[tuple[date, float]],
    known: Sequence[tuple[date, float]],
    language: Language = ENGLISH,
    goalposts: Sequence[Goalpost] = (),
) -> Chart:
    """The chart of a key result whose progress was known otherwise than its readings tell today.

    Args:
        title: Of the chart.
        start: The cycle's first day.
        due: The cycle's last day.
        readings: Its progress from each day on by today's readings and goalposts, sorted by day.
        known: Its progress as it was known from each day on, likewise.
        language: Of all words, days and numbers.
        goalposts: What moved, by day.
    """
    about = language.gettext(
        "Progress from %(start)s to %(end)s, by today's readings and goalposts and as it was known then.",
        start=language.day(start),
        end=language.day(due),
    )
    main, then = Line(language.gettext("as known today"), readings), Line(language.gettext("as known then"), known)
    return progress_lines(title, about, start, due, main, (), language, then=then, goalposts=goalposts)
