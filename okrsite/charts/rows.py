"""Charts with one row a goal or unit: names on the left, a plot, words on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from okrsite.charts import style
from okrsite.charts.chart import Row
from okrsite.charts.label import shorten
from okrsite.languages import Language

if TYPE_CHECKING:
    import altair as alt

MOST = 60
"""Rows in a chart: beyond, it is not read any more, and the table on the page has them all."""

_CELL = 7.2
"""Pixels for a digit's width of a name, with some to spare for wide letters."""

_Item = TypeVar("_Item")


def shown(items: Sequence[_Item], language: Language) -> tuple[Sequence[_Item], str]:
    """The items that get a row, and what to say about the others (empty if there are none)."""
    left = len(items) - MOST
    if left <= 0:
        return items, ""
    return items[:MOST], language.ngettext("and %(num)s more, in the table", "and %(num)s more, in the table", left)


def told(parts: Iterable[str], rest: str) -> str:
    """What a description says of each row, and of what has none."""
    return "; ".join([*parts, rest] if rest else parts)


def by_row(names: Sequence[str]) -> dict[str, str]:
    """Names by the number of their row."""
    return {str(row): name for row, name in enumerate(names)}


def name_rows(names: Sequence[str], rest: str, width: int) -> list[Row]:
    """Rows for the data set ``names``; `rest` gets a row of its own at the end.

    Args:
        names: What readers see.
        rest: What to say about what is not shown; empty for nothing.
        width: Of the margin that they stand in, in pixels.
    """
    cells = int(width / _CELL)
    labels: list[Row] = [{"row": row, "name": shorten(name, cells), "kind": "item"} for row, name in enumerate(names)]
    return [*labels, {"row": len(labels), "name": rest, "kind": "rest"}] if rest else labels


def row_scale() -> alt.Y:
    """The field ``row``, from the top down, each of the same height."""
    import altair as alt  # noqa: PLC0415

    return alt.Y("row:O", scale=alt.Scale(padding=0), axis=None)


def row_names(y: Any, margin: int) -> alt.Chart:
    """The data set ``names``, written from the left edge of a margin so wide."""
    import altair as alt  # noqa: PLC0415

    look = style.looked_up("kind", {"item": style.ink("ink"), "total": style.ink("ink"), "rest": style.ink("ink-soft")})
    bold = style.looked_up("kind", {"total": "bold"})
    return style.words("names", "name", alt.value(-margin), y, fill=look, fontWeight=bold)
