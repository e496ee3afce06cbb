"""Lines over days: a thick one, thin ones beside it, each with its name and latest value at its end.

What the charts of progress and of confidence have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Row
from okrsite.charts.label import shorten, spread

if TYPE_CHECKING:
    import altair as alt

LABEL_HEIGHT = 17
"""Pixels that a line of text takes."""

LEFT = 48
RIGHT = 214
HEIGHT = 220
_GAP = 24
"""Pixels between a line's end and its label."""
_LETTER = 7.4
"""Pixels for a letter of a label."""


class Line(NamedTuple):
    """A named course of values.

    Attributes:
        name: What its label says beside the latest value.
        points: Day and value from that day on, sorted by day: progress as a share, confidence as 0..10.
    """

    name: str
    points: Sequence[tuple[date, float]]


class Drawn(NamedTuple):
    """A line and its ink: ``main`` for the thick one, the number of a series for others."""

    role: str
    line: Line


def thick_last(main: Line, others: Sequence[Line]) -> list[Drawn]:
    """The lines in the order in which they are drawn: the thick one last, so that it lies on top of the others."""
    return [*(Drawn(str(n % style.SERIES + 1), line) for n, line in enumerate(others)), Drawn("main", main)]


def line_layers(y: alt.Y, place: alt.Y, dashed: str = "") -> list[alt.Chart]:
    """The lines of the data set ``lines``, and ``labels`` at their ends.

    Args:
        y: The scale of ``value``.
        place: The same for ``place``, where a label stands.
        dashed: A role of its own, whose line is soft and dashed; empty for none.
    """
    import altair as alt  # noqa: PLC0415

    x = style.day_scale()
    inks = {"main": style.ink("accent")} | {str(n): style.ink(f"series-{n}") for n in range(1, style.SERIES + 1)}
    look: dict[str, Any] = {}
    if dashed:
        inks[dashed] = style.ink("ink-soft")
        look["strokeDash"] = style.looked_up("role", {role: [6, 3] if role == dashed else [] for role in inks})
    stroke = style.looked_up("role", inks)
    thick = style.looked_up("role", {role: 3.5 if role == "main" else 1.5 for role in inks})
    wide = style.looked_up("role", {role: 64 if role == "main" else 24 for role in inks})
    bold = style.looked_up("role", {"main": "bold"})
    labels = alt.Chart(style.data("labels"))
    # A rim of paper under the words: other lines may run below them.
    rim: dict[str, Any] = {"stroke": style.ink("paper"), "strokeWidth": 5, "strokeJoin": "round"}
    return [
        alt.Chart(style.data("lines"))
        .mark_line(interpolate="step-after", strokeJoin="round", stroke=stroke, strokeWidth=thick, **look)
        .encode(x=x, y=y, detail="line:N"),
        labels.mark_rule(strokeWidth=1, xOffset=5, x2Offset=16, stroke=stroke).encode(x=x, x2="date", y=y, y2="place"),
        labels.mark_point(filled=True, opacity=1, fill=stroke, size=wide).encode(x=x, y=y),
        style.words("labels", "text", x, place, dx=20, fontWeight=bold, **rim),
        style.words("labels", "text", x, place, dx=20, fontWeight=bold),
    ]


def line_rows(drawn: Sequence[Drawn], courses: Sequence[Sequence[tuple[date, float]]]) -> list[Row]:
    """The rows of the data set ``lines``: a course, day by day, for each line."""
    return [
        {"line": number, "role": role, "date": when.isoformat(), "value": value}
        for number, ((role, _), course) in enumerate(zip(drawn, courses, strict=True))
        for when, value in course
    ]


def label_rows(
    drawn: Sequence[Drawn],
    courses: Sequence[Sequence[tuple[date, float]]],
    say: Callable[[float], str],
    *,
    top: float,
    height: int,
    room: float,
) -> list[Row]:
    """The rows of the data set ``labels``: at the end of each line that has a point, not on each other.

    Args:
        drawn: The lines.
        courses: Their points as they are drawn.
        say: A value in words.
        top: The highest value of the plot.
        height: Of the plot, in pixels.
        room: From a line's end to the chart's right edge, in pixels.
    """
    ends = [(at, course[-1]) for at, course in enumerate(courses) if course]
    places = spread([value for _, (_, value) in ends], top * LABEL_HEIGHT / height, top * 0.03, top)
    cells = min(int((room - _GAP) / _LETTER), 48)
    rows: list[Row] = []
    for (at, (when, value)), place in zip(ends, places, strict=True):
        (role, line), said = drawn[at], say(value)
        text = f"{said} {shorten(line.name, max(cells - len(said) - 1, 2))}"
        end: Row = {"line": at, "role": role, "date": when.isoformat(), "value": value}
        rows.append({**end, "place": place, "text": text})
    return rows


def height_for(lines: int, least: int = HEIGHT) -> int:
    """The height of a plot in which so many labels have room above each other."""
    return max(least, LABEL_HEIGHT * (lines + 1))


def names_of(drawn: Sequence[Drawn]) -> dict[str, str]:
    """The names of lines by their number."""
    return {str(number): line.name for number, (_, line) in enumerate(drawn)}
