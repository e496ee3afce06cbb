"""An objective: is it going to work, and who knows?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.charts import Chart, Line, objective_trend
from okrsite.site import addresses
from okrsite.site.forge import Forge
from okrsite.site.page import Material, Page
from okrsite.site.pages.alignment import is_on_map
from okrsite.site.proposal import Proposal, proposal
from okrsite.site.views import (
    Gallery,
    KeyResultView,
    Link,
    ObjectiveView,
    Reading,
    Some,
    TrendTable,
    beside,
    first,
    trend_table,
)
from okrsite.site.views.explanations import Explanation, explain_key_result, explain_objective
from okrsite.site.views.graphs import MOST_LINES, objective_confidence
from okrsite.site.views.log import Meeting, meetings

MOST_READINGS = 60
"""How many rows the tables of readings of one objective have together; its key results share them."""

MOST_ENTRIES = 60
"""How many check-ins its log shows where it has few key results; with many it has less room."""

FEW = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """A key result with all that its objective's page says of it.

    Attributes:
        why: How its figures came to be.
        readings: Newest first; of many the newest.
    """

    view: KeyResultView
    why: Explanation
    readings: Some[Reading]


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """An objective's page.

    Attributes:
        why: How its figures came to be.
        key_results: Each with its explanation and readings.
        confidence: How sure its owners were over the cycle; None where nobody said.
        log: Its check-ins by day and person, newest first.
        siblings: The unit's objectives of the cycle beside it.
        proposal: The form for a new check-in; None where none is waited for.
        on_map: Its place on the alignment page; empty where it is not there.
    """

    view: ObjectiveView
    why: Explanation
    key_results: tuple[Measured, ...]
    trend: Chart
    trend_table: TrendTable
    confidence: Chart | None
    log: Some[Meeting]
    siblings: Some[Link]
    cycle_address: str
    proposal: Proposal | None
    on_map: str


def pages(material: Material) -> Iterator[Page]:
    """The page of each objective."""
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    forge, folder = Forge(material.settings), f"{material.settings.content}/{material.settings.source}"
    for view, siblings in _with_siblings(gallery):
        unit, cycle = view.unit, view.cycle
        above = [Link(each.name, addresses.goal(each.id)) for each in gallery.portal.ancestors(unit.id)]
        in_cycle = addresses.unit_in_cycle(view.objective)
        record = _objective_page(gallery, view, siblings, in_cycle, proposal(gallery, forge, view, folder))
        yield Page(
            address=view.address,
            template="okr/objective.html",
            title=view.objective.title,
            record=record,
            charts=[record.trend, *([record.confidence] if record.confidence else ())],
            crumbs=[*above, Link(unit.name, addresses.goal(unit.id)), Link(cycle.name, in_cycle)],
            description=_(
                "%(objective)s: an objective of %(unit)s for %(cycle)s",
                objective=view.objective.title,
                unit=unit.name,
                cycle=cycle.name,
            ),
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


def _objective_page(
    gallery: Gallery, view: ObjectiveView, siblings: Some[Link], cycle_address: str, proposal: Proposal | None
) -> ObjectivePage:
    count = len(view.key_results)
    readings = MOST_READINGS // count if count <= MOST_LINES else 0  # the log has the latest of them
    entries = MOST_ENTRIES if count <= FEW else max(MOST_ENTRIES * FEW // count - count, FEW)
    cycle = view.cycle
    progress = gallery.trends.objective_trend(view.objective.id)
    told_apart = view.key_results if count <= MOST_LINES else ()
    lines = [Line(kr.kr.title, gallery.trends.key_result_trend(kr.kr.id)) for kr in told_apart]
    return ObjectivePage(
        view=view,
        why=explain_objective(gallery, view),
        key_results=tuple(
            Measured(kr, explain_key_result(gallery, kr), first(kr.readings, readings)) for kr in view.key_results
        ),
        trend=objective_trend(
            gallery.words.language.gettext("Progress of: %(objective)s", objective=view.objective.title),
            cycle.start,
            cycle.end,
            progress,
            lines,
            gallery.words.language,
        ),
        trend_table=trend_table([Line(gallery.words.language.gettext("Objective"), progress), *lines]),
        confidence=objective_confidence(gallery, view),
        log=meetings(view.key_results, entries),
        siblings=siblings,
        cycle_address=cycle_address,
        proposal=proposal,
        on_map=addresses.on_map(view.objective.id) if is_on_map(gallery, view) else "",
    )
