"""The day that figures are for, as a date that notes what is asked of it.

What says only that a cycle has ended says the same the next day. So a comparison notes on which side of another day
this one is, and whatever else is asked notes which day it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Self

from okrsite.reads import BEFORE, DAY, SINCE, Place, note

_TOMORROW = timedelta(days=1)


class Day(date):
    """A day whose reading is noted; else it is the same as any other date.

    Args:
        day: The date that it is.

    Attributes:
        plain: That date, which notes nothing.
        since: By another day, whether it is that day or a later one.
        before: By another day, whether it is earlier.
    """

    plain: date
    since: Mapping[str, bool]
    before: Mapping[str, bool]
    _sides: dict[date, Place]
    _after: dict[date, date]

    def __new__(cls, day: date) -> Self:
        """One that is the same day as a date."""
        self = super().__new__(cls, day.year, day.month, day.day)
        self.plain = day = _plain(day)
        self.since, self.before = _Sides(day, since=True), _Sides(day, since=False)
        self._sides, self._after = {}, {}
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[date]]:
        return type(self), (self.plain,)

    def __ge__(self, other: date, /) -> bool:
        return self._is_since(_plain(other))

    def __lt__(self, other: date, /) -> bool:
        return not self._is_since(_plain(other))

    def __gt__(self, other: date, /) -> bool:
        other = _plain(other)
        after = self._after.get(other)
        if after is None:
            if other == date.max:
                return False
            after = self._after[other] = other + _TOMORROW
        return self._is_since(after)

    def __le__(self, other: date, /) -> bool:
        return not self > other

    def __eq__(self, other: object) -> bool:
        return isinstance(other, date) and self >= other and not self > other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        note(_ITSELF)
        return hash(self.plain)

    def _is_since(self, other: date) -> bool:
        """Whether it is another day or a later one; that is noted."""
        since = self.plain >= other
        place = self._sides.get(other)
        if place is None:
            place = self._sides[other] = Place((DAY, SINCE if since else BEFORE, other.isoformat()))
        note(place)
        return since


_ITSELF = Place((DAY, "plain"))


def _telling(name: str) -> Any:
    """An attribute of dates that tells which day it is, and notes that it was told."""
    if not callable(getattr(date, name)):

        def value(day: Day) -> Any:
            note(_ITSELF)
            return getattr(day.plain, name)

        return property(value)

    def method(day: Day, /, *args: Any, **named: Any) -> Any:
        note(_ITSELF)
        return getattr(day.plain, name)(*args, **named)

    return method


TELLING = (
    *("year", "month", "day", "replace", "timetuple", "toordinal", "weekday", "isoweekday", "isocalendar"),
    *("isoformat", "ctime", "strftime", "__str__", "__repr__", "__format__"),
    *("__add__", "__radd__", "__sub__", "__rsub__"),
)
"""What tells which day it is."""

for _name in TELLING:
    setattr(Day, _name, _telling(_name))


def _plain(day: date) -> date:
    return day.plain if isinstance(day, Day) else day


class _Sides(Mapping[str, bool]):
    """On which side of any other day a day is."""

    def __init__(self, day: date, *, since: bool) -> None:
        self._day = day
        self._since = since

    def __getitem__(self, other: str) -> bool:
        return (self._day >= date.fromisoformat(other)) == self._since

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
