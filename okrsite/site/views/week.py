"""What changed within a week: what came in, and whose status became another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from okrsite.scoring import STATUSES, Status
from okrsite.site.views.attention import is_running
from okrsite.site.views.gallery import LAST_WEEK, Gallery
from okrsite.site.views.goals import KeyResultView, ObjectiveView, Reading

RECENT_DAYS = LAST_WEEK.days


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


@dataclass(frozen=True, slots=True)
class Turned:
    """An objective whose status is another than a week before.

    Attributes:
        before: Its status then.
        is_better: Whether it became achieved, or needs less attention now.
    """

    view: ObjectiveView
    before: Status
    is_better: bool


def arrived(gallery: Gallery, days: int) -> tuple[Arrived, ...]:
    """The check-ins of the last days up to the day, newest first."""
    since = gallery.as_of - timedelta(days=days)
    found = [
        Arrived(reading, kr, view)
        for view in gallery.objectives.values()
        for kr in view.key_results
        for reading in kr.readings
        if since < reading.date <= gallery.as_of and reading.origin == "check-in"
    ]
    return tuple(sorted(found, key=lambda item: (-item.reading.date.toordinal(), item.key_result.kr.id)))


def telling(items: tuple[Arrived, ...]) -> tuple[Arrived, ...]:
    """The same with those first that a reader learns most from: a note and a new value, then either of them."""
    return tuple(sorted(items, key=lambda item: (item.before is None) + (not item.reading.note)))


def turned(gallery: Gallery) -> tuple[Turned, ...]:
    """The objectives under way that had another status a week ago, as was known then; what got worse first.

    Those that had not begun then are left out: that a cycle starts is no news of a goal.
    """
    then = gallery.a_week_ago.objectives
    found = []
    for view in gallery.objectives.values():
        before, now = then[view.objective.id].status, view.figures.status
        if before not in (now, "not_started") and is_running(gallery, view):
            better = STATUSES.index(now) > STATUSES.index(before)
            found.append(Turned(view, before, better))
    return tuple(sorted(found, key=lambda each: (each.is_better, each.view.objective.id)))
