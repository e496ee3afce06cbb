"""What a change does to the goals: progress and status before and after."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from okrsite.frozen import frozen
from okrsite.model import Portal
from okrsite.scoring import CycleFigures, Figures, ObjectiveFigures, Status


@frozen
class Effect:
    """What happened to a goal's figures.

    Attributes:
        id: Of the objective, or of the unit.
        title: The objective's title, or the unit's name.
        cycle_id: Of which cycle the figures are.
        is_unit: Whether it is a unit.
        before: Progress without the change, 0..1.
        after: With it.
    """

    id: str
    title: str
    cycle_id: str
    is_unit: bool
    before: Fraction
    after: Fraction
    status_before: Status
    status_after: Status


def effects(portal: Portal, changed: Iterable[str], before: Figures, after: Figures) -> tuple[Effect, ...]:
    """The objectives and units whose progress or status differ, from the leaves of the tree up to its top.

    Args:
        portal: With the change.
        changed: The ids of the objectives that it is about.
        before: The figures without it, on the same day.
        after: Those with it.
    """
    found = []
    moving = _fed_by(portal, changed)
    units = {portal.objectives[id].unit_id for id in moving}
    for unit in map(portal.units.__getitem__, sorted(units, key=lambda unit_id: (-unit_id.count("/"), unit_id))):
        for cycle, objectives in portal.objectives_by_unit[unit.id].items():
            for each in (objective for objective in objectives if objective.id in moving):
                was, now = before.objectives.get(each.id), after.objectives[each.id]
                if was is not None and _differ(was, now):
                    found.append(_effect(each.id, each.title, cycle, was, now, is_unit=False))
            of_unit = before.units.get(unit.id, {}).get(cycle), after.units.get(unit.id, {}).get(cycle)
            if of_unit[0] is not None and of_unit[1] is not None and _differ(of_unit[0], of_unit[1]):
                found.append(_effect(unit.id, unit.name, cycle, of_unit[0], of_unit[1], is_unit=True))
    return tuple(found)


def _fed_by(portal: Portal, objectives: Iterable[str]) -> set[str]:
    """The ids of some objectives and of all whose figures may rest on theirs, by what they support."""
    found: set[str] = set()
    waiting = [*objectives]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            above = portal.objectives[id].supports
            waiting += (each if each in portal.objectives else each.rpartition("/")[0] for each in above)
    return found


def _differ(was: ObjectiveFigures | CycleFigures, now: ObjectiveFigures | CycleFigures) -> bool:
    return (was.progress, was.status) != (now.progress, now.status)


def _effect(
    id: str,
    title: str,
    cycle: str,
    was: ObjectiveFigures | CycleFigures,
    now: ObjectiveFigures | CycleFigures,
    *,
    is_unit: bool,
) -> Effect:
    return Effect(id, title, cycle, is_unit, was.progress, now.progress, was.status, now.status)
