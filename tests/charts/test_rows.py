"""Charts with a row a goal or unit: overview, status by unit, spread."""

from __future__ import annotations

from okrsite.charts import Bar, Scores, overview, spread, status_by_unit


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
    assert status_by_unit("IT", []) is None
    assert status_by_unit("IT", [("IT", {"on_track": 0})]) is None
    assert spread("IT", []) is None
    assert spread("IT", [Scores("IT", [])]) is None


def test_status_counts_are_stacked() -> None:
    """Bars begin where the one before ended, in one order; the longest stack fills the plot."""
    chart = status_by_unit("Departments", [("IT", {"off_track": 1, "achieved": 3}), ("Sales", {"no_data": 2})])
    assert chart is not None
    assert [(row["status"], row["count"], row["from"]) for row in chart.data["segments"]] == [
        ("achieved", 3, 0),
        ("off_track", 1, 0.75),
    ]
    assert [(row["status"], row["row"]) for row in chart.data["outlines"]] == [("no_data", 1)]
    assert [row["word"] for row in chart.data["legend"]] == ["achieved", "off track", "no data"]
    assert [row["total"] for row in chart.data["totals"]] == ["4", "2"]
    assert chart.description == "Objectives by status: IT 3 achieved, 1 off track; Sales 2 no data."


def test_status_marks_only_where_there_is_room() -> None:
    """A sliver has neither mark nor number; the total, the description and the table have it."""
    chart = status_by_unit("Departments", [("IT", {"on_track": 500, "off_track": 1})])
    assert chart is not None
    assert [row["status"] for row in chart.data["marks"]] == ["on_track"]
    assert [row["count"] for row in chart.data["numbers"]] == [500]
    assert len(chart.data["segments"]) == 2


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
