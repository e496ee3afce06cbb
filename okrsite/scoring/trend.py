"""How progress and confidence came to be what they are: step functions for charts.

The last value of each is the figure of [`score`][okrsite.scoring.score.score] on the same day, as a float.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from okrsite.model import KeyResult, Portal
from okrsite.reads import Once, OnDemand
from okrsite.scoring.kinds import KINDS
from okrsite.scoring.readings import known, known_by
from okrsite.scoring.rollup import feeding, supporting_ids
from okrsite.scoring.steps import (
    Steps,
    clamped,
    drawable,
    from_day,
    last_of_each_day,
    mean_of_begun,
    shares,
    weighted_mean_of,
)

Series = tuple[tuple[date, float], ...]
"""Days by date, each with the value from that day on until the next."""


class Trends:
    """All trends of a portal as they are known on a day.

    Progress begins on the first day of its window or cycle with what was known then (0 where nothing was), and has a
    point for every later day on which a reading came. It is empty before that first day. Check-ins after the
    end count, so that a trend may go on past it.

    Each is computed when it is asked for, once, with what feeds it: one trend costs what its goal costs, not what the
    portal does.

    Args:
        portal: The portal.
        as_of: The day.
        steps_of_unit: Gives the `unit_steps` of a unit in a cycle, where they may be known already.
        given: Gives the weight and the `objective_steps` of an objective by its id, where these may be known already.
    """

    def __init__(
        self,
        portal: Portal,
        as_of: date,
        steps_of_unit: Callable[[str, str], Steps | None] | None = None,
        given: Callable[[str], tuple[Decimal, Steps]] | None = None,
    ) -> None:
        self._portal = portal
        self._as_of = as_of
        self._known = given
        self._key_results = OnDemand(portal.key_results, self._key_result)
        self._objectives = OnDemand(portal.objectives, self._objective)
        self._confidences = OnDemand(portal.objectives, self._confidence_of)
        self._units = Once[tuple[str, str], Steps | None](lambda key: (steps_of_unit or self.unit_steps)(*key))
        self._unit_confidences = Once(self._confidence_of_unit)
        self._levels = Once(self._mean)

    def key_result_trend(self, id: str) -> Series:
        """The raw progress of a key result, e.g. 1.28, over its window."""
        return self._from(self._key_results[id], self._portal.key_results[id].start)

    def objective_trend(self, id: str) -> Series:
        """The progress of an objective, 0..1, over its cycle."""
        return self._from(self._objectives[id], self._start_of(self._portal.objectives[id].cycle_id))

    def unit_trend(self, id: str, cycle_id: str) -> Series:
        """The progress of a unit, 0..1, over a cycle; empty where it has no figures for it."""
        return self._from(self._units[id, cycle_id], self._start_of(cycle_id))

    def objective_steps(self, id: str) -> Steps:
        """The steps of an objective, from those of its key results."""
        return self._objectives[id]

    def level_trend(self, level: str, cycle_id: str) -> Series:
        """The progress of a level, 0..1, over a cycle; empty where none of its units has figures for it."""
        return self._from(self._levels[level, cycle_id], self._start_of(cycle_id))

    def portal_trend(self, cycle_id: str) -> Series:
        """The progress of the portal, 0..1, over a cycle; empty where no unit at the top has figures for it."""
        return self._from(self._levels[None, cycle_id], self._start_of(cycle_id))

    def confidence_trend(self, objective_id: str) -> Series:
        """The confidence of an objective, 0..10, over its cycle, from when the first of its key results has one."""
        objective = self._portal.objectives[objective_id]
        start = self._start_of(objective.cycle_id)
        if self._as_of < start:
            return ()
        return tuple(from_day(self._confidences[objective_id], start, None))

    def key_result_confidence(self, id: str) -> Series:
        """The confidence of a key result, 0..10, from when it has one."""
        return tuple(self._confidence(self._portal.key_results[id]))

    def unit_confidence(self, id: str, cycle_id: str) -> Series:
        """The confidence of a unit, 0..10, over a cycle, from when the first of its objectives has one."""
        start = self._start_of(cycle_id)
        if self._as_of < start:
            return ()
        return tuple(from_day(self._unit_confidences[id, cycle_id], start, None))

    def kpi_trend(self, id: str) -> Series:
        """The measurements of a KPI, in its unit of measure."""
        return tuple(
            (each.date, drawable(each.value)) for each in known_by(self._portal.kpis[id].measurements, self._as_of)
        )

    def _start_of(self, cycle_id: str) -> date:
        """The first day of a cycle."""
        return self._portal.cycles[cycle_id].start

    def _from(self, steps: Steps | None, start: date) -> Series:
        """Progress as it is shown: nothing before its first day, and nothing where there are no figures."""
        return () if steps is None or self._as_of < start else tuple(from_day(steps, start, 0.0))

    def _confidence_of(self, id: str) -> Steps:
        """The confidence of an objective from when the first of its key results has one."""
        return mean_of_begun([self._confidence(kr) for kr in self._portal.objectives[id].key_results])

    def _confidence_of_unit(self, key: tuple[str, str]) -> Steps:
        """The confidence of a unit in a cycle, from when the first of its objectives has one."""
        id, cycle_id = key
        objectives = self._portal.objectives_by_unit[id].get(cycle_id, ())
        return mean_of_begun([self._confidences[objective.id] for objective in objectives if objective.rolls_up])

    def _confidence(self, kr: KeyResult) -> Steps:
        """The confidence of a key result from each day on which one was given."""
        return [
            (each.date, float(each.confidence))
            for each in known_by(kr.check_ins, self._as_of)
            if each.confidence is not None
        ]

    def _key_result(self, id: str) -> Steps:
        """The steps of a key result, raw."""
        kr = self._portal.key_results[id]
        below = supporting_ids(self._portal, kr)
        return _mean_of(list(map(self._known or self._gives, below))) if below else self._own_steps(kr)

    def _gives(self, id: str) -> tuple[Decimal, Steps]:
        """The weight and the steps of an objective."""
        return self._portal.objectives[id].weight, self._objectives[id]

    def _objective(self, id: str) -> Steps:
        """The steps of an objective."""
        objective = self._portal.objectives[id]
        if self._known is None:  # what is below first, so that a deep chain is no deep recursion
            for each in feeding(self._portal, objective, self._objectives.made):
                self._objectives[each.id]
        return _mean_of([(kr.weight, clamped(self._key_results[kr.id])) for kr in objective.key_results])

    def _own_steps(self, kr: KeyResult) -> Steps:
        """The steps of a key result that follow from its own readings."""
        kpi = None if kr.kpi is None else self._portal.kpis[kr.kpi]
        cycle = self._portal.cycles[self._portal.objectives[kr.objective_id].cycle_id]
        facts = known(kr, cycle, kpi, self._as_of)
        return last_of_each_day((day, drawable(progress)) for day, progress in KINDS[kr.kind].steps(kr, facts))

    def unit_steps(self, id: str, cycle_id: str) -> Steps | None:
        """The steps of a unit in a cycle, from those of its goals; None where it has no figures."""
        objectives = self._portal.objectives_by_unit[id].get(cycle_id, ())
        counting = [each for each in objectives if each.rolls_up and each.weight]
        parts = [(each.weight, self._objectives[each.id]) for each in counting]
        return _mean_of(parts) if parts else None

    def _mean(self, key: tuple[str | None, str]) -> Steps | None:
        """The steps of a level in a cycle, or of the portal; None where none of its units has figures."""
        level, cycle_id = key
        units = self._portal.top_units if level is None else self._portal.units_by_level[level]
        found = (self._units[unit.id, cycle_id] for unit in units)
        parts = [(1.0, steps) for steps in found if steps is not None]
        return weighted_mean_of(parts) if parts else None


def _mean_of(parts: Sequence[tuple[Decimal, Steps]]) -> Steps:
    """The mean of several (weight, steps) on every day."""
    weights, steps = zip(*parts, strict=True)
    return weighted_mean_of(list(zip(shares(weights), steps, strict=True)))
