"""Where units stand with the introduction of goals: what the evidence of a rollout's tasks counts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from okrsite.frozen import frozen
from okrsite.model import Measure, Objective, Portal, Unit
from okrsite.reads import OnDemand
from okrsite.scoring.figures import Adoption, UnitAdoption
from okrsite.scoring.readings import known_by


def unit_adoption(portal: Portal, as_of: date) -> Mapping[str, UnitAdoption]:
    """Unit id -> whether it has objectives, KPIs and check-ins on a day, and which objectives support something."""
    return OnDemand(portal.units, lambda unit: _of_unit(portal, unit, as_of))


@frozen
class AdoptionShares:
    """Which shares of the units, 0..1, did what on a day.

    Attributes:
        have_objectives: Those with an objective that rolls up in a cycle that holds the day.
        measure_kpis: Those with a KPI that had been measured by then.
        check_in: Those with a fresh check-in.
    """

    day: date
    have_objectives: float
    measure_kpis: float
    check_in: float


TakenUp = tuple[int, int, int]
"""On which of some days a unit does each of the things in `AdoptionShares`: each day is the bit of its place."""


def taken_up(portal: Portal, unit_id: str, days: Sequence[date]) -> TakenUp:
    """How a unit took up the introduction, on some days in order; linear in its check-ins, cycles and KPIs.

    Readings are dated; objectives count from their cycle's first day, whenever they were written.
    """
    return (
        _days_with_objectives(portal, unit_id, days),
        _days_with_kpis(portal, unit_id, days),
        _days_fresh(portal, unit_id, days),
    )


def adoption_course(units: Collection[TakenUp], days: Sequence[date]) -> tuple[AdoptionShares, ...]:
    """How all units together took up the introduction, on the same days."""
    total = max(len(units), 1)
    objectives, kpis, check_ins = zip(*units, strict=True) if units else ((), (), ())

    def share(bits: Iterable[int], place: int) -> float:
        return sum(each >> place & 1 for each in bits) / total

    return tuple(
        AdoptionShares(day, share(objectives, place), share(kpis, place), share(check_ins, place))
        for place, day in enumerate(days)
    )


def _bits(days: Sequence[date], first: date, last: date) -> int:
    """The days from a first to a last one, each as the bit of its place."""
    return (1 << bisect_right(days, last)) - 1 & -1 << bisect_left(days, first)


def _days_with_objectives(portal: Portal, unit_id: str, days: Sequence[date]) -> int:
    found = 0
    for cycle_id, objectives in portal.objectives_by_unit[unit_id].items():
        if any(objective.rolls_up for objective in objectives):
            found |= _bits(days, portal.cycles[cycle_id].start, portal.cycles[cycle_id].end)
    return found


def _days_with_kpis(portal: Portal, unit_id: str, days: Sequence[date]) -> int:
    measured = [each.date for kpi in portal.kpis_by_unit[unit_id] for each in kpi.measurements[:1]]
    return _bits(days, min(measured), date.max) if measured else 0


def _days_fresh(portal: Portal, unit_id: str, days: Sequence[date]) -> int:
    found = 0
    for cycle_id, objectives in portal.objectives_by_unit[unit_id].items():
        fresh = portal.cycles[cycle_id].check_in_every
        for objective in objectives:
            for kr in objective.key_results:
                for each in kr.check_ins:
                    last = date.fromordinal(min(each.date.toordinal() + fresh, date.max.toordinal()))
                    found |= _bits(days, each.date, last)
    return found


def _of_unit(portal: Portal, unit_id: str, as_of: date) -> UnitAdoption:
    """Where a unit stands: counted are objectives that roll up in a cycle that holds the day, and fresh check-ins."""
    has_objectives = checks_in = False
    aligned = _alignable(portal, portal.units[unit_id], as_of)
    for cycle_id, objectives in portal.objectives_by_unit[unit_id].items():
        cycle = portal.cycles[cycle_id]
        has_objectives |= cycle.holds(as_of) and any(objective.rolls_up for objective in objectives)
        since = as_of.toordinal() - cycle.check_in_every
        checks_in = checks_in or any(_checked_in(objective, since, as_of) for objective in objectives)
    return UnitAdoption(
        has_objectives,
        bool(portal.kpis_by_unit[unit_id]),
        checks_in,
        aligned=tuple(each.id for each in aligned if each.supports),
        unaligned=tuple(each.id for each in aligned if not each.supports),
    )


def _checked_in(objective: Objective, since: int, as_of: date) -> bool:
    """Whether a key result of an objective had a check-in since a day, given by its number, up to another."""
    for kr in objective.key_results:
        # Of most key results even the last check-in is too old: their cycle is over.
        if kr.check_ins and kr.check_ins[-1].date.toordinal() >= since:
            check_ins = known_by(kr.check_ins, as_of)
            if check_ins and check_ins[-1].date.toordinal() >= since:
                return True
    return False


_UNIT_HAS: Mapping[Measure, Callable[[UnitAdoption], bool]] = {
    "units_with_objectives": lambda unit: unit.has_objectives,
    "units_with_kpis": lambda unit: unit.has_kpis,
    "units_checking_in": lambda unit: unit.checks_in,
}


def adoption_by(
    measure: Measure, levels: Collection[str], portal: Portal, units: Mapping[str, UnitAdoption]
) -> Adoption:
    """What a measure counts on a day, and what is missing; a KPI counts nothing.

    Args:
        measure: What is counted: units, or for ``objectives_aligned`` objectives.
        levels: The levels of the units that are looked at; all where empty.
        portal: The portal.
        units: Where each unit stands on the day.
    """
    asked = [unit for unit in portal.units.values() if not levels or unit.level in levels]
    if measure == "objectives_aligned":
        return Adoption(
            met=tuple(id for unit in asked for id in units[unit.id].aligned),
            missing=tuple(id for unit in asked for id in units[unit.id].unaligned),
        )
    has = _UNIT_HAS[measure]
    return Adoption(
        met=tuple(unit.id for unit in asked if has(units[unit.id])),
        missing=tuple(unit.id for unit in asked if not has(units[unit.id])),
    )


def _alignable(portal: Portal, unit: Unit, as_of: date) -> list[Objective]:
    """A unit's objectives that should support something: none where there is nothing above it."""
    if unit.parent is None:
        return []
    return [
        objective
        for cycle_id, objectives in portal.objectives_by_unit[unit.id].items()
        if portal.cycles[cycle_id].holds(as_of)
        for objective in objectives
        if objective.rolls_up
    ]
