"""The plan by which KPIs and OKRs are introduced."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from okrsite.frozen import frozen
from okrsite.model.source import Source

Measure = Literal["units_with_objectives", "units_with_kpis", "units_checking_in", "objectives_aligned", "kpi"]


@frozen
class Evidence:
    """What a task's progress is measured by.

    Attributes:
        measure: What is counted in the content, or ``kpi``.
        kpi: The full id of the KPI for measure ``kpi``, else None.
        at_least: What counts as done: a share (1 is 100%), or for a KPI a value in the KPI's unit of measure.
    """

    measure: Measure
    kpi: str | None
    at_least: Decimal


@frozen
class RolloutTask:
    """A piece of work in the plan.

    Attributes:
        title: What readers see.
        month: Counted from 1.
        first_week: Of that month, 1..4.
        last_week: Of that month, 1..4, not before the first.
        start: A Monday's worth of weeks after the plan's start.
        end: Its last day.
        owner: Empty where not given.
        levels: The levels it addresses; empty for all.
        done: The day it was done, True where the content does not say when, else None.
        progress: The owner's own figure, 0..1, or None.
        evidence: What it is measured by, or None.
        source: Where it stands.
    """

    title: str
    month: int
    first_week: int
    last_week: int
    start: date
    end: date
    owner: str
    levels: tuple[str, ...]
    done: date | Literal[True] | None
    progress: Decimal | None
    evidence: Evidence | None
    source: Source

    @property
    def weeks(self) -> int:
        """How many weeks it takes: its weight in the plan."""
        return self.last_week - self.first_week + 1

    @property
    def days(self) -> int:
        """How many days it takes, both ends counted."""
        return (self.end - self.start).days + 1


@frozen
class RolloutMonth:
    """Four weeks of the plan."""

    title: str
    number: int
    start: date
    end: date
    tasks: tuple[RolloutTask, ...]


@frozen
class Rollout:
    """A plan: months of four weeks.

    Attributes:
        id: ``rollout`` for ``rollout.yml``, else the file's name in ``rollouts/``.
        title: What readers see.
        start: The first day of week 1 of month 1.
        end: The last day of the last month's fourth week.
        months: At least one.
        source: Where it stands.
    """

    id: str
    title: str
    start: date
    end: date
    months: tuple[RolloutMonth, ...]
    source: Source

    @property
    def tasks(self) -> tuple[RolloutTask, ...]:
        """All tasks, month by month."""
        return tuple(task for month in self.months for task in month.tasks)
