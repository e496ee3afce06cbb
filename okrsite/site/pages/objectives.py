"""An objective: is it going to work, and who knows?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.charts import Chart, Line, objective_trend
from okrsite.site import addresses
from okrsite.site.page import Material, Page
from okrsite.site.views import (
    Gallery,
    KeyResultView,
    Link,
    ObjectiveView,
    Reading,
    Some,
    TrendTable,
    beside,
    trend_table,
)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A check-in in the objective's log."""

    reading: Reading
    key_result: KeyResultView


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """An objective's page.

    Attributes:
        log: All its check-ins, newest first.
        siblings: The unit's objectives of the cycle beside it.
    """

    view: ObjectiveView
    trend: Chart
    trend_table: TrendTable
    log: tuple[LogEntry, ...]
    siblings: Some[Link]
    cycle_address: str


def pages(material: Material) -> Iterator[Page]:
    """The page of each objective."""
    gallery = material.gallery
    for view, siblings in _with_siblings(gallery):
        unit, cycle = view.unit, view.cycle
        above = [Link(each.name, addresses.goal(each.id)) for each in gallery.portal.ancestors(unit.id)]
        in_cycle = addresses.unit_in_cycle(view.objective)
        record = _objective_page(gallery, view, siblings, in_cycle)
        yield Page(
            address=view.address,
            template="okr/objective.html",
            title=view.objective.title,
            record=record,
            charts=[record.trend],
            crumbs=[*above, Link(unit.name, addresses.goal(unit.id)), Link(cycle.name, in_cycle)],
            description=f"{view.objective.title}: an objective of {unit.name} for {cycle.name}",
            source=view.objective.source.path,
            line=view.objective.source.line,
        )


def _with_siblings(gallery: Gallery) -> Iterator[tuple[ObjectiveView, Some[Link]]]:
    """Each objective with those beside it in its unit and cycle."""
    for cycles in gallery.portal.objectives_by_unit.values():
        for objectives in cycles.values():
            for place, objective in enumerate(objectives):
                siblings = beside(objectives, place).each(lambda each: Link(each.title, addresses.goal(each.id)))
                yield gallery.objectives[objective.id], siblings


def _objective_page(gallery: Gallery, view: ObjectiveView, siblings: Some[Link], cycle_address: str) -> ObjectivePage:
    entries = [
        LogEntry(reading, kr) for kr in view.key_results for reading in kr.readings if reading.origin == "check-in"
    ]
    entries.sort(key=lambda entry: (-entry.reading.date.toordinal(), entry.key_result.kr.id))
    cycle = view.cycle
    progress = gallery.trends.objective_trend(view.objective.id)
    lines = [Line(kr.kr.title, gallery.trends.key_result_trend(kr.kr.id)) for kr in view.key_results]
    return ObjectivePage(
        view=view,
        trend=objective_trend(
            f"Progress of: {view.objective.title}",
            cycle.start,
            cycle.end,
            progress,
            lines,
        ),
        trend_table=trend_table([Line("Objective", progress), *lines]),
        log=tuple(entries),
        siblings=siblings,
        cycle_address=cycle_address,
    )
