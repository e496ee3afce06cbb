"""How units fared in the last cycles: a row a unit, a column a cycle, status by shape and ink, progress as a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Chart, Column, Points, Row
from okrsite.charts.label import percent, two_lines
from okrsite.charts.rows import by_row, name_rows, row_names, row_scale, shown, told
from okrsite.languages import ENGLISH, Language

if TYPE_CHECKING:
    import altair as alt

MOST_CYCLES = 6
"""Columns in a chart, the newest: more would be too narrow for mark and number."""

_LEFT = 200
_ROW = 28
_PLOT = style.WIDTH - _LEFT
_SLOTS = 4
"""So many columns have room at least: two cycles alone would be two wide, empty fields."""
_LETTER = 7.2
_GAP = 3
"""Pixels between two columns, and between two rows."""
_MARK = 13
"""Pixels from a column's left edge to the mark."""


class Reached(NamedTuple):
    """What a unit reached in a cycle: progress (a share) and status."""

    progress: float
    status: str


class History(NamedTuple):
    """A row of the chart: a unit's name and what it reached in each cycle; None where it has no figures."""

    name: str
    cells: Sequence[Reached | None]


def template() -> alt.LayerChart:
    """Cycles above, names at the left, and in each field the ground, mark and number of what was reached."""
    import altair as alt  # noqa: PLC0415

    y = row_scale()

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)

    soft = style.ink("ink-soft")
    return style.framed(
        style.words("cycles", "first", x("from"), style.from_top(-24), dx=6, fill=soft),
        style.words("cycles", "second", x("from"), style.from_top(-9), dx=6, fill=soft),
        row_names(y, _LEFT),
        alt.Chart(style.data("cells"))
        .mark_bar(height=_ROW - _GAP, fill=style.status_colour(), fillOpacity=0.13, x2Offset=-_GAP)
        .encode(x=x("from"), x2="to", y=y),
        style.status_marks("cells", x("from"), y, xOffset=_MARK),
        style.words("cells", "share", x("from"), y, dx=_MARK + 11),
        style.words("empty", "text", x("from"), y, dx=_MARK, align="center", fill=soft),
        left=_LEFT,
        right=0,
        top=38,
        bottom=0,
        height=_ROW,
    )


def status_heatmap(
    title: str, rows: Sequence[History], cycles: Sequence[str], language: Language = ENGLISH
) -> Chart | None:
    """The chart of units by cycle, both in the order given, cycles oldest first; None if there are no figures at all.

    The newest six cycles and the first 60 units are drawn.

    Args:
        title: Of the chart.
        rows: The units.
        cycles: The names of the cycles, one for each of a row's cells.
        language: Of all words and numbers.
    """
    if not any(cell for _, cells in rows for cell in cells):
        return None
    newest = cycles[-MOST_CYCLES:]
    drawn, rest = shown([History(name, cells[-MOST_CYCLES:]) for name, cells in rows], language)
    slots = max(len(newest), _SLOTS)
    words = style.status_words(language)
    cells: list[Row] = []
    empty: list[Row] = []
    for row, unit in enumerate(drawn):
        for column, cell in enumerate(unit.cells):
            place: Row = {"row": row, "from": column / slots}
            if cell is None:
                empty.append({**place, "text": "–"})
                continue
            cells.append(
                {
                    **place,
                    "cycle": column,
                    "to": (column + 1) / slots,
                    "status": cell.status,
                    "share": percent(cell.progress, language),
                }
            )
    names = name_rows([name for name, _ in drawn], rest, _LEFT - 14)
    return Chart(
        template="status_heatmap",
        title=title,
        description=language.gettext(
            "Progress and status by cycle: %(each)s.",
            each=told((_said(unit, newest, words, language) for unit in drawn), rest),
        ),
        data={"cycles": _heads(newest, slots), "names": names, "cells": cells, "empty": empty},
        height=_ROW * len(names),
        points=Points(
            sets=("cells",),
            columns=(
                Column(language.gettext("Unit"), "row", names=by_row([name for name, _ in drawn])),
                Column(language.gettext("Cycle"), "cycle", names=by_row(newest)),
                Column(language.gettext("Progress"), "share"),
                Column(language.gettext("Status"), "status", names=words),
            ),
            x="from",
            x2="to",
            y="row",
            line="row",
        ),
    )


def _heads(cycles: Sequence[str], slots: int) -> list[Row]:
    """The names of the cycles, on two lines where one is too short, the lower line first to be filled."""
    letters = max(2, int((_PLOT / slots - _GAP - 4) / _LETTER))
    rows: list[Row] = []
    for column, name in enumerate(cycles):
        first, second = two_lines(name, letters)
        rows.append(
            {
                "from": column / slots,
                "first": first if second else "",
                "second": second or first,
            }
        )
    return rows


def _said(unit: History, cycles: Sequence[str], words: dict[str, str], language: Language) -> str:
    parts = [
        f"{cycle} {percent(cell.progress, language)}, {words[cell.status]}"
        for cycle, cell in zip(cycles, unit.cells, strict=True)
        if cell
    ]
    return f"{unit.name} ({'; '.join(parts) or language.gettext('no goals')})"
