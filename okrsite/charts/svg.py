"""From what Vega drew to what a page can hold: named, quiet, the same bytes everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from okrsite.charts.chart import Chart, ChartError
from okrsite.charts.label import printable
from okrsite.charts.sheet import Piece
from okrsite.charts.style import FONT_SIZE

_ELEMENTS = frozenset(["g", "path", "text", "tspan", "rect", "line", "circle"])
_NUMBERS = frozenset(["d", "transform", "x", "y", "x1", "x2", "y1", "y2", "r", "cx", "cy", "width", "height"])
# What shapes and colours; fonts come from the page, and the content security policy forbids `style`.
_ATTRIBUTES = _NUMBERS | frozenset(
    [
        *("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray"),
        *("stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity", "display"),
        *("text-anchor", "font-weight", "font-style"),
    ]
)
_DEFAULTS = frozenset(
    [
        *(
            ("fill", "none"),
            ("opacity", "1"),
            ("stroke-width", "1"),
            ("stroke-dasharray", ""),
            ("transform", "translate(0,0)"),
        ),
        *(("x2", "0"), ("y2", "0"), ("text-anchor", "start"), ("font-weight", "normal")),
    ]
)
"""What holds anyway, by SVG or by the root element."""

_DECIMALS = re.compile(r"-?\d+\.\d+(?:[eE]-?\d+)?")


def finish(chart: Chart, piece: Piece) -> str:
    """The chart's SVG, to be put into a page as it is.

    It has a role, a title and a description, scales with its box, runs from left to right in any page, names no font,
    has no ``style``, no fixed size and no colour but the theme's variables. It has no ids: a page may show it twice.

    Raises:
        ChartError: Something in the drawing is not a number, or not of the kind that charts are made of.
    """
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"okr-chart okr-chart-{chart.template.replace('_', '-')}",
            "viewBox": " ".join(map(str, piece.view_box)),
            "role": "img",
            "direction": "ltr",
            "fill": "none",
            "stroke-miterlimit": "10",
            "font-size": str(FONT_SIZE),
        },
    )
    ET.SubElement(root, "title").text = printable(chart.title)
    ET.SubElement(root, "desc").text = printable(chart.description)
    root.extend(_clean(chart, piece.drawing))
    return ET.tostring(root, encoding="unicode")


def _clean(chart: Chart, element: ET.Element) -> Iterator[ET.Element]:
    """A copy of the element without what shows nothing; groups that say nothing give way to what they hold."""
    if element.tag not in _ELEMENTS:
        raise ChartError(f"chart {chart.title!r}: the drawing has an element <{element.tag}>")
    if _is_empty(element):
        return
    copy = ET.Element(element.tag)
    for name, value in element.attrib.items():
        if name not in _ATTRIBUTES or (name, value) in _DEFAULTS:
            continue
        if name in _NUMBERS and ("NaN" in value or "Infinity" in value):
            raise ChartError(f"chart {chart.title!r}: its numbers are too large to be drawn")
        copy.set(name, _DECIMALS.sub(_rounded, value) if name in _NUMBERS else value)
    copy.text = element.text
    for child in element:
        copy.extend(_clean(chart, child))
    if copy.tag != "g" or (copy.attrib and len(copy)):
        yield copy
    else:
        yield from copy


def _is_empty(element: ET.Element) -> bool:
    if element.get("display") == "none" or (element.tag == "text" and not element.text):
        return True
    if element.tag != "path":
        return False
    # Fill is `none` unless a path says otherwise: Vega's grounds and frames of groups have neither.
    return not element.get("d") or not {element.get("fill"), element.get("stroke")} - {None, "none", "transparent"}


def _rounded(match: re.Match[str]) -> str:
    # A hundredth of a pixel: smaller, and the last digits of floating point may differ between machines.
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
