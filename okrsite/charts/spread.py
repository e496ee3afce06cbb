"""How the key results of a level are spread over 0..1: counts by tenths, a row a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from okrsite.charts import style
from okrsite.charts.chart import Chart, Column, Points, Row
from okrsite.charts.label import percent
from okrsite.charts.rows import by_row, name_rows, row_names, shown, told
from okrsite.languages import ENGLISH, Language

if TYPE_CHECKING:
    import altair as alt

_LEFT = 200
_ROW = 54
_ALONE = 120
"""Height of the only row."""
_LABEL = 20
"""Room for the number on top of the longest column."""
BINS = 11
"""How many groups scores are counted in: the tenths, and those at 1 by themselves."""

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
    return style.framed(
        base.encode(x=alt.value(0), x2=alt.value(alt.expr("width")), y=y("base")),
        row_names(y("base"), _LEFT),
        columns.mark_rect(fill=style.ink("accent")).encode(x=x("from"), x2="to", y=y("top"), y2="base"),
        style.words("columns", "count", x("middle"), y("top"), align="center", dy=-5),
        style.words("names", "total", style.from_right(12), y("base"), fill=style.ink("ink-soft")),
        style.words(
            "ticks", "label", x("at"), alt.value(alt.expr("height + 18")), align="center", fill=style.ink("ink-soft")
        ),
        left=_LEFT,
        right=120,
        top=0,
        bottom=26,
        height=_ROW,
    )


def spread(title: str, units: Sequence[Scores], language: Language = ENGLISH) -> Chart | None:
    """The chart of one or more units, in the order given; None if there are no key results at all.

    Only the first 60 units are drawn.
    """
    if not any(unit.scores for unit in units):
        return None
    drawn, rest = shown(units, language)
    high = _ROW if len(drawn) > 1 else _ALONE
    counts = [bin_counts(unit.scores) for unit in drawn]
    # What stands for the units that are left out has no total.
    totals = [*(_total(len(unit.scores), row, language) for row, unit in enumerate(drawn)), ""]
    names: list[Row] = [
        {**label, "base": (row + 1) * high - 8, "total": total}
        for row, (label, total) in enumerate(
            zip(name_rows([u.name for u in drawn], rest, _LEFT - 14), totals, strict=False)
        )
    ]
    labels = bin_names(language)
    return Chart(
        template="spread",
        title=title,
        description=language.gettext(
            "Key results by score, in tenths: %(each)s.", each=told(_each(drawn, counts, language), rest)
        ),
        data={
            "names": names,
            "columns": _columns(counts, high),
            "ticks": [{"at": at, "label": percent(at / 10 if at < 10 else 1, language)} for at in (0, 5, _DONE)],
        },
        height=high * len(names),
        points=Points(
            sets=("columns",),
            columns=(
                Column(language.gettext("Unit"), "row", names=by_row([unit.name for unit in drawn])),
                Column(language.gettext("Progress"), "bin", names=by_row(labels)),
                Column(language.gettext("Key results"), "count", "number"),
            ),
            x="from",
            x2="to",
            y="top",
            line="row",
        ),
    )


def bin_counts(scores: Sequence[float]) -> list[int]:
    """How many scores (shares 0..1) are in each of `BINS` groups; a tenth's lower end belongs to it."""
    counts = [0] * BINS
    for score in scores:
        # A float a hair below a tenth's end is that end: 0.3 must not count as 0.2.
        counts[min(max(int(score * 10 + 1e-9), 0), 10)] += 1
    return counts


def bin_names(language: Language = ENGLISH) -> tuple[str, ...]:
    """What the groups hold: ``0%`` to ``9%`` and so on, and ``100%`` by itself."""
    tenths = (f"{10 * tenth}–{10 * tenth + 9}" for tenth in range(10))
    return (*(language.percent(language.digits(tenth)) for tenth in tenths), percent(1, language))


def _columns(counts: Sequence[Sequence[int]], high: int) -> list[Row]:
    most = max(1, *(max(row) for row in counts))
    columns: list[Row] = []
    for row, found in enumerate(counts):
        base = (row + 1) * high - 8
        for tenth, count in enumerate(found):
            if count:
                middle = _DONE if tenth == 10 else tenth + 0.5
                columns.append(
                    {
                        "row": row,
                        "bin": tenth,
                        "from": middle - 0.42,
                        "to": middle + 0.42,
                        "middle": middle,
                        "top": base - (high - 8 - _LABEL) * count / most,
                        "base": base,
                        "count": count,
                    }
                )
    return columns


def _total(count: int, row: int, language: Language) -> str:
    """How many key results a row has; the first says what is counted."""
    if row:
        return language.digits(f"{count:,}")
    return language.ngettext("%(num)s key result", "%(num)s key results", count)


def _each(units: Sequence[Scores], counts: Sequence[Sequence[int]], language: Language) -> Iterator[str]:
    for unit, found in zip(units, counts, strict=True):
        yield language.gettext(
            "%(name)s %(total)s, of which %(half)s below %(middle)s and %(done)s at %(all)s",
            name=unit.name,
            total=len(unit.scores),
            half=sum(found[:5]),
            done=found[10],
            middle=percent(0.5, language),
            all=percent(1, language),
        )
