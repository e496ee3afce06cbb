"""Scales: from values to pixels, with the arithmetic of Vega's own, so that both round alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from okrsite.charts.chart import Row
from okrsite.charts.painting.values import Scale, Size, TemplateError, length_of

Sets: TypeAlias = Mapping[str, Sequence[Row]]
"""The data sets of a chart, by the names that its template has for them."""

MakeScale: TypeAlias = Callable[[Sets, Size], Scale]
"""Makes the scale of a chart from its data sets and the size of its plot."""

_KNOWN = {"name", "type", "domain", "range", "nice", "zero", "padding", "reverse", "domainMin", "domainMax"}


def scale_maker(scale: Mapping[str, Any]) -> MakeScale:
    """What makes a template's scale for a chart.

    Raises:
        TemplateError: It is of another kind.
    """
    kind = scale["type"]
    if kind not in ("band", *_READ) or scale.keys() - _KNOWN or scale.get("nice") or scale.get("padding"):
        raise TemplateError(f"scale {scale}")
    if kind == "band":
        return _rows(scale)
    return _line(scale, _READ[kind])


def _line(scale: Mapping[str, Any], read: Callable[[Any], float]) -> MakeScale:
    """Numbers or moments along a line, from the lowest to the highest that is given, or found in the data."""
    domain = scale["domain"]
    if "domainMin" in scale:
        domain = [scale["domainMin"], scale["domainMax"]]
    given = [length_of(end) for end in domain] if isinstance(domain, list) else []
    ends = [length_of(end) for end in scale["range"]]
    if scale.get("reverse"):
        ends.reverse()

    def make(sets: Sets, size: Size) -> Scale:
        found = [end(size) for end in given] or [*map(read, _values(scale, sets))] or [0.0]
        low, high = min(found), max(found)
        start, end = (each(size) for each in ends)
        span = high - low

        def place(value: Any) -> float:
            share = (read(value) - low) / span if span else 0.5
            return start * (1 - share) + end * share

        return Scale(place)

    return make


def _rows(scale: Mapping[str, Any]) -> MakeScale:
    """Rows of one height, by their numbers from the top down."""
    end = length_of(scale["range"][1])

    def make(sets: Sets, size: Size) -> Scale:
        rows = sorted({*_values(scale, sets)})
        band = end(size) / max(1, len(rows))
        places = {row: band * number for number, row in enumerate(rows)}
        return Scale(places.__getitem__, band)

    return make


def _values(scale: Mapping[str, Any], sets: Sets) -> Iterable[Any]:
    """What the data sets hold in the fields that a scale is for."""
    return (row[each["field"]] for each in scale["domain"]["fields"] for row in sets[each["data"]])


@lru_cache(maxsize=8192)
def moment(text: str) -> float:
    """A day, or a moment in UTC, as minutes since the first day of the calendar."""
    if "T" not in text:
        return date.fromisoformat(text).toordinal() * 1440
    at = datetime.fromisoformat(text)
    return at.toordinal() * 1440 + at.hour * 60 + at.minute


_READ: Mapping[str, Callable[[Any], float]] = {"linear": float, "utc": moment}
