"""Goalposts that moved, on the charts of progress and of KPIs."""

from __future__ import annotations

from datetime import date

from okrsite.charts import Chart, Goalpost, Limits, Line, Renderer, known_then_trend, kpi_trend, objective_trend

START, DUE = date(2026, 1, 1), date(2026, 3, 31)
READ = [(date(2026, 1, 16), 0.2), (date(2026, 2, 13), 0.5)]
MEASURED = [(date(2026, 1, 5), 70.0), (date(2026, 2, 28), 86.0)]


def trend(*goalposts: Goalpost) -> Chart:
    """An objective's trend with these marks."""
    return objective_trend("Goal", START, DUE, READ, [Line("Uptime", READ[:1])], goalposts=goalposts)


def test_without_marks_nothing_changes() -> None:
    """The chart is the same, so that it need not be drawn anew; marks outside of its days are none."""
    plain = objective_trend("Goal", START, DUE, READ, [Line("Uptime", READ[:1])])
    before = Goalpost(date(2025, 12, 30), "target", "target")
    assert trend().digest == trend(before).digest == plain.digest
    assert plain.template == "progress_lines"


def test_a_mark_stands_on_its_line() -> None:
    """On that of its key result, or on the objective's; lines go on to it where readings have not come so far."""
    chart = trend(
        Goalpost(date(2026, 2, 2), "target 9 → 8", "target 9 → 8", "Uptime"),
        Goalpost(date(2026, 3, 3), "owner", "owner Ada → Grace"),
    )
    assert chart.template == "progress_moved"
    rows = chart.data["moved"]
    assert [(row["line"], row["date"], row["value"], row["label"]) for row in rows] == [
        (0, "2026-02-02", 0.2, "target 9 → 8"),
        (1, "2026-03-03", 0.5, "owner"),
    ]
    assert chart.data["lines"][-1]["date"] == "2026-03-03"
    assert "Goalposts moved: 2 Feb 2026, target 9 → 8; 3 Mar 2026, owner Ada → Grace." in chart.description
    assert chart.points is not None
    assert (chart.points.sets, chart.points.columns[-1].field) == (("lines", "moved"), "what")


def test_words_do_not_stand_on_each_other() -> None:
    """They take a second row, and what finds no room there has only its mark."""
    chart = trend(*(Goalpost(date(2026, 2, number), f"target {number} → 0", "") for number in (1, 2, 3)))
    assert [(row["label"], row["above"], row["stem"]) for row in chart.data["moved"]] == [
        ("target 1 → 0", -8, -6),
        ("target 2 → 0", -25, -23),
        ("", -8, -2),
    ]


def test_a_kpis_limits_are_drawn_as_they_were() -> None:
    """Bands and limits hold from a day to another; the label is today's."""
    moved = [Goalpost(date(2026, 2, 24), "target 90 → 85", "target 90 → 85")]
    chart = kpi_trend(
        *("Health", MEASURED),
        direction="up",
        target=85,
        amber=80,
        goalposts=moved,
        earlier=[Limits(date(2026, 2, 24), "up", 90, 80)],
    )
    assert chart is not None
    assert [(row["value"], row["from"], row["to"]) for row in chart.data["limits"] if row["limit"] == "target"] == [
        (90, "2026-01-05", "2026-02-24"),
        (85, "2026-02-24", "2026-02-28"),
    ]
    assert {row["to"] for row in chart.data["bands"]} == {"2026-02-24", "2026-02-28"}
    assert "Target: 85 or more." in chart.description
    assert "Goalposts moved: 24 Feb 2026, target 90 → 85." in chart.description
    plain = kpi_trend("Health", MEASURED, direction="up", target=85, amber=80)
    early = [Goalpost(date(2025, 12, 1), "", "")]
    same = kpi_trend("Health", MEASURED, direction="up", target=85, amber=80, goalposts=early)
    assert plain is not None
    assert same is not None
    assert plain.digest == same.digest, "what moved before the first measurement is not seen"


def test_what_was_known_then_is_dashed() -> None:
    """A thin, dashed line beside the thick one."""
    chart = known_then_trend("Goal", START, DUE, READ, [(START, 0.0), (date(2026, 2, 20), 0.5)])
    assert chart.template == "progress_then"
    assert [row["role"] for row in chart.data["labels"]] == ["then", "main"]
    drawing = Renderer(None).svg(chart)
    assert 'stroke-dasharray="6,3"' in drawing
