"""Confidence over a cycle."""

from __future__ import annotations

from datetime import date, timedelta

from okrsite.charts import Line, confidence_trend

START, END = date(2026, 1, 1), date(2026, 3, 31)
FIRST, SECOND = date(2026, 1, 16), date(2026, 1, 30)


def test_lines_begin_with_the_first_confidence() -> None:
    """Nobody was sure of anything before; afterwards it holds until the latest of any line."""
    chart = confidence_trend(
        "Confidence", START, END, Line("objective", [(FIRST, 6.0)]), [Line("Uptime", [(SECOND, 8.0)])]
    )
    assert chart is not None
    assert [(row["line"], row["date"], row["value"]) for row in chart.data["lines"]] == [
        (0, "2026-01-30", 8),
        (1, "2026-01-16", 6),
        (1, "2026-01-30", 6),
    ]
    assert {row["text"] for row in chart.data["labels"]} == {"6 objective", "8 Uptime"}
    assert [row["label"] for row in chart.data["levels"]] == ["0", "5", "10"]


def test_it_is_told_in_words() -> None:
    """The description has the latest of each, the whole first, with one decimal where there is one."""
    chart = confidence_trend("Confidence", START, END, Line("IT", [(FIRST, 6.5)]), [Line("Uptime", [(FIRST, 7.0)])])
    assert chart is not None
    assert chart.description == (
        "Confidence, 0 to 10, from 1 Jan 2026 to 31 Mar 2026. On 16 Jan 2026: IT 6.5; Uptime 7."
    )


def test_a_confidence_from_before_the_cycle_holds_on_its_first_day() -> None:
    """The plot begins with the cycle; after its end it goes on as long as check-ins do."""
    points = [(START - timedelta(3), 4.0), (END + timedelta(2), 9.0)]
    chart = confidence_trend("Confidence", START, END, Line("IT", points))
    assert chart is not None
    assert [(row["date"], row["value"]) for row in chart.data["lines"]] == [("2026-01-01", 4), ("2026-04-02", 9)]
    assert chart.data["days"][-1]["date"] == "2026-04-02"


def test_a_mean_is_told_as_pages_tell_it() -> None:
    """With one decimal, not with all that a third has."""
    chart = confidence_trend("Confidence", START, END, Line("IT", [(FIRST, 19 / 3)]))
    assert chart is not None
    assert [row["value"] for row in chart.data["lines"]] == [6.3]


def test_without_a_confidence_there_is_no_chart() -> None:
    """Nobody said how sure they are."""
    assert confidence_trend("Confidence", START, END, Line("IT", []), [Line("Uptime", [])]) is None
