"""What rules look at: a unit with its goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from okrsite.history import History
from okrsite.model import Cycle, Kpi, Objective, Portal, Unit
from okrsite.scoring.figures import Figures


@dataclass(frozen=True)
class Case:
    """A unit as rules look at it, and where to find what its goals name.

    A unit is judged again when something changed that was read for it: so nothing here goes over other units.

    Attributes:
        unit: The unit.
        portal: To find what a goal of the unit names, by id.
        figures: Likewise.
        history: Likewise.
    """

    unit: Unit
    portal: Portal
    figures: Figures
    history: History

    @cached_property
    def cycles(self) -> Mapping[str, Cycle]:
        """The cycles in which the unit has objectives, by id, in their own order."""
        return {id: self.portal.cycles[id] for id in self.portal.objectives_by_unit[self.unit.id]}

    @cached_property
    def by_cycle(self) -> Mapping[str, tuple[Objective, ...]]:
        """Cycle id -> the unit's objectives in it."""
        of_unit = self.portal.objectives_by_unit[self.unit.id]
        return {id: of_unit[id] for id in self.cycles}

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """All of the unit's, of any state."""
        return tuple(objective for objectives in self.by_cycle.values() for objective in objectives)

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """All of the unit's."""
        return self.portal.kpis_by_unit[self.unit.id]

    @cached_property
    def drafts_too(self) -> tuple[Objective, ...]:
        """The objectives whose wording is worth a word: all but postponed and cancelled ones."""
        return tuple(each for each in self.objectives if each.rolls_up or each.state == "draft")

    @cached_property
    def that_roll_up(self) -> tuple[Objective, ...]:
        """The objectives that the unit stands by: active and closed ones."""
        return tuple(each for each in self.objectives if each.rolls_up)

    @cached_property
    def standing(self) -> tuple[tuple[Cycle, tuple[Objective, ...]], ...]:
        """Each cycle with the objectives that roll up in it; only where there are some."""
        found: dict[str, list[Objective]] = {}
        for objective in self.that_roll_up:
            found.setdefault(objective.cycle_id, []).append(objective)
        return tuple((self.cycles[id], tuple(objectives)) for id, objectives in found.items())
