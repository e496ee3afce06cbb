"""Every figure of a portal on one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from okrsite.model import Portal
from okrsite.reads import Deferred, OnDemand
from okrsite.scoring.adoption import unit_adoption
from okrsite.scoring.cycles import current_cycles
from okrsite.scoring.figures import Figures
from okrsite.scoring.goals_on_day import GoalsOnDay
from okrsite.scoring.readings import Contribution
from okrsite.scoring.rollout import rollout_figures
from okrsite.scoring.units import plain_means, unit_figures
from okrsite.settings import StatusLimits


def score(
    portal: Portal,
    as_of: date,
    limits: StatusLimits = StatusLimits(),  # noqa: B008 - frozen
    contribution: Callable[[str], Contribution] | None = None,
) -> Figures:
    """Compute every figure of a portal on a day.

    Exact, and a function of its arguments alone: what is dated later than the day does not exist.

    Args:
        portal: The portal.
        as_of: The day.
        limits: How far behind the expected progress is on track, and at risk.
        contribution: As of `GoalsOnDay`.
    """
    goals = GoalsOnDay(portal, as_of, limits, contribution)
    units = OnDemand(portal.units, lambda unit: unit_figures(portal, portal.units[unit], goals.objectives, limits))
    of_level = portal.units_by_level
    adoption = unit_adoption(portal, as_of)
    cycle, unit_cycle = current_cycles(portal, as_of)
    return Figures(
        as_of=as_of,
        cycle=cycle,
        unit_cycle=unit_cycle,
        key_results=goals.key_results,
        objectives=goals.objectives,
        units=units,
        levels=OnDemand(of_level, lambda level: plain_means(portal, of_level[level], units, limits)),
        portal=Deferred(lambda: plain_means(portal, portal.top_units, units, limits)),
        kpis=goals.kpis,
        rollouts=rollout_figures(portal, adoption, goals.kpis, as_of, limits),
        adoption=adoption,
    )
