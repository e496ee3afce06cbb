"""The period that goals are set for."""

from __future__ import annotations

from datetime import date

from okrsite.frozen import frozen


@frozen
class Cycle:
    """A named pair of dates, both within the cycle.

    Attributes:
        id: As in file names and URLs, e.g. ``2026-Q1``.
        name: What readers see; the id where the portal gives no other.
        start: Its first day.
        end: Its last day.
        check_in_every: Days between two check-ins of a key result.
    """

    id: str
    name: str
    start: date
    end: date
    check_in_every: int = 14

    @property
    def days(self) -> int:
        """How many days it has, both ends counted."""
        return (self.end - self.start).days + 1

    def holds(self, day: date) -> bool:
        """Whether the day is within the cycle, both ends included."""
        return self.start <= day <= self.end
