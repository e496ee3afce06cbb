"""A level: how do its units compare?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest

from okrsite.charts import Bar, Chart, Scores, bin_counts, bin_names, overview, spread
from okrsite.frozen import frozen
from okrsite.model import Cycle, Unit
from okrsite.scoring import STATUSES, CycleFigures, Status
from okrsite.site import addresses
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import (
    Gallery,
    KpiView,
    Link,
    ObjectiveRow,
    Some,
    Tally,
    TrendTable,
    UnitRow,
    first,
    trend_table,
)
from okrsite.site.views.explanations import Explanation, explain_level
from okrsite.site.views.graphs import distribution, heatmap, level_progress
from okrsite.site.views.kept_units import standings, sums_of
from okrsite.site.views.standing import Standing

MAX_CHARTED = 60
"""With more units than this a chart of all of them says nothing; the table does."""

MOST_UNITS = 400
MOST_OBJECTIVES = 40
MOST_KPIS = 40


CountTable = tuple[tuple[str, tuple[int, ...]], ...]
"""A unit's name and its counts, for each unit of a chart."""


@frozen
class Level:
    """A level's page.

    Attributes:
        sentence: The state of the level.
        why: How its figures came to be.
        units: Its units side by side, in the current cycle.
        unit_count: How many there are.
        tally: Its objectives by status.
        key_results: Their key results by status.
        trend: The level's progress over the cycle, with its units where they can be told apart.
        trend_table: The same in numbers.
        overview: The progress of its units, where there is no other cycle to compare.
        by_status: Their key results by status.
        statuses: Those that the units' key results have, in the order of attention.
        status_table: The same chart in numbers: how many key results of each unit have each of ``statuses``.
        spread: How their key results are spread over 0..1.
        spread_table: The same in numbers: how many key results of each unit are in each of ``bins``.
        heat: What its units reached in the last cycles.
        objectives: Of all its units in the cycle, unit by unit; of too many those farthest behind.
        kpis: Of all its units.
        others: The way to the other cycles.
    """

    id: str
    cycle: Cycle | None
    figures: CycleFigures | None
    sentence: str
    why: Explanation | None
    units: Some[UnitRow]
    unit_count: int
    tally: Tally
    key_results: Tally
    trend: Chart | None
    trend_table: TrendTable | None
    overview: Chart | None
    by_status: Chart | None
    statuses: tuple[Status, ...]
    status_table: CountTable
    spread: Chart | None
    spread_table: CountTable
    heat: Chart | None
    objectives: Some[ObjectiveRow]
    kpis: Some[KpiView]
    others: tuple[Link, ...]
    bins: tuple[str, ...]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """All that are there."""
        every = (self.trend, self.overview, self.by_status, self.spread, self.heat)
        return tuple(chart for chart in every if chart)


@frozen
class LevelRow:
    """A level as a row beside others.

    Attributes:
        unit_count: How many units it has.
        tally: Their objectives by status.
    """

    id: str
    figures: CycleFigures | None
    unit_count: int
    tally: Tally


@frozen
class Levels:
    """The list of levels, the top first."""

    cycle: Cycle | None
    levels: tuple[LevelRow, ...]


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of each level, and the list of them."""
    yield PagePlan(addresses.LEVELS, _levels_page)
    portal = material.gallery.portal
    for id in portal.levels:
        own = [portal.objective_ids[unit.id] for unit in portal.units_by_level[id]]
        goals = sum(len(ids) for of_unit in own for ids in of_unit.values())
        yield PagePlan(addresses.level(id), _level_page, (id,), goals=goals)


def _levels_page(material: Material) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    record = Levels(gallery.cycle, tuple(_row(gallery, id) for id in gallery.portal.levels))
    about = _("All levels side by side.")
    return Page(addresses.LEVELS, "okr/levels.html", _("Levels"), record, description=about)


def _level_page(material: Material, id: str) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    level, title, above = _level(gallery, id), gallery.words.level(id), [Link(_("Levels"), addresses.LEVELS)]
    return Page(addresses.level(id), "okr/level.html", title, level, above, level.sentence, level.charts)


def _row(gallery: Gallery, id: str) -> LevelRow:
    units = gallery.portal.units_by_level[id]
    return LevelRow(id, _figures(gallery, id), len(units), Tally(gallery.part(_counts, id)))


def _counts(gallery: Gallery, id: str) -> tuple[tuple[Status, int], ...]:
    """How many objectives of a level that count have which status."""
    counting = _counting(gallery, _with_goals(gallery, gallery.portal.units_by_level[id]))
    return Tally.of([each.status for each in counting]).counts


def _figures(gallery: Gallery, id: str) -> CycleFigures | None:
    """A level's figures in the current cycle."""
    return gallery.figures.levels.get(id, {}).get(gallery.cycle.id) if gallery.cycle else None


def _with_goals(gallery: Gallery, units: Sequence[Unit]) -> list[Unit]:
    """Those of some units of which an objective counts in the current cycle."""
    cycle, figures = gallery.cycle, gallery.figures.units
    return [unit for unit in units if cycle and cycle.id in figures[unit.id]]


