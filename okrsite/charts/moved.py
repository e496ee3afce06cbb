"""Progress over a cycle in which goalposts moved: a mark at each day, its words above the plot.

A template of its own, so that charts without such marks are drawn as quickly as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Row
from okrsite.charts.label import shorten
from okrsite.charts.lines import HEIGHT, LEFT, RIGHT, Drawn, line_layers
from okrsite.languages import Language

if TYPE_CHECKING:
    import altair as alt

_ROWS = 2
"""How many rows of words stand above the plot; what finds no room there is in the table and the ledger alone."""
_ROW = 17
TOP = 16 + _ROWS * _ROW
_LETTER = 6.9
"""Pixels for a letter of a label."""
_CELLS = 26
_PLOT = style.WIDTH - LEFT - RIGHT

THEN = "then"
"""The role of a line that shows what was known on each day."""


class Goalpost(NamedTuple):
    """A day on which goalposts were moved.

    Attributes:
        day: The day.
        label: What moved, in few words; drawn.
        text: The same in full; said and shown in the large view.
        line: The name of the line that it belongs to; empty, or a name that no line has, for the thick one.
    """

    day: date
    label: str
    text: str
    line: str = ""


def mark_layers(y: Any, foot: Any) -> tuple[alt.Chart, alt.Chart, alt.LayerChart]:
    """The marks of the data set ``moved``: a diamond, words above the plot, and a stem that leads to them.

    Args:
        y: Where the diamond is, as for Altair.
        foot: Where the stem ends, likewise.
    """
    import altair as alt  # noqa: PLC0415

    x, moved = style.day_scale(), alt.Chart(style.data("moved"))
    top, place = alt.value(alt.expr("datum.stem")), alt.value(alt.expr("datum.above"))
    stem = moved.mark_rule(stroke=style.ink("ink-soft"), strokeWidth=1, strokeDash=[1, 2]).encode(x=x, y=foot, y2=top)
    point = moved.mark_point(
        shape="diamond", size=70, filled=True, opacity=1, fill=style.ink("ink"), stroke=style.ink("paper")
    )
    # A rim of paper under the words: stems of those above run below them.
    rim: dict[str, Any] = {"stroke": style.ink("paper"), "strokeWidth": 5, "strokeJoin": "round"}
    words = [style.words("moved", "label", x, place, dx=5, **look) for look in (rim, {})]
    return stem, point.encode(x=x, y=y), alt.LayerChart(layer=words)


def template() -> alt.LayerChart:
    """The lines of progress, with marks on them."""
    return then_template(marked=True)


def then_template(*, marked: bool = False) -> alt.LayerChart:
    """The lines of progress with one of what was known then, dashed.

    Args:
        marked: Whether there are marks, and room for their words.
    """
    import altair as alt  # noqa: PLC0415

    x, y = style.day_scale(), style.level_scale(1)
    expected = (
        alt.Chart(style.data("expected"))
        .mark_line(stroke=style.ink("expected"), strokeWidth=1.5, strokeDash=[2, 4], strokeCap="round")
        .encode(x=x, y=y)
    )
    marks = mark_layers(y, y) if marked else ()
    return style.framed(
        style.level_axis(y),
        style.day_axis(),
        expected,
        style.words("mark", "text", x, y, align="left", dx=5, fill=style.ink("ink-soft")),
        *marks[:1],
        *line_layers(y, style.level_scale(1, "place"), dashed=THEN),
        *marks[1:],
        left=LEFT,
        right=RIGHT,
        top=TOP if marked else 12,
        bottom=30,
        height=HEIGHT,
    )


def moved_rows(
    goalposts: Sequence[Goalpost],
    drawn: Sequence[Drawn],
    courses: Sequence[Sequence[tuple[date, float]]],
    start: date,
    end: date,
) -> list[Row]:
    """The rows of the data set ``moved``: where each mark stands on its line, and in which row its words.

    Args:
        goalposts: By day, all of them within the plot.
        drawn: The lines.
        courses: Their points as they are drawn.
        start: The first day of the plot.
        end: Its last.
    """
    numbers = {line.name: number for number, (_, line) in enumerate(drawn)}
    lines = [numbers.get(each.line, len(drawn) - 1) for each in goalposts]
    return [
        {"line": line, "value": _value_on(courses[line], each.day), **words}
        for line, each, words in zip(lines, goalposts, label_places(goalposts, start, end, _PLOT), strict=True)
    ]


def label_places(goalposts: Sequence[Goalpost], start: date, end: date, width: int) -> Iterator[dict[str, str | int]]:
    """For each mark its day and words; and, in pixels from the plot's top, where these stand and its stem ends.

    Words that would stand on others are empty.

    Args:
        goalposts: By day.
        start: The first day of the plot.
        end: Its last.
        width: Of the plot, in pixels.
    """
    free = [0.0] * _ROWS  # from where on each row is free, in pixels
    for each in goalposts:
        place = width * (each.day - start).days / max(1, (end - start).days)
        label = shorten(each.label, _CELLS)
        row = next((row for row in range(_ROWS) if free[row] <= place), None)
        day: dict[str, str | int] = {"date": each.day.isoformat(), "what": each.text}
        if row is None:
            yield {**day, "label": "", "above": -8, "stem": -2}
            continue
        free[row] = place + 14 + _LETTER * len(label)
        yield {**day, "label": label, "above": -8 - _ROW * row, "stem": -6 - _ROW * row if label else -2}


def told(goalposts: Sequence[Goalpost], language: Language) -> str:
    """The goalposts in a sentence for those who do not see the chart."""
    parts = [f"{language.day(each.day)}, {each.text}" for each in goalposts]
    return language.gettext("Goalposts moved: %(moves)s.", moves="; ".join(parts))


def _value_on(course: Sequence[tuple[date, float]], day: date) -> float:
    """Where a line is on a day."""
    value = 0.0
    for when, here in course:
        if when > day:
            break
        value = here
    return value
