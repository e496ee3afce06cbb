"""The templates by name: each built and validated by Altair the first time a process needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from okrsite.charts.confidence_trend import template as confidence_trend
from okrsite.charts.kpi_trend import moved_template as kpi_moved
from okrsite.charts.kpi_trend import template as kpi_trend
from okrsite.charts.moved import template as progress_moved
from okrsite.charts.moved import then_template as progress_then
from okrsite.charts.overview import template as overview
from okrsite.charts.progress_lines import template as progress_lines
from okrsite.charts.rollout_adoption import template as rollout_adoption
from okrsite.charts.rollout_gantt import template as rollout_gantt
from okrsite.charts.spread import template as spread
from okrsite.charts.status_distribution import template as status_distribution
from okrsite.charts.status_heatmap import template as status_heatmap

if TYPE_CHECKING:
    import altair as alt

TEMPLATES: Mapping[str, Callable[[], alt.LayerChart]] = {
    "confidence_trend": confidence_trend,
    "kpi_moved": kpi_moved,
    "kpi_trend": kpi_trend,
    "overview": overview,
    "progress_lines": progress_lines,
    "progress_moved": progress_moved,
    "progress_then": progress_then,
    "rollout_adoption": rollout_adoption,
    "rollout_gantt": rollout_gantt,
    "spread": spread,
    "status_distribution": status_distribution,
    "status_heatmap": status_heatmap,
}
"""Adding a chart: a file with its template and the function that fills it, and a line here."""


def vega_lite(name: str) -> dict[str, Any]:
    """The Vega-Lite specification of a template, its data sets empty.

    Raises:
        KeyError: There is no template of that name.
        altair.SchemaValidationError: The template is wrong, which a test would have shown.
    """
    specification: dict[str, Any] = TEMPLATES[name]().to_dict()
    return specification
