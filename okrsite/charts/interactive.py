"""What the large view of a chart is made from: its template for a browser, and what a page holds of its data.

A browser draws it with the same template as the page's SVG, in the same colours, as CSS variables. Here the template
gets what drawing without a browser leaves out: the size of letters, and a part of the days to look at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from okrsite.charts.chart import Chart, ChartError, Row
from okrsite.charts.label import printable
from okrsite.charts.style import FONT_SIZE

_SHOWN = "okr_shown"
"""The signal that holds the days that are looked at, as two numbers; none for all of them."""

_MARKED_OUT = 'inrange(scale("x", datum["{field}"]), [-1, width + 1])'
_CLIPPED = ("line", "rect", "rule")
_HIDDEN = ("text", "symbol")
_DIGITS = 7
"""Significant ones of a number in a page: more than a screen shows."""


def template_script(name: str, template: Mapping[str, Any]) -> str:
    """A script that hands the browser a template: pages opened from a folder may load scripts, but no data."""
    return f"okr.charts.{name} = {json.dumps(browsable(template), ensure_ascii=True, separators=(',', ':'))};\n"


def browsable(template: Mapping[str, Any]) -> dict[str, Any]:
    """A compiled template with letters of a size, whose days can be looked at in part where it has days.

    Marks beyond the days that are looked at are cut at the plot's edge; words and symbols there are left out.
    """
    made: dict[str, Any] = _with_letters(template)
    scales = {scale["name"]: scale for scale in made.get("scales", ())}
    if scales.get("x", {}).get("type") in ("utc", "time"):
        scales["x"]["domainRaw"] = {"signal": _SHOWN}
        made["signals"] = [*made.get("signals", ()), {"name": _SHOWN, "value": None}]
        _keep_inside(made["marks"])
    return made


def page_data(chart: Chart) -> str:
    """What a page holds of a chart beside its SVG, as JSON that may stand in a ``<script>`` element.

    Each data set is a list of rows whose first names the fields.

    Raises:
        ChartError: A value is not a finite number or plain text.
    """
    told: dict[str, Any] = {
        "template": chart.template,
        "title": printable(chart.title),
        "data": {name: _table(rows) for name, rows in chart.data.items() if rows},
    }
    if chart.height:
        told["height"] = chart.height
    if chart.points:
        points = chart.points
        told["points"] = {"sets": points.sets, "x": points.x, "x2": points.x2, "y": points.y, "line": points.line}
        told["columns"] = [
            [printable(column.title), column.field, column.kind, _names(column.names), printable(column.unit)]
            for column in points.columns
        ]
    try:
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ChartError(f"chart {chart.title!r}: {error}") from error
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _with_letters(part: Any) -> Any:
    if isinstance(part, Mapping):
        sized = {"value": FONT_SIZE}
        return {name: sized if name == "fontSize" else _with_letters(value) for name, value in part.items()}
    return [_with_letters(each) for each in part] if isinstance(part, list) else part


def _keep_inside(marks: Sequence[dict[str, Any]]) -> None:
    for mark in marks:
        _keep_inside(mark.get("marks", ()))
        update = mark.get("encode", {}).get("update", {})
        field = _field_across(update.get("x"))
        if field is None:
            continue
        if mark["type"] in _CLIPPED:
            mark["clip"] = {"signal": f"!!{_SHOWN}"}
        if mark["type"] in _HIDDEN or "offset" in json.dumps(update.get("x2", "")):
            before = update.get("opacity", {"value": 1})
            outside = {"test": f"{_SHOWN} && !{_MARKED_OUT.format(field=field)}", "value": 0}
            update["opacity"] = [outside, *(before if isinstance(before, list) else [before])]


def _field_across(rule: Any) -> str | None:
    """The field that the scale of the days places a mark by; None where a mark stands still."""
    rules = [each for each in (rule if isinstance(rule, list) else [rule]) if isinstance(each, dict)]
    return next((each["field"] for each in rules if each.get("scale") == "x" and "field" in each), None)


def _table(rows: Sequence[Row]) -> list[list[Any]]:
    fields = list(dict.fromkeys(field for row in rows for field in row))
    return [fields, *([_short(row.get(field)) for field in fields] for row in rows)]


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value


def _names(names: Mapping[str, str] | None) -> Mapping[str, str] | None:
    return names and {key: printable(name) for key, name in names.items()}
