"""Charts are painted as Vega draws them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vegadrawings import assert_alike

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
    Scores,
    Statuses,
    confidence_trend,
    known_then_trend,
    kpi_trend,
    objective_trend,
    overview,
    rollout_adoption,
    rollout_gantt,
    spread,
    status_distribution,
    status_heatmap,
)
from okrsite.charts.painting import Painter, TemplateError
from okrsite.charts.style import STATUSES
from okrsite.charts.vega import compile_template

START = date(2026, 1, 1)
NAMES = st.text(alphabet="Ab 9<&\"'é可🎉", max_size=30)
SHARES = st.floats(-0.2, 1.3)
DAYS = st.integers(-20, 200).map(lambda days: START + timedelta(days=days))
STATUS = st.sampled_from(STATUSES)


def courses(values: st.SearchStrategy[float]) -> st.SearchStrategy[list[tuple[date, float]]]:
    """Values from days on, sorted."""
    return st.dictionaries(DAYS, values, max_size=6).map(lambda found: sorted(found.items()))


def lines(values: st.SearchStrategy[float]) -> st.SearchStrategy[Line]:
    """Named courses."""
    return st.builds(Line, NAMES, courses(values))


GOALPOSTS = st.lists(st.builds(Goalpost, DAYS, NAMES, NAMES, NAMES), max_size=3).map(
    lambda found: sorted(found, key=lambda each: each.day)
)
DUE = st.integers(0, 150).map(lambda days: START + timedelta(days=days))
AMOUNTS = st.floats(-1e6, 1e6) | st.integers(-1000, 1000).map(float)
BANDS = st.tuples(AMOUNTS, AMOUNTS).map(lambda ends: (min(ends), max(ends)))
REACHED = st.none() | st.builds(Reached, SHARES, STATUS)
COUNTS = st.dictionaries(STATUS, st.integers(0, 120))
TASKS = st.builds(
    lambda first, days, *rest: GanttTask("Task", START + timedelta(days=first), START + timedelta(first + days), *rest),
    *(st.integers(0, 60), st.integers(0, 30), SHARES, st.floats(0, 1), STATUS),
)

CHARTS = {
    "objective": st.builds(
        objective_trend,
        *(NAMES, st.just(START), DUE, courses(SHARES), st.lists(lines(SHARES), max_size=9)),
        goalposts=GOALPOSTS,
    ),
    "known then": st.builds(
        known_then_trend, NAMES, st.just(START), DUE, courses(SHARES), courses(SHARES), goalposts=GOALPOSTS
    ),
    "confidence": st.builds(
        confidence_trend,
        *(NAMES, st.just(START), DUE, lines(st.floats(0, 10)), st.lists(lines(st.floats(0, 10)), max_size=9)),
    ),
    "kpi": st.builds(
        kpi_trend,
        *(NAMES, courses(AMOUNTS)),
        direction=st.just("up"),
        target=AMOUNTS,
        amber=st.none() | AMOUNTS,
        unit=NAMES,
        mark=st.none() | st.tuples(DAYS, NAMES),
        earlier=st.lists(st.builds(Limits, DAYS, st.just("down"), AMOUNTS, st.none()), max_size=2),
        goalposts=GOALPOSTS,
    ),
    "kpi within": st.builds(kpi_trend, NAMES, courses(AMOUNTS), direction=st.just("band"), target=BANDS),
    "overview": st.builds(overview, NAMES, st.lists(st.builds(Bar, NAMES, SHARES, STATUS), max_size=70)),
    "distribution": st.builds(
        status_distribution, NAMES, st.lists(st.builds(Statuses, NAMES, COUNTS), max_size=9), total=NAMES
    ),
    "heatmap": st.builds(
        lambda title, rows: status_heatmap(title, rows, ["2025", "2026-Q1", "a rather long one"]),
        *(NAMES, st.lists(st.builds(History, NAMES, st.tuples(REACHED, REACHED, REACHED)), max_size=9)),
    ),
    "spread": st.builds(
        spread, NAMES, st.lists(st.builds(Scores, NAMES, st.lists(st.floats(0, 1), max_size=20)), max_size=9)
    ),
    "gantt": st.builds(
        rollout_gantt,
        *(NAMES, st.just([GanttMonth("Month", START, START + timedelta(days=27))]), st.lists(TASKS, max_size=9)),
        st.none() | DAYS,
    ),
    "adoption": st.builds(
        rollout_adoption,
        *(NAMES, st.just((START, START + timedelta(days=84))), st.just([START]), st.lists(lines(SHARES), max_size=3)),
    ),
}


@pytest.mark.parametrize("name", ["Reliability", '<b> & "more"', "\x00a\x1fb\u2028c", "مشروع موثوقية"])
def test_every_kind_is_painted_as_vega_draws_it(name: str, make_charts: Callable[[str], dict[str, Chart]]) -> None:
    """Each kind of chart, with texts of all sorts."""
    for chart in make_charts(name).values():
        assert_alike(chart)
        assert_alike(replace(chart, width=333, height=321))


@pytest.mark.parametrize("kind", CHARTS)
def test_whatever_they_show(kind: str) -> None:
    """Charts of any values: none, one, all on a day, beyond the plot, far apart."""

    @settings(max_examples=20)
    @given(CHARTS[kind])
    def alike(chart: Chart | None) -> None:
        if chart is not None:
            assert_alike(chart)

    alike()


def test_more_rows_than_are_shown() -> None:
    """A row says so, in every chart of rows."""
    names = [f"Unit {number}" for number in range(70)]
    for chart in (
        overview("Many", [Bar(name, 0.5, "on_track") for name in names]),
        spread("Many", [Scores(name, [0.5]) for name in names]),
        status_distribution("Many", [Statuses(name, {"on_track": 1}) for name in names], total="all"),
        status_heatmap("Many", [History(name, [Reached(0.5, "at_risk")]) for name in names], ["2026"]),
    ):
        assert chart is not None
        assert_alike(chart)


CHANGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "mark": lambda t: t["marks"][0].update(type="arc"),
    "part of a mark": lambda t: t["marks"][0].update(clip=True),
    "channel": lambda t: t["marks"][0]["encode"]["update"].update(angle={"value": 45}),
    "transform": lambda t: t["data"][6].update(transform=[{"type": "formula", "expr": "datum.a + 1", "as": "a"}]),
    "place": lambda t: t["marks"][0]["encode"]["update"].update(x={"signal": "width / 2"}),
    "several rules": lambda t: t["marks"][0]["encode"]["update"].update(x=[{"value": 1}, {"value": 2}]),
    "look": lambda t: t["marks"][0]["encode"]["update"].update(stroke={"signal": "datum.a ? 'b' : 'c'"}),
    "bar": lambda t: t["marks"][0].update(type="rect"),
    "words": lambda t: t["marks"][1]["encode"]["update"].update(text={"signal": "upper(datum.label)"}),
    "scale": lambda t: t["scales"][0].update(type="log"),
    "rounded scale": lambda t: t["scales"][0].update(nice=True),
    "unknown of a scale": lambda t: t["scales"][0].update(clamp=True),
}


@pytest.mark.parametrize("change", CHANGED)
def test_what_is_not_known_is_refused(change: str) -> None:
    """A template that asks for more than painters know is no template of theirs: nothing is left out in silence."""
    template = json.loads(compile_template("progress_lines"))
    CHANGED[change](template)
    with pytest.raises(TemplateError):
        Painter(template)
