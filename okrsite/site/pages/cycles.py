"""Cycles: how did each go?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.charts import Chart, Line, portal_progress
from okrsite.model import Cycle
from okrsite.scoring import CycleFigures, Grade
from okrsite.site import addresses
from okrsite.site.page import Material, Page
from okrsite.site.views import Gallery, Link, ObjectiveView, Tally, TrendTable, UnitView, trend_table


@dataclass(frozen=True, slots=True)
class CyclePage:
    """A cycle's page.

    Attributes:
        units: Every unit with goals in it, in the order of the ids.
        graded: Objectives with a grade, the lowest score first.
        grades: How many of each grade.
        lessons: Objectives with a closing note.
        previous: The cycle before it, with the portal's figures.
    """

    cycle: Cycle
    figures: CycleFigures | None
    sentence: str
    tally: Tally
    key_result_tally: Tally
    units: tuple[UnitView, ...]
    graded: tuple[ObjectiveView, ...]
    grades: tuple[tuple[Grade, int], ...]
    lessons: tuple[ObjectiveView, ...]
    trend: Chart | None
    trend_table: TrendTable
    previous: tuple[Cycle, CycleFigures | None] | None
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Cycles:
    """The list of cycles, newest first."""

    cycles: tuple[CyclePage, ...]
    current: str | None


def pages(material: Material) -> Iterator[Page]:
    """The page of each cycle, and the list of them."""
    gallery = material.gallery
    top = Link("Cycles", "cycles/")
    records = [_cycle(gallery, material.settings.site_name, cycle) for cycle in gallery.portal.cycles.values()]
    newest_first = tuple(reversed(records))
    yield Page(top.address, "okr/cycles.html", "Cycles", Cycles(newest_first, gallery.figures.cycle))
    for record in records:
        cycle = record.cycle
        title = cycle.name if cycle.name == cycle.id else f"{cycle.name} ({cycle.id})"
        charts = [record.trend] if record.trend else []
        yield Page(addresses.cycle(cycle.id), "okr/cycle.html", title, record, [top], record.sentence, charts)


def _cycle(gallery: Gallery, name: str, cycle: Cycle) -> CyclePage:
    figures = gallery.figures.portal.get(cycle.id)
    tops = gallery.portal.top_units
    name = tops[0].name if len(tops) == 1 else name
    ids = [id for id, cycles in gallery.portal.objectives_by_unit.items() if cycle.id in cycles]
    units = tuple(gallery.unit(id, cycle.id) for id in ids)
    counting = [view for unit in units for view in unit.objectives if view.objective.rolls_up]
    graded = sorted(
        (view for view in counting if view.figures.grade), key=lambda v: (v.figures.progress, v.objective.id)
    )
    counts = Counter(view.figures.grade for view in graded)
    order: tuple[Grade, ...] = ("green", "yellow", "red")
    cycles = list(gallery.portal.cycles.values())
    earlier = [each for each in cycles if each.end < cycle.start]
    before = max(earlier, key=lambda each: each.end, default=None)
    series = gallery.trends.portal_trend(cycle.id)
    whole = Line(name, series)
    return CyclePage(
        cycle=cycle,
        figures=figures,
        sentence=gallery.words.state(name, figures, cycle, gallery.as_of) if figures else "",
        tally=Tally.of([view.figures.status for view in counting]),
        key_result_tally=Tally.of([kr.figures.status for view in counting for kr in view.key_results]),
        units=units,
        graded=tuple(graded),
        grades=tuple((grade, counts[grade]) for grade in order if counts[grade]),
        lessons=tuple(view for view in counting if view.objective.closing_note),
        trend=portal_progress(f"Progress in {cycle.name}", cycle.start, cycle.end, whole) if series else None,
        trend_table=trend_table([whole]),
        previous=(before, gallery.figures.portal.get(before.id)) if before else None,
        others=tuple(Link(each.name, addresses.cycle(each.id)) for each in cycles if each.id != cycle.id),
    )
