"""Units, levels and the portal in each cycle on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from okrsite.model import Objective, Portal, Unit
from okrsite.reads import OnDemand
from okrsite.scoring.figures import CycleFigures, ObjectiveFigures
from okrsite.scoring.means import mean, mean_of_given, weighted_mean
from okrsite.scoring.status import status_of
from okrsite.settings import StatusLimits

ByCycle = Mapping[str, CycleFigures]


def unit_figures(
    portal: Portal, unit: Unit, objectives: Mapping[str, ObjectiveFigures], limits: StatusLimits
) -> ByCycle:
    """Cycle id -> a unit's figures, never including its children's.

    Only cycles in which an objective with a weight rolls up are there.
    """
    cycles = _Cycles(portal.objectives_by_unit[unit.id])
    return OnDemand(cycles, lambda cycle: _in_cycle(unit, cycles.counting(cycle), objectives, limits))


class _Cycles(Collection[str]):
    """The cycles in which an objective of a unit counts; who asks for one of them has not looked at the others.

    Args:
        of_unit: Cycle id -> the unit's objectives.
    """

    def __init__(self, of_unit: Mapping[str, Sequence[Objective]]) -> None:
        self._of_unit = of_unit

    def counting(self, cycle: str) -> Sequence[Objective]:
        """The objectives that count in a cycle."""
        return _counting(self._of_unit[cycle])

    def __contains__(self, cycle: object) -> bool:
        return cycle in self._of_unit and bool(self.counting(str(cycle)))

    def __iter__(self) -> Iterator[str]:
        return (cycle for cycle in self._of_unit if self.counting(cycle))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _counting(of_cycle: Iterable[Objective]) -> Sequence[Objective]:
    """Those of a unit's objectives in a cycle that roll up; none if none of these has a weight."""
    counting = [objective for objective in of_cycle if objective.rolls_up]
    return counting if any(objective.weight for objective in counting) else []


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


def plain_means(portal: Portal, units: Iterable[Unit], figures: Mapping[str, ByCycle], limits: StatusLimits) -> ByCycle:
    """Cycle id -> the plain means over those of the units that have figures there, for a level or the portal.

    Cycles in which none of them has any are left out; the others are in the portal's order.
    """
    found: dict[str, list[ByCycle]] = {}
    for unit in units:
        for cycle_id in figures[unit.id]:
            found.setdefault(cycle_id, []).append(figures[unit.id])
    cycles = {id: found[id] for id in portal.cycles if id in found}
    return OnDemand(cycles, lambda cycle: _mean_of([each[cycle] for each in cycles[cycle]], limits))


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
