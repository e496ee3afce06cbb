"""Units by cycle."""

from __future__ import annotations

from okrsite.charts import History, Reached, status_heatmap
from okrsite.charts.status_heatmap import MOST_CYCLES

GOOD, BAD = Reached(0.72, "on_track"), Reached(0.1, "off_track")


def test_each_field_has_status_and_progress() -> None:
    """The mark and ink by status, the progress as a number; nothing where there was nothing to reach."""
    chart = status_heatmap("Status", [History("IT", [GOOD, None]), History("HR", [BAD, GOOD])], ["Q1", "Q2"])
    assert chart is not None
    assert [(row["row"], row["cycle"], row["status"], row["share"]) for row in chart.data["cells"]] == [
        (0, 0, "on_track", "72%"),
        (1, 0, "off_track", "10%"),
        (1, 1, "on_track", "72%"),
    ]
    assert [(row["row"], row["from"]) for row in chart.data["empty"]] == [(0, 0.25)]
    assert chart.description == (
        "Progress and status by cycle: IT (Q1 72%, on track); HR (Q1 10%, off track; Q2 72%, on track)."
    )


def test_the_newest_cycles_are_drawn() -> None:
    """Columns stay wide enough for mark and number."""
    cycles = [f"2{n:03}" for n in range(20)]
    chart = status_heatmap("Status", [History("IT", [GOOD] * 20)], cycles)
    assert chart is not None
    assert [row["second"] for row in chart.data["cycles"]] == cycles[-MOST_CYCLES:]
    assert len(chart.data["cells"]) == MOST_CYCLES


def test_many_units_stay_readable() -> None:
    """The first sixty have a row, and a note says how many there are besides."""
    chart = status_heatmap("Status", [History("IT", [GOOD])] * 1000, ["Q1"])
    assert chart is not None
    assert len(chart.data["cells"]) == 60
    assert chart.data["names"][-1]["name"] == "and 940 more, in the table"


def test_long_names_of_cycles_take_two_lines() -> None:
    """A name of one line stands in the lower one, beside the others' second."""
    chart = status_heatmap("Status", [History("IT", [GOOD, GOOD])], ["Fiscal year 2026", "2027"])
    assert chart is not None
    assert [(row["first"], row["second"]) for row in chart.data["cycles"]] == [("Fiscal year", "2026"), ("", "2027")]


def test_nothing_to_show_is_no_chart() -> None:
    """Units without figures in any cycle are not drawn."""
    assert status_heatmap("Status", [], []) is None
    assert status_heatmap("Status", [History("IT", [None])], ["Q1"]) is None
