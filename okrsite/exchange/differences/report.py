"""What is reported: a comparison, and what matters most in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from okrsite.history import Comparison
from okrsite.history.comparing.difference import Difference, FieldDifference, GoalDifference, Shift
from okrsite.history.comparing.records import RecordSort

NOUNS: dict[RecordSort, tuple[str, str]] = {
    "portal": ("portal", "portals"),
    "level": ("level", "levels"),
    "cycle": ("cycle", "cycles"),
    "unit": ("unit", "units"),
    "objective": ("objective", "objectives"),
    "key_result": ("key result", "key results"),
    "kpi": ("KPI", "KPIs"),
    "rollout": ("rollout plan", "rollout plans"),
    "task": ("task", "tasks"),
}
"""What each sort of thing is called."""

_LEADING: tuple[RecordSort, ...] = ("unit", "objective", "key_result", "kpi", "rollout", "task", "cycle", "level")
_HOLDERS: tuple[RecordSort, ...] = ("objective", "rollout")
_HELD: dict[RecordSort, Callable[[str], str]] = {
    "key_result": lambda own: own.rpartition("/")[0],
    "task": lambda own: own.partition("/")[0],
}
"""From an id to that of what holds it."""


class Wording(Protocol):
    """How figures are said."""

    def percent(self, share: Fraction | None) -> str:
        """A share as a percentage."""
        ...

    def measured(self, value: Decimal | Fraction | bool | None, unit: str) -> str:
        """A number with its unit of measure."""
        ...

    def confidence(self, value: Decimal | Fraction | None) -> str:
        """A confidence of 0 to 10."""
        ...

    def day(self, value: date | None) -> str:
        """A day."""
        ...


@dataclass(frozen=True)
class DifferenceReport:
    """A comparison to be written in some format.

    Attributes:
        comparison: Of two sides.
        words: How figures are said.
        command: What shows all of it, as typed; empty where that cannot be said.
        colour: Whether the text is for a terminal that shows colours.
        limit: How many characters the text may have, in UTF-16 units; None for as many as there are.
    """

    comparison: Comparison
    words: Wording
    command: str = "okrsite diff"
    colour: bool = False
    limit: int | None = None

    @cached_property
    def difference(self) -> Difference:
        """What differs; nothing where the side after has errors."""
        return self.comparison.difference or Difference((), (), {})

    @cached_property
    def eased(self) -> Sequence[tuple[GoalDifference, FieldDifference]]:
        """The goalposts that make a goal easier or harder, the easier first."""
        found = [
            (goal, field)
            for goal in self.difference.goals
            if goal.what not in ("added", "removed")
            for field in goal.fields
            if field.ease
        ]
        return sorted(found, key=lambda each: each[1].ease != "easier")

    @cached_property
    def told(self) -> Sequence[GoalDifference]:
        """The goals that do more than follow others: unit by unit, what holds others first, KPIs last."""
        goals = [goal for goal in self.difference.goals if not goal.follows]
        return sorted(goals, key=lambda goal: (not goal.unit, goal.unit, goal.sort == "kpi", goal.id))

    def only(self, what: str) -> Sequence[GoalDifference]:
        """The goals that were added, removed, moved or renamed, without those whose objective or plan was too."""
        goals = [goal for goal in self.difference.goals if goal.what == what]
        ids = {goal.id for goal in goals if goal.sort in _HOLDERS}
        found = [goal for goal in goals if goal.sort not in _HELD or _HELD[goal.sort](goal.id) not in ids]
        return sorted(found, key=lambda goal: _LEADING.index(goal.sort))

    @cached_property
    def shifts(self) -> dict[tuple[RecordSort, str, str], Shift]:
        """Every shift by sort, id and cycle."""
        return {(shift.sort, shift.id, shift.cycle): shift for shift in self.difference.shifts}

    @cached_property
    def restatused(self) -> Sequence[Shift]:
        """The goals and units with another status than before, the top first."""
        return [shift for shift in self.difference.shifts if shift.on == "both" and shift.changed("status")]

    @cached_property
    def moved(self) -> Sequence[Shift]:
        """The portal, its levels and units, whose progress or status is another, the top first."""
        names = ("progress", "status")
        above = [shift for shift in self.difference.shifts if shift.sort in ("portal", "level", "unit") and shift.cycle]
        return [shift for shift in above if shift.on != "both" or any(map(shift.changed, names))]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many goals are new, gone and so on, and how many goalposts and readings there are."""
        goals = self.difference.goals
        counts = {
            what: sum(g.what == what for g in goals) for what in ("added", "removed", "renamed", "moved", "changed")
        }
        counts["easier"] = sum(field.ease == "easier" for _, field in self.eased)
        counts["harder"] = sum(field.ease == "harder" for _, field in self.eased)
        counts["readings"] = sum(len(g.readings) for g in goals if g.what not in ("added", "removed"))
        counts["statuses"] = len(self.restatused)
        return counts


def counted(number: int, sort: RecordSort) -> str:
    """A number of things."""
    return f"{number} {NOUNS[sort][number != 1]}"
