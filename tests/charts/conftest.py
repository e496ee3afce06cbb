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
    Goalpost,
    History,
    Limits,
    Line,
    Reached,
    Renderer,
    Scores,
    Statuses,
    confidence_trend,
    known_then_trend,
    kpi_trend,
    objective_trend,
    overview,
    portal_progress,
    rollout_adoption,
    rollout_gantt,
    spread,
    status_distribution,
    status_heatmap,
)
from okrsite.languages import ENGLISH, Language

START, DUE = date(2026, 1, 1), date(2026, 3, 31)
STATUSES = ["achieved", "on_track", "at_risk", "off_track", "no_data", "not_started"]


def samples(name: str = "Reliability", language: Language = ENGLISH) -> dict[str, Chart]:
    """One chart of each kind whose title, and every text that readers write, is `name`."""
    days = [date(2026, 1, 16), date(2026, 1, 30), date(2026, 2, 13)]
    line = Line(name, list(zip(days, [0.1, 0.3, 0.45], strict=True)))
    month = GanttMonth(name, date(2026, 1, 5), date(2026, 2, 1))
    measured = list(zip(days, [99.2, 99.7, 99.4], strict=True))
    sure = Line(name, list(zip(days, [7, 6.5, 8], strict=True)))
    task = GanttTask(name, month.start, month.end, 0.25, 0.5, "at_risk")
    reached = [Reached(0.5, status) for status in STATUSES]
    moved = [Goalpost(days[1], name, name, name), Goalpost(days[2], name, name)]
    former = [Limits(days[1], "up", 99.8, None)]
    charts = {
        "confidence_trend": confidence_trend(name, START, DUE, sure, [Line(name, sure.points[1:])], language),
        "objective_trend": objective_trend(
            name, START, DUE, line.points, [line, Line(name, line.points[:1])], language
        ),
        "objective_moved": objective_trend(name, START, DUE, line.points, [line], language, moved),
        "known_then_trend": known_then_trend(name, START, DUE, line.points, line.points[1:], language),
        "portal_progress": portal_progress(name, START, DUE, line, [Line(name, line.points[:2])], language),
        "overview": overview(name, [Bar(name, 0.5, status) for status in STATUSES], language),
        "status_distribution": status_distribution(
            name, [Statuses(name, dict.fromkeys(STATUSES, 2)), Statuses(name, {})], language, total=name
        ),
        "status_heatmap": status_heatmap(
            name, [History(name, reached), History(name, [None] * 6)], [name, *map(str, range(2021, 2026))], language
        ),
        "spread": spread(name, [Scores(name, [0, 0.05, 0.3, 1]), Scores(name, [0.55])], language),
        "kpi_trend": kpi_trend(name, measured, direction="up", target=99.9, amber=99.5, unit=name, language=language),
        "kpi_moved": kpi_trend(
            *(name, measured),
            direction="up",
            target=99.9,
            unit=name,
            language=language,
            earlier=former,
            goalposts=moved,
        ),
        "rollout_gantt": rollout_gantt(name, [month], [task], date(2026, 1, 19), language),
        "rollout_adoption": rollout_adoption(
            name, (START, DUE), [month.start], [line, Line(name, line.points[:1])], language
        ),
    }
    return {kind: chart for kind, chart in charts.items() if chart is not None}


@pytest.fixture(scope="session")
def make_charts() -> Callable[..., dict[str, Chart]]:
    """Makes one chart of each kind, with a name of one's own and in any language."""
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
