"""A whole portal, and the ways through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from okrsite.model.cycle import Cycle
from okrsite.model.kpi import Kpi
from okrsite.model.objective import KeyResult, Objective
from okrsite.model.outline import KeyResults, Outline
from okrsite.model.rollout import Rollout
from okrsite.model.unit import Unit
from okrsite.reads import OnDemand, composed

_Goal = TypeVar("_Goal")


@dataclass(frozen=True)
class Portal:
    """All goals of an organisation. Every mapping is by full id, in the order of the ids.

    Attributes:
        levels: Top first.
        cycles: By start, then id.
        units: A parent stands before its children.
        objectives: Of all units and cycles.
        kpis: Of all units.
        rollouts: By id.
        outlines: The outline of each unit, by its id, where it is known already.
    """

    levels: tuple[str, ...]
    cycles: Mapping[str, Cycle]
    units: Mapping[str, Unit]
    objectives: Mapping[str, Objective]
    kpis: Mapping[str, Kpi]
    rollouts: tuple[Rollout, ...]
    outlines: Mapping[str, Outline] | None = field(default=None, compare=False, repr=False)

    @cached_property
    def _outlines(self) -> Mapping[str, Outline]:
        """As given; else that of each unit, taken from its goals."""
        if self.outlines is not None:
            return self.outlines
        objectives: dict[str, list[Objective]] = {id: [] for id in self.units}
        kpis: dict[str, list[Kpi]] = {id: [] for id in self.units}
        for objective in self.objectives.values():
            objectives[objective.unit_id].append(objective)
        for kpi in self.kpis.values():
            kpis[kpi.unit_id].append(kpi)
        return {id: Outline.of(objectives[id], kpis[id]) for id in self.units}

    @cached_property
    def key_result_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Objective id -> the ids of its key results, in the order of the objectives."""
        found = {id: ids for outline in self._outlines.values() for id, ids in outline.key_results.items()}
        return {id: found[id] for id in self.objectives}

    @composed
    def key_results(self) -> Mapping[str, KeyResult]:
        """Every key result by id."""
        return KeyResults(self.key_result_ids, self.objectives)

    @cached_property
    def children(self) -> Mapping[str, tuple[Unit, ...]]:
        """The units below each unit, by its id; a unit without children has an empty tuple."""
        found: dict[str, list[Unit]] = {id: [] for id in self.units}
        for unit in self.units.values():
            if unit.parent is not None:
                found[unit.parent].append(unit)
        return {id: tuple(units) for id, units in found.items()}

    @cached_property
    def top_units(self) -> tuple[Unit, ...]:
        """The units without a parent."""
        return tuple(unit for unit in self.units.values() if unit.parent is None)

    @cached_property
    def units_by_level(self) -> Mapping[str, tuple[Unit, ...]]:
        """The units of each level, for every level of the portal, top first."""
        found: dict[str, list[Unit]] = {level: [] for level in self.levels}
        for unit in self.units.values():
            found[unit.level].append(unit)
        return {level: tuple(units) for level, units in found.items()}

    @cached_property
    def objective_ids(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Unit id -> cycle id -> the ids of its objectives; empty for a unit without any.

        Cycles are in their own order, objectives in the order in which the content has them: a statement of rank.
        """
        place = {id: place for place, id in enumerate(self.cycles)}.__getitem__
        return {
            unit: {cycle: outline.objectives[cycle] for cycle in sorted(outline.objectives, key=place)}
            for unit, outline in self._outlines.items()
        }

    @composed
    def objectives_by_unit(self) -> Mapping[str, Mapping[str, tuple[Objective, ...]]]:
        """Unit id -> cycle id -> its objectives, ordered as `objective_ids`."""
        of_unit, objectives = self.objective_ids, self.objectives
        return OnDemand(of_unit, lambda unit: _groups(of_unit[unit], objectives))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of objectives and key results and the names of KPIs, by id."""
        return {id: title for outline in self._outlines.values() for id, title in outline.titles.items()}

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Who owns each objective, key result and KPI, by id; empty for a KPI without an owner."""
        return {id: name for outline in self._outlines.values() for id, name in outline.owners.items()}

    @cached_property
    def rolls_up(self) -> Mapping[str, bool]:
        """Whether each objective rolls up, by id."""
        rolling = {id for outline in self._outlines.values() for id in outline.rolling}
        return {id: id in rolling for id in self.objectives}

    @cached_property
    def linking(self) -> tuple[str, ...]:
        """The ids of the objectives whose texts may have links to goals in them."""
        return tuple(sorted(id for outline in self._outlines.values() for id in outline.linking))

    @cached_property
    def kpi_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Unit id -> the ids of its KPIs in the order of the content; an empty tuple for a unit without any."""
        return {unit: outline.kpis for unit, outline in self._outlines.items()}

    @composed
    def kpis_by_unit(self) -> Mapping[str, tuple[Kpi, ...]]:
        """Unit id -> its KPIs, ordered as `kpi_ids`."""
        return _groups(self.kpi_ids, self.kpis)

    @cached_property
    def supporter_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Id of an objective or key result -> the ids of its `supporters`."""
        supports = {id: ids for outline in self._outlines.values() for id, ids in outline.supports.items()}
        return _turned((id, each) for id in sorted(supports) for each in supports[id])

    @composed
    def supporters(self) -> Mapping[str, tuple[Objective, ...]]:
        """Id of an objective or key result -> the objectives, of any state, that say they support it; no others."""
        return _groups(self.supporter_ids, self.objectives)

    @cached_property
    def continuing_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Id of an objective -> the ids of those it is `continued_by`."""
        continues = {id: each for outline in self._outlines.values() for id, each in outline.continues.items()}
        place = {id: place for place, id in enumerate(self.cycles)}
        found = _turned((id, continues[id]) for id in sorted(continues))
        return {id: tuple(sorted(later, key=lambda each: place[each.rsplit("/", 2)[1]])) for id, later in found.items()}

    @composed
    def continued_by(self) -> Mapping[str, tuple[Objective, ...]]:
        """Id of an objective -> those of later cycles that carry it on, by the start of their cycles; no others."""
        return _groups(self.continuing_ids, self.objectives)

    @cached_property
    def measured_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Id of a KPI -> the ids of its `key_results_by_kpi`."""
        measured = {id: kpi for outline in self._outlines.values() for id, kpi in outline.measured_by.items()}
        return _turned((id, measured[id]) for ids in self.key_result_ids.values() for id in ids if id in measured)

    @composed
    def key_results_by_kpi(self) -> Mapping[str, tuple[KeyResult, ...]]:
        """Id of a KPI -> the key results that take their value from it; no others."""
        return _groups(self.measured_ids, self.key_results)

    @cached_property
    def place_beside(self) -> Mapping[str, int]:
        """Id of a unit, objective or KPI -> its place, from 0, among those beside it.

        These are the units of the same parent, the objectives of its unit and cycle, the KPIs of its unit.
        """
        beside = [
            *(tuple(unit.id for unit in units) for units in (self.top_units, *self.children.values())),
            *self.kpi_ids.values(),
            *(ids for cycles in self.objective_ids.values() for ids in cycles.values()),
        ]
        return {id: place for ids in beside for place, id in enumerate(ids)}

    def ancestors(self, unit_id: str) -> tuple[Unit, ...]:
        """The units above a unit, the top first, without the unit itself."""
        above = []
        parent = self.units[unit_id].parent
        while parent is not None:
            above.append(self.units[parent])
            parent = above[-1].parent
        return tuple(reversed(above))


def _groups(ids: Mapping[str, tuple[str, ...]], goals: Mapping[str, _Goal]) -> Mapping[str, tuple[_Goal, ...]]:
    """Goals in groups, taken from where they are when a group is asked for.

    Args:
        ids: The name of each group, and whose ids are in it.
        goals: The goals by id.
    """
    return OnDemand(ids, lambda name: tuple(map(goals.__getitem__, ids[name])))


def _turned(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """What has each value in some pairs of id and value, in their order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id, value in pairs:
        found[value].append(id)
    return {value: tuple(ids) for value, ids in found.items()}
