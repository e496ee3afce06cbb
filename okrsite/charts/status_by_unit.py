"""How many objectives of each unit have which status: stacked counts, a row a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from okrsite.charts import style
from okrsite.charts.chart import Chart, Row
from okrsite.charts.rows import name_rows, row_names, row_scale, shown

if TYPE_CHECKING:
    import altair as alt

_LEFT = 200
_RIGHT = 56
_ROW = 28
_PLOT = style.WIDTH - _LEFT - _RIGHT
_LETTER = 6.8
"""Pixels for a letter of the legend."""


def template() -> alt.LayerChart:
    """A legend, and below it a stack of bars for each unit, with marks and numbers on them."""
    import altair as alt  # noqa: PLC0415

    y = row_scale()

    def across(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)

    inks = {name: style.ink("ink" if name in style.HOLLOW else "paper") for name in style.STATUS_WORDS}
    segments = alt.Chart(style.data("segments")).mark_bar(height=20, fill=style.status_colour())
    outlines = alt.Chart(style.data("outlines")).mark_bar(
        height=19, fill="none", stroke=style.status_colour(), strokeWidth=1
    )
    legend_y = style.from_top(-20)
    return style.framed(
        style.status_marks("legend", across("at"), legend_y),
        style.words("legend", "word", across("at"), legend_y, dx=12, fill=style.ink("ink-soft")),
        row_names(y, _LEFT),
        segments.encode(x=across("from"), x2="to", y=y),
        outlines.encode(x=across("from"), x2="to", y=y),
        style.status_marks("marks", across("at"), y, on_bars=True),
        style.words(
            "numbers", "count", across("at"), y, fill=style.looked_up("status", inks), align="center", fontWeight="bold"
        ),
        style.words("totals", "total", style.from_right(10), y, fill=style.ink("ink-soft")),
        left=_LEFT,
        right=_RIGHT,
        top=40,
        bottom=0,
        height=_ROW,
    )


def status_by_unit(title: str, units: Sequence[tuple[str, Mapping[str, int]]]) -> Chart | None:
    """The chart of the units of a level, in the order given; None if there are no objectives at all.

    Only the first 60 units are drawn.

    Args:
        title: Of the chart.
        units: Name, and how many objectives have each status; what is left out is none.
    """
    if not any(sum(counts.values()) for _, counts in units):
        return None
    drawn, rest = shown(units)
    most = max(1, *(sum(counts.values()) for _, counts in drawn))
    found = [status for status in style.STATUS_WORDS if any(counts.get(status) for _, counts in drawn)]
    segments: list[Row] = []
    outlines: list[Row] = []
    marks: list[Row] = []
    numbers: list[Row] = []
    for row, (_, counts) in enumerate(drawn):
        before = 0
        for status in found:
            count = counts.get(status, 0)
            if not count:
                continue
            width = count / most
            place: Row = {"row": row, "status": status, "count": count}
            (outlines if status in style.HOLLOW else segments).append(
                {**place, "from": before / most, "to": (before + count) / most - 2 / _PLOT}
            )
            middle = before / most + width / 2
            # A mark as soon as there is room for one; the number beside it where that fits, too.
            digits = len(str(count))
            both = width * _PLOT >= 24 + 8 * digits
            if width * _PLOT >= 14:
                marks.append({**place, "at": middle - ((5 + 3.5 * digits) / _PLOT if both else 0)})
            if both:
                numbers.append({**place, "at": middle + 8 / _PLOT})
            before += count
    names = name_rows([name for name, _ in drawn], rest, _LEFT - 14)
    totals: list[Row] = [
        {"row": row, "total": f"{sum(counts.values()):,}" if sum(counts.values()) else "none"}
        for row, (_, counts) in enumerate(drawn)
    ]
    return Chart(
        template="status_by_unit",
        title=title,
        description=_description(drawn, rest),
        data={
            "legend": _legend(found),
            "names": names,
            "segments": segments,
            "outlines": outlines,
            "marks": marks,
            "numbers": numbers,
            "totals": totals,
        },
        height=_ROW * len(names),
    )


def _legend(statuses: Sequence[str]) -> list[Row]:
    """The statuses that occur, side by side from the left edge of the chart."""
    rows: list[Row] = []
    left = 8.0
    for status in statuses:
        word = style.STATUS_WORDS[status]
        rows.append({"status": status, "word": word, "at": (left - _LEFT) / _PLOT})
        left += 34 + _LETTER * len(word)
    return rows


def _description(units: Sequence[tuple[str, Mapping[str, int]]], rest: str) -> str:
    told = []
    for name, counts in units:
        parts = [f"{counts[status]} {word}" for status, word in style.STATUS_WORDS.items() if counts.get(status)]
        told.append(f"{name} {', '.join(parts) or 'none'}")
    return f"Objectives by status: {'; '.join(told)}{'; ' + rest if rest else ''}."
