"""Home: how are we doing, and what needs me?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from okrsite.charts import Chart, Line, portal_progress
from okrsite.model import Cycle, Unit
from okrsite.scoring import CycleFigures, Status
from okrsite.site.page import Material, Page
from okrsite.site.pages.rollout import RolloutView
from okrsite.site.views import (
    Gallery,
    KeyResultView,
    Link,
    ObjectiveView,
    Reading,
    Some,
    Tally,
    TrendTable,
    UnitView,
    first,
    trend_table,
)

RECENT_DAYS = 7
_FORTNIGHT = timedelta(days=14)
_SHOWN_CYCLES = 4
_MOST_LINES = 8
_MOST_HEAT = 40


@dataclass(frozen=True, slots=True)
class Arrived:
    """A check-in that came in."""

    reading: Reading
    key_result: KeyResultView
    objective: ObjectiveView


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A unit's status in the last cycles; None where it has no figures."""

    unit: Unit
    address: str
    cells: tuple[tuple[Cycle, CycleFigures | None], ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The home page.

    Attributes:
        sentence: The state of the portal in a sentence; empty before there are goals.
        confidence_before: What the confidence was a fortnight ago.
        trend: The portal's progress over the cycle.
        trend_table: The same in numbers.
        top: The units at the top with their objectives of the cycle.
        attention: What is off track, without data, or waiting for a check-in.
        arrived: What came in lately, newest first.
        others: The other cycles, newest first.
        heat: The units of the second level (or the only one) by cycle.
    """

    cycle: Cycle | None
    figures: CycleFigures | None
    sentence: str
    key_results: Tally
    confidence: Fraction | None
    confidence_before: float | None
    trend: Chart | None
    trend_table: TrendTable | None
    top: tuple[UnitView, ...]
    off_track: tuple[ObjectiveView, ...]
    at_risk: tuple[ObjectiveView, ...]
    no_data: tuple[KeyResultView, ...]
    waiting: tuple[tuple[KeyResultView, ObjectiveView], ...]
    arrived: tuple[Arrived, ...]
    rollout: RolloutView | None
    others: tuple[Link, ...]
    heat_level: str
    heat_cycles: tuple[Cycle, ...]
    heat: Some[HeatRow]


def pages(material: Material) -> Iterator[Page]:
    """The home page."""
    record = home(material)
    charts = [chart for chart in (record.trend, record.rollout and record.rollout.chart) if chart]
    yield Page("", "okr/home.html", "", record, description=record.sentence, charts=charts)


def home(material: Material) -> Home:
    """What the home page shows."""
    gallery = material.gallery
    cycle = gallery.cycle
    figures = gallery.figures.portal.get(cycle.id) if cycle else None
    tops = gallery.portal.top_units
    running = [view for view in gallery.objectives.values() if _is_running(gallery, view)]
    name = tops[0].name if len(tops) == 1 else material.settings.site_name
    level, heat_units = _heat_units(gallery)
    cycles = tuple(gallery.portal.cycles.values())
    used = [c for c in cycles if any(c.id in by for by in gallery.figures.units.values())][-_SHOWN_CYCLES:]
    lines = _lines(gallery, cycle, name) if figures and cycle else []
    plans = gallery.figures.plans
    return Home(
        cycle=cycle,
        figures=figures,
        sentence=gallery.words.state(name, figures, cycle, gallery.as_of) if figures and cycle else "",
        key_results=Tally.of(_statuses(gallery, cycle)),
        confidence=figures.confidence if figures else None,
        confidence_before=_confidence_before(gallery, cycle),
        trend=portal_progress(f"Progress in {cycle.name}", cycle.start, cycle.end, lines[0], lines[1:])
        if cycle and lines
        else None,
        trend_table=trend_table(lines) if lines else None,
        top=tuple(gallery.unit(unit.id, cycle.id if cycle else None) for unit in tops),
        off_track=_with_status(running, "off_track"),
        at_risk=_with_status(running, "at_risk"),
        no_data=tuple(kr for view in running for kr in view.key_results if kr.figures.status == "no_data"),
        waiting=tuple((kr, view) for view in running for kr in view.key_results if kr.waits),
        arrived=arrived(gallery, RECENT_DAYS),
        rollout=RolloutView.of(gallery, plans[0]) if plans else None,
        others=gallery.other_cycles,
        heat_level=level,
        heat_cycles=tuple(used),
        heat=first(heat_units, _MOST_HEAT).each(
            lambda unit: HeatRow(
                unit, f"{unit.id}/", tuple((c, gallery.figures.units[unit.id].get(c.id)) for c in used)
            )
        ),
    )


def arrived(gallery: Gallery, days: int) -> tuple[Arrived, ...]:
    """The check-ins of the last days up to the day, newest first."""
    since = gallery.as_of - timedelta(days=days)
    found = [
        Arrived(reading, kr, view)
        for view in gallery.objectives.values()
        for kr in view.key_results
        for reading in kr.readings
        if since < reading.date <= gallery.as_of and reading.origin == "check-in"
    ]
    return tuple(sorted(found, key=lambda item: (-item.reading.date.toordinal(), item.key_result.kr.id)))


def _statuses(gallery: Gallery, cycle: Cycle | None) -> list[Status]:
    """The status of every key result that counts somewhere in a cycle."""
    return [
        kr.figures.status
        for view in gallery.objectives.values()
        if cycle and view.cycle.id == cycle.id and view.objective.rolls_up
        for kr in view.key_results
    ]


def _is_running(gallery: Gallery, view: ObjectiveView) -> bool:
    """Whether pages remind of an objective: it is active, in a cycle that holds the day."""
    return view.objective.state == "active" and view.cycle.holds(gallery.as_of)


def _with_status(views: list[ObjectiveView], status: Status) -> tuple[ObjectiveView, ...]:
    found = [view for view in views if view.figures.status == status]
    return tuple(sorted(found, key=lambda view: (view.figures.progress - view.figures.expected, view.objective.id)))


def _heat_units(gallery: Gallery) -> tuple[str, tuple[Unit, ...]]:
    """The level below the top with its units; the top itself where there is nothing below."""
    levels = [(level, units) for level, units in gallery.portal.units_by_level.items() if units]
    return levels[1] if len(levels) > 1 else levels[0] if levels else ("", ())


def _lines(gallery: Gallery, cycle: Cycle, name: str) -> list[Line]:
    """The portal's progress, and that of the units below the top where they are few enough to tell apart."""
    units = [
        Line(unit.name, series)
        for top in gallery.portal.top_units
        for unit in gallery.portal.children[top.id]
        if (series := gallery.trends.unit_trend(unit.id, cycle.id))
    ]
    return [Line(name, gallery.trends.portal_trend(cycle.id)), *(units if len(units) <= _MOST_LINES else ())]


def _confidence_before(gallery: Gallery, cycle: Cycle | None) -> float | None:
    """The portal's confidence a fortnight ago: the plain mean over the top units' objectives that had one."""
    if cycle is None or gallery.as_of - _FORTNIGHT < cycle.start:
        return None
    then = gallery.as_of - _FORTNIGHT
    means = []
    for unit in gallery.portal.top_units:
        values = []
        for view in gallery.unit(unit.id, cycle.id).objectives:
            if view.objective.rolls_up:
                series = [value for day, value in gallery.trends.confidence_trend(view.objective.id) if day <= then]
                values += series[-1:]
        if values:
            means.append(sum(values) / len(values))
    return sum(means) / len(means) if means else None
