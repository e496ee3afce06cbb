"""A KPI's measurements, with its target and what counts as green, amber and red."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Chart, Column, Points, Row
from okrsite.charts.label import number, spread
from okrsite.charts.moved import TOP, Goalpost, label_places, mark_layers, told
from okrsite.charts.ticks import day_ticks, number_ticks
from okrsite.languages import ENGLISH, Language

if TYPE_CHECKING:
    import altair as alt

Limit = float | tuple[float, float]
"""A number for ``up`` and ``down``; low and high end for ``band``."""

Direction = Literal["up", "down", "band"]

_HEIGHT = 200
_LEFT, _RIGHT = 70, 170
_LABEL_HEIGHT = 17
_DOTS = 40
"""Up to so many measurements each has a dot."""
_POINTS = 600
"""Up to so many are drawn: the plot has fewer pixels across."""


class Limits(NamedTuple):
    """What a KPI was to meet in former days.

    Attributes:
        until: The first day on which it no longer was.
        direction: Which way was better.
        target: What met it was green.
        amber: What met only this was amber; None: what missed the target was red.
    """

    until: date
    direction: Direction
    target: Limit
    amber: Limit | None


def moved_template() -> alt.LayerChart:
    """The same with limits that held for a part of the days each, and marks where they moved."""
    return template(moved=True)


def template(*, moved: bool = False) -> alt.LayerChart:
    """Days across, values up, bands behind, target and latest value labelled at the right.

    Args:
        moved: Whether limits hold from a day to another.
    """
    import altair as alt  # noqa: PLC0415

    x = style.day_scale()
    measurements = alt.Chart(style.data("measurements"))

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=alt.Scale(nice=False, zero=False), axis=None)

    across: dict[str, Any] = {"x": alt.value(0), "x2": alt.value(alt.expr("width"))}
    if moved:
        across = {"x": style.day_scale("from"), "x2": "to"}
    stem, point, label = mark_layers(alt.value(0), alt.value(alt.expr("height"))) if moved else (None,) * 3
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
        *([stem] if stem else ()),
        alt.Chart(style.data("marks")).mark_rule(stroke=style.ink("ink"), strokeWidth=1.2).encode(x=x),
        style.words("marks", "after", x, style.from_top(8), dx=6, fontWeight="bold"),
        style.words("marks", "before", x, style.from_top(8), dx=-6, align="right", fontWeight="bold"),
        measurements.mark_line(stroke=style.ink("accent"), strokeWidth=2, strokeJoin="round").encode(x=x, y=y("value")),
        alt.Chart(style.data("dots"))
        .mark_point(size=28, filled=True, fill=style.ink("accent"), opacity=1)
        .encode(x=x, y=y("value")),
        alt.Chart(style.data("latest"))
        .mark_point(size=80, filled=True, fill=style.ink("accent"), stroke=style.ink("paper"), strokeWidth=2, opacity=1)
        .encode(x=x, y=y("value")),
        style.words("labels", "text", style.from_right(12), y("place"), fontWeight=weight),
        *([point, label] if point and label else ()),
        left=_LEFT,
        right=_RIGHT,
        top=TOP if moved else 10,
        bottom=30,
        height=_HEIGHT,
    )


def kpi_trend(
    title: str,
    measurements: Sequence[tuple[date, float]],
    *,
    direction: Direction,
    target: Limit,
    amber: Limit | None = None,
    unit: str = "",
    mark: tuple[date, str] | None = None,
    earlier: Sequence[Limits] = (),
    goalposts: Sequence[Goalpost] = (),
    language: Language = ENGLISH,
) -> Chart | None:
    """The chart of a KPI; None without a measurement.

    Args:
        title: Of the chart, e.g. the KPI's name.
        measurements: Day and value, sorted by day.
        direction: Which way is better.
        target: What meets it is green.
        amber: What meets only this is amber; None: what misses the target is red.
        unit: Of measure, e.g. ``%``.
        mark: A day to mark and its name; not drawn where it is outside of the measurements.
        earlier: What it was to meet before, by day.
        goalposts: What moved, by day; those before the first measurement are not drawn.
        language: Of all words, days and numbers.
    """
    if not measurements:
        return None
    points = _thinned(measurements)
    limits = [("target", value) for value in _ends(target)] + [("amber", value) for value in _ends(amber)]
    former = [value for each in earlier for value in (*_ends(each.target), *_ends(each.amber))]
    low, high = _range([value for _, value in points] + [value for _, value in limits] + former)
    start = measurements[0][0]
    shown = [each for each in goalposts if each.day > start]
    end = max(measurements[-1][0], *(each.day for each in shown)) if shown else measurements[-1][0]
    stretches = _stretches(earlier, Limits(end, direction, target, amber), start) if shown else ()
    latest = measurements[-1][1]

    def say(value: float) -> str:
        return number(value, unit, language)

    labels = [("latest", say(latest), latest)]
    labels += [(name, _limit(name, say(value), language), value) for name, value in limits]
    gap = (high - low) * _LABEL_HEIGHT / _HEIGHT
    places = spread([value for _, _, value in labels], gap, low, high)
    rows: list[Row] = [{"date": when.isoformat(), "value": value} for when, value in points]
    bands: Sequence[Row] = _bands(direction, target, amber, low, high)
    rules: Sequence[Row] = [{"limit": name, "value": value} for name, value in limits]
    description = _description(measurements, direction, target, amber, say, language)
    if shown:
        bands = [
            {**band, **days}
            for days, each in stretches
            for band in _bands(each.direction, each.target, each.amber, low, high)
        ]
        rules = [
            {"limit": name, "value": value, **days}
            for days, each in stretches
            for name, limit in (("target", each.target), ("amber", each.amber))
            for value in _ends(limit)
        ]
        description = f"{description} {told(shown, language)}"
    return Chart(
        template="kpi_moved" if shown else "kpi_trend",
        title=title,
        description=description,
        data={
            "days": day_ticks(start, end, language),
            "ticks": number_ticks(low, high, language),
            "bands": bands,
            "limits": rules,
            "marks": _marks(mark, start, end),
            "measurements": rows,
            "dots": rows if len(rows) <= _DOTS else (),
            "latest": rows[-1:],
            "labels": [
                {"kind": kind, "text": text, "value": value, "place": place}
                for (kind, text, value), place in zip(labels, places, strict=True)
            ],
            **({"moved": list(label_places(shown, start, end, style.WIDTH - _LEFT - _RIGHT))} if shown else {}),
        },
        points=Points(
            sets=("measurements",),
            columns=(
                Column(language.gettext("Day"), "date", "day"),
                Column(language.gettext("Value"), "value", "number", unit=unit),
            ),
            x="date",
            y="value",
            line="",
        ),
    )


def _stretches(earlier: Sequence[Limits], now: Limits, start: date) -> list[tuple[Row, Limits]]:
    """The days ``from`` and ``to`` which limits held, from the first day of the plot to its last."""
    found: list[tuple[Row, Limits]] = []
    for each in (*earlier, now):
        if each.until > start:
            found.append(({"from": start.isoformat(), "to": each.until.isoformat()}, each))
            start = each.until
    return found


def _limit(name: str, value: str, language: Language) -> str:
    if name == "target":
        return language.gettext("target %(value)s", value=value)
    return language.gettext("amber %(value)s", value=value)


def _marks(mark: tuple[date, str] | None, start: date, end: date) -> Sequence[Row]:
    """The day to mark, its name on the side where there is more room."""
    if mark is None or not start <= mark[0] <= end:
        return ()
    late = (mark[0] - start) * 2 > end - start
    side, other = ("before", "after") if late else ("after", "before")
    return ({"date": mark[0].isoformat(), side: mark[1], other: ""},)


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
    measurements: Sequence[tuple[date, float]],
    direction: str,
    target: Limit,
    amber: Limit | None,
    say: Callable[[float], str],
    language: Language,
) -> str:
    """The latest value, where it came from, and the limits, each in a sentence."""
    _ = language.gettext
    (first_day, first), (last_day, last) = measurements[0], measurements[-1]
    sentences = [_("%(value)s on %(day)s.", value=say(last), day=language.day(last_day))]
    if len(measurements) > 1:
        sentences.append(
            language.ngettext(
                "%(num)s measurement since %(value)s on %(day)s.",
                "%(num)s measurements since %(value)s on %(day)s.",
                len(measurements),
                value=say(first),
                day=language.day(first_day),
            )
        )
    sentences.append(_("Target: %(limit)s.", limit=_within(direction, [say(end) for end in _ends(target)], language)))
    if amber is not None:
        sentences.append(_("Amber: %(limit)s.", limit=_within(direction, [say(end) for end in _ends(amber)], language)))
    return " ".join(sentences)


def _within(direction: str, ends: Sequence[str], language: Language) -> str:
    if direction == "band":
        return language.gettext("%(low)s to %(high)s", low=ends[0], high=ends[1])
    if direction == "up":
        return language.gettext("%(value)s or more", value=ends[0])
    return language.gettext("%(value)s or less", value=ends[0])
