"""What scoring computes: every figure of a portal on one day, as frozen records.

Shares (progress, expected, alignment) are exact fractions; ``progress_raw`` is unclamped, everything else is 0..1.
Confidence is 0..10.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from okrsite.frozen import frozen
from okrsite.model import Rollout, RolloutTask

Status = Literal["not_started", "no_data", "achieved", "on_track", "at_risk", "off_track"]
Grade = Literal["green", "yellow", "red"]
KpiStatus = Literal["green", "amber", "red", "no_data"]
Trend = Literal["improving", "worsening", "flat"]

STATUSES: tuple[Status, ...] = ("off_track", "at_risk", "no_data", "on_track", "achieved", "not_started")
"""All of them, what needs attention first."""


@frozen
class KeyResultFigures:
    """A key result on a day (contract, section 3).

    Attributes:
        current: The latest reading; None for milestones, roll-ups and where there is none.
        progress_raw: As computed, e.g. 1.28 or -0.12.
        progress: The score: ``progress_raw`` clamped to 0..1; what rolls up.
        expected: How far it should be on that day.
        status: By the first rule that fits.
        stale: Whether its check-in is overdue.
        confidence: The latest one given.
        last_check_in: The day of the latest check-in, measurement or milestone, as the kind has it.
        has_reading: Whether there is any reading at all.
        previous: The reading before ``current``, to show a change; None where there is none.
    """

    current: Decimal | bool | None
    progress_raw: Fraction
    progress: Fraction
    expected: Fraction
    status: Status
    stale: bool
    confidence: Decimal | None
    last_check_in: date | None
    has_reading: bool
    previous: Decimal | bool | None


@frozen
class ObjectiveFigures:
    """An objective on a day.

    Attributes:
        progress: The weighted mean of its key results' scores.
        expected: The weighted mean of what is expected of them.
        grade: Null before the cycle's last day (unless closed) and for one that rolls up nowhere.
        owner_grade: The owner's own ``score``, graded the same way; None where there is none or no grade is due.
        grades_differ: Whether owner's and computed score differ by more than 0.1, where both are graded.
        confidence: Mean of its key results' latest; None where none has one.
        covered: Whether an objective that rolls up supports it or one of its key results.
        has_reading: Whether any of its key results has one.
    """

    progress: Fraction
    expected: Fraction
    status: Status
    grade: Grade | None
    owner_grade: Grade | None
    grades_differ: bool
    confidence: Fraction | None
    stale: bool
    covered: bool
    has_reading: bool


@frozen
class CycleFigures:
    """A unit, a level or the whole portal in one cycle on a day.

    Attributes:
        alignment: Share of a unit's objectives that roll up and support something; None at the top, for levels and for
            the portal.
    """

    progress: Fraction
    expected: Fraction
    status: Status
    confidence: Fraction | None
    alignment: Fraction | None


@frozen
class KpiFigures:
    """A KPI on a day.

    Attributes:
        current: The latest measurement, or None.
        measured_on: Its day, or None.
        previous: The measurement before it, or None.
        next_due: When the next measurement is due; None without a measurement.
    """

    current: Decimal | None
    measured_on: date | None
    previous: Decimal | None
    status: KpiStatus
    trend: Trend | None
    stale: bool
    next_due: date | None


@frozen
class Adoption:
    """What a task's evidence counts: ``met`` of ``total``, and which are missing.

    Attributes:
        met: Ids of the units (or objectives) that have what is counted.
        missing: Ids of those that have not.
    """

    met: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def share(self) -> Fraction:
        """Met of all, 0..1; 0 where there are none."""
        total = len(self.met) + len(self.missing)
        return Fraction(len(self.met), total) if total else Fraction(0)


@frozen
class TaskFigures:
    """A task of the rollout on a day.

    Attributes:
        measured: What its evidence measures: a share, or the KPI's latest value; None without evidence or measurement.
        adoption: The units or objectives behind ``measured``; None where it is not a share of these.
    """

    task: RolloutTask
    progress: Fraction
    expected: Fraction
    status: Status
    measured: Fraction | None
    adoption: Adoption | None


@frozen
class RolloutFigures:
    """A rollout plan on a day; ``months`` has progress and expected of each month, in order."""

    rollout: Rollout
    progress: Fraction
    expected: Fraction
    status: Status
    months: tuple[tuple[Fraction, Fraction], ...]
    tasks: tuple[TaskFigures, ...]


@frozen
class UnitAdoption:
    """Where a unit stands with the introduction on a day.

    Attributes:
        aligned: Ids of its objectives under way that support something.
        unaligned: Ids of those that should and do not.
    """

    has_objectives: bool
    has_kpis: bool
    checks_in: bool
    aligned: tuple[str, ...] = ()
    unaligned: tuple[str, ...] = ()


@frozen
class Figures:
    """Every figure of a portal on one day. All mappings are by id.

    Attributes:
        as_of: The day.
        cycle: The portal's current cycle; None where there are no objectives.
        unit_cycle: The current cycle of each unit that has objectives.
        units: Unit id -> cycle id -> figures; only cycles in which an objective with a weight rolls up.
        levels: Level -> cycle id -> figures.
        portal: Cycle id -> figures.
        adoption: Unit id -> where it stands with the introduction.
    """

    as_of: date
    cycle: str | None
    unit_cycle: Mapping[str, str]
    key_results: Mapping[str, KeyResultFigures]
    objectives: Mapping[str, ObjectiveFigures]
    units: Mapping[str, Mapping[str, CycleFigures]]
    levels: Mapping[str, Mapping[str, CycleFigures]]
    portal: Mapping[str, CycleFigures]
    kpis: Mapping[str, KpiFigures]
    rollouts: Mapping[str, RolloutFigures]
    adoption: Mapping[str, UnitAdoption]

    @property
    def plans(self) -> tuple[RolloutFigures, ...]:
        """The rollout plans, the one that readers want to see first: those under way, then the longest, then by id."""
        return tuple(
            sorted(
                self.rollouts.values(),
                key=lambda each: (
                    not each.rollout.start <= self.as_of <= each.rollout.end,
                    -len(each.rollout.months),
                    each.rollout.id,
                ),
            )
        )
