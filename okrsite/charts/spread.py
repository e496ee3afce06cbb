"""How the key results of a level are spread over 0..1: counts by tenths, a row a unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Chart, Row
from okrsite.charts.rows import name_rows, row_names, shown

if TYPE_CHECKING:
    import altair as alt

_LEFT = 200
_ROW = 54
_ALONE = 120
"""Height of the only row."""
_LABEL = 20
"""Room for the number on top of the longest column."""
BINS = (*(f"{10 * tenth}–{10 * tenth + 9}%" for tenth in range(10)), "100%")
"""What scores are counted by: the tenths, and those at 1 by themselves."""

_DONE = 11.0
"""Where the column of those at 100% stands: by itself, a little apart from the ten others."""


class Scores(NamedTuple):
    """A row of the chart: a name, and the scores of its key results (shares 0..1)."""

    name: str
    scores: Sequence[float]


def template() -> alt.LayerChart:
    """Columns on a base line for each unit, with their counts on top. Heights are in pixels from the top."""
    import altair as alt  # noqa: PLC0415

    down = alt.Scale(domainMin=0, domainMax=alt.expr("height"), reverse=True, nice=False, zero=False)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=down, axis=None)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 11.5], nice=False), axis=None)

    columns = alt.Chart(style.data("columns"))
    base = alt.Chart(style.data("names")).mark_rule(stroke=style.ink("line"), strokeWidth=1)
    ticks = alt.InlineData([{"at": 0, "label": "0%"}, {"at": 5, "label": "50%"}, {"at": _DONE, "label": "100%"}])
    return style.framed(
        base.encode(x=alt.value(0), x2=alt.value(alt.expr("width")), y=y("base")),
        row_names(y("base"), _LEFT),
        columns.mark_rect(fill=style.ink("accent")).encode(x=x("from"), x2="to", y=y("top"), y2="base"),
        style.words("columns", "count", x("middle"), y("top"), align="center", dy=-5),
        style.words("names", "total", style.from_right(12), y("base"), fill=style.ink("ink-soft")),
        style.words(
            ticks, "label", x("at"), alt.value(alt.expr("height + 18")), align="center", fill=style.ink("ink-soft")
        ),
        left=_LEFT,
        right=120,
        top=0,
        bottom=26,
        height=_ROW,
    )


def spread(title: str, units: Sequence[Scores]) -> Chart | None:
    """The chart of one or more units, in the order given; None if there are no key results at all.

    Only the first 60 units are drawn.
    """
    if not any(unit.scores for unit in units):
        return None
    drawn, rest = shown(units)
    high = _ROW if len(drawn) > 1 else _ALONE
    counts = [bin_counts(unit.scores) for unit in drawn]
    most = max(1, *(max(row) for row in counts))
    columns: list[Row] = []
    for row, found in enumerate(counts):
        base = (row + 1) * high - 8
        for tenth, count in enumerate(found):
            if count:
                middle = _DONE if tenth == 10 else tenth + 0.5
                columns.append(
                    {
                        "from": middle - 0.42,
                        "to": middle + 0.42,
                        "middle": middle,
                        "top": base - (high - 8 - _LABEL) * count / most,
                        "base": base,
                        "count": count,
                    }
                )
    names = [
        {**label, "base": (row + 1) * high - 8}
        for row, label in enumerate(name_rows([u.name for u in drawn], rest, _LEFT - 14))
    ]
    totals = [f"{len(unit.scores):,}" for unit in drawn]
    totals[0] += " key result" + "s" * (len(drawn[0].scores) != 1)
    for label, total in zip(names, totals, strict=False):
        label["total"] = total
    return Chart(
        template="spread",
        title=title,
        description=_description(drawn, counts, rest),
        data={"names": names, "columns": columns},
        height=high * len(names),
    )


def bin_counts(scores: Sequence[float]) -> list[int]:
    """How many scores (shares 0..1) are in each of `BINS`; a tenth's lower end belongs to it."""
    counts = [0] * len(BINS)
    for score in scores:
        # A float a hair below a tenth's end is that end: 0.3 must not count as 0.2.
        counts[min(max(int(score * 10 + 1e-9), 0), 10)] += 1
    return counts


def _description(units: Sequence[Scores], counts: Sequence[Sequence[int]], rest: str) -> str:
    told = []
    for unit, found in zip(units, counts, strict=True):
        half, done = sum(found[:5]), found[10]
        told.append(f"{unit.name} {len(unit.scores)}, of which {half} below 50% and {done} at 100%")
    return f"Key results by score, in tenths: {'; '.join(told)}{'; ' + rest if rest else ''}."
