"""Progress over a cycle: a thick line, thin ones beside it, and the line that is expected.

The template behind the objective's trend and the portal's progress.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from okrsite.charts import style
from okrsite.charts.chart import Chart, Column, Points, Row
from okrsite.charts.label import percent
from okrsite.charts.lines import (
    HEIGHT,
    LABEL_HEIGHT,
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
from okrsite.charts.moved import THEN, Goalpost, moved_rows, told
from okrsite.charts.ticks import day_ticks
from okrsite.languages import Language

if TYPE_CHECKING:
    import altair as alt

_PLOT = style.WIDTH - LEFT - RIGHT


def template() -> alt.LayerChart:
    """Days across, shares up, labels at the lines' ends."""
    import altair as alt  # noqa: PLC0415

    x, y = style.day_scale(), style.level_scale(1)
    expected = (
        alt.Chart(style.data("expected"))
        .mark_line(stroke=style.ink("expected"), strokeWidth=1.5, strokeDash=[2, 4], strokeCap="round")
        .encode(x=x, y=y)
    )
    return style.framed(
        style.level_axis(y),
        style.day_axis(),
        expected,
        style.words("mark", "text", x, y, align="left", dx=5, fill=style.ink("ink-soft")),
        *line_layers(y, style.level_scale(1, "place")),
        left=LEFT,
        right=RIGHT,
        top=12,
        bottom=30,
        height=HEIGHT,
    )


def progress_lines(
    title: str,
    about: str,
    start: date,
    due: date,
    main: Line,
    others: Sequence[Line],
    language: Language,
    *,
    then: Line | None = None,
    goalposts: Sequence[Goalpost] = (),
) -> Chart:
    """Lines of progress from the first to the last day of a cycle; with no points at all, the expected line alone.

    Args:
        title: Of the chart.
        about: Whose progress it is and from when to when, in a sentence.
        start: The cycle's first day, expected progress 0.
        due: Its last, expected progress 1.
        main: The thick line.
        others: The thin ones.
        language: Of all words, days and numbers.
        then: A dashed line, of what was known on each day.
        goalposts: What moved, by day.
    """
    drawn = [*([Drawn(THEN, then)] if then else ()), *thick_last(main, others)]
    latest = max([start, *(line.points[-1][0] for _, line in drawn if line.points)])
    end = max(due, latest)
    shown = [each for each in goalposts if start <= each.day <= end]
    latest = max([latest, *(each.day for each in shown)])
    courses = [_course(line.points, start, latest) for _, line in drawn]
    height = height_for(sum(map(bool, courses)))
    room = RIGHT + _PLOT * (end - latest).days / max(1, (end - start).days)
    labels = label_rows(drawn, courses, lambda share: percent(share, language), top=1, height=height, room=room)
    expected: list[Row] = [{"date": start.isoformat(), "value": 0}, {"date": due.isoformat(), "value": 1}]
    if end > due:
        expected.append({"date": end.isoformat(), "value": 1})
    # At the end of the line, unless the lines' labels are there already.
    crowded = any(float(label["place"]) > 1 - 2 * LABEL_HEIGHT / height for label in labels)
    late = crowded and (latest - start) * 2 > end - start
    mark: list[Row] = []
    if not late:
        mark.append({"date": end.isoformat(), "value": 1, "text": language.gettext("expected")})
    if not labels:
        mark.append({"date": start.isoformat(), "value": 0.92, "text": language.gettext("no readings yet")})
    description = f"{about} {_latest(latest, labels, drawn, courses, language)}"
    columns = [
        Column(language.gettext("Line"), "line", names=names_of(drawn)),
        Column(language.gettext("Day"), "date", "day"),
        Column(language.gettext("Progress"), "value", "share"),
    ]
    moved = moved_rows(shown, drawn, courses, start, end)
    if moved:
        description = f"{description} {told(shown, language)}"
        columns.append(Column(language.gettext("Goalpost"), "what"))
    return Chart(
        template="progress_moved" if moved else "progress_then" if then else "progress_lines",
        title=title,
        description=description,
        data={
            "days": day_ticks(start, end, language),
            "levels": [{"value": share, "label": percent(share, language)} for share in (0, 0.5, 1)],
            "expected": expected,
            "mark": mark,
            "lines": line_rows(drawn, courses),
            "labels": labels,
            **({"moved": moved} if moved else {}),
        },
        height=height,
        points=Points(
            sets=("lines", "moved") if moved else ("lines",),
            columns=tuple(columns),
            x="date",
            y="value",
            line="line",
        ),
    )


def _course(points: Sequence[tuple[date, float]], start: date, latest: date) -> list[tuple[date, float]]:
    """The points from the first day on: with what held then, 0 before any, and up to the latest day of any line."""
    if not points:
        return []
    within = [(when, share if 0.0 <= share <= 1.0 else min(max(share, 0.0), 1.0)) for when, share in points]
    before = [share for when, share in within if when <= start]
    course = [(start, before[-1] if before else 0.0)]
    course += [point for point in within if point[0] > start]
    if course[-1][0] < latest:
        course.append((latest, course[-1][1]))
    return course


def _latest(
    latest: date,
    labels: Sequence[Row],
    drawn: Sequence[tuple[str, Line]],
    courses: Sequence[Sequence[tuple[date, float]]],
    language: Language,
) -> str:
    """Where each line is at its end, the thick one first."""
    if not labels:
        return language.gettext("There are no readings yet.")
    ends = [(line.name, course[-1][1]) for (_, line), course in zip(drawn, courses, strict=True) if course]
    shares = "; ".join(f"{name} {percent(share, language)}" for name, share in reversed(ends))
    return language.gettext("On %(day)s: %(values)s.", day=language.day(latest), values=shares)
