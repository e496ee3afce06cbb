"""How sure the owners were that it will work: confidence 0..10 over a cycle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from okrsite.charts import style
from okrsite.charts.chart import Chart, Column, Points
from okrsite.charts.lines import (
    LEFT,
    RIGHT,
    Drawn,
    Line,
    height_for,
    label_rows,
    line_layers,
    line_rows,
    names_of,
    thick_last,
)
from okrsite.charts.ticks import day_ticks
from okrsite.languages import ENGLISH, Language

if TYPE_CHECKING:
    import altair as alt

_TOP = 10
_HEIGHT = 150
_PLOT = style.WIDTH - LEFT - RIGHT


def template() -> alt.LayerChart:
    """Days across, confidence up, labels at the lines' ends."""
    y = style.level_scale(_TOP)
    return style.framed(
        style.level_axis(y),
        style.day_axis(),
        *line_layers(y, style.level_scale(_TOP, "place")),
        left=LEFT,
        right=RIGHT,
        top=12,
        bottom=30,
        height=_HEIGHT,
    )


def confidence_trend(
    title: str, start: date, end: date, mean: Line, others: Sequence[Line] = (), language: Language = ENGLISH
) -> Chart | None:
    """The chart of an objective with its key results, or of a unit with its objectives; None without a confidence.

    Args:
        title: Of the chart.
        start: The cycle's first day.
        end: The cycle's last day.
        mean: The thick line: the name of the whole, and its confidence from each day on, sorted by day.
        others: The same for each of the parts.
        language: Of all words, days and numbers.
    """
    drawn = thick_last(mean, others)
    days = [line.points[-1][0] for _, line in drawn if line.points]
    if not days:
        return None
    latest = max(start, *days)
    last = max(end, latest)
    courses = [_course(line.points, start, latest) for _, line in drawn]
    height = height_for(sum(map(bool, courses)), _HEIGHT)
    room = RIGHT + _PLOT * (last - latest).days / max(1, (last - start).days)

    def say(value: float) -> str:
        return language.digits(f"{value:.1f}".removesuffix(".0"))

    return Chart(
        template="confidence_trend",
        title=title,
        description=_description(start, last, latest, drawn, courses, language),
        data={
            "days": day_ticks(start, last, language),
            "levels": [{"value": value, "label": language.digits(str(value))} for value in (0, 5, _TOP)],
            "lines": line_rows(drawn, courses),
            "labels": label_rows(drawn, courses, say, top=_TOP, height=height, room=room),
        },
        height=height,
        points=Points(
            sets=("lines",),
            columns=(
                Column(language.gettext("Line"), "line", names=names_of(drawn)),
                Column(language.gettext("Day"), "date", "day"),
                Column(language.gettext("Confidence"), "value", "number"),
            ),
            x="date",
            y="value",
            line="line",
        ),
    )


def _course(points: Sequence[tuple[date, float]], start: date, latest: date) -> list[tuple[date, float]]:
    """The points from the first day on that has one, and up to the latest day of any line.

    With one decimal, as pages say a confidence: a mean of three would be told as 6.33333.
    """
    if not points:
        return []
    points = [(when, round(value, 1)) for when, value in points]
    before = [value for when, value in points if when <= start]
    course = [(start, before[-1])] if before else []
    course += [(when, value) for when, value in points if when > start]
    if course[-1][0] < latest:
        course.append((latest, course[-1][1]))
    return course


def _description(
    start: date,
    end: date,
    latest: date,
    drawn: Sequence[Drawn],
    courses: Sequence[Sequence[tuple[date, float]]],
    language: Language,
) -> str:
    ends = [(line.name, course[-1][1]) for (_, line), course in zip(drawn, courses, strict=True) if course]
    values = "; ".join(f"{name} {language.digits(f'{value:.1f}'.removesuffix('.0'))}" for name, value in reversed(ends))
    return " ".join(
        (
            language.gettext(
                "Confidence, 0 to 10, from %(start)s to %(end)s.", start=language.day(start), end=language.day(end)
            ),
            language.gettext("On %(day)s: %(values)s.", day=language.day(latest), values=values),
        )
    )
