"""Progress over a cycle: a thick line, thin ones beside it, and the line that is expected.

The template behind the objective's trend and the portal's progress.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Chart, Row
from okrsite.charts.label import day, percent, shorten, spread
from okrsite.charts.ticks import day_ticks

if TYPE_CHECKING:
    import altair as alt

_HEIGHT = 220
_LABEL_HEIGHT = 17
_LEFT = 48
_RIGHT = 214
_PLOT = style.WIDTH - _LEFT - _RIGHT
_LETTER = 7.4
"""Pixels for a letter of a label."""


class Line(NamedTuple):
    """A named course of progress.

    Attributes:
        name: What its label says beside the latest share.
        points: Day and progress from that day on, as a share; sorted by day. None before the first: 0.
    """

    name: str
    points: Sequence[tuple[date, float]]


def template() -> alt.LayerChart:
    """Days across, shares up, labels at the lines' ends."""
    import altair as alt  # noqa: PLC0415

    x, y = style.day_scale(), style.share_scale()
    inks = {"main": style.ink("accent")} | {str(n): style.ink(f"series-{n}") for n in range(1, style.SERIES + 1)}
    stroke = style.looked_up("role", inks)
    thick = alt.expr("datum.role == 'main' ? 3.5 : 1.5")
    expected = (
        alt.Chart(style.data("expected"))
        .mark_line(stroke=style.ink("expected"), strokeWidth=1.5, strokeDash=[2, 4], strokeCap="round")
        .encode(x=x, y=y)
    )
    lines = (
        alt.Chart(style.data("lines"))
        .mark_line(interpolate="step-after", strokeJoin="round", stroke=stroke, strokeWidth=thick)
        .encode(x=x, y=y, detail="line:N")
    )
    leaders = (
        alt.Chart(style.data("labels"))
        .mark_rule(strokeWidth=1, xOffset=5, x2Offset=16, stroke=stroke)
        .encode(x=x, x2="date", y=y, y2="place")
    )
    ends = (
        alt.Chart(style.data("labels"))
        .mark_point(filled=True, opacity=1, fill=stroke, size=alt.expr("datum.role == 'main' ? 64 : 24"))
        .encode(x=x, y=y)
    )
    bold = style.looked_up("role", {"main": "bold"})
    place = style.share_scale("place")
    return style.framed(
        style.share_axis(),
        style.day_axis(),
        expected,
        style.words("mark", "text", x, y, align="left", dx=5, fill=style.ink("ink-soft")),
        lines,
        leaders,
        ends,
        # A rim of paper under the words: the expected line runs below them until late in the cycle.
        style.words(
            "labels",
            "text",
            x,
            place,
            dx=20,
            stroke=style.ink("paper"),
            strokeWidth=5,
            fontWeight=bold,
            strokeJoin="round",
        ),
        style.words("labels", "text", x, place, dx=20, fontWeight=bold),
        left=_LEFT,
        right=_RIGHT,
        top=12,
        bottom=30,
        height=_HEIGHT,
    )


def progress_lines(title: str, what: str, start: date, due: date, main: Line, others: Sequence[Line]) -> Chart:
    """Lines of progress from the first to the last day of a cycle; with no points at all, the expected line alone.

    Args:
        title: Of the chart.
        what: Whose progress it is, for the description.
        start: The cycle's first day, expected progress 0.
        due: Its last, expected progress 1.
        main: The thick line.
        others: The thin ones.
    """
    # The thick line last, so that it lies on top of the others.
    drawn = [*((str(number % style.SERIES + 1), line) for number, line in enumerate(others)), ("main", main)]
    latest = max([start, *(line.points[-1][0] for _, line in drawn if line.points)])
    end = max(due, latest)
    rows: list[Row] = []
    for number, (role, line) in enumerate(drawn):
        rows += [
            {"line": number, "role": role, "date": when.isoformat(), "share": share}
            for when, share in _course(line.points, start, latest)
        ]
    labelled = [(role, line, _clamp(line.points[-1][1])) for role, line in drawn if line.points]
    height = max(_HEIGHT, _LABEL_HEIGHT * (len(labelled) + 1))
    places = spread([share for _, _, share in labelled], _LABEL_HEIGHT / height, 0.03, 1)
    room = _RIGHT - 24 + _PLOT * (end - latest).days / max(1, (end - start).days)
    cells = min(int(room / _LETTER), 48)
    labels: list[Row] = [
        {
            "date": latest.isoformat(),
            "share": share,
            "place": place,
            "role": role,
            "text": f"{percent(share)} {shorten(line.name, cells - 5)}",
        }
        for (role, line, share), place in zip(labelled, places, strict=True)
    ]
    expected: list[Row] = [{"date": start.isoformat(), "share": 0}, {"date": due.isoformat(), "share": 1}]
    if end > due:
        expected.append({"date": end.isoformat(), "share": 1})
    # At the end of the line, unless the lines' labels are there already.
    late = any(place > 1 - 2 * _LABEL_HEIGHT / height for place in places) and (latest - start) * 2 > end - start
    mark: list[Row] = [] if late else [{"date": end.isoformat(), "share": 1, "text": "expected"}]
    if not labelled:
        mark.append({"date": start.isoformat(), "share": 0.92, "text": "no readings yet"})
    return Chart(
        template="progress_lines",
        title=title,
        description=_description(what, start, due, latest, labelled),
        data={"days": day_ticks(start, end), "expected": expected, "mark": mark, "lines": rows, "labels": labels},
        height=height,
    )


def _course(points: Sequence[tuple[date, float]], start: date, latest: date) -> list[tuple[date, float]]:
    """The points from the first day on: with what held then, and up to the latest day of any line."""
    if not points:
        return []
    before = [share for when, share in points if when <= start]
    course = [(start, _clamp(before[-1]) if before else 0.0)]
    course += [(when, _clamp(share)) for when, share in points if when > start]
    if course[-1][0] < latest:
        course.append((latest, course[-1][1]))
    return course


def _clamp(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _description(what: str, start: date, due: date, latest: date, labelled: Sequence[tuple[str, Line, float]]) -> str:
    cycle = (
        f"Progress of {what} from {day(start, year=True)} to {day(due, year=True)}, beside the line that is expected"
    )
    if not labelled:
        return f"{cycle}. There are no readings yet."
    shares = "; ".join(f"{line.name} {percent(share)}" for _, line, share in reversed(labelled))
    return f"{cycle}. On {day(latest, year=True)}: {shares}."
