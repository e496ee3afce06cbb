"""Adoption below the Gantt of a plan."""

from __future__ import annotations

from datetime import date

from okrsite.charts import GanttMonth, GanttTask, Line, gantt_days, rollout_adoption, rollout_gantt

MONTH = GanttMonth("First", date(2026, 1, 5), date(2026, 2, 1))
TASK = GanttTask("Task", date(2026, 1, 5), date(2026, 1, 18), 0.5, 1, "at_risk")
DAYS = gantt_days([MONTH], [TASK])


def test_it_is_as_wide_as_the_gantt() -> None:
    """Both charts begin with the plan's first day and end after its last, so that a day is above itself."""
    chart = rollout_adoption("Adoption", DAYS, [MONTH.start], [Line("check in", [(MONTH.start, 0.5)])])
    gantt = rollout_gantt("Plan", [MONTH], [TASK])
    assert chart is not None
    assert gantt is not None
    assert (date(2026, 1, 5), date(2026, 2, 2)) == DAYS
    assert chart.data["edges"] == [{"date": "2026-01-05"}, {"date": "2026-02-02"}]
    assert chart.data["days"] == gantt.data["days"]


def test_lines_end_with_the_day() -> None:
    """Nothing is said of weeks to come."""
    course = [(date(2026, 1, 5), 0.0), (date(2026, 1, 12), 0.25), (date(2026, 1, 14), 0.75)]
    chart = rollout_adoption("Adoption", DAYS, [MONTH.start], [Line("check in", course)])
    assert chart is not None
    assert [(row["date"], row["value"]) for row in chart.data["lines"]][-1] == ("2026-01-14", 0.75)
    assert [row["text"] for row in chart.data["labels"]] == ["75% check in"]
    assert chart.description == "Shares of units, week by week. On 14 Jan 2026: check in 75%."


def test_before_the_plan_there_is_no_chart() -> None:
    """A plan that has not begun has no adoption."""
    assert rollout_adoption("Adoption", DAYS, [MONTH.start], [Line("check in", [])]) is None
