"""A level: how do its units compare?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.charts import BINS, Bar, Chart, Scores, bin_counts, overview, spread, status_by_unit
from okrsite.model import Cycle
from okrsite.scoring import CycleFigures, Status
from okrsite.site import addresses
from okrsite.site.page import Material, Page
from okrsite.site.views import Gallery, KpiView, Link, Tally, UnitView

MAX_CHARTED = 60
"""With more units than this a chart of all of them says nothing; the table does."""


CountTable = tuple[tuple[str, tuple[int, ...]], ...]
"""A unit's name and its counts, for each unit of a chart."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level's page.

    Attributes:
        units: All of the level, side by side, in the current cycle.
        overview: Their progress.
        by_status: Their objectives by status.
        statuses: Those that the units' objectives have, in the order of attention.
        status_table: The same chart in numbers: how many objectives of each unit have each of ``statuses``.
        spread: How their key results are spread over 0..1.
        spread_table: The same in numbers: how many key results of each unit are in each of the chart's ``bins``.
        kpis: Of all its units.
        others: The way to the other cycles.
    """

    id: str
    cycle: Cycle | None
    figures: CycleFigures | None
    sentence: str
    units: tuple[UnitView, ...]
    tally: Tally
    key_results: Tally
    overview: Chart | None
    by_status: Chart | None
    statuses: tuple[Status, ...]
    status_table: CountTable
    spread: Chart | None
    spread_table: CountTable
    kpis: tuple[KpiView, ...]
    others: tuple[Link, ...]
    bins: tuple[str, ...] = BINS


@dataclass(frozen=True, slots=True)
class Levels:
    """The list of levels, the top first."""

    levels: tuple[Level, ...]


def pages(material: Material) -> Iterator[Page]:
    """The page of each level, and the list of them."""
    all_levels = Link("Levels", "levels/")
    levels = tuple(_level(material.gallery, id) for id in material.gallery.portal.levels)
    yield Page(all_levels.address, "okr/levels.html", "Levels", Levels(levels), description="All levels side by side.")
    for level in levels:
        title = level.id.capitalize()
        charts = [chart for chart in (level.overview, level.by_status, level.spread) if chart]
        yield Page(addresses.level(level.id), "okr/level.html", title, level, [all_levels], level.sentence, charts)


def _level(gallery: Gallery, id: str) -> Level:
    cycle = gallery.cycle
    figures = gallery.figures.levels.get(id, {}).get(cycle.id) if cycle else None
    units = gallery.portal.units_by_level[id]
    views = tuple(gallery.unit(unit.id, cycle.id if cycle else None) for unit in units)
    with_goals = [view for view in views if view.figures]
    statuses = [view.figures.status for unit in views for view in unit.objectives if view.objective.rolls_up]
    charted = 0 < len(with_goals) <= MAX_CHARTED
    tally = Tally.of(statuses)
    occurring = tuple(status for status, _ in tally.counts)
    name = f"The {id} level"
    return Level(
        id=id,
        cycle=cycle,
        figures=figures,
        sentence=gallery.words.state(name, figures, cycle, gallery.as_of) if figures and cycle else "",
        units=views,
        tally=tally,
        key_results=Tally.of([status for view in views for _, status in view.spread]),
        overview=_overview(id, cycle, with_goals) if charted and cycle else None,
        by_status=_by_status(id, cycle, with_goals) if charted and cycle else None,
        statuses=occurring,
        status_table=tuple((view.unit.name, _by(occurring, view.objective_tally)) for view in with_goals[:MAX_CHARTED]),
        spread=_spread(id, cycle, with_goals) if charted and cycle else None,
        spread_table=tuple((view.unit.name, _binned(view)) for view in with_goals[:MAX_CHARTED]),
        kpis=tuple(gallery.kpis[kpi.id] for unit in units for kpi in gallery.portal.kpis_by_unit[unit.id]),
        others=gallery.other_cycles,
    )


def _overview(id: str, cycle: Cycle, units: list[UnitView]) -> Chart | None:
    bars = [Bar(unit.unit.name, float(unit.figures.progress), unit.figures.status) for unit in units if unit.figures]
    return overview(f"Progress of the units, {id} level, {cycle.name}", bars)


def _by_status(id: str, cycle: Cycle, units: list[UnitView]) -> Chart | None:
    rows = [(view.unit.name, {str(status): n for status, n in view.objective_tally.counts}) for view in units]
    return status_by_unit(f"Objectives by status, {id} level, {cycle.name}", rows)


def _spread(id: str, cycle: Cycle, units: list[UnitView]) -> Chart | None:
    rows = [Scores(view.unit.name, [float(p) for p, _ in view.spread]) for view in units if view.spread]
    return spread(f"Progress of key results, {id} level, {cycle.name}", rows) if rows else None


def _by(statuses: tuple[Status, ...], tally: Tally) -> tuple[int, ...]:
    counts = dict(tally.counts)
    return tuple(counts.get(status, 0) for status in statuses)


def _binned(unit: UnitView) -> tuple[int, ...]:
    """How many of a unit's key results are in each of `BINS`."""
    return tuple(bin_counts([float(share) for share, _ in unit.spread]))
