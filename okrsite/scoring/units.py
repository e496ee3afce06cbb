"""Units, levels and the portal in each cycle on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from okrsite.model import Objective, Portal, Unit
from okrsite.scoring.figures import CycleFigures, ObjectiveFigures
from okrsite.scoring.means import mean, mean_of_given, weighted_mean
from okrsite.scoring.status import status_of
from okrsite.settings import StatusLimits

ByCycle = dict[str, CycleFigures]


def unit_figures(
    portal: Portal, objectives: Mapping[str, ObjectiveFigures], limits: StatusLimits
) -> dict[str, ByCycle]:
    """Unit id -> cycle id -> its figures, never including its children's.

    Every unit is there; only cycles in which an objective with a weight rolls up are.
    """
    found: dict[str, ByCycle] = {}
    for unit in portal.units.values():
        found[unit.id] = {}
        for cycle_id, of_cycle in portal.objectives_by_unit[unit.id].items():
            counting = [objective for objective in of_cycle if objective.rolls_up]
            if any(objective.weight for objective in counting):
                found[unit.id][cycle_id] = _in_cycle(unit, counting, objectives, limits)
    return found


def _in_cycle(
    unit: Unit, counting: Sequence[Objective], objectives: Mapping[str, ObjectiveFigures], limits: StatusLimits
) -> CycleFigures:
    """A unit in one cycle, from its objectives that roll up."""
    figures = [objectives[objective.id] for objective in counting]
    weights = [objective.weight for objective in counting]
    progress = weighted_mean(zip(weights, (each.progress for each in figures), strict=True))
    expected = weighted_mean(zip(weights, (each.expected for each in figures), strict=True))
    status = status_of(
        progress,
        expected,
        limits,
        has_reading=any(each.has_reading for each in figures),
        achieved=all(each.status == "achieved" for weight, each in zip(weights, figures, strict=True) if weight),
    )
    alignment = None
    if unit.parent is not None:
        alignment = Fraction(sum(bool(objective.supports) for objective in counting), len(counting))
    return CycleFigures(progress, expected, status, mean_of_given(each.confidence for each in figures), alignment)


def plain_means(
    portal: Portal, units: Iterable[Unit], figures: Mapping[str, Mapping[str, CycleFigures]], limits: StatusLimits
) -> ByCycle:
    """Cycle id -> the plain means over those of the units that have figures there, for a level or the portal.

    Cycles in which none of them has any are left out; the others are in the portal's order.
    """
    found: dict[str, list[CycleFigures]] = {}
    for unit in units:
        for cycle_id, each in figures[unit.id].items():
            found.setdefault(cycle_id, []).append(each)
    return {id: _mean_of(found[id], limits) for id in portal.cycles if id in found}


def _mean_of(figures: Sequence[CycleFigures], limits: StatusLimits) -> CycleFigures:
    """One set of figures from several, each counting the same."""
    progress = mean([each.progress for each in figures])
    expected = mean([each.expected for each in figures])
    status = status_of(
        progress,
        expected,
        limits,
        has_reading=any(each.status not in ("not_started", "no_data") for each in figures),
        achieved=all(each.status == "achieved" for each in figures),
    )
    return CycleFigures(progress, expected, status, mean_of_given(each.confidence for each in figures), alignment=None)
