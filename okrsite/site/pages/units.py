"""A unit: our wall. And the unit in each of its cycles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from okrsite.charts import Bar, Chart, overview
from okrsite.model import Cycle, Unit
from okrsite.site import addresses
from okrsite.site.page import Material, Page
from okrsite.site.views import (
    Gallery,
    KeyResultView,
    KpiView,
    Link,
    ObjectiveView,
    Some,
    UnitView,
    around,
    beside,
    first,
)

MOST_BELOW = 20
"""How many units below it a unit's page shows: with more it would outgrow 60 KB, and their level has them all."""

MOST_CYCLES = 40
"""How many cycles a unit's page looks back on."""

_MOST_DATES = 8


@dataclass(frozen=True, slots=True)
class Section:
    """A unit's goals in one cycle.

    Attributes:
        sentence: Its state in a sentence.
        others: Objectives that roll up nowhere: drafts, postponed and cancelled ones.
        chart: The progress of its objectives.
    """

    view: UnitView
    cycle: Cycle
    sentence: str
    objectives: tuple[ObjectiveView, ...]
    others: tuple[ObjectiveView, ...]
    chart: Chart | None
    closed: tuple[ObjectiveView, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit's page.

    Attributes:
        sections: The cycles it shows in full.
        siblings: Units beside it.
        children: Units below it; ``levels_below`` are the pages that have all of them.
        cycles: Cycles it has goals in, newest first, with its figures; on the page of one cycle, those around it.
        supports: What its objectives support, and which of them.
        supported_by: Whose objectives support its own.
        next: The next dates, soonest first: the day, ``check-in`` or ``due``, and what.
        one_cycle: Whether this is the page of one cycle of the unit.
    """

    unit: Unit
    parent: Link | None
    siblings: Some[Link]
    children: Some[UnitView]
    levels_below: tuple[Link, ...]
    sections: tuple[Section, ...]
    cycles: Some[UnitView]
    kpis: tuple[KpiView, ...]
    supports: tuple[Link, ...]
    supported_by: tuple[Link, ...]
    waiting: tuple[tuple[KeyResultView, ObjectiveView], ...]
    next: tuple[tuple[date, str, tuple[Link, ...]], ...]
    one_cycle: bool

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts of all its sections."""
        return tuple(section.chart for section in self.sections if section.chart)


def pages(material: Material) -> Iterator[Page]:
    """The page of each unit, and of each unit in each of its cycles."""
    gallery = material.gallery
    for unit, siblings in _with_siblings(gallery):
        above = [Link(each.name, addresses.goal(each.id)) for each in gallery.portal.ancestors(unit.id)]
        record = _unit_page(gallery, unit, siblings, gallery.shown_cycles(unit.id), one_cycle=False)
        yield Page(
            address=addresses.goal(unit.id),
            template="okr/unit.html",
            title=unit.name,
            record=record,
            charts=record.charts,
            crumbs=above,
            description=unit.mission or f"Goals and KPIs of {unit.name}",
            source=unit.source.path,
        )
        for cycle in gallery.cycles_of(unit.id):
            record = _unit_page(gallery, unit, siblings, (cycle,), one_cycle=True)
            yield Page(
                address=f"{unit.id}/{cycle.id}/",
                template="okr/unit.html",
                title=f"{unit.name}, {cycle.name}",
                record=record,
                charts=record.charts,
                crumbs=[*above, Link(unit.name, addresses.goal(unit.id))],
                description=f"Goals of {unit.name} in {cycle.name}",
                source=unit.source.path,
            )


def _with_siblings(gallery: Gallery) -> Iterator[tuple[Unit, Some[Link]]]:
    """Each unit with those beside it."""
    portal = gallery.portal
    for units in (portal.top_units, *portal.children.values()):
        for place, unit in enumerate(units):
            yield unit, beside(units, place).each(lambda each: gallery.unit_link(each.id))


def _unit_page(
    gallery: Gallery, unit: Unit, siblings: Some[Link], cycles: tuple[Cycle, ...], *, one_cycle: bool
) -> UnitPage:
    sections = tuple(_section(gallery, unit, cycle) for cycle in cycles)
    shown = [view for section in sections for view in (*section.objectives, *section.others)]
    children = gallery.portal.children[unit.id]
    current = cycles[-1].id if cycles else gallery.figures.cycle
    newest_first = gallery.cycles_of(unit.id)[::-1]
    near = around(newest_first, newest_first.index(cycles[0])) if one_cycle else first(newest_first, MOST_CYCLES)
    levels = {child.level for child in children}
    return UnitPage(
        unit=unit,
        parent=gallery.unit_link(unit.parent) if unit.parent else None,
        siblings=siblings,
        children=first(children, MOST_BELOW).each(lambda child: gallery.unit(child.id, current)),
        levels_below=tuple(Link(id, addresses.level(id)) for id in gallery.portal.levels if id in levels),
        sections=sections,
        cycles=near.each(lambda cycle: gallery.unit(unit.id, cycle.id)),
        kpis=tuple(gallery.kpis[kpi.id] for kpi in gallery.portal.kpis_by_unit[unit.id]),
        supports=_distinct(link for view in shown for link in view.supports),
        supported_by=_distinct(link for view in shown for link in view.supported_by),
        waiting=tuple((kr, view) for view in shown for kr in view.key_results if kr.waits),
        next=_next(gallery.as_of, shown),
        one_cycle=one_cycle,
    )


def _section(gallery: Gallery, unit: Unit, cycle: Cycle) -> Section:
    view = gallery.unit(unit.id, cycle.id)
    objectives = tuple(each for each in view.objectives if each.objective.rolls_up)
    rows = [Bar(each.objective.title, float(each.figures.progress), each.figures.status) for each in objectives]
    return Section(
        view=view,
        cycle=cycle,
        sentence=gallery.words.state(unit.name, view.figures, cycle, gallery.as_of) if view.figures else "",
        objectives=objectives,
        others=tuple(each for each in view.objectives if not each.objective.rolls_up),
        chart=overview(f"Objectives of {unit.name}, {cycle.name}", rows) if len(rows) > 1 else None,
        closed=tuple(each for each in objectives if each.objective.closing_note),
    )


def _distinct(links: Iterator[Link]) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(links))


def _next(as_of: date, views: list[ObjectiveView]) -> tuple[tuple[date, str, tuple[Link, ...]], ...]:
    """The next check-ins and due days of key results that are under way, soonest first."""
    found: dict[tuple[date, str], list[Link]] = {}
    for view in views:
        if view.objective.state != "active":
            continue
        for kr in view.key_results:
            link = Link(kr.kr.title, kr.address)
            if kr.check_in_due and kr.check_in_due >= as_of:
                found.setdefault((kr.check_in_due, "check-in"), []).append(link)
            if kr.kr.due >= as_of and kr.figures.progress < 1 and kr.kr.start <= as_of:
                found.setdefault((kr.kr.due, "due"), []).append(link)
    return tuple((day, what, tuple(found[day, what])) for day, what in sorted(found))[:_MOST_DATES]
