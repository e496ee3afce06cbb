"""What a change does to the goals: progress and status before and after."""

from __future__ import annotations

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


def effects(portal: Portal, before: Figures, after: Figures) -> tuple[Effect, ...]:
    """The objectives and units whose progress or status differ, from the leaves of the tree up to its top.

    Args:
        portal: With the change.
        before: The figures without it, on the same day.
        after: Those with it.
    """
    found = []
    for unit in sorted(portal.units.values(), key=lambda each: (-each.id.count("/"), each.id)):
        for cycle, objectives in portal.objectives_by_unit[unit.id].items():
            for each in objectives:
                was, now = before.objectives.get(each.id), after.objectives[each.id]
                if was is not None and _differ(was, now):
                    found.append(_effect(each.id, each.title, cycle, was, now, is_unit=False))
            of_unit = before.units.get(unit.id, {}).get(cycle), after.units.get(unit.id, {}).get(cycle)
            if of_unit[0] is not None and of_unit[1] is not None and _differ(of_unit[0], of_unit[1]):
                found.append(_effect(unit.id, unit.name, cycle, of_unit[0], of_unit[1], is_unit=True))
    return tuple(found)


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
