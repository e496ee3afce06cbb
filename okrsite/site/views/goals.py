"""The records that pages are made of. Addresses are relative to the site's root."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite.model import Cycle, KeyResult, Kpi, Objective, Unit
from okrsite.rules import SmartMark
from okrsite.scoring import (
    STATUSES,
    CycleFigures,
    KeyResultFigures,
    KpiFigures,
    ObjectiveFigures,
    Status,
)

Spark = tuple[tuple[float, float], ...]
"""The points of a sparkline: across and up, both 0..1."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something to go to, and what it is called; ``note`` says in a word what it is."""

    title: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a key result in the log.

    Attributes:
        change: Of the value since the reading before; None where there is none to compare with.
        origin: ``check-in`` or ``KPI``.
    """

    date: date
    value: Decimal | bool | None
    change: Decimal | None
    confidence: Decimal | None
    note: str
    by: str
    origin: str


@dataclass(frozen=True, slots=True)
class KeyResultView:
    """A key result.

    Attributes:
        address: Its anchor on the objective's page.
        asks: The kind in words, e.g. ``from 99.2% to 99.9%``.
        adds: The same where the title does not say it already, else nothing.
        formula: How its progress was computed, with the numbers.
        kpi: The KPI its value comes from.
        supported_by: The objectives that support it.
        done: How many of its milestones are done.
        readings: Newest first.
        said: The latest check-in with a note.
        check_in_due: When the next check-in is due; None where none is expected any more.
        waits: Whether pages remind of its check-in: it is stale, its objective active and in a cycle that is running.
    """

    kr: KeyResult
    figures: KeyResultFigures
    address: str
    anchor: str
    asks: str
    adds: str
    formula: str
    kpi: Link | None
    supported_by: tuple[Link, ...]
    done: int
    readings: tuple[Reading, ...]
    said: Reading | None
    spark: Spark
    check_in_due: date | None
    waits: bool


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its key results.

    Attributes:
        supports: What it supports above it.
        supported_by: The objectives that support it or one of its key results.
        grade_due: Whether the cycle is over or the objective closed.
        waits: Whether pages remind of a check-in on one of its key results.
    """

    objective: Objective
    figures: ObjectiveFigures
    address: str
    unit: Unit
    unit_link: Link
    cycle: Cycle
    key_results: tuple[KeyResultView, ...]
    supports: tuple[Link, ...]
    supported_by: tuple[Link, ...]
    spark: Spark
    waits: bool


@dataclass(frozen=True, slots=True)
class KpiView:
    """A KPI; ``uses`` are the key results that take their value from it, ``aims`` its target in words."""

    kpi: Kpi
    figures: KpiFigures
    address: str
    unit: Unit
    unit_link: Link
    aims: str
    uses: tuple[Link, ...]
    marks: tuple[SmartMark, ...]
    spark: Spark


@dataclass(frozen=True, slots=True)
class Tally:
    """How many goals have each status."""

    counts: tuple[tuple[Status, int], ...]

    @classmethod
    def of(cls, statuses: list[Status]) -> Tally:
        """Count; what does not occur is left out, the order is that of attention."""
        return cls(tuple((status, n) for status in STATUSES if (n := statuses.count(status))))

    @property
    def no_reading(self) -> int:
        """How many should have a reading and have none."""
        return dict(self.counts).get("no_data", 0)

    @property
    def total(self) -> int:
        """All together."""
        return sum(n for _, n in self.counts)


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit in one cycle, as a row of a table.

    Attributes:
        figures: None where no objective of the cycle rolls up.
        objectives: Of the cycle, in the order of their ids.
        kpis: Green, amber, red and without data, as counts by colour.
        rhythm: The last check-in periods, oldest first: whether anything came in.
    """

    unit: Unit
    address: str
    cycle: Cycle | None
    figures: CycleFigures | None
    objectives: tuple[ObjectiveView, ...]
    objective_tally: Tally
    key_result_tally: Tally
    kpis: tuple[tuple[str, int], ...]
    rhythm: tuple[bool, ...]
    spark: Spark
    spread: tuple[tuple[Fraction, Status], ...]
