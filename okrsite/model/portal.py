"""A whole portal, and the ways through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from okrsite.model.cycle import Cycle
from okrsite.model.kpi import Kpi
from okrsite.model.objective import KeyResult, Objective
from okrsite.model.rollout import Rollout
from okrsite.model.unit import Unit

_Goal = TypeVar("_Goal", Objective, Kpi)


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
    """

    levels: tuple[str, ...]
    cycles: Mapping[str, Cycle]
    units: Mapping[str, Unit]
    objectives: Mapping[str, Objective]
    kpis: Mapping[str, Kpi]
    rollouts: tuple[Rollout, ...]

    @cached_property
    def key_results(self) -> Mapping[str, KeyResult]:
        """Every key result by id."""
        return {kr.id: kr for objective in self.objectives.values() for kr in objective.key_results}

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
    def objectives_by_unit(self) -> Mapping[str, Mapping[str, tuple[Objective, ...]]]:
        """Unit id -> cycle id -> its objectives; empty for a unit without any.

        Cycles are in their own order, objectives in the order in which the content has them: a statement of rank.
        """
        found: dict[str, dict[str, list[Objective]]] = {id: {} for id in self.units}
        for objective in self.objectives.values():
            found[objective.unit_id].setdefault(objective.cycle_id, []).append(objective)
        order = {id: place for place, id in enumerate(self.cycles)}
        return {
            unit: {cycle: tuple(_as_written(cycles[cycle])) for cycle in sorted(cycles, key=order.__getitem__)}
            for unit, cycles in found.items()
        }

    @cached_property
    def kpis_by_unit(self) -> Mapping[str, tuple[Kpi, ...]]:
        """Unit id -> its KPIs in the order of the content; an empty tuple for a unit without any."""
        found: dict[str, list[Kpi]] = {id: [] for id in self.units}
        for kpi in self.kpis.values():
            found[kpi.unit_id].append(kpi)
        return {id: tuple(_as_written(kpis)) for id, kpis in found.items()}

    @cached_property
    def supporters(self) -> Mapping[str, tuple[Objective, ...]]:
        """Id of an objective or key result -> the objectives, of any state, that say they support it; no others."""
        found: defaultdict[str, list[Objective]] = defaultdict(list)
        for objective in self.objectives.values():
            for id in objective.supports:
                found[id].append(objective)
        return {id: tuple(objectives) for id, objectives in found.items()}

    @cached_property
    def continued_by(self) -> Mapping[str, tuple[Objective, ...]]:
        """Id of an objective -> those of later cycles that carry it on, by the start of their cycles; no others."""
        found: defaultdict[str, list[Objective]] = defaultdict(list)
        for objective in self.objectives.values():
            if objective.continues is not None:
                found[objective.continues].append(objective)
        order = {id: place for place, id in enumerate(self.cycles)}
        return {id: tuple(sorted(later, key=lambda each: order[each.cycle_id])) for id, later in found.items()}

    @cached_property
    def key_results_by_kpi(self) -> Mapping[str, tuple[KeyResult, ...]]:
        """Id of a KPI -> the key results that take their value from it; no others."""
        found: defaultdict[str, list[KeyResult]] = defaultdict(list)
        for kr in self.key_results.values():
            if kr.kpi is not None:
                found[kr.kpi].append(kr)
        return {id: tuple(krs) for id, krs in found.items()}

    @cached_property
    def place_beside(self) -> Mapping[str, int]:
        """Id of a unit, objective or KPI -> its place, from 0, among those beside it.

        These are the units of the same parent, the objectives of its unit and cycle, the KPIs of its unit.
        """
        beside: list[Sequence[Unit | Objective | Kpi]] = [
            self.top_units,
            *self.children.values(),
            *self.kpis_by_unit.values(),
            *(objectives for cycles in self.objectives_by_unit.values() for objectives in cycles.values()),
        ]
        return {goal.id: place for goals in beside for place, goal in enumerate(goals)}

    def ancestors(self, unit_id: str) -> tuple[Unit, ...]:
        """The units above a unit, the top first, without the unit itself."""
        above = []
        parent = self.units[unit_id].parent
        while parent is not None:
            above.append(self.units[parent])
            parent = above[-1].parent
        return tuple(reversed(above))


def _as_written(goals: list[_Goal]) -> list[_Goal]:
    """Goals of one unit in the order of the content."""
    return sorted(goals, key=lambda goal: goal.source)
