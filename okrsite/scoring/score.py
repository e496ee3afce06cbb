"""Every figure of a portal on one day."""

from __future__ import annotations

from datetime import date

from okrsite.model import Portal
from okrsite.scoring.adoption import unit_adoption
from okrsite.scoring.cycles import current_cycles
from okrsite.scoring.figures import Figures, KeyResultFigures, ObjectiveFigures
from okrsite.scoring.goals import key_result_figures, objective_figures
from okrsite.scoring.kpis import kpi_figures
from okrsite.scoring.readings import known
from okrsite.scoring.rollout import rollout_figures
from okrsite.scoring.rollup import evaluation_order, supporting
from okrsite.scoring.units import plain_means, unit_figures
from okrsite.settings import StatusLimits


def score(portal: Portal, as_of: date, limits: StatusLimits = StatusLimits()) -> Figures:  # noqa: B008 - frozen
    """Compute every figure of a portal on a day.

    Exact, and a function of its arguments alone: what is dated later than the day does not exist.

    Args:
        portal: The portal.
        as_of: The day.
        limits: How far behind the expected progress is on track, and at risk.
    """
    key_results, objectives = _goals(portal, as_of, limits)
    units = unit_figures(portal, objectives, limits)
    kpis = {kpi.id: kpi_figures(kpi, as_of) for kpi in portal.kpis.values()}
    adoption = unit_adoption(portal, as_of)
    cycle, unit_cycle = current_cycles(portal, as_of)
    return Figures(
        as_of=as_of,
        cycle=cycle,
        unit_cycle=unit_cycle,
        key_results=key_results,
        objectives=objectives,
        units=units,
        levels={level: plain_means(portal, of, units, limits) for level, of in portal.units_by_level.items()},
        portal=plain_means(portal, portal.top_units, units, limits),
        kpis=kpis,
        rollouts=rollout_figures(portal, adoption, kpis, as_of, limits),
        adoption=adoption,
    )


def _goals(
    portal: Portal, as_of: date, limits: StatusLimits
) -> tuple[dict[str, KeyResultFigures], dict[str, ObjectiveFigures]]:
    """All key results and objectives by id, in the portal's order."""
    supported = {id for each in portal.objectives.values() if each.rolls_up for id in each.supports}
    key_results: dict[str, KeyResultFigures] = {}
    objectives: dict[str, ObjectiveFigures] = {}
    for objective in evaluation_order(portal):
        cycle = portal.cycles[objective.cycle_id]
        own = []
        for kr in objective.key_results:
            kpi = None if kr.kpi is None else portal.kpis[kr.kpi]
            below = [(each.weight, objectives[each.id]) for each in supporting(portal, kr)]
            own.append(key_result_figures(kr, known(kr, cycle, kpi, as_of, below), as_of, limits))
            key_results[kr.id] = own[-1]
        objectives[objective.id] = objective_figures(objective, own, cycle, supported, as_of, limits)
    return {id: key_results[id] for id in portal.key_results}, {id: objectives[id] for id in portal.objectives}
