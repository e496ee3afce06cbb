"""What is known of a key result on a day: its readings, confidence, milestones, and who supports it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import TypeVar

from okrsite.frozen import frozen
from okrsite.model import CheckIn, Cycle, KeyResult, Kpi, Measurement, Milestone

Value = Decimal | bool

Dated = TypeVar("Dated", CheckIn, Measurement)

_by_date = attrgetter("date")


@frozen
class Contribution:
    """What an objective gives to a roll-up that it supports.

    Attributes:
        weight: The objective's.
        progress: Likewise, on the day.
        has_reading: Whether any of its key results has one.
    """

    weight: Decimal
    progress: Fraction
    has_reading: bool


@frozen
class Known:
    """What is known of a key result on a day; nothing later exists.

    Attributes:
        readings: Check-ins with a value, or the measurements of the key result's KPI; by date.
        milestones: Those that are done.
        supporting: What each objective gives that rolls up and supports it; for roll-ups only.
        confidence: The latest one given, 0..10, or None.
        last_check_in: The day of the latest sign of life, as the kind has it, or None.
        check_in_every: Days between two check-ins.
    """

    readings: Sequence[CheckIn | Measurement]
    milestones: Sequence[Milestone]
    supporting: Sequence[Contribution]
    confidence: Decimal | None
    last_check_in: date | None
    check_in_every: int

    @property
    def current(self) -> Value | None:
        """The latest reading, or None."""
        return self.readings[-1].value if self.readings else None

    @property
    def previous(self) -> Value | None:
        """The reading before the latest, or None."""
        return self.readings[-2].value if len(self.readings) > 1 else None

    @property
    def has_reading(self) -> bool:
        """Whether there is any: a value, a milestone done, or a reading of a supporting objective."""
        return bool(self.readings or self.milestones) or any(each.has_reading for each in self.supporting)


def known(
    kr: KeyResult,
    cycle: Cycle,
    kpi: Kpi | None,
    as_of: date,
    supporting: Sequence[Contribution] = (),
) -> Known:
    """What is known of a key result at the end of a day.

    Measurements and milestones count up to the cycle's last day only, so that a closed cycle does not drift. Check-ins
    count whenever they came: they were made for this key result.

    Args:
        kr: The key result.
        cycle: Its objective's cycle.
        kpi: The KPI that the key result names, or None.
        as_of: The day.
        supporting: See [`Known`][okrsite.scoring.readings.Known].
    """
    until = min(as_of, cycle.end)
    check_ins = known_by(kr.check_ins, as_of)
    confidence = next((each.confidence for each in reversed(check_ins) if each.confidence is not None), None)
    milestones = [each for each in kr.milestones if each.done is not None and each.done <= until]
    readings: Sequence[CheckIn | Measurement]
    if kpi is None:
        readings = [each for each in check_ins if each.value is not None]
        signs = [check_ins[-1].date] if check_ins else []
        signs += [each.done for each in milestones if each.done is not None]
    else:
        readings = known_by(kpi.measurements, until)
        signs = [readings[-1].date] if readings else []
    return Known(readings, milestones, supporting, confidence, max(signs, default=None), cycle.check_in_every)


def known_by(dated: tuple[Dated, ...], day: date) -> tuple[Dated, ...]:
    """Those of a sorted series that are dated on the day or before."""
    if not dated or dated[-1].date <= day:  # as nearly always
        return dated
    return dated[: bisect_right(dated, day, key=_by_date)]
