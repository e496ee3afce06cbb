"""The trend of a KPI."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import pytest

from okrsite.charts import Chart, Renderer, kpi_trend

FIRST = date(2026, 1, 1)


def bands(chart: Chart) -> list[str]:
    """The bands from the bottom up."""
    return [str(row["band"]) for row in chart.data["bands"]]


def made(
    direction: Literal["up", "down", "band"],
    target: float | tuple[float, float],
    amber: float | tuple[float, float] | None,
) -> Chart:
    """A chart of two measurements."""
    chart = kpi_trend(
        "KPI", [(FIRST, 40.0), (FIRST + timedelta(9), 60.0)], direction=direction, target=target, amber=amber
    )
    assert chart is not None
    return chart


@pytest.mark.parametrize(
    ("direction", "target", "amber", "found"),
    [
        ("up", 55, 45, ["red", "amber", "green"]),
        ("up", 55, None, ["red", "green"]),
        ("down", 45, 55, ["green", "amber", "red"]),
        ("down", 45, None, ["green", "red"]),
        ("band", (45, 55), (42, 58), ["red", "amber", "green", "amber", "red"]),
        ("band", (45, 55), None, ["red", "green", "red"]),
    ],
)
def test_bands(
    direction: Literal["up", "down", "band"],
    target: float | tuple[float, float],
    amber: float | tuple[float, float] | None,
    found: list[str],
) -> None:
    """Bands fill the plot without gap, and end at the limits."""
    chart = made(direction, target, amber)
    rows = chart.data["bands"]
    assert bands(chart) == found
    assert all(below["high"] == above["low"] for below, above in pairwise(rows))
    assert float(rows[0]["low"]) < 40
    assert float(rows[-1]["high"]) > 60


def test_limits_are_named() -> None:
    """The colours of the bands are told in words at the right: target, amber, and the latest value."""
    chart = kpi_trend("KPI", [(FIRST, 99.4)], direction="up", target=99.9, amber=99.5, unit="%")
    assert chart is not None
    assert {row["text"] for row in chart.data["labels"]} == {"99.4%", "target 99.9%", "amber 99.5%"}
    assert chart.description == "99.4% on 1 Jan 2026. Target: 99.9% or more. Amber: 99.5% or more."


def test_without_measurements_there_is_no_chart() -> None:
    """Nothing was measured: the page says so in words."""
    assert kpi_trend("KPI", [], direction="up", target=1) is None


@pytest.mark.parametrize("value", [0.0, 5.0, -5.0, 1e-12, 1e15, 1e300])
def test_a_single_value_is_drawn(value: float) -> None:
    """Target and only value may be one number, of any size."""
    chart = kpi_trend("KPI", [(FIRST, value)], direction="down", target=value)
    assert chart is not None
    assert "NaN" not in Renderer(None).svg(chart)


def test_many_measurements_are_thinned() -> None:
    """Of thousands, the extremes and the latest are kept; beyond forty, they have no dots."""
    points = [(FIRST + timedelta(number), 50 + number % 7 / 10) for number in range(5000)]
    points[2345] = (points[2345][0], 99.0)
    chart = kpi_trend("KPI", points, direction="up", target=60)
    assert chart is not None
    values = [row["value"] for row in chart.data["measurements"]]
    assert len(values) <= 601
    assert max(values) == 99
    assert chart.data["measurements"][-1]["date"] == points[-1][0].isoformat()
    assert not chart.data["dots"]
    assert "5,000 measurements" in chart.description
