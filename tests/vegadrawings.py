"""What Vega draws of a chart, to compare what is painted with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
import vl_convert

from okrsite.charts import Chart
from okrsite.charts.label import printable
from okrsite.charts.painting import Painter
from okrsite.charts.vega import compile_template

_HOLDS_ANYWAY = {
    "fill": "none",
    "stroke-width": "1",
    "stroke-dasharray": "",
    "opacity": "1",
    "text-anchor": "start",
    "font-weight": "normal",
    "transform": "translate(0,0)",
    "x2": "0",
    "y2": "0",
}
_OF_THE_PAGE = ("font-family", "font-size")
_LENGTHS = ("d", "transform", "x2", "y2")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


class Mark(NamedTuple):
    """A shape or text of a drawing: how it looks, what it says, and the lengths in it, in pixels."""

    element: str
    looks: Mapping[str, str]
    text: str
    lengths: list[float]


def marks(svg: str) -> list[Mark]:
    """What is seen in a drawing, from the bottom up."""
    found = []
    for element in ET.fromstring(svg).iter():  # noqa: S314 - our own, or Vega's
        tag, text = element.tag.rpartition("}")[2], element.text or ""
        inked = {element.get("fill"), element.get("stroke")} - {None, "none", "transparent"}
        if tag in ("path", "line", "text") and inked and (text or tag != "text"):
            looks = {name: value for name, value in element.items() if name not in _OF_THE_PAGE}
            looks = _HOLDS_ANYWAY | looks
            said = [number for name in _LENGTHS for number in _NUMBER.findall(looks.get(name, ""))]
            looks |= {name: _NUMBER.sub("#", looks[name]) for name in _LENGTHS if name in looks}
            found.append(Mark(tag, looks, text, [*map(float, said)]))
    return found


@cache
def painter_of(template: str) -> Painter:
    """The painter of a template."""
    return Painter(json.loads(compile_template(template)))


def drawn_by_vega(chart: Chart) -> str:
    """A chart as Vega draws it."""
    template: dict[str, Any] = json.loads(compile_template(chart.template))
    for source in template["data"]:
        if "source" not in source:
            rows = chart.data.get(source["name"], ())
            source["values"] = [
                {name: printable(value) if isinstance(value, str) else value for name, value in row.items()}
                for row in rows
            ]
    size = {"width": chart.width or template["width"], "height": chart.height or template["height"]}
    return str(vl_convert.vega_to_svg(template | size, allowed_base_urls=[]))


def assert_alike(chart: Chart) -> None:
    """A chart is painted as Vega draws it: elements, looks and words are the same, and so are lengths.

    They differ by a hundredth of a pixel at most: Vega's are not rounded as ours are, and what reads its numbers may be
    a last digit off.
    """
    ours, theirs = marks(painter_of(chart.template).paint(chart)), marks(drawn_by_vega(chart))
    assert [mark[:3] for mark in ours] == [mark[:3] for mark in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.lengths == pytest.approx(other.lengths, abs=0.0101), mine
