"""A template that paints: what Vega would draw of a chart, without Vega."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, TypeAlias

from okrsite.charts.chart import Chart, ChartError, Row
from okrsite.charts.label import printable
from okrsite.charts.painting.marks import KINDS, Marks
from okrsite.charts.painting.scales import scale_maker
from okrsite.charts.painting.values import CHANNELS, Plot, Size, TemplateError
from okrsite.charts.style import FONT_SIZE

Template: TypeAlias = Mapping[str, Any]
"""A compiled Vega specification, its data sets empty."""

_PARTS = {"name", "type", "style", "sort", "from", "encode"}

_Layer: TypeAlias = Callable[[Plot], Iterator[str]]


class Painter:
    """Paints the charts of a template.

    Args:
        template: As Vega-Lite compiled it.

    Raises:
        TemplateError: It has something that is not known here.
    """

    def __init__(self, template: Template) -> None:
        self._template = template
        self._sources = {each["name"]: _source(each) for each in template["data"]}
        self._scales = {each["name"]: scale_maker(each) for each in template["scales"]}
        self._layers = [_layer(mark) for mark in template["marks"]]

    def paint(self, chart: Chart) -> str:
        """The chart's SVG, to be put into a page as it is.

        It has a role, a title and a description, scales with its box, runs from left to right in any page, names no
        font, has no ``style``, no fixed size and no colour but the theme's variables. It has no ids: a page may show it
        twice.

        Raises:
            ChartError: It has a data set that its template has not, or a value is missing or too large to be drawn.
        """
        size = Size(chart.width or self._template["width"], chart.height or self._template["height"])
        if unknown := chart.data.keys() - self._sources.keys():
            raise ChartError(f"chart {chart.title!r}: no data set {', '.join(sorted(unknown))} in {chart.template}")
        sets = {name: chart.data.get(source, ()) for name, source in self._sources.items()}
        try:
            scales = {name: make(sets, size) for name, make in self._scales.items()}
            plot = Plot(size, sets, scales)
            drawing = "".join(text for layer in self._layers for text in layer(plot))
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            reason = f"a value is missing or too large to be drawn ({type(error).__name__}: {error})"
            raise ChartError(f"chart {chart.title!r}: {reason}") from error
        return f"{self._opening(chart, size)}{drawing}</svg>"

    def _opening(self, chart: Chart, size: Size) -> str:
        margin = self._template["padding"]
        width, height = size.width + margin["left"] + margin["right"], size.height + margin["top"] + margin["bottom"]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="okr-chart okr-chart-{chart.template.replace("_", "-")}" '
            f'viewBox="{-margin["left"]} {-margin["top"]} {width} {height}" role="img" direction="ltr" fill="none" '
            f'stroke-miterlimit="10" font-size="{FONT_SIZE}"><title>{_said(chart.title)}</title>'
            f"<desc>{_said(chart.description)}</desc>"
        )


def _said(text: str) -> str:
    return escape(printable(text), quote=False)


def _source(data: Mapping[str, Any]) -> str:
    """The data set that another is derived from, to have days as numbers: scales see to that here."""
    if any(not step.get("expr", "").startswith("toDate(") for step in data.get("transform", ())) or "values" in data:
        raise TemplateError(f"data {data}")
    source: str = data.get("source", data["name"])
    return source


def _layer(mark: Mapping[str, Any]) -> _Layer:
    """What paints a template's mark, or its lines, of which there is one for each value of a field."""
    if mark["type"] != "group":
        draw, name = _marks(mark), mark["from"]["data"]
        return lambda plot: draw(plot, plot.sets[name])
    facet, (inner,) = mark["from"]["facet"], mark["marks"]
    draw_one, source, (field,) = _marks(inner), facet["data"], facet["groupby"]
    return lambda plot: (text for rows in _grouped(plot.sets[source], field) for text in draw_one(plot, rows))


def _marks(mark: Mapping[str, Any]) -> Marks:
    kind, encoding = mark["type"], mark["encode"]["update"]
    if kind not in KINDS or mark.keys() - _PARTS or encoding.keys() - CHANNELS:
        raise TemplateError(f"mark {mark}")
    return KINDS[kind](encoding)


def _grouped(rows: Iterable[Row], field: str) -> Iterable[Sequence[Row]]:
    groups: dict[str | float | int, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[field], []).append(row)
    return groups.values()
