"""How the units take up the introduction, week by week; aligned with the Gantt of the plan, to stand below it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from okrsite.charts import style
from okrsite.charts.chart import Chart, Column, Points, Row
from okrsite.charts.label import percent
from okrsite.charts.lines import Drawn, Line, label_rows, line_layers, line_rows, names_of
from okrsite.charts.rollout_gantt import LEFT, RIGHT
from okrsite.charts.ticks import day_ticks, later
from okrsite.languages import ENGLISH, Language

if TYPE_CHECKING:
    import altair as alt

_HEIGHT = 120
_PLOT = style.WIDE - LEFT - RIGHT


def template() -> alt.LayerChart:
    """Days across, as in the Gantt; shares of units up, labels at the lines' ends."""
    import altair as alt  # noqa: PLC0415

    y = style.level_scale(1)
    edges = alt.Chart(style.data("edges")).mark_rule(stroke=style.ink("line"), strokeWidth=1)
    return style.framed(
        edges.encode(x=style.day_scale(), y=alt.value(0), y2=alt.value(alt.expr("height"))),
        style.level_axis(y),
        style.day_axis(),
        style.words("about", "text", alt.value(-LEFT), style.from_top(6)),
        *line_layers(y, style.level_scale(1, "place")),
        left=LEFT,
        right=RIGHT,
        top=14,
        bottom=30,
        height=_HEIGHT,
        whole=style.WIDE,
    )


def rollout_adoption(
    title: str, days: tuple[date, date], months: Sequence[date], shares: Sequence[Line], language: Language = ENGLISH
) -> Chart | None:
    """The chart of a plan's adoption; None before there is a day to show.

    Args:
        title: Of the chart.
        days: The plan's first day, and the day after its last, as of its Gantt.
        months: Their first days.
        shares: What units do, and the share of them that does it from each day on, up to three.
        language: Of all words, days and numbers.
    """
    drawn = [Drawn(str(number), line) for number, line in enumerate(shares, 1)]
    if not any(line.points for _, line in drawn):
        return None
    start, end = days
    courses = [line.points for _, line in drawn]
    latest = max(course[-1][0] for course in courses if course)
    room = RIGHT + _PLOT * max(0, (end - latest).days) / max(1, (end - start).days)
    edges: list[Row] = [{"date": day.isoformat()} for day in dict.fromkeys([*months, end])]
    ends = "; ".join(f"{line.name} {percent(line.points[-1][1], language)}" for _, line in drawn if line.points)
    return Chart(
        template="rollout_adoption",
        title=title,
        description=language.gettext(
            "Shares of units, week by week. On %(day)s: %(values)s.", day=language.day(latest), values=ends
        ),
        data={
            "edges": edges,
            "days": day_ticks(start, later(end, -1), language),
            "levels": [{"value": share, "label": percent(share, language)} for share in (0, 0.5, 1)],
            "about": [{"text": language.gettext("Units that …")}],
            "lines": line_rows(drawn, courses),
            "labels": label_rows(
                drawn, courses, lambda share: percent(share, language), top=1, height=_HEIGHT, room=room
            ),
        },
        points=Points(
            sets=("lines",),
            columns=(
                Column(language.gettext("Units that …"), "line", names=names_of(drawn)),
                Column(language.gettext("Day"), "date", "day"),
                Column(language.gettext("Share"), "value", "share"),
            ),
            x="date",
            y="value",
            line="line",
        ),
    )
