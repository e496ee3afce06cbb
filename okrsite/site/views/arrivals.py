"""What came in: check-ins, one by one and as meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from okrsite.frozen import frozen
from okrsite.model import KeyResult
from okrsite.site import addresses
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import Link, Reading


class Arrived(NamedTuple):
    """A check-in that came in; its key result is looked at when somebody asks for it.

    Attributes:
        gallery: What has them.
        day: The number of its day.
        key_result_id: What it is on.
        place: Where it stands among the readings of that.
        by: Who said it.
        lacks: How little a reader learns from it: 0 with a note and a new value, 1 with either of them, 2 with neither.
    """

    gallery: Gallery
    day: int
    key_result_id: str
    place: int
    by: str
    lacks: int

    @property
    def unit_id(self) -> str:
        """The id of the unit."""
        return self.key_result_id.rsplit("/", 3)[0]

    @property
    def unit(self) -> Link:
        """The unit."""
        return self.gallery.unit_link(self.unit_id)

    @property
    def kr(self) -> KeyResult:
        """The key result."""
        return self.gallery.portal.key_results[self.key_result_id]

    @property
    def address(self) -> str:
        """Its anchor on the objective's page."""
        return addresses.key_result(self.key_result_id)

    @property
    def reading(self) -> Reading:
        """What came in."""
        return self.gallery.readings[self.key_result_id][self.place]

    @property
    def before(self) -> Decimal | None:
        """The value that the reading took the place of, where both are numbers that differ."""
        return _before(self.reading)


@frozen
class Meeting:
    """What one person said on one day about the goals of one unit."""

    on: date
    by: str
    unit_id: str
    unit: Link
    said: tuple[Arrived, ...]


def arrived(gallery: Gallery, ids: Iterable[str], since: date = date.min) -> tuple[Arrived, ...]:
    """The check-ins on some objectives up to the day, newest first.

    Args:
        gallery: What has the objectives.
        ids: Theirs.
        since: The day before the first one told of.
    """
    return newest_first(
        Arrived(gallery, reading.date.toordinal(), kr_id, place, reading.by, _lacks(reading))
        for id in ids
        for kr_id in gallery.portal.key_result_ids[id]
        for place, reading in enumerate(gallery.readings[kr_id])
        if reading.origin == "check-in" and since < reading.date
    )


def newest_first(items: Iterable[Arrived]) -> tuple[Arrived, ...]:
    """Check-ins by their dates; those of one day by the ids of their key results."""
    return tuple(sorted(items, key=lambda item: (-item.day, item.key_result_id)))


def telling(items: Sequence[Arrived]) -> tuple[Arrived, ...]:
    """Check-ins with those first that a reader learns most from: a note and a new value, then either of them."""
    return tuple(sorted(items, key=lambda item: item.lacks))


def meetings(items: Iterable[Arrived]) -> tuple[Meeting, ...]:
    """Check-ins of the same day, person and unit together; the newest first."""
    together: dict[tuple[int, str, str], list[Arrived]] = {}
    for item in items:
        together.setdefault((-item.day, item.unit_id, item.by), []).append(item)
    return tuple(
        Meeting(date.fromordinal(-day), by, unit_id, said[0].unit, tuple(said))
        for (day, unit_id, by), said in sorted(together.items())
    )


def _before(reading: Reading) -> Decimal | None:
    value, change = reading.value, reading.change
    return value - change if isinstance(value, Decimal) and change else None


def _lacks(reading: Reading) -> int:
    return (_before(reading) is None) + (not reading.note)
