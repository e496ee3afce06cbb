"""How far each objective or unit is: a bar, its share and its status in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Chart, Column, Points, Row
from okrsite.charts.label import percent
from okrsite.charts.rows import by_row, name_rows, row_names, row_scale, shown, told
from okrsite.languages import ENGLISH, Language

if TYPE_CHECKING:
    import altair as alt

_LEFT = 234
_ROW = 26


class Bar(NamedTuple):
    """A row of the overview: an objective's or unit's name, progress (a share, drawn within 0..1) and status."""

    name: str
    progress: float
    status: str


def template() -> alt.LayerChart:
    """Names, bars on quiet tracks, shares, and statuses as marks and words."""
    import altair as alt  # noqa: PLC0415

    y = row_scale()
    x = alt.X("progress:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    bars = alt.Chart(style.data("bars"))
    return style.framed(
        row_names(y, _LEFT),
        bars.mark_bar(height=10, fill=style.ink("line")).encode(x=alt.value(0), x2=alt.value(alt.expr("width")), y=y),
        bars.mark_bar(height=10, fill=style.status_colour()).encode(x=x, x2=alt.datum(0), y=y),
        style.words("bars", "share", style.from_right(46), y, align="right"),
        style.status_marks("bars", style.from_right(64), y),
        style.words("bars", "word", style.from_right(78), y),
        left=_LEFT,
        right=154,
        top=0,
        bottom=0,
        height=_ROW,
    )


def overview(title: str, bars: Sequence[Bar], language: Language = ENGLISH) -> Chart | None:
    """The chart of the objectives of a unit, or of the units of a level, in the order given; None without any.

    Only the first 60 are drawn. It shows no expected progress, which changes every day; bars of the page do.
    """
    if not bars:
        return None
    drawn, rest = shown(bars, language)
    words = style.status_words(language)
    rows: list[Row] = [
        {
            "row": row,
            "progress": min(max(bar.progress, 0.0), 1.0),
            "share": percent(bar.progress, language),
            "status": bar.status,
            "word": words[bar.status],
        }
        for row, bar in enumerate(drawn)
    ]
    each = told((f"{bar.name} {percent(bar.progress, language)}, {words[bar.status]}" for bar in drawn), rest)
    names = name_rows([bar.name for bar in drawn], rest, _LEFT - 14)
    return Chart(
        template="overview",
        title=title,
        description=language.gettext("Progress and status of each: %(each)s.", each=each),
        data={"names": names, "bars": rows},
        height=_ROW * len(names),
        points=Points(
            sets=("bars",),
            columns=(
                Column(language.gettext("Name"), "row", names=by_row([bar.name for bar in drawn])),
                Column(language.gettext("Progress"), "share"),
                Column(language.gettext("Status"), "word"),
            ),
            x="progress",
            y="row",
            line="row",
        ),
    )
