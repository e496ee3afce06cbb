"""One chart of each kind, of values that are easy to check by eye."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from okrsite.charts import (
    Bar,
    Chart,
    GanttMonth,
    GanttTask,
    Line,
    Renderer,
    Scores,
    kpi_trend,
    objective_trend,
    overview,
    portal_progress,
    rollout_gantt,
    spread,
    status_by_unit,
)

START, DUE = date(2026, 1, 1), date(2026, 3, 31)
STATUSES = ["achieved", "on_track", "at_risk", "off_track", "no_data", "not_started"]


def samples(name: str = "Reliability") -> dict[str, Chart]:
    """One chart of each kind whose title, and every text that readers write, is `name`."""
    days = [date(2026, 1, 16), date(2026, 1, 30), date(2026, 2, 13)]
    line = Line(name, list(zip(days, [0.1, 0.3, 0.45], strict=True)))
    month = GanttMonth(name, date(2026, 1, 5), date(2026, 2, 1))
    charts = {
        "objective_trend": objective_trend(name, START, DUE, line.points, [line, Line(name, line.points[:1])]),
        "portal_progress": portal_progress(name, START, DUE, line, [Line(name, line.points[:2])]),
        "overview": overview(name, [Bar(name, 0.5, status) for status in STATUSES]),
        "status_by_unit": status_by_unit(name, [(name, dict.fromkeys(STATUSES, 2)), (name, {})]),
        "spread": spread(name, [Scores(name, [0, 0.05, 0.3, 1]), Scores(name, [0.55])]),
        "kpi_trend": kpi_trend(
            name, list(zip(days, [99.2, 99.7, 99.4], strict=True)), direction="up", target=99.9, amber=99.5, unit=name
        ),
        "rollout_gantt": rollout_gantt(
            name, [month], [GanttTask(name, month.start, month.end, 0.25, 0.5, "at_risk")], date(2026, 1, 19)
        ),
    }
    return {kind: chart for kind, chart in charts.items() if chart is not None}


@pytest.fixture(scope="session")
def make_charts() -> Callable[[str], dict[str, Chart]]:
    """Makes one chart of each kind, with a name of one's own."""
    return samples


@pytest.fixture(scope="session")
def charts() -> dict[str, Chart]:
    """One chart of each kind."""
    return samples()


@pytest.fixture(scope="session")
def drawings(charts: dict[str, Chart]) -> dict[str, str]:
    """The same charts, each drawn by itself."""
    renderer = Renderer(None)
    return {kind: renderer.svg(chart) for kind, chart in charts.items()}
