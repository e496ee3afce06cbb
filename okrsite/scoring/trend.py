"""How progress and confidence came to be what they are: step functions for charts.

The last value of each is the figure of [`score`][okrsite.scoring.score.score] on the same day, as a float.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property

from okrsite.model import KeyResult, Portal, Unit
from okrsite.scoring.kinds import KINDS
from okrsite.scoring.readings import known, known_by
from okrsite.scoring.rollup import evaluation_order, supporting
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

    Goals are computed together when the first trend is asked for, in one pass and without recursion; units, levels and
    the portal when they are asked for, once.

    Args:
        portal: The portal.
        as_of: The day.
    """

    def __init__(self, portal: Portal, as_of: date) -> None:
        self._portal = portal
        self._as_of = as_of
        self._of_units: dict[tuple[str, str], Steps | None] = {}
        self._of_levels: dict[tuple[str | None, str], Steps | None] = {}

    def key_result_trend(self, id: str) -> Series:
        """The raw progress of a key result, e.g. 1.28, over its window."""
        return self._from(self._goals[0][id], self._portal.key_results[id].start)

    def objective_trend(self, id: str) -> Series:
        """The progress of an objective, 0..1, over its cycle."""
        return self._from(self._goals[1][id], self._start_of(self._portal.objectives[id].cycle_id))

    def unit_trend(self, id: str, cycle_id: str) -> Series:
        """The progress of a unit, 0..1, over a cycle; empty where it has no figures for it."""
        return self._from(self._unit(id, cycle_id), self._start_of(cycle_id))

    def level_trend(self, level: str, cycle_id: str) -> Series:
        """The progress of a level, 0..1, over a cycle; empty where none of its units has figures for it."""
        return self._from(self._mean(level, self._portal.units_by_level[level], cycle_id), self._start_of(cycle_id))

    def portal_trend(self, cycle_id: str) -> Series:
        """The progress of the portal, 0..1, over a cycle; empty where no unit at the top has figures for it."""
        return self._from(self._mean(None, self._portal.top_units, cycle_id), self._start_of(cycle_id))

    def confidence_trend(self, objective_id: str) -> Series:
        """The confidence of an objective, 0..10, over its cycle, from when the first of its key results has one."""
        objective = self._portal.objectives[objective_id]
        start = self._start_of(objective.cycle_id)
        if self._as_of < start:
            return ()
        return tuple(from_day(mean_of_begun([self._confidence(kr) for kr in objective.key_results]), start, None))

    def key_result_confidence(self, id: str) -> Series:
        """The confidence of a key result, 0..10, from when it has one."""
        return tuple(self._confidence(self._portal.key_results[id]))

    def unit_confidence(self, id: str, cycle_id: str) -> Series:
        """The confidence of a unit, 0..10, over a cycle, from when the first of its objectives has one."""
        start = self._start_of(cycle_id)
        if self._as_of < start:
            return ()
        objectives = self._portal.objectives_by_unit[id].get(cycle_id, ())
        parts = [
            mean_of_begun([self._confidence(kr) for kr in objective.key_results])
            for objective in objectives
            if objective.rolls_up
        ]
        return tuple(from_day(mean_of_begun(parts), start, None))

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

    def _confidence(self, kr: KeyResult) -> Steps:
        """The confidence of a key result from each day on which one was given."""
        return [
            (each.date, float(each.confidence))
            for each in known_by(kr.check_ins, self._as_of)
            if each.confidence is not None
        ]

    @cached_property
    def _goals(self) -> tuple[dict[str, Steps], dict[str, Steps]]:
        """The steps of every key result (raw) and objective by id."""
        key_results: dict[str, Steps] = {}
        objectives: dict[str, Steps] = {}
        for objective in evaluation_order(self._portal):
            for kr in objective.key_results:
                below = supporting(self._portal, kr)
                key_results[kr.id] = (
                    _mean_of((each.weight, objectives[each.id]) for each in below)
                    if below
                    else self._own_steps(kr, objective.cycle_id)
                )
            objectives[objective.id] = _mean_of(
                (kr.weight, clamped(key_results[kr.id])) for kr in objective.key_results
            )
        return key_results, objectives

    def _own_steps(self, kr: KeyResult, cycle_id: str) -> Steps:
        """The steps of a key result that follow from its own readings."""
        kpi = None if kr.kpi is None else self._portal.kpis[kr.kpi]
        facts = known(kr, self._portal.cycles[cycle_id], kpi, self._as_of)
        return last_of_each_day((day, drawable(progress)) for day, progress in KINDS[kr.kind].steps(kr, facts))

    def _unit(self, id: str, cycle_id: str) -> Steps | None:
        """The steps of a unit in a cycle; None where it has no figures."""
        if (id, cycle_id) not in self._of_units:
            objectives = self._portal.objectives_by_unit[id].get(cycle_id, ())
            counting = [each for each in objectives if each.rolls_up and each.weight]
            parts = [(each.weight, self._goals[1][each.id]) for each in counting]
            self._of_units[id, cycle_id] = _mean_of(parts) if parts else None
        return self._of_units[id, cycle_id]

    def _mean(self, key: str | None, units: Iterable[Unit], cycle_id: str) -> Steps | None:
        """The steps of the plain mean of the units that have figures in a cycle; None where none has."""
        if (key, cycle_id) not in self._of_levels:
            found = (self._unit(unit.id, cycle_id) for unit in units)
            parts = [(1.0, steps) for steps in found if steps is not None]
            self._of_levels[key, cycle_id] = weighted_mean_of(parts) if parts else None
        return self._of_levels[key, cycle_id]


def _mean_of(parts: Iterable[tuple[Decimal, Steps]]) -> Steps:
    """The mean of several (weight, steps) on every day."""
    weights, steps = zip(*parts, strict=True)
    return weighted_mean_of(list(zip(shares(weights), steps, strict=True)))
