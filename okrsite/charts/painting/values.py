"""What a compiled template says of a mark, as functions of a chart's rows: places in pixels, and looks.

The forms are those that templates of this package have. Rules with a condition are for values that are no numbers,
which no chart has; they are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from okrsite.charts.chart import ChartError, Row
from okrsite.frozen import frozen


class TemplateError(ChartError):
    """A template has something that is not known here; a test of all templates would have shown it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"cannot be painted: {what}")


class Size(NamedTuple):
    """The size of a plot without its margins, in pixels."""

    width: int
    height: int


class Scale(NamedTuple):
    """From values to pixels, in one chart.

    Attributes:
        place: The pixels of a value.
        band: The height of a row; 0 on scales without rows.
    """

    place: Callable[[Any], float]
    band: float = 0.0


@frozen
class Plot:
    """What a chart brings: its size, its data sets by the names of the template, and the scales that follow."""

    size: Size
    sets: Mapping[str, Sequence[Row]]
    scales: Mapping[str, Scale]


Encoding: TypeAlias = Mapping[str, Any]
"""The channels of a mark, as a template has them."""

Place: TypeAlias = Callable[[Row], float]
"""The pixels of a row across or down, in one chart."""

Placing: TypeAlias = Callable[[Plot], Place]
"""What makes a place for a chart."""

_SIZE = re.compile(r"(width|height)(?: \+ (\d+))?")
_FIELD = re.compile(r"datum\.(\w+)")
_LOOKED_UP = re.compile(r"(\{.*\})\[datum\.(\w+)\]")
_WORDS = re.compile(r'isValid\(datum\["(\w+)"\]\) \? datum\["\1"\] : ""\+datum\["\1"\]')

_LOOKS = {
    "fontWeight": "font-weight",
    "fill": "fill",
    "fillOpacity": "fill-opacity",
    "stroke": "stroke",
    "strokeWidth": "stroke-width",
    "strokeCap": "stroke-linecap",
    "strokeJoin": "stroke-linejoin",
    "strokeDash": "stroke-dasharray",
}
"""Channels and their attributes, in the order in which Vega writes them."""

CHANNELS = {
    *(*_LOOKS, "shape", "size", "interpolate", "text", "align", "dx", "dy"),
    *("x", "x2", "xc", "width", "y", "y2", "yc", "height"),
    *("opacity", "baseline", "fontSize"),  # always 1, alphabetic, and left to the page
}
"""What marks may say."""

_HOLDS_ANYWAY = {("fill", "none"), ("stroke-width", "1"), ("stroke-dasharray", ""), ("font-weight", "normal")}
"""What need not be said, by SVG or by the root element."""


def rule_of(encoding: Encoding, channel: str) -> Mapping[str, Any] | None:
    """What a mark says of a channel, without conditions; None if nothing.

    Raises:
        TemplateError: There are several rules.
    """
    found = encoding.get(channel)
    rules = [rule for rule in (found if isinstance(found, list) else [found]) if rule and "test" not in rule]
    if len(rules) > 1:
        raise TemplateError(f"{channel} {found}")
    return rules[0] if rules else None


def length_of(said: object) -> Callable[[Size], float]:
    """A number, or one that depends on the size of the plot.

    Raises:
        TemplateError: It is neither.
    """
    if isinstance(said, int | float):
        return lambda _: said
    if isinstance(said, Mapping) and (found := _SIZE.fullmatch(said.get("signal", ""))):
        more = int(found[2] or 0)
        return (lambda size: size.width + more) if found[1] == "width" else (lambda size: size.height + more)
    raise TemplateError(f"{said}")


def placing(encoding: Encoding, channel: str) -> Placing | None:
    """Where rows are by a channel; None where it says nothing.

    Raises:
        TemplateError: It says it in another form.
    """
    rule = rule_of(encoding, channel)
    if rule is None:
        return None
    if "scale" in rule:
        return _scaled(rule)
    if "field" in rule:
        rule = {"signal": rule["field"].get("group", "")}
    return _plain(rule)


def _plain(rule: Mapping[str, Any]) -> Placing:
    """A number, a field's, or one that depends on the size of the plot."""
    signal = rule.get("signal", "")
    if found := _FIELD.fullmatch(signal):
        field = found[1]
        return lambda _: lambda row: float(row[field])
    length = length_of(rule if signal else rule.get("value"))
    return lambda plot: _always(length(plot.size))


def _scaled(rule: Mapping[str, Any]) -> Placing:
    """The place of a field or a number on a scale, and so many pixels from there."""
    name, share, offset = rule["scale"], rule.get("band", 0), rule.get("offset", 0)
    if "field" not in rule:
        return lambda plot: _always(plot.scales[name].place(rule["value"]))
    field = rule["field"]
    shifting = _plain(offset if isinstance(offset, Mapping) else {"value": offset})

    def make(plot: Plot) -> Place:
        (place, band), shift = plot.scales[name], shifting(plot)
        part = band * share
        return lambda row: place(row[field]) + part + shift(row)

    return make


def _always(value: float) -> Place:
    return lambda _: value


def words_of(encoding: Encoding) -> str:
    """The field that holds the words of a text.

    Raises:
        TemplateError: They come from elsewhere.
    """
    found = _WORDS.fullmatch((rule_of(encoding, "text") or {}).get("signal", ""))
    if not found:
        raise TemplateError(f"text {encoding}")
    return found[1]


def look(encoding: Encoding, write: Callable[[Mapping[str, Any]], str]) -> Callable[[Row], str]:
    """How a mark looks, as attributes: the same for all rows, or by one field of theirs.

    Args:
        encoding: The mark's channels.
        write: The attributes, given what those channels say that are not about places.

    Raises:
        TemplateError: It depends on several fields, or is said in another form.
    """
    same: dict[str, Any] = {}
    varied: dict[str, Mapping[str, Any]] = {}
    fields = set()
    for channel in (*_LOOKS, "shape", "size"):
        rule = rule_of(encoding, channel) or {}
        if found := _LOOKED_UP.fullmatch(rule.get("signal", "")):
            varied[channel] = json.loads(found[1])
            fields.add(found[2])
        elif "value" in rule:
            same[channel] = rule["value"]
        elif rule:
            raise TemplateError(f"{channel} {rule}")
    rest = write(same)
    if not fields:
        return lambda _: rest
    if len(fields) > 1:
        raise TemplateError(f"looks by {fields}")
    field = fields.pop()
    values = {value for table in varied.values() for value in table}
    looks = {
        value: write(same | {channel: table[value] for channel, table in varied.items() if value in table})
        for value in values
    }
    return lambda row: looks.get(row.get(field), rest)  # type: ignore[arg-type]


def attributes(said: Mapping[str, Any]) -> str:
    """What channels say of ink, lines and letters, as attributes."""
    pairs = ((name, _text(said[channel])) for channel, name in _LOOKS.items() if channel in said)
    return "".join(f' {name}="{text}"' for name, text in pairs if (name, text) not in _HOLDS_ANYWAY)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return value if isinstance(value, str) else f"{value:g}"
