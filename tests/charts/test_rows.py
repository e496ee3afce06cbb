"""Charts with a row a goal or unit: overview, spread, status by unit."""

from __future__ import annotations

import pytest

from okrsite.charts import Bar, Scores, Statuses, overview, spread, status_distribution
from okrsite.charts.style import STATUSES
from okrsite.languages import Language


def test_overview_tells_status_in_words() -> None:
    """Each row has its name, share and status; the status in words as well as by mark and ink."""
    chart = overview("IT", [Bar("Reliability", 1.28, "achieved"), Bar("Security", 0.42, "at_risk")])
    assert chart is not None
    assert [(row["progress"], row["share"], row["word"]) for row in chart.data["bars"]] == [
        (1, "128%", "achieved"),
        (0.42, "42%", "at risk"),
    ]
    assert [row["name"] for row in chart.data["names"]] == ["Reliability", "Security"]
    assert "Security 42%, at risk" in chart.description


def test_rows_make_it_higher_up_to_a_limit() -> None:
    """Forty objectives are forty rows; of a thousand, the first sixty are drawn, and the rest is named."""
    forty = overview("All", [Bar("Goal", 0.5, "on_track")] * 40)
    thousand = overview("All", [Bar("Goal", 0.5, "on_track")] * 1000)
    one = overview("All", [Bar("Goal", 0.5, "on_track")])
    assert forty is not None
    assert thousand is not None
    assert one is not None
    assert forty.height == 40 * (one.height or 0)
    assert len(thousand.data["bars"]) == 60
    assert thousand.data["names"][-1]["name"] == "and 940 more, in the table"
    assert thousand.height == 61 * (one.height or 0)


def test_nothing_to_show_is_no_chart() -> None:
    """Without a row, or without anything in the rows, there is no chart."""
    assert overview("IT", []) is None
    assert status_distribution("IT", []) is None
    assert status_distribution("IT", [Statuses("IT", {"on_track": 0})]) is None
    assert spread("IT", []) is None
    assert spread("IT", [Scores("IT", [])]) is None


def test_statuses_are_shares_of_a_unit() -> None:
    """Bars begin where the one before ended, in one order, and each fills the plot whatever the number of goals."""
    units = [Statuses("IT", {"off_track": 1, "achieved": 3}), Statuses("Sales", {"no_data": 2}), Statuses("HR", {})]
    chart = status_distribution("Key results by status", units, total="all")
    assert chart is not None
    assert [(row["row"], row["status"], row["from"], row["to"]) for row in chart.data["segments"]] == [
        (0, "achieved", 0, 0.5),
        (0, "off_track", 0.5, pytest.approx(2 / 3)),
        (1, "achieved", 0, 0.75),
        (1, "off_track", 0.75, 1),
    ]
    assert [(row["row"], row["from"], row["to"]) for row in chart.data["outlines"]] == [
        (0, pytest.approx(2 / 3), 1),
        (2, 0, 1),
    ]
    assert [row["word"] for row in chart.data["legend"]] == ["achieved", "off track", "no data"]
    assert [(row["name"], row["kind"]) for row in chart.data["names"]][:2] == [("all", "total"), ("IT", "item")]
    assert [row["total"] for row in chart.data["totals"]] == ["6", "4", "2", "none"]
    assert chart.description.startswith("Key results by status: all 3 achieved (50%), 1 off track (17%)")


def test_status_marks_only_where_there_is_room() -> None:
    """A sliver has neither mark nor number; the total, the description and the table have it."""
    chart = status_distribution("Departments", [Statuses("IT", {"on_track": 500, "off_track": 1})])
    assert chart is not None
    assert [row["status"] for row in chart.data["marks"]] == ["on_track"]
    assert [row["count"] for row in chart.data["numbers"]] == [500]
    assert len(chart.data["segments"]) == 2


def test_the_legend_fits_words_of_any_length() -> None:
    """Where words are long, they move together, and stay in the chart."""
    chart = status_distribution("Status", [Statuses("IT", dict.fromkeys(STATUSES, 1))], Language("de"))
    assert chart is not None
    last = chart.data["legend"][-1]
    assert float(last["left"]) + 200 + 12 + 6.8 * len(str(last["word"])) <= 660


def test_scores_are_counted_by_tenths() -> None:
    """A tenth's lower end belongs to it; what is done stands by itself; floating point moves nothing."""
    chart = spread("Level", [Scores("IT", [0, 0.09, 0.1, 0.3, 0.1 + 0.2, 0.7, 0.999, 1, 1])])
    assert chart is not None
    assert [(row["middle"], row["count"]) for row in chart.data["columns"]] == [
        (0.5, 2),
        (1.5, 1),
        (3.5, 2),
        (7.5, 1),
        (9.5, 1),
        (11, 2),
    ]
    assert chart.data["names"][0]["total"] == "9 key results"
    assert "IT 9, of which 5 below 50% and 2 at 100%" in chart.description


def test_units_share_one_measure() -> None:
    """A column is as high in one row as in another for the same count."""
    chart = spread("Level", [Scores("IT", [0.5] * 4), Scores("Sales", [0.5] * 2), Scores("HR", [])])
    assert chart is not None
    heights = [float(row["base"]) - float(row["top"]) for row in chart.data["columns"]]
    assert heights[0] == 2 * heights[1]
    assert [row["total"] for row in chart.data["names"]] == ["4 key results", "2", "0"]
