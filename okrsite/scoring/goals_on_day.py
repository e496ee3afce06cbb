"""All goals on a day, each computed when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from okrsite.model import Portal
from okrsite.reads import OnDemand
from okrsite.scoring.figures import KeyResultFigures, KpiFigures, ObjectiveFigures
from okrsite.scoring.goals import key_result_figures, objective_figures
from okrsite.scoring.kpis import kpi_figures
from okrsite.scoring.readings import Contribution, known
from okrsite.scoring.rollup import feeding, supporting_ids
from okrsite.settings import StatusLimits


class GoalsOnDay:
    """The figures of key results, objectives and KPIs by id: exact, and each computed once, with what feeds it.

    Attributes:
        key_results: In the portal's order, as the others.
        objectives: With those that feed their roll-ups, these first.
        kpis: From their measurements.

    Args:
        portal: The portal.
        as_of: The day.
        limits: How far behind the expected progress is on track, and at risk.
        contribution: Gives what the objective of an id gives to a roll-up, where somebody knows that; by default it is
            computed with all that it is made of.
    """

    def __init__(
        self,
        portal: Portal,
        as_of: date,
        limits: StatusLimits,
        contribution: Callable[[str], Contribution] | None = None,
    ) -> None:
        self.key_results = OnDemand(portal.key_results, self._key_result)
        self.objectives = OnDemand(portal.objectives, self._objective)
        self.kpis = OnDemand(portal.kpis, self._kpi)
        self._portal = portal
        self._as_of = as_of
        self._limits = limits
        self._known_contribution = contribution

    def _objective(self, id: str) -> ObjectiveFigures:
        portal, objective = self._portal, self._portal.objectives[id]
        if self._known_contribution is None:
            for each in feeding(portal, objective, self.objectives.made):
                self.objectives[each.id]
        ids = (id, *(kr.id for kr in objective.key_results))
        supported = [id for id in ids if any(map(portal.rolls_up.__getitem__, portal.supporter_ids.get(id, ())))]
        own = [self.key_results[kr.id] for kr in objective.key_results]
        cycle = portal.cycles[objective.cycle_id]
        return objective_figures(objective, own, cycle, supported, self._as_of, self._limits)

    def _key_result(self, id: str) -> KeyResultFigures:
        portal, kr = self._portal, self._portal.key_results[id]
        kpi = None if kr.kpi is None else portal.kpis[kr.kpi]
        below = list(map(self._known_contribution or self._contribution, supporting_ids(portal, kr)))
        cycle = portal.cycles[portal.objectives[kr.objective_id].cycle_id]
        return key_result_figures(kr, known(kr, cycle, kpi, self._as_of, below), self._as_of, self._limits)

    def _contribution(self, id: str) -> Contribution:
        figures = self.objectives[id]
        return Contribution(self._portal.objectives[id].weight, figures.progress, figures.has_reading)

    def _kpi(self, id: str) -> KpiFigures:
        return kpi_figures(self._portal.kpis[id], self._as_of)
