"""Charts: each a function from plain values to a [`Chart`][okrsite.charts.chart.Chart], and what draws them as SVG.

Charts show data over a whole cycle and not today's place in it, so that a new day draws nothing anew (the Gantt of a
rollout and statuses apart). Importing this is cheap: Altair and vl-convert load only to make what draws.
"""

from okrsite.charts.chart import Chart, ChartError
from okrsite.charts.confidence_trend import confidence_trend
from okrsite.charts.kpi_trend import Limits, kpi_trend
from okrsite.charts.lines import Line
from okrsite.charts.moved import Goalpost
from okrsite.charts.objective_trend import known_then_trend, objective_trend
from okrsite.charts.overview import Bar, overview
from okrsite.charts.portal_progress import portal_progress
from okrsite.charts.renderer import Counts, Renderer
from okrsite.charts.rollout_adoption import rollout_adoption
from okrsite.charts.rollout_gantt import GanttMonth, GanttTask, gantt_days, rollout_gantt
from okrsite.charts.spread import Scores, bin_counts, bin_names, spread
from okrsite.charts.status_distribution import Statuses, status_distribution
from okrsite.charts.status_heatmap import History, Reached, status_heatmap

__all__ = [
    "Bar",
    "Chart",
    "ChartError",
    "Counts",
    "GanttMonth",
    "GanttTask",
    "Goalpost",
    "History",
    "Limits",
    "Line",
    "Reached",
    "Renderer",
    "Scores",
    "Statuses",
    "bin_counts",
    "bin_names",
    "confidence_trend",
    "gantt_days",
    "known_then_trend",
    "kpi_trend",
    "objective_trend",
    "overview",
    "portal_progress",
    "rollout_adoption",
    "rollout_gantt",
    "spread",
    "status_distribution",
    "status_heatmap",
]
