"""The parts that views are laid out with."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from okrsite.cli.views.marks import KPI_COLOURS
from okrsite.model import Kpi
from okrsite.scoring import KpiFigures
from okrsite.site.words import ENGLISH_WORDS as WORDS

LATEST = 5
"""How many readings are listed, newest first."""

_WORDS = ("unit", "key result", "KPI", "note")
"""Columns that wrap; the others keep their line, only the bars shrink."""


def plain_table(*columns: str) -> Table:
    """A table without lines; a column whose name ends in ``>`` stands to the right."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in columns:
        words = name in _WORDS
        table.add_column(
            Text(name.rstrip(">")),
            justify="right" if name.endswith(">") else "left",
            no_wrap=not words and name != "progress",
            min_width=16 if words else None,
            overflow="fold" if words else "ellipsis",
        )
    return table


def kpi_table(kpis: tuple[tuple[Kpi, KpiFigures], ...]) -> Table:
    """KPIs with value, target, status and trend."""
    table = plain_table("KPI", "value>", "on", "target", "status", "trend")
    for kpi, figures in kpis:
        table.add_row(
            Text(kpi.name),
            WORDS.measured(figures.current, kpi.unit_of_measure),
            WORDS.day(figures.measured_on),
            WORDS.target_in_words(kpi),
            Text(WORDS.status(figures.status), style=KPI_COLOURS.get(figures.status, "dim")),
            figures.trend or "",
        )
    return table