def _counting(gallery: Gallery, units: Sequence[Unit]) -> list[Standing]:
    """The objectives of some units that count in the current cycle."""
    cycle = gallery.cycle
    every = (each for unit in units if cycle for each in standings(gallery, unit.id, cycle.id))
    return [each for each in every if each.rolls_up]


def _level(gallery: Gallery, id: str) -> Level:
    cycle, figures = gallery.cycle, _figures(gallery, id)
    units = gallery.portal.units_by_level[id]
    with_goals = _with_goals(gallery, units)
    drawn = [gallery.unit_row(unit.id, cycle.id) for unit in with_goals if cycle and len(with_goals) <= MAX_CHARTED]
    statuses = [each for unit in with_goals if cycle for each in sums_of(gallery, unit.id, cycle.id).statuses]
    key_results = Tally.of(statuses)
    occurring = tuple(status for status, _ in key_results.counts)
    name = gallery.words.language.gettext("The %(level)s level", level=gallery.words.word(id))
    trend = level_progress(gallery, id, cycle) if cycle else None
    heat = _heat(gallery, id, drawn)
    counting = _counting(gallery, with_goals)
    kpis = [kpi for unit in units for kpi in gallery.portal.kpi_ids[unit.id]]
    return Level(
        id=id,
        cycle=cycle,
        figures=figures,
        sentence=gallery.words.state(name, figures, cycle, gallery.as_of) if figures and cycle else "",
        why=explain_level(gallery, id, cycle.id) if figures and cycle else None,
        units=first(units, MOST_UNITS).each(lambda unit: gallery.unit_row(unit.id, cycle.id if cycle else None)),
        unit_count=len(units),
        tally=Tally.of([each.status for each in counting]),
        key_results=key_results,
        trend=trend[0] if trend else None,
        trend_table=trend_table(trend[1]) if trend else None,
        overview=_overview(gallery, id, cycle, drawn) if cycle and len(drawn) > 1 and not heat else None,
        by_status=_by_status(gallery, id, cycle, drawn) if cycle else None,
        statuses=occurring,
        status_table=tuple((row.unit.name, _by(occurring, row.key_result_tally)) for row in drawn),
        spread=_spread(gallery, id, cycle, drawn) if cycle else None,
        spread_table=tuple((row.unit.name, _binned(row)) for row in drawn),
        heat=heat,
        objectives=_farthest_behind(counting).each(lambda each: gallery.objective_row(each.id)),
        kpis=first(kpis, MOST_KPIS).each(lambda kpi: gallery.kpis[kpi]),
        others=gallery.other_cycles,
        bins=bin_names(gallery.words.language),
    )


def _farthest_behind(all_of_them: Sequence[Standing]) -> Some[Standing]:
    """All objectives, or of too many those that need attention most."""
    if len(all_of_them) <= MOST_OBJECTIVES:
        return Some(tuple(all_of_them))
    by_need = nsmallest(
        MOST_OBJECTIVES,
        all_of_them,
        key=lambda each: (STATUSES.index(each.status), each.progress - each.expected, each.id),
    )
    return Some(tuple(by_need), len(all_of_them) - MOST_OBJECTIVES)


def _overview(gallery: Gallery, id: str, cycle: Cycle, units: list[UnitRow]) -> Chart | None:
    bars = [Bar(unit.unit.name, float(unit.figures.progress), unit.figures.status) for unit in units if unit.figures]
    level, _ = gallery.words.word(id), gallery.words.language.gettext
    title = _("Progress of the units, %(level)s level, %(cycle)s", level=level, cycle=cycle.name)
    return overview(title, bars, gallery.words.language)


def _by_status(gallery: Gallery, id: str, cycle: Cycle, units: list[UnitRow]) -> Chart | None:
    level, _ = gallery.words.word(id), gallery.words.language.gettext
    title = _("Key results by status, %(level)s level, %(cycle)s", level=level, cycle=cycle.name)
    return distribution(gallery, title, units)


def _heat(gallery: Gallery, id: str, units: list[UnitRow]) -> Chart | None:
    """What the units reached in the cycles in which one of them has figures; None where that is one cycle alone."""
    cycles = [
        cycle
        for cycle in gallery.portal.cycles.values()
        if any(cycle.id in gallery.figures.units[view.unit.id] for view in units)
    ]
    title = gallery.words.language.gettext("Cycle by cycle, %(level)s level", level=gallery.words.word(id))
    return heatmap(gallery, title, [view.unit for view in units], cycles) if len(cycles) > 1 else None


def _spread(gallery: Gallery, id: str, cycle: Cycle, units: list[UnitRow]) -> Chart | None:
    rows = [Scores(view.unit.name, [float(p) for p, _ in view.spread]) for view in units if view.spread]
    level, _ = gallery.words.word(id), gallery.words.language.gettext
    title = _("Progress of key results, %(level)s level, %(cycle)s", level=level, cycle=cycle.name)
    return spread(title, rows, gallery.words.language) if rows else None


def _by(statuses: tuple[Status, ...], tally: Tally) -> tuple[int, ...]:
    counts = dict(tally.counts)
    return tuple(counts.get(status, 0) for status in statuses)


def _binned(unit: UnitRow) -> tuple[int, ...]:
    """How many of a unit's key results are in each of the chart's groups."""
    return tuple(bin_counts([float(share) for share, _ in unit.spread]))
