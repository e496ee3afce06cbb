"""The plan of a rollout as a Gantt chart."""

from __future__ import annotations

from datetime import date

from okrsite.charts import Chart, GanttMonth, GanttTask, rollout_gantt

MONTH = GanttMonth("Planning and development", date(2026, 1, 5), date(2026, 2, 1))
TASK = GanttTask("Workshops", date(2026, 1, 5), date(2026, 1, 18), 0.5, 1, "at_risk")


def made(*tasks: GanttTask, today: date | None = None) -> Chart:
    """The chart of a month with these tasks."""
    chart = rollout_gantt("Plan", [MONTH], tasks or [TASK], today)
    assert chart is not None
    return chart


def test_bars_hold_their_last_day() -> None:
    """A bar ends with the end of its last day; the done part is a share of it."""
    row = made().data["tasks"][0]
    assert (row["start"], row["done"], row["end"]) == ("2026-01-05", "2026-01-12T00:00Z", "2026-01-19T00:00Z")
    assert (row["share"], row["word"]) == ("50%", "at risk")


def test_expected_is_marked_until_done() -> None:
    """The tick stands where the bar should end; a task that is done, or not yet due to begin, has none."""
    done = TASK._replace(progress=1, status="achieved")
    later = TASK._replace(expected=0, progress=0, status="not_started")
    chart = made(TASK._replace(expected=0.5), done, later)
    assert chart.data["expected"] == [{"row": 0, "at": "2026-01-12T00:00Z"}]


def test_today_is_marked_within_the_plan() -> None:
    """The only chart that knows the day marks its noon; before and after the plan there is nothing to mark."""
    inside = made(today=date(2026, 1, 14)).data["today"]
    assert inside == [{"date": "2026-01-14T12:00Z", "label": "today, 14 Jan"}]
    assert made(today=date(2026, 2, 1)).data["today"]
    assert not made(today=date(2026, 2, 2)).data["today"]
    assert not made(today=date(2026, 1, 4)).data["today"]
    assert not made().data["today"]


def test_nothing_to_show_is_no_chart() -> None:
    """A plan without tasks, or without months, has no chart."""
    assert rollout_gantt("Plan", [MONTH], []) is None
    assert rollout_gantt("Plan", [], [TASK]) is None


def test_the_end_of_the_calendar() -> None:
    """A plan that ends with the calendar is drawn like any other."""
    month = GanttMonth("Last", date(9999, 12, 4), date.max)
    task = GanttTask("Last", month.start, month.end, 1, 1, "achieved")
    assert rollout_gantt("Plan", [month], [task], month.end) is not None
