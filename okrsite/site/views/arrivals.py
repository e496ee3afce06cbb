"""What came in: check-ins, one by one and as meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter

from okrsite.site.views.goals import KeyResultView, Link, ObjectiveView, Reading


@dataclass(frozen=True, slots=True)
class Arrived:
    """A check-in that came in."""

    reading: Reading
    key_result: KeyResultView
    objective: ObjectiveView

    @property
    def before(self) -> Decimal | None:
        """The value that the reading took the place of, where both are numbers that differ."""
        value, change = self.reading.value, self.reading.change
        return value - change if isinstance(value, Decimal) and change else None

    @property
    def is_silent(self) -> bool:
        """Whether it says no more than that somebody looked."""
        return self.before is None and not self.reading.note


@dataclass(frozen=True, slots=True)
class Meeting:
    """What one person said on one day about the goals of one unit."""

    on: date
    by: str
    unit_id: str
    unit: Link
    said: tuple[Arrived, ...]


def arrived(views: Iterable[ObjectiveView], since: date = date.min, until: date = date.max) -> tuple[Arrived, ...]:
    """The check-ins on some objectives up to the day, newest first.

    Args:
        views: The objectives.
        since: The day before the first one told of.
        until: The last day.
    """
    found = [
        (-reading.date.toordinal(), kr.kr.id, Arrived(reading, kr, view))
        for view in views
        for kr in view.key_results
        for reading in kr.readings
        if reading.origin == "check-in" and since < reading.date <= until
    ]
    found.sort(key=itemgetter(0, 1))
    return tuple(item for _, _, item in found)


def telling(items: Sequence[Arrived]) -> tuple[Arrived, ...]:
    """Check-ins with those first that a reader learns most from: a note and a new value, then either of them."""
    return tuple(sorted(items, key=lambda item: (item.before is None) + (not item.reading.note)))


def meetings(items: Iterable[Arrived]) -> tuple[Meeting, ...]:
    """Check-ins of the same day, person and unit together; the newest first."""
    together: dict[tuple[date, str, str], list[Arrived]] = {}
    for item in items:
        key = (item.reading.date, item.objective.unit.id, item.reading.by)
        together.setdefault(key, []).append(item)
    return tuple(
        Meeting(on, by, unit_id, said[0].objective.unit_link, tuple(said))
        for (on, unit_id, by), said in sorted(together.items(), key=lambda each: (-each[0][0].toordinal(), each[0][1:]))
    )
