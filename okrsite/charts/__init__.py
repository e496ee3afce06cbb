"""Charts: each a function from plain values to a [`Chart`][okrsite.charts.chart.Chart], and what draws them as SVG.

Charts show data over a whole cycle and not today's place in it, so that a new day draws nothing anew (the Gantt of a
rollout and statuses apart). Importing this is cheap: Altair and vl-convert load with the first drawing.
"""

from okrsite.charts.chart import Chart, ChartError
from okrsite.charts.kpi_trend import kpi_trend
from okrsite.charts.objective_trend import objective_trend
from okrsite.charts.overview import Bar, overview
from okrsite.charts.portal_progress import portal_progress
from okrsite.charts.progress_lines import Line
from okrsite.charts.renderer import Renderer
from okrsite.charts.rollout_gantt import GanttMonth, GanttTask, rollout_gantt
from okrsite.charts.spread import BINS, Scores, bin_counts, spread
from okrsite.charts.status_by_unit import status_by_unit

__all__ = [
    "BINS",
    "Bar",
    "Chart",
    "ChartError",
    "GanttMonth",
    "GanttTask",
    "Line",
    "Renderer",
    "Scores",
    "bin_counts",
    "kpi_trend",
    "objective_trend",
    "overview",
    "portal_progress",
    "rollout_gantt",
    "spread",
    "status_by_unit",
]
