"""A KPI's measurements, with its target and what counts as green, amber and red."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from okrsite.charts import style
from okrsite.charts.chart import Chart, Row
from okrsite.charts.label import day, number, spread
from okrsite.charts.ticks import day_ticks, number_ticks

if TYPE_CHECKING:
    import altair as alt

Limit = float | tuple[float, float]
"""A number for ``up`` and ``down``; low and high end for ``band``."""

_HEIGHT = 200
_LABEL_HEIGHT = 17
_DOTS = 40
"""Up to so many measurements each has a dot."""
_POINTS = 600
"""Up to so many are drawn: the plot has fewer pixels across."""


def template() -> alt.LayerChart:
    """Days across, values up, bands behind, target and latest value labelled at the right."""
    import altair as alt  # noqa: PLC0415

    x = style.day_scale()
    measurements = alt.Chart(style.data("measurements"))

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=alt.Scale(nice=False, zero=False), axis=None)

    across = {"x": alt.value(0), "x2": alt.value(alt.expr("width"))}
    bands = {name: style.ink(f"band-{name}") for name in ("green", "amber", "red")}
    limits = {"target": style.ink("ink-soft"), "amber": style.ink("at-risk")}
    weight = style.looked_up("kind", {"latest": "bold"})
    return style.framed(
        alt.Chart(style.data("bands"))
        .mark_rect(fill=style.looked_up("band", bands))
        .encode(**across, y=y("low"), y2="high"),
        style.words("ticks", "label", alt.value(-8), y("value"), align="right", fill=style.ink("ink-soft")),
        style.day_axis(),
        alt.Chart(style.data("limits"))
        .mark_rule(strokeWidth=1.2, strokeDash=[5, 3], stroke=style.looked_up("limit", limits))
        .encode(**across, y=y("value")),
        measurements.mark_line(stroke=style.ink("accent"), strokeWidth=2, strokeJoin="round").encode(x=x, y=y("value")),
        alt.Chart(style.data("dots"))
        .mark_point(size=28, filled=True, fill=style.ink("accent"), opacity=1)
        .encode(x=x, y=y("value")),
        alt.Chart(style.data("latest"))
        .mark_point(size=80, filled=True, fill=style.ink("accent"), stroke=style.ink("paper"), strokeWidth=2, opacity=1)
        .encode(x=x, y=y("value")),
        style.words("labels", "text", style.from_right(12), y("place"), fontWeight=weight),
        left=70,
        right=170,
        top=10,
        bottom=30,
        height=_HEIGHT,
    )


def kpi_trend(
    title: str,
    measurements: Sequence[tuple[date, float]],
    *,
    direction: Literal["up", "down", "band"],
    target: Limit,
    amber: Limit | None = None,
    unit: str = "",
) -> Chart | None:
    """The chart of a KPI; None without a measurement.

    Args:
        title: Of the chart, e.g. the KPI's name.
        measurements: Day and value, sorted by day.
        direction: Which way is better.
        target: What meets it is green.
        amber: What meets only this is amber; None: what misses the target is red.
        unit: Of measure, e.g. ``%``.
    """
    if not measurements:
        return None
    points = _thinned(measurements)
    limits = [("target", value) for value in _ends(target)] + [("amber", value) for value in _ends(amber)]
    low, high = _range([value for _, value in points] + [value for _, value in limits])
    start, end = measurements[0][0], measurements[-1][0]
    latest = measurements[-1][1]
    labels = [("latest", number(latest, unit), latest)]
    labels += [(name, f"{name} {number(value, unit)}", value) for name, value in limits]
    gap = (high - low) * _LABEL_HEIGHT / _HEIGHT
    places = spread([value for _, _, value in labels], gap, low, high)
    rows: list[Row] = [{"date": when.isoformat(), "value": value} for when, value in points]
    return Chart(
        template="kpi_trend",
        title=title,
        description=_description(measurements, direction, target, amber, unit),
        data={
            "days": day_ticks(start, end),
            "ticks": number_ticks(low, high),
            "bands": _bands(direction, target, amber, low, high),
            "limits": [{"limit": name, "value": value} for name, value in limits],
            "measurements": rows,
            "dots": rows if len(rows) <= _DOTS else (),
            "latest": rows[-1:],
            "labels": [
                {"kind": kind, "text": text, "place": place}
                for (kind, text, _), place in zip(labels, places, strict=True)
            ],
        },
    )


def _ends(limit: Limit | None) -> tuple[float, ...]:
    if limit is None:
        return ()
    return limit if isinstance(limit, tuple) else (limit,)


def _range(values: Sequence[float]) -> tuple[float, float]:
    """What the plot shows: all values, and so much more that a band beyond the outermost limit is seen."""
    low, high = min(values), max(values)
    room = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    return low - room, high + room


def _bands(direction: str, target: Limit, amber: Limit | None, low: float, high: float) -> list[Row]:
    """Ranges of values by colour, from the bottom up; together they fill the plot."""
    goals, limits = _ends(target), _ends(amber)
    if direction == "up":
        cuts = [(low, "red"), *((value, "amber") for value in limits), (goals[0], "green")]
    elif direction == "down":
        cuts = [(low, "green"), *((goals[0], "amber") for _ in limits), (max(goals + limits), "red")]
    else:
        outer = limits or goals
        cuts = [(low, "red"), (outer[0], "amber"), (goals[0], "green"), (goals[1], "amber"), (outer[1], "red")]
    ends = [value for value, _ in cuts[1:]] + [high]
    return [
        {"band": band, "low": start, "high": end} for (start, band), end in zip(cuts, ends, strict=True) if end > start
    ]


def _thinned(points: Sequence[tuple[date, float]]) -> Sequence[tuple[date, float]]:
    """At most about 600 of them: the lowest and the highest of each stretch of time, and the latest."""
    if len(points) <= _POINTS:
        return points
    size = math.ceil(len(points) * 2 / _POINTS)
    kept = {len(points) - 1}
    for first in range(0, len(points), size):
        stretch = range(first, min(first + size, len(points)))
        kept |= {min(stretch, key=lambda at: points[at][1]), max(stretch, key=lambda at: points[at][1])}
    return [points[at] for at in sorted(kept)]


def _description(
    measurements: Sequence[tuple[date, float]], direction: str, target: Limit, amber: Limit | None, unit: str
) -> str:
    def told(limit: Limit) -> str:
        ends = " to ".join(number(value, unit) for value in _ends(limit))
        return {"up": f"{ends} or more", "down": f"{ends} or less", "band": ends}[direction]

    first, last = measurements[0], measurements[-1]
    text = f"{number(last[1], unit)} on {day(last[0], year=True)}"
    if len(measurements) > 1:
        text += f", from {number(first[1], unit)} on {day(first[0], year=True)}; {len(measurements)} measurements"
    text += f". Target: {told(target)}"
    return text + (f"; amber: {told(amber)}." if amber is not None else ".")
