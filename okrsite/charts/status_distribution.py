"""Which share of the key results (or objectives) of each unit has which status: bars of one length, a row a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Chart, Column, Points, Row
from okrsite.charts.label import percent
from okrsite.charts.rows import by_row, name_rows, row_names, row_scale, shown, told
from okrsite.languages import ENGLISH, Language

if TYPE_CHECKING:
    import altair as alt

_LEFT = 200
_RIGHT = 56
_ROW = 28
_PLOT = style.WIDTH - _LEFT - _RIGHT
_GAP = 2
"""Pixels between two parts of a bar."""
_LETTER = 6.8
"""Pixels for a letter of the legend."""


class Statuses(NamedTuple):
    """A row of the chart: a name, and how many goals have each status; what is left out is none."""

    name: str
    counts: Mapping[str, int]


def template() -> alt.LayerChart:
    """A legend, and below it a bar for each unit, its parts with marks and numbers on them."""
    import altair as alt  # noqa: PLC0415

    y = row_scale()

    def across(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)

    inks = {name: style.ink("ink" if name in style.HOLLOW else "paper") for name in style.STATUSES}
    bold = style.looked_up("kind", {"total": "bold"})
    segments = alt.Chart(style.data("segments")).mark_bar(height=20, fill=style.status_colour(), x2Offset=-_GAP)
    outlines = alt.Chart(style.data("outlines")).mark_bar(
        height=19, fill="none", stroke=style.status_colour(), strokeWidth=1, x2Offset=-_GAP
    )
    legend_x, legend_y = alt.value(alt.expr("datum.left")), style.from_top(-20)
    aside = alt.expr("datum.aside")
    return style.framed(
        style.status_marks("legend", legend_x, legend_y),
        style.words("legend", "word", legend_x, legend_y, dx=12, fill=style.ink("ink-soft")),
        row_names(y, _LEFT),
        segments.encode(x=across("from"), x2="to", y=y),
        outlines.encode(x=across("from"), x2="to", y=y),
        style.status_marks("marks", across("at"), y, on_bars=True, xOffset=aside),
        style.words(
            "numbers",
            "count",
            across("at"),
            y,
            dx=aside,
            fill=style.looked_up("status", inks),
            align="center",
            fontWeight="bold",
        ),
        style.words("totals", "total", style.from_right(10), y, fill=style.ink("ink-soft"), fontWeight=bold),
        left=_LEFT,
        right=_RIGHT,
        top=40,
        bottom=0,
        height=_ROW,
    )


def status_distribution(
    title: str, units: Sequence[Statuses], language: Language = ENGLISH, total: str = ""
) -> Chart | None:
    """The chart of the units of a level, in the order given; None if there are no goals at all.

    Bars are as long as each other, so that units of any size compare; the number at the right says how many goals they
    stand for. Only the first 60 units are drawn.

    Args:
        title: Of the chart; it says what is counted.
        units: The rows.
        language: Of all words and numbers.
        total: The name of a first row for all units together; empty for none.
    """
    if not any(sum(counts.values()) for _, counts in units):
        return None
    drawn, rest = shown(units, language)
    if total:
        whole = {status: sum(counts.get(status, 0) for _, counts in units) for status in style.STATUSES}
        drawn = [Statuses(total, whole), *drawn]
    found = [status for status in style.STATUSES if any(counts.get(status) for _, counts in drawn)]
    parts = [part for row, (_, counts) in enumerate(drawn) for part in _parts(row, counts, found)]
    words = style.status_words(language)
    names = [
        {**label, "kind": "total"} if total and not label["row"] else label
        for label in name_rows([name for name, _ in drawn], rest, _LEFT - 14)
    ]
    return Chart(
        template="status_distribution",
        title=title,
        description=f"{title}: {told((_said(name, counts, words, language) for name, counts in drawn), rest)}.",
        data={
            "legend": _legend(found, words),
            "names": names,
            "segments": [part for part in parts if part["status"] not in style.HOLLOW],
            "outlines": [part for part in parts if part["status"] in style.HOLLOW],
            "marks": [_mark(part) for part in parts if _width(part) >= 14],
            "numbers": [_number(part) for part in parts if _has_number(part)],
            "totals": _totals(drawn, has_total=bool(total), language=language),
        },
        height=_ROW * len(names),
        points=Points(
            sets=("segments", "outlines"),
            columns=(
                Column(language.gettext("Unit"), "row", names=by_row([name for name, _ in drawn])),
                Column(language.gettext("Status"), "status", names=words),
                Column(language.gettext("Number"), "count", "number"),
                Column(language.gettext("Share"), "share", "share"),
            ),
            x="from",
            x2="to",
            y="row",
            line="row",
        ),
    )


def _parts(row: int, counts: Mapping[str, int], statuses: Sequence[str]) -> list[Row]:
    """A unit's bar: from where to where each status takes it."""
    total = sum(counts.values())
    parts: list[Row] = []
    before = 0
    for status in statuses:
        if count := counts.get(status, 0):
            end = (before + count) / total
            parts.append(
                {
                    "row": row,
                    "status": status,
                    "count": count,
                    "share": count / total,
                    "from": before / total,
                    "to": end,
                }
            )
            before += count
    return parts


def _width(part: Row) -> float:
    return float(part["share"]) * _PLOT


def _has_number(part: Row) -> bool:
    """Whether the number has room beside the mark, which comes first."""
    return _width(part) >= 24 + 8 * len(str(part["count"]))


def _middle(part: Row) -> float:
    return (float(part["from"]) + float(part["to"])) / 2


def _mark(part: Row) -> Row:
    aside = 5 + 3.5 * len(str(part["count"])) if _has_number(part) else 0
    return {"row": part["row"], "status": part["status"], "at": _middle(part), "aside": -aside - _GAP / 2}


def _number(part: Row) -> Row:
    return {
        "row": part["row"],
        "status": part["status"],
        "count": part["count"],
        "at": _middle(part),
        "aside": 8 - _GAP / 2,
    }


def _totals(units: Sequence[Statuses], *, has_total: bool, language: Language) -> list[Row]:
    counts = [sum(unit.counts.values()) for unit in units]
    return [
        {
            "row": row,
            "total": language.digits(f"{count:,}") if count else language.gettext("none"),
            "kind": "total" if has_total and not row else "item",
        }
        for row, count in enumerate(counts)
    ]


def _legend(statuses: Sequence[str], words: Mapping[str, str]) -> list[Row]:
    """The statuses that occur, side by side from the left edge of the chart."""
    letters = _LETTER * sum(len(words[status]) for status in statuses)
    gap = min(34, (style.WIDTH - 8 - letters) / len(statuses))
    rows: list[Row] = []
    left = 8.0
    for status in statuses:
        rows.append({"status": status, "word": words[status], "left": left - _LEFT})
        left += gap + _LETTER * len(words[status])
    return rows


def _said(name: str, counts: Mapping[str, int], words: Mapping[str, str], language: Language) -> str:
    total = sum(counts.values())
    parts = [
        f"{counts[status]} {word} ({percent(counts[status] / total, language)})"
        for status, word in words.items()
        if counts.get(status)
    ]
    return f"{name} {', '.join(parts) or language.gettext('none')}"
