"""The records that pages are made of. Addresses are relative to the site's root."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite.frozen import frozen
from okrsite.model import Cycle, KeyResult, Kpi, Objective, Source, Unit
from okrsite.rules import SmartMark
from okrsite.scoring import (
    STATUSES,
    CycleFigures,
    Grade,
    KeyResultFigures,
    KpiFigures,
    KpiStatus,
    ObjectiveFigures,
    Status,
)
from okrsite.site import addresses
from okrsite.site.views.standing import Standing

Spark = tuple[tuple[float, float], ...]
"""The points of a sparkline: across and up, both 0..1."""

Band = tuple[float, float]
"""Where a target is met on a sparkline: low and high end, 0..1."""


@frozen
class Link:
    """Something to go to, and what it is called; ``note`` says in a word what it is."""

    title: str
    address: str
    note: str = ""


@frozen
class Reading:
    """A reading of a key result in the log.

    Attributes:
        change: Of the value since the reading before; None where there is none to compare with.
        origin: ``check-in`` or ``KPI``.
        source: Where it stands in the content.
    """

    date: date
    value: Decimal | bool | None
    change: Decimal | None
    confidence: Decimal | None
    note: str
    by: str
    origin: str
    source: Source


@frozen
class KeyResultView:
    """A key result.

    Attributes:
        address: Its anchor on the objective's page.
        asks: The kind in words, e.g. ``from 99.2% to 99.9%``.
        adds: The same where the title does not say it already, else nothing.
        kpi: The KPI its value comes from.
        supported_by: The objectives that support it.
        done: How many of its milestones are done.
        readings: Newest first.
        said: The latest check-in with a note.
        check_in_due: When the next check-in is due; None where none is expected any more.
        waits: Whether pages remind of its check-in: it is stale, its objective active and in a cycle that is running.
        contrast: Where confidence and pace disagree while it is under way; empty where they do not.
    """

    kr: KeyResult
    figures: KeyResultFigures
    address: str
    anchor: str
    asks: str
    adds: str
    kpi: Link | None
    supported_by: tuple[Link, ...]
    done: int
    readings: Sequence[Reading]
    said: Reading | None
    spark: Spark
    check_in_due: date | None
    waits: bool
    contrast: str

    @property
    def why(self) -> str:
        """Where its figures are explained."""
        return addresses.why(self.address)


@frozen
class ObjectiveView:
    """An objective with its key results.

    Attributes:
        supports: What it supports above it.
        supported_by: The objectives that support it or one of its key results.
        continues: The objective of an earlier cycle that it carries on, by the cycle's name.
        continued_by: Those of later cycles that carry it on, likewise.
        grade_due: Whether the cycle is over or the objective closed.
        contrast: Where confidence and pace disagree while it is under way; empty where they do not.
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
    continues: Link | None
    continued_by: tuple[Link, ...]
    spark: Spark
    contrast: str
    waits: bool

    @property
    def why(self) -> str:
        """Where its figures are explained."""
        return addresses.why(self.address)

    @property
    def row(self) -> ObjectiveRow:
        """The objective as a row of a table."""
        goal = self.objective
        return ObjectiveRow(
            goal.title,
            self.address,
            goal.state,
            goal.owner,
            self.unit_link,
            self.cycle,
            self.figures,
            self.spark,
            len(self.supported_by),
        )


@frozen
class KpiView:
    """A KPI.

    Attributes:
        aims: Its target in words.
        uses: The key results that take their value from it.
        band: Where its target is met on its sparkline; None where it has none.
    """

    kpi: Kpi
    figures: KpiFigures
    address: str
    unit: Unit
    unit_link: Link
    aims: str
    uses: tuple[Link, ...]
    marks: tuple[SmartMark, ...]
    spark: Spark
    band: Band | None

    @property
    def why(self) -> str:
        """Where its figures are explained."""
        return addresses.why(self.address)


@frozen
class ObjectiveRow:
    """An objective as a row of a table.

    Attributes:
        supporters: How many objectives support it or one of its key results.
    """

    title: str
    address: str
    state: str
    owner: str
    unit_link: Link
    cycle: Cycle
    figures: ObjectiveFigures | Standing
    spark: Spark
    supporters: int


@frozen
class Tally:
    """How many goals have each status."""

    counts: tuple[tuple[Status, int], ...]

    @classmethod
    def of(cls, statuses: Sequence[Status]) -> Tally:
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


@frozen
class UnitRow:
    """A unit in one cycle, as a row of a table.

    Attributes:
        part_of: The name of the unit above; empty at the top.
        figures: None where no objective of the cycle rolls up.
        objective_tally: Of those that roll up.
        grades: How many objectives have which.
        spread: The progress and status of each key result of objectives that roll up.
        kpis: Red, amber, green and without data, as counts by colour.
        rhythm: The last check-in periods, oldest first: whether anything came in.
        latest: The day of the latest reading; None where there is none.
    """

    unit: Unit
    address: str
    part_of: str
    cycle: Cycle | None
    figures: CycleFigures | None
    objective_tally: Tally
    grades: tuple[tuple[Grade, int], ...]
    key_result_tally: Tally
    spread: tuple[tuple[Fraction, Status], ...]
    kpis: tuple[tuple[KpiStatus, int], ...]
    rhythm: tuple[bool, ...]
    latest: date | None

    @property
    def why(self) -> str:
        """Where its figures are explained: on its page for the cycle; empty where it has none."""
        return addresses.why(f"{self.address}{self.cycle.id}/", self.cycle.id) if self.cycle and self.figures else ""


@frozen
class UnitView(UnitRow):
    """A unit in one cycle with its goals.

    Attributes:
        objectives: Of the cycle, in the order of their ids.
    """

    objectives: tuple[ObjectiveView, ...]
