"""The trend of an objective and the progress of the portal."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from okrsite.charts import Chart, Line, objective_trend, portal_progress

START, DUE = date(2026, 1, 1), date(2026, 3, 31)


def course(chart: Chart, line: int) -> list[tuple[str, float]]:
    """The points of a line of the chart."""
    return [(str(row["date"]), float(row["value"])) for row in chart.data["lines"] if row["line"] == line]


def test_the_expected_line_goes_over_the_whole_cycle() -> None:
    """It is drawn from nothing on the first day to all on the last, whatever the day is."""
    chart = objective_trend("Goal", START, DUE, [], [])
    assert [tuple(row.values()) for row in chart.data["expected"]] == [("2026-01-01", 0), ("2026-03-31", 1)]


def test_without_readings_it_says_so() -> None:
    """A chart without a line is no error."""
    chart = objective_trend("Goal", START, DUE, [], [Line("Uptime", [])])
    assert not chart.data["lines"]
    assert "no readings yet" in {row["text"] for row in chart.data["mark"]}
    assert "no readings" in chart.description


def test_lines_begin_at_none_and_last_until_the_latest_reading() -> None:
    """Before its first reading a line is at 0; after its last it stays, as long as any other goes on."""
    early, late = date(2026, 1, 16), date(2026, 2, 13)
    chart = objective_trend("Goal", START, DUE, [(late, 0.3)], [Line("Uptime", [(early, 0.5)])])
    assert course(chart, 0) == [("2026-01-01", 0), ("2026-01-16", 0.5), ("2026-02-13", 0.5)]
    assert course(chart, 1) == [("2026-01-01", 0), ("2026-02-13", 0.3)]


def test_shares_stay_within_the_plot() -> None:
    """A reading before the cycle holds on its first day; one after it makes the axis longer; shares are clamped."""
    before, after = START - timedelta(5), DUE + timedelta(10)
    chart = objective_trend("Goal", START, DUE, [(before, 0.2), (after, 1.28)], [Line("Down", [(START, -0.1)])])
    assert course(chart, 1) == [("2026-01-01", 0.2), ("2026-04-10", 1)]
    assert course(chart, 0) == [("2026-01-01", 0), ("2026-04-10", 0)]
    assert chart.data["days"][-1]["date"] == "2026-04-10"
    assert [row["value"] for row in chart.data["expected"]] == [0, 1, 1]


def test_readings_before_the_cycle_hold_on_its_first_day() -> None:
    """What was read only before the cycle is where it begins."""
    chart = objective_trend("Goal", START, DUE, [(START - timedelta(9), 0.4)], [])
    assert course(chart, 0) == [("2026-01-01", 0.4)]
    assert chart.data["labels"][0]["date"] == "2026-01-01"


def test_the_thick_line_is_the_objective() -> None:
    """It is drawn last, above the others, and labelled; each of the others has an ink of its own."""
    others = [Line(f"Result {number}", [(START, number / 20)]) for number in range(9)]
    chart = objective_trend("Goal", START, DUE, [(DUE, 0.5)], others)
    assert [row["role"] for row in chart.data["labels"]] == ["1", "2", "3", "4", "5", "6", "7", "8", "1", "main"]
    assert chart.data["lines"][-1]["role"] == "main"
    assert chart.data["labels"][-1]["text"] == "50% objective"


def test_many_lines_make_it_higher() -> None:
    """Each label keeps its line of text."""
    others = [Line(f"Result {number}", [(START, 0.5)]) for number in range(40)]
    chart = objective_trend("Goal", START, DUE, [(DUE, 0.5)], others)
    places = sorted(float(row["place"]) for row in chart.data["labels"])
    assert chart.height is not None
    assert min(b - a for a, b in pairwise(places)) * chart.height > 16
    assert 0 <= places[0] <= places[-1] <= 1


def test_it_does_not_depend_on_today() -> None:
    """Without a new reading the chart is the same: nothing in it is a function of the day."""
    points = [(START, 0.5)]
    assert objective_trend("A", START, DUE, points, []).digest == objective_trend("A", START, DUE, points, []).digest


def test_the_portal_names_itself_and_its_units() -> None:
    """The thick line carries the organisation's name."""
    chart = portal_progress("Progress", START, DUE, Line("Acme", [(DUE, 0.4)]), [Line("IT", [(DUE, 0.6)])])
    assert [row["text"] for row in chart.data["labels"]] == ["60% IT", "40% Acme"]
    assert chart.description.endswith("On 31 Mar 2026: Acme 40%; IT 60%.")


def test_a_cycle_of_one_day() -> None:
    """Start and due may be one day."""
    chart = objective_trend("Goal", START, START, [(START, 1.0)], [])
    assert course(chart, 0) == [("2026-01-01", 1)]
