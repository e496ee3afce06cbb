"""What of a goal is a goalpost, and which of them differ between two of its versions.

A reading is none; a word that only explains, such as a description, is none either: see ``WORDS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from okrsite.frozen import frozen
from okrsite.model import KeyResult, Kpi, Milestone, Objective, Unit

Goal = Unit | Objective | KeyResult | Kpi
Sort = Literal["unit", "objective", "key_result", "kpi"]
Value = Decimal | bool | date | str | tuple[Decimal, Decimal] | tuple[str, ...] | None
"""What a field of a goal holds: None where the content leaves it out and there is no default."""

_Fields = Mapping[str, Callable[[Any], Value]]


@frozen
class FieldChange:
    """A field of a goal that differs.

    Attributes:
        field: By the content format's name, e.g. ``target``.
        before: Its value before; the effective one, so that a default counts as what it stands for.
        after: Its value after.
        unit_of_measure: Of values that are numbers, e.g. ``%``; empty for others and where not given.
    """

    field: str
    before: Value
    after: Value
    unit_of_measure: str = ""


def _milestone(step: Milestone) -> str:
    return step.title if step.weight == 1 else f"{step.title} ({step.weight.normalize():f})"


GOALPOSTS: Mapping[Sort, _Fields] = {
    "unit": {
        "name": lambda unit: unit.name,
        "level": lambda unit: unit.level,
        "lead": lambda unit: unit.lead,
    },
    "objective": {
        "title": lambda objective: objective.title,
        "owner": lambda objective: objective.owner,
        "type": lambda objective: objective.type,
        "weight": lambda objective: objective.weight,
        "state": lambda objective: objective.state,
        "supports": lambda objective: tuple(sorted(objective.supports)),
    },
    "key_result": {
        "title": lambda kr: kr.title,
        "kind": lambda kr: kr.kind,
        "baseline": lambda kr: kr.baseline,
        "target": lambda kr: kr.target if kr.target_range is None else kr.target_range,
        "inclusive": lambda kr: kr.inclusive,
        "sustained": lambda kr: kr.sustained,
        "milestones": lambda kr: tuple(map(_milestone, kr.milestones)),
        "unit": lambda kr: kr.unit_of_measure,
        "kpi": lambda kr: kr.kpi,
        "owner": lambda kr: kr.owner,
        "start": lambda kr: kr.start,
        "due": lambda kr: kr.due,
        "weight": lambda kr: kr.weight,
    },
    "kpi": {
        "name": lambda kpi: kpi.name,
        "direction": lambda kpi: kpi.direction,
        "baseline": lambda kpi: kpi.baseline,
        "target": lambda kpi: kpi.target if kpi.target_band is None else kpi.target_band,
        "amber": lambda kpi: kpi.amber if kpi.amber_band is None else kpi.amber_band,
        "unit": lambda kpi: kpi.unit_of_measure,
        "due": lambda kpi: kpi.due,
        "cadence": lambda kpi: kpi.cadence,
        "owner": lambda kpi: kpi.owner,
    },
}
"""What moves a goal when it changes, by the content format's names; of a unit its own facts."""

WORDS: Mapping[Sort, _Fields] = {
    "unit": {
        "mission": lambda unit: unit.mission,
        "description": lambda unit: unit.description,
        "visibility": lambda unit: unit.visibility,
    },
    "objective": {
        "description": lambda objective: objective.description,
        "continues": lambda objective: objective.continues,
        "tags": lambda objective: objective.tags,
        "visibility": lambda objective: objective.visibility,
        "score": lambda objective: objective.score,
        "closing_note": lambda objective: objective.closing_note,
    },
    "key_result": {"evidence": lambda kr: kr.evidence},
    "kpi": {
        "definition": lambda kpi: kpi.definition,
        "kind": lambda kpi: kpi.kind,
        "source": lambda kpi: kpi.data_source,
    },
}
"""What else a goal says of itself: shown by the diff, no goalpost."""

MEASURED = frozenset({"baseline", "target", "amber"})
"""The fields that hold numbers in the goal's unit of measure."""


def sort_of(goal: Goal) -> Sort:
    """Which sort of goal it is."""
    if isinstance(goal, Objective):
        return "objective"
    if isinstance(goal, KeyResult):
        return "key_result"
    return "kpi" if isinstance(goal, Kpi) else "unit"


def changed_fields(before: Goal, after: Goal, which: Mapping[Sort, _Fields] = GOALPOSTS) -> tuple[FieldChange, ...]:
    """The fields that differ between two versions of a goal, in the order of the table.

    Args:
        before: The earlier version.
        after: The later one, of the same sort.
        which: `GOALPOSTS` or `WORDS`.
    """
    unit_of_measure = getattr(after, "unit_of_measure", "")
    found = []
    for field, value in which[sort_of(after)].items():
        old, new = value(before), value(after)
        if old != new:
            found.append(FieldChange(field, old, new, unit_of_measure if field in MEASURED else ""))
    return tuple(found)
