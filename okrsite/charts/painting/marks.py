"""Marks of each kind as SVG: what makes them of a template's encoding, and of a chart's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, TypeAlias

from okrsite.charts.chart import Row
from okrsite.charts.label import printable
from okrsite.charts.painting.figures import coordinate, number, outline
from okrsite.charts.painting.values import (
    Encoding,
    Placing,
    Plot,
    TemplateError,
    attributes,
    look,
    placing,
    rule_of,
    words_of,
)

Marks: TypeAlias = Callable[[Plot, Sequence[Row]], Iterator[str]]
"""Draws a mark for each row; of a line, one for all of them."""

Span: TypeAlias = Callable[[Row], tuple[float, float]]
"""Where a row's bar begins in one direction, and how far it goes."""

_ANCHORS = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}
_POINT = {"shape": "circle", "size": 30, "strokeWidth": 2}
"""How Vega draws a symbol that says nothing else."""


def rules(encoding: Encoding) -> Marks:
    """Straight lines from ``x``, ``y`` to ``x2``, ``y2``; without one of these, it is as the first."""
    across, down = _place(encoding, "x"), _place(encoding, "y")
    far_across, far_down = placing(encoding, "x2") or across, placing(encoding, "y2") or down
    looks = look(encoding, attributes)

    def draw(plot: Plot, rows: Sequence[Row]) -> Iterator[str]:
        left, right, top, bottom = across(plot), far_across(plot), down(plot), far_down(plot)
        for row in rows:
            x, y = left(row), top(row)
            wide, high = number(right(row) - x), number(bottom(row) - y)
            end = (f' x2="{wide}"' if wide != "0" else "") + (f' y2="{high}"' if high != "0" else "")
            yield f"<line{_moved(x, y)}{end}{looks(row)} />"

    return draw


def bars(encoding: Encoding) -> Marks:
    """Rectangles from one end to the other, or so wide and high around their middle."""
    across, down = _span(encoding, "x", "width"), _span(encoding, "y", "height")
    looks = look(encoding, attributes)

    def draw(plot: Plot, rows: Sequence[Row]) -> Iterator[str]:
        widths, heights = across(plot), down(plot)
        for row in rows:
            (x, width), (y, height) = widths(row), heights(row)
            path = f"M{number(x)},{number(y)}h{number(width)}v{number(height)}h{number(-width)}Z"
            yield f'<path d="{path}"{looks(row)} />'

    return draw


def symbols(encoding: Encoding) -> Marks:
    """Shapes around a place."""
    across, down = _place(encoding, "x"), _place(encoding, "y")

    def write(said: Mapping[str, Any]) -> str:
        said = {**_POINT, **said}
        return f' d="{outline(said["shape"], said["size"])}"{attributes(said)}'

    looks = look(encoding, write)

    def draw(plot: Plot, rows: Sequence[Row]) -> Iterator[str]:
        left, top = across(plot), down(plot)
        for row in rows:
            yield f"<path{_moved(left(row), top(row))}{looks(row)} />"

    return draw


def words(encoding: Encoding) -> Marks:
    """Texts, each on one line; none where there is nothing to say."""
    across, down = _place(encoding, "x"), _place(encoding, "y")
    aside, below = _place(encoding, "dx"), _place(encoding, "dy")
    field, looks = words_of(encoding), look(encoding, attributes)
    anchor = _ANCHORS[(rule_of(encoding, "align") or {}).get("value", "left")]

    def draw(plot: Plot, rows: Sequence[Row]) -> Iterator[str]:
        left, top, right, lower = across(plot), down(plot), aside(plot), below(plot)
        for row in rows:
            if text := printable(str(row[field])).strip():
                place = _moved(left(row) + right(row), top(row) + lower(row))
                yield f"<text{anchor}{place}{looks(row)}>{escape(text, quote=False)}</text>"

    return draw


def line(encoding: Encoding) -> Marks:
    """One line through the places of all rows, from left to right."""
    across, down = _place(encoding, "x"), _place(encoding, "y")
    join = _JOINS[(rule_of(encoding, "interpolate") or {}).get("value", "linear")]
    looks = look(encoding, attributes)

    def draw(plot: Plot, rows: Sequence[Row]) -> Iterator[str]:
        left, top = across(plot), down(plot)
        points = sorted(((left(row), top(row)) for row in rows), key=lambda point: point[0])
        if points:
            path = join([(coordinate(x), coordinate(y)) for x, y in points])
            # A line of one place is closed, as Vega has it; round ends would make it a dot.
            yield f'<path d="M{path}{"Z" if len(points) == 1 else ""}"{looks(rows[0])} />'

    return draw


def _straight(points: Sequence[tuple[str, str]]) -> str:
    return "L".join(f"{x},{y}" for x, y in points)


def _stepwise(points: Sequence[tuple[str, str]]) -> str:
    """Each value holds until the next one."""
    (first, held), *rest = points
    path = [f"{first},{held}"]
    for x, y in rest:
        path.append(f"{x},{held}L{x},{y}")
        held = y
    return "L".join(path)


_JOINS = {"linear": _straight, "step-after": _stepwise}

KINDS: Mapping[str, Callable[[Encoding], Marks]] = {
    "rule": rules,
    "rect": bars,
    "symbol": symbols,
    "text": words,
    "line": line,
}
"""What draws each kind of mark."""


def _place(encoding: Encoding, channel: str) -> Placing:
    return placing(encoding, channel) or (lambda _: lambda _: 0.0)


def _span(encoding: Encoding, channel: str, extent: str) -> Callable[[Plot], Span]:
    first, last = placing(encoding, channel), placing(encoding, f"{channel}2")
    if first and last:
        return _between(first, last)
    middle, length = placing(encoding, f"{channel}c"), placing(encoding, extent)
    if middle and length:
        return _around(middle, length)
    raise TemplateError(f"{channel} {encoding}")


def _between(first: Placing, last: Placing) -> Callable[[Plot], Span]:
    def make(plot: Plot) -> Span:
        one, other = first(plot), last(plot)

        def span(row: Row) -> tuple[float, float]:
            low, high = sorted((one(row), other(row)))
            return low, high - low

        return span

    return make


def _around(middle: Placing, length: Placing) -> Callable[[Plot], Span]:
    def make(plot: Plot) -> Span:
        centre, whole = middle(plot), length(plot)
        return lambda row: (centre(row) - whole(row) / 2, whole(row))

    return make


def _moved(x: float, y: float) -> str:
    place = f"{number(x)},{number(y)}"
    return f' transform="translate({place})"' if place != "0,0" else ""
