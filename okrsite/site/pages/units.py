"""A unit: our wall. And the unit in each of its cycles."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.charts import Chart
from okrsite.frozen import frozen
from okrsite.model import Cycle, Unit
from okrsite.site import addresses
from okrsite.site.messages.handout import Handout, unit_handout
from okrsite.site.messages.news import in_a_sentence
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Gallery, KeyResultView, KpiView, Link, Some, UnitRow, around, beside, first
from okrsite.site.views.graphs import unit_confidence
from okrsite.site.views.wall import DueDay, Section, next_dates, sections

MOST_BELOW = 12
"""How many units below it a unit's page shows: with more it would outgrow 60 KB, and their level has them all."""

MOST_CYCLES = 8
"""How many cycles a unit's page looks back on: two years of quarters."""

MOST_KPIS = 8
"""How many KPIs it shows with their figures; more are named."""

_BYTES = (400, 650, 700)
"""About how many bytes one of these takes: a unit below, a KPI, a cycle."""

MOST_WAITING = 12
"""How many overdue check-ins it names."""


@frozen
class UnitPage:
    """A unit's page.

    Attributes:
        siblings: Units beside it.
        children: Units below it, on the unit's own page; ``levels_below`` are the pages that have all of them.
        sections: The cycles it shows in full.
        cycles: The pages of cycles it has goals in, newest first; on the page of one cycle, of those around it.
        by_cycle: Itself in each of them; none on the page of one cycle.
        kpis: With their figures, on the unit's own page; ``more_kpis`` are those there is no room for.
        supports: What its objectives support, and which of them.
        supported_by: Whose objectives support its own.
        confidence: The way of the first section's confidence, with that of its objectives.
        waiting: Overdue check-ins with their objectives.
        next: The next dates, soonest first.
        one_cycle: Whether this is the page of one cycle of the unit.
        handout: The unit's status to hand on; None where there is none, and on the page of one cycle.
        news: What changed in it within seven days; empty where nothing did, and on the page of one cycle.
    """

    unit: Unit
    parent: Link | None
    siblings: Some[Link]
    children: Some[UnitRow]
    levels_below: tuple[Link, ...]
    sections: tuple[Section, ...]
    cycles: Some[Link]
    by_cycle: tuple[UnitRow, ...]
    kpis: tuple[KpiView, ...]
    more_kpis: tuple[KpiView, ...]
    supports: tuple[Link, ...]
    supported_by: tuple[Link, ...]
    confidence: Chart | None
    waiting: Some[KeyResultView]
    next: tuple[DueDay, ...]
    one_cycle: bool
    handout: Handout | None
    news: str


def plans(material: Material) -> Iterator[PagePlan]:
    """The page of each unit, and of each unit in each of its cycles."""
    portal = material.gallery.portal
    for units in (portal.top_units, *portal.children.values()):
        for unit in units:
            yield plan(unit.id)
            for cycle in portal.objective_ids[unit.id]:
                yield PagePlan(f"{unit.id}/{cycle}/", _cycle_page, (unit.id, cycle))


def plan(id: str) -> PagePlan:
    """The page of a unit."""
    return PagePlan(addresses.goal(id), _page, (id,), id)


def _page(material: Material, id: str) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    unit, news = gallery.portal.units[id], material.chronicle.week_by_unit[id]
    told = in_a_sentence(gallery.words, news) if news.total else ""
    record = _unit_page(gallery, unit, gallery.shown_cycles(id), one_cycle=False, news=told)
    return Page(
        address=addresses.goal(id),
        template="okr/unit.html",
        title=unit.name,
        record=record,
        charts=[record.confidence] if record.confidence else [],
        crumbs=_above(gallery, id),
        description=unit.mission or _("Goals and KPIs of %(unit)s", unit=unit.name),
        source=unit.source.path,
        feeds=addresses.unit_feeds(id),
    )


def _cycle_page(material: Material, id: str, cycle_id: str) -> Page:
    gallery, _ = material.gallery, material.gallery.words.language.gettext
    unit, cycle = gallery.portal.units[id], gallery.portal.cycles[cycle_id]
    record = _unit_page(gallery, unit, (cycle,), one_cycle=True)
    return Page(
        address=f"{id}/{cycle_id}/",
        template="okr/unit.html",
        title=f"{unit.name}, {cycle.name}",
        record=record,
        charts=[record.confidence] if record.confidence else [],
        crumbs=[*_above(gallery, id), Link(unit.name, addresses.goal(id))],
        description=_("Goals of %(unit)s in %(cycle)s", unit=unit.name, cycle=cycle.name),
        source=unit.source.path,
        feeds=addresses.unit_feeds(id),
    )


def _above(gallery: Gallery, id: str) -> list[Link]:
    """The way down to a unit."""
    return [Link(each.name, addresses.goal(each.id)) for each in gallery.portal.ancestors(id)]


def _siblings(gallery: Gallery, unit: Unit) -> Some[Link]:
    """The units beside one."""
    portal = gallery.portal
    units = portal.children[unit.parent] if unit.parent else portal.top_units
    return beside(units, portal.place_beside[unit.id]).each(lambda each: gallery.unit_link(each.id))


def _unit_page(gallery: Gallery, unit: Unit, cycles: tuple[Cycle, ...], *, one_cycle: bool, news: str = "") -> UnitPage:
    shown = [view for cycle in cycles for view in gallery.objectives_in(cycle.id, [unit.id])]
    children = () if one_cycle else gallery.portal.children[unit.id]
    kpis = () if one_cycle else tuple(gallery.kpis[kpi.id] for kpi in gallery.portal.kpis_by_unit[unit.id])
    current = cycles[-1].id if cycles else gallery.figures.cycle
    newest_first = [*gallery.portal.objective_ids[unit.id]][::-1]  # ids, since most cycles are not shown
    near = around(newest_first, newest_first.index(cycles[0].id)) if one_cycle else first(newest_first, MOST_CYCLES)
    levels = {child.level for child in children}
    coming = next_dates(gallery.as_of, shown)
    counts = (len(children[:MOST_BELOW]), len(kpis[:MOST_KPIS]), 0 if one_cycle else len(near))
    beside = sum(count * size for count, size in zip(counts, _BYTES, strict=True))
    return UnitPage(
        unit=unit,
        parent=gallery.unit_link(unit.parent) if unit.parent else None,
        siblings=_siblings(gallery, unit),
        children=first(children, MOST_BELOW).each(lambda child: gallery.unit_row(child.id, current)),
        levels_below=tuple(Link(id, addresses.level(id)) for id in gallery.portal.levels if id in levels),
        sections=sections(gallery, unit, cycles, beside),
        cycles=near.each(lambda cycle: Link(gallery.portal.cycles[cycle].name, f"{unit.id}/{cycle}/")),
        by_cycle=() if one_cycle else tuple(gallery.unit_row(unit.id, id) for id in near),
        kpis=kpis[:MOST_KPIS],
        more_kpis=kpis[MOST_KPIS:],
        supports=_distinct(link for view in shown for link in view.supports),
        supported_by=_distinct(link for view in shown for link in view.supported_by),
        confidence=unit_confidence(gallery, unit, cycles[0]) if cycles else None,
        waiting=first([kr for view in shown for kr in view.key_results if kr.waits], MOST_WAITING),
        next=coming,
        one_cycle=one_cycle,
        handout=None if one_cycle else unit_handout(gallery, unit, coming),
        news=news,
    )


def _distinct(links: Iterator[Link]) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(links))
