"""Objectives, their key results and the check-ins of these."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from okrsite.frozen import frozen
from okrsite.model.source import Source
from okrsite.model.unit import Visibility

ObjectiveType = Literal["committed", "aspirational"]
State = Literal["draft", "active", "closed", "postponed", "cancelled"]
Kind = Literal["increase", "decrease", "at_least", "at_most", "between", "milestones", "done", "rollup"]


@frozen
class CheckIn:
    """One dated reading of a key result. Never edited, only added.

    Attributes:
        date: The day of the reading.
        value: A number; true or false for kind ``done``; None where only confidence or a note was given.
        confidence: 0..10, or None.
        note: A few words; empty where not given.
        by: Who checked in; empty where not given.
        source: Where it stands.
    """

    date: date
    value: Decimal | bool | None
    confidence: Decimal | None
    note: str
    by: str
    source: Source


@frozen
class Milestone:
    """A step of a key result of kind ``milestones``.

    Attributes:
        title: What is reached.
        weight: Its share relative to the others; default 1.
        done: The day it was reached (the window's first day where the content says only ``true``), or None.
    """

    title: str
    weight: Decimal
    done: date | None


@frozen
class KeyResult:
    """A measured result of an objective.

    Attributes:
        id: Full, e.g. ``acme/it/2026-Q1/reliability/uptime``.
        objective_id: The objective it belongs to, e.g. ``acme/it/2026-Q1/reliability``.
        title: What readers see.
        kind: How it is scored.
        unit_of_measure: ``%``, ``min``, ...; empty where not given.
        baseline: Where it began (``increase``, ``decrease``), else None.
        target: A number (``increase``, ``decrease``, ``at_least``, ``at_most``), else None.
        target_range: Low and high end (``between``), else None.
        inclusive: Whether equality meets the target.
        sustained: Whether the target has to be met in every check-in period.
        milestones: The steps of kind ``milestones``, in the order of the content.
        owner: The objective's owner where the key result names no other.
        start: First day of its window; the cycle's where not given.
        due: Last day of its window; the cycle's where not given.
        weight: Its share relative to the objective's others.
        kpi: The full id of the KPI its value comes from, or None.
        evidence: Links.
        check_ins: By date, at most one a day.
        source: Where it stands.
    """

    id: str
    objective_id: str
    title: str
    kind: Kind
    unit_of_measure: str
    baseline: Decimal | None
    target: Decimal | None
    target_range: tuple[Decimal, Decimal] | None
    inclusive: bool
    sustained: bool
    milestones: tuple[Milestone, ...]
    owner: str
    start: date
    due: date
    weight: Decimal
    kpi: str | None
    evidence: tuple[str, ...]
    check_ins: tuple[CheckIn, ...]
    source: Source


@frozen
class Objective:
    """A qualitative goal of one unit in one cycle, with one owner.

    Attributes:
        id: Full, e.g. ``acme/it/2026-Q1/reliability``.
        unit_id: The unit that owns it.
        cycle_id: The cycle it is set for.
        title: What readers see.
        owner: Who answers for it.
        type: ``committed`` goals are promises, ``aspirational`` ones stretch.
        weight: Its share relative to the unit's others.
        supports: Full ids of the objectives and key results above it, in the order of the content.
        state: Only active and closed objectives roll up.
        visibility: Inherited from the unit where not given.
        tags: Words to find it by.
        description: Markdown; empty where not given.
        key_results: At least one.
        score: The owner's own grade, 0..1, or None.
        closing_note: What was learned; empty where not given.
        source: Where it stands.
        continues: The full id of the objective of an earlier cycle that it carries on, or None. Key results of the
            same id in both are the same key result carried on.
    """

    id: str
    unit_id: str
    cycle_id: str
    title: str
    owner: str
    type: ObjectiveType
    weight: Decimal
    supports: tuple[str, ...]
    state: State
    visibility: Visibility
    tags: tuple[str, ...]
    description: str
    key_results: tuple[KeyResult, ...]
    score: Decimal | None
    closing_note: str
    source: Source
    continues: str | None = None

    @property
    def rolls_up(self) -> bool:
        """Whether its unit's figures count it: it is active or closed."""
        return self.state in ("active", "closed")
