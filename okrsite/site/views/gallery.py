"""Makes the views of a portal, each once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

from okrsite.history import NO_HISTORY, History
from okrsite.model import CheckIn, Cycle, KeyResult, Measurement, Objective, Portal
from okrsite.reads import Once, OnDemand, fact_of, once_property
from okrsite.rules import Judge, judge, smart_marks
from okrsite.scoring import Figures, GoalsOnDay, Trends, known_by
from okrsite.settings import RuleSetting, StatusLimits
from okrsite.site import addresses
from okrsite.site.contributions import keeps_rollups
from okrsite.site.parts import MADE_NOW, Parts
from okrsite.site.views.contrast import confidence_and_pace
from okrsite.site.views.goals import (
    KeyResultView,
    KpiView,
    Link,
    ObjectiveRow,
    ObjectiveView,
    Reading,
    UnitRow,
    UnitView,
)
from okrsite.site.views.kept_rollups import given_on, given_steps
from okrsite.site.views.kept_rows import objective_row, unit_row
from okrsite.site.views.kept_steps import kept_steps
from okrsite.site.views.owned import Owned, owned_by
from okrsite.site.views.sparks import kpi_spark, progress_spark
from okrsite.site.words import ENGLISH_WORDS, Words

_OTHER_CYCLES = 8

Thing = TypeVar("Thing")


class Gallery:
    """Everything a page may show of a portal on one day, made when it is asked for.

    Attributes:
        readings: What came in for every key result, by its id; newest first.
        objectives: Every objective by id.
        kpis: Every KPI by id.
        parts: As given.
        judge: Applies the rules to the goals.
        computed: Figures of which none is kept, to make those of that are.

    Args:
        portal: As read.
        figures: Of the portal on the day.
        words: Says them.
        limits: Those that the figures were computed with, to explain them.
        history: How the goals moved.
        parts: Has or makes what is kept between builds.
        computed: Figures of which none is kept; by default those given.
        rules: What the portal says of rules, by code.
    """

    def __init__(
        self,
        portal: Portal,
        figures: Figures,
        words: Words = ENGLISH_WORDS,
        limits: StatusLimits = StatusLimits(),  # noqa: B008 - frozen
        history: History = NO_HISTORY,
        parts: Parts = MADE_NOW,
        computed: Figures | None = None,
        rules: Mapping[str, RuleSetting] = MappingProxyType({}),
    ) -> None:
        self.portal = portal
        self.figures = figures
        self.computed = computed or figures
        self.limits = limits
        self.history = history
        self.parts = parts
        self.judge: Judge = judge(portal, figures, rules, history)
        self.words = words
        self.as_of = figures.as_of
        self._keeps_rollups = keeps_rollups(portal, parts)
        given = given_steps(self.part) if self._keeps_rollups else None
        self.trends = Trends(portal, figures.as_of, kept_steps(self.part), given)
        self._unit_rows = Once(self._unit_row)
        self._units = Once(self._unit)
        self._unit_links = Once(self._unit_link)
        self._kept: Once[tuple[Callable[..., Any], tuple[str, ...]], Any] = Once(self._keep)
        self._goals_on: dict[date, Figures | GoalsOnDay] = {figures.as_of: figures}
        self.readings: Mapping[str, Sequence[Reading]] = OnDemand(portal.key_results, self._readings)
        self.objectives: Mapping[str, ObjectiveView] = OnDemand(portal.objectives, self._objective)
        self.kpis: Mapping[str, KpiView] = OnDemand(portal.kpis, self._kpi)

    def key_result(self, id: str) -> tuple[KeyResultView, ObjectiveView]:
        """A key result by id, and its objective."""
        view = self.objectives[self.portal.key_results[id].objective_id]
        return next(kr for kr in view.key_results if kr.kr.id == id), view

    @fact_of("gallery")
    def owned(self) -> Mapping[str, Owned]:
        """What everyone owns, by the address of the owner's page."""
        return owned_by(self.portal)

    @fact_of("gallery")
    def owner_names(self) -> Mapping[str, str]:
        """The names of all who own something by the last part of their page's address, sorted by it."""
        return dict(sorted((addresses.slug(each.name), each.name) for each in self.owned.values()))

    @fact_of("gallery")
    def units_in(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the units with goals in each cycle."""
        found: dict[str, list[str]] = {}
        for id, cycles in self.portal.objective_ids.items():
            for cycle_id in cycles:
                found.setdefault(cycle_id, []).append(id)
        return {cycle_id: tuple(ids) for cycle_id, ids in found.items()}

    def goals_on(self, day: date) -> Figures | GoalsOnDay:
        """The figures of goals as they were known on a day."""
        if day not in self._goals_on:
            given = given_on(self.part, day) if self._keeps_rollups else None
            self._goals_on[day] = GoalsOnDay(self.portal, day, self.limits, given)
        return self._goals_on[day]

    def running_in(self, unit_id: str) -> Sequence[Objective]:
        """The objectives of a unit that pages remind of: those that are active, in a cycle that holds the day."""
        by_cycle, cycles = self.portal.objectives_by_unit[unit_id], self.portal.cycles
        held = [by_cycle[id] for id in by_cycle if cycles[id].holds(self.as_of)]
        return [each for objectives in held for each in objectives if each.state == "active"]

    def unit_row(self, id: str, cycle_id: str | None) -> UnitRow:
        """A unit in a cycle without its goals, of which none is looked at; as `unit`."""
        return self._unit_rows[id, cycle_id]

    def objective_row(self, id: str) -> ObjectiveRow:
        """An objective without its key results, of which none is looked at."""
        return self.kept(objective_row, id)

    def unit(self, id: str, cycle_id: str | None) -> UnitView:
        """A unit in a cycle; without one, or without goals in it, the view has KPIs alone."""
        return self._units[id, cycle_id]

    @property
    def cycle(self) -> Cycle | None:
        """The portal's current cycle."""
        return self.portal.cycles[self.figures.cycle] if self.figures.cycle else None

    @once_property
    def other_cycles(self) -> tuple[Link, ...]:
        """The way to the cycles that are not the current one, newest first, as many as fit on a line."""
        newest_first = [id for id in [*self.portal.cycles][::-1] if id != self.figures.cycle]
        return tuple(map(self.cycle_link, newest_first[:_OTHER_CYCLES]))

    def cycle_link(self, id: str) -> Link:
        """The link to a cycle."""
        return Link(self.portal.cycles[id].name, addresses.cycle(id))

    def cycles_of(self, unit_id: str) -> tuple[Cycle, ...]:
        """The cycles in which a unit has objectives, oldest first."""
        return tuple(self.portal.cycles[id] for id in self.portal.objectives_by_unit[unit_id])

    def shown_cycles(self, unit_id: str) -> tuple[Cycle, ...]:
        """What a unit's page shows in full: every cycle that holds the day, else its current one."""
        own = self.cycles_of(unit_id)
        running = [cycle for cycle in own if cycle.holds(self.as_of)]
        current = self.figures.unit_cycle.get(unit_id)
        return tuple(running) or tuple(cycle for cycle in own if cycle.id == current)

    def objectives_in(self, cycle_id: str, unit_ids: Iterable[str]) -> tuple[ObjectiveView, ...]:
        """The objectives of some units in a cycle."""
        by_unit = self.portal.objectives_by_unit
        return tuple(self.objectives[o.id] for id in unit_ids for o in by_unit[id].get(cycle_id, ()))

    def link_of(self, id: str) -> Link:
        """The link to an objective or key result."""
        is_objective = id in self.portal.key_result_ids
        address = addresses.goal(id) if is_objective else addresses.key_result(id)
        unit = id.rsplit("/", 2 if is_objective else 3)[0]
        return Link(self.portal.titles[id], address, self.portal.units[unit].name)

    def supporters_of(self, id: str) -> Collection[str]:
        """The ids of the objectives that support an objective or one of its key results."""
        supporters = self.portal.supporter_ids
        above = (id, *self.portal.key_result_ids[id])
        return dict.fromkeys(each for id in above for each in supporters.get(id, ()))

    def unit_link(self, id: str) -> Link:
        """The link to a unit."""
        return self._unit_links[id]

    def kept(self, make: Callable[..., Thing], *ids: str) -> Thing:
        """What a function makes of the gallery and some ids: made once, since several pages show it."""
        found: Thing = self._kept[make, ids]
        return found

    def part(self, make: Callable[..., Thing], *ids: str) -> Thing:
        """What a function of a module makes of the gallery and some ids; kept between builds while it is the same.

        It is made of tuples, texts, numbers and None. Whoever asks depends on it, and not on what lies behind it.
        """
        return self.parts.of(make, self, *ids)

    def _keep(self, key: tuple[Callable[..., Any], tuple[str, ...]]) -> Any:
        make, ids = key
        return make(self, *ids)

    def _unit_link(self, id: str) -> Link:
        unit = self.portal.units[id]
        return Link(unit.name, addresses.goal(id), self.words.word(unit.level))

    def _objective(self, id: str) -> ObjectiveView:
        objective = self.portal.objectives[id]
        cycle = self.portal.cycles[objective.cycle_id]
        waiting = objective.state == "active" and cycle.holds(self.as_of)
        key_results = tuple(self._key_result(kr, cycle, waiting) for kr in objective.key_results)
        return ObjectiveView(
            objective=objective,
            figures=self.figures.objectives[objective.id],
            address=addresses.goal(objective.id),
            unit=self.portal.units[objective.unit_id],
            unit_link=self.unit_link(objective.unit_id),
            cycle=cycle,
            key_results=key_results,
            supports=tuple(self.link_of(id) for id in objective.supports),
            supported_by=tuple(map(self.link_of, self.supporters_of(objective.id))),
            continues=self._in_cycle(objective.continues) if objective.continues else None,
            continued_by=tuple(map(self._in_cycle, self.portal.continuing_ids.get(objective.id, ()))),
            spark=progress_spark(self.trends.objective_trend(objective.id), cycle.start, cycle.end),
            contrast=confidence_and_pace(self.words, self.figures.objectives[objective.id]) if waiting else "",
            waits=any(view.waits for view in key_results),
        )

    def _in_cycle(self, id: str) -> Link:
        """The link to an objective by the name of its cycle."""
        return Link(self.portal.cycles[id.rsplit("/", 2)[1]].name, addresses.goal(id))

    def _key_result(self, kr: KeyResult, cycle: Cycle, waiting: bool) -> KeyResultView:
        figures = self.figures.key_results[kr.id]
        readings = self.readings[kr.id]
        done = figures.progress == 1 or kr.kind == "rollup" or self.as_of > kr.due or not waiting
        last = figures.last_check_in
        since = max(last, kr.start) if last else kr.start
        asks = self.words.kind_in_words(kr)
        return KeyResultView(
            kr=kr,
            figures=figures,
            address=addresses.key_result(kr.id),
            anchor=addresses.anchor(kr.id),
            asks=asks,
            adds=self.words.adds_to_title(kr, asks),
            kpi=self._kpi_link(kr.kpi),
            supported_by=tuple(map(self.link_of, self.portal.supporter_ids.get(kr.id, ()))),
            done=sum(step.done is not None and step.done <= self.as_of for step in kr.milestones),
            readings=readings,
            said=next((reading for reading in readings if reading.note and reading.origin == "check-in"), None),
            spark=progress_spark(self.trends.key_result_trend(kr.id), cycle.start, cycle.end),
            check_in_due=None if done else min(since + timedelta(days=cycle.check_in_every), kr.due),
            waits=waiting and figures.stale,
            contrast=confidence_and_pace(self.words, figures) if waiting else "",
        )

    def _kpi_link(self, id: str | None) -> Link | None:
        return Link(self.portal.titles[id], addresses.goal(id)) if id else None

    def _readings(self, id: str) -> Sequence[Reading]:
        """Everything that came in for a key result, newest first."""
        kr = self.portal.key_results[id]
        found: list[Reading] = []
        before: Decimal | bool | None = None
        for each in self.came(kr, self.portal.cycles[id.rsplit("/", 3)[1]]):
            value, change = each.value, None
            if value is not None:
                if isinstance(value, Decimal) and isinstance(before, Decimal):
                    change = value - before
                before = value
            if isinstance(each, CheckIn):
                came = Reading(each.date, value, change, each.confidence, each.note, each.by, "check-in", each.source)
            else:
                came = Reading(each.date, value, change, None, each.note, "", "KPI", each.source)
            found.append(came)
        return tuple(found[::-1])

    def came(self, kr: KeyResult, cycle: Cycle) -> Sequence[CheckIn | Measurement]:
        """The check-ins on a key result up to the day, with the measurements of its KPI within the cycle; by date."""
        check_ins = known_by(kr.check_ins, self.as_of)
        if not kr.kpi:
            return check_ins
        measured = known_by(self.portal.kpis[kr.kpi].measurements, min(self.as_of, cycle.end))
        came: list[CheckIn | Measurement] = [each for each in measured if each.date >= cycle.start]
        came += check_ins
        return sorted(came, key=lambda each: each.date)  # of one day, the KPI's stands first

    def _kpi(self, id: str) -> KpiView:
        kpi = self.portal.kpis[id]
        spark, band = kpi_spark(kpi, self.trends.kpi_trend(kpi.id))
        return KpiView(
            kpi=kpi,
            figures=self.figures.kpis[kpi.id],
            address=addresses.goal(kpi.id),
            unit=self.portal.units[kpi.unit_id],
            unit_link=self.unit_link(kpi.unit_id),
            aims=self.words.target_in_words(kpi),
            uses=tuple(map(self.link_of, self.portal.measured_ids.get(kpi.id, ()))),
            marks=smart_marks(self.portal, kpi),
            spark=spark,
            band=band,
        )

    def _unit_row(self, key: tuple[str, str | None]) -> UnitRow:
        return unit_row(self, *key)

    def _unit(self, key: tuple[str, str | None]) -> UnitView:
        id, cycle_id = key
        row = self.unit_row(id, cycle_id)
        objectives = self.objectives_in(cycle_id, [id]) if cycle_id else ()
        return UnitView(**{field.name: getattr(row, field.name) for field in fields(row)}, objectives=objectives)
