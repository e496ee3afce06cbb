"""What needs attention: objectives under way that are behind, silent, or that their owners trust less than before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from okrsite.scoring import Status
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import KeyResultView, ObjectiveView

FALL = 1.0
"""So many points of confidence, of ten, are a fall worth a word."""

FALL_DAYS = 14


@dataclass(frozen=True, slots=True)
class Falling:
    """An objective whose confidence fell.

    Attributes:
        before: The highest confidence that was held within the last fortnight, 0..10.
        now: What it is on the day.
    """

    view: ObjectiveView
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs attention, of all active objectives in a cycle that holds the day.

    Attributes:
        off_track: The farthest behind first.
        at_risk: The same.
        no_data: Key results that should have a reading and have none.
        waiting: Key results whose check-in is overdue.
        falling: The steepest fall first.
    """

    off_track: tuple[ObjectiveView, ...]
    at_risk: tuple[ObjectiveView, ...]
    no_data: tuple[KeyResultView, ...]
    waiting: tuple[tuple[KeyResultView, ObjectiveView], ...]
    falling: tuple[Falling, ...]

    @property
    def is_needed(self) -> bool:
        """Whether there is any."""
        return bool(self.off_track or self.at_risk or self.no_data or self.waiting or self.falling)


def attention(gallery: Gallery) -> Attention:
    """What needs attention on the day."""
    running = gallery.running
    falls = [fall for view in running if (fall := _fall(gallery, view))]
    return Attention(
        off_track=_with_status(running, "off_track"),
        at_risk=_with_status(running, "at_risk"),
        no_data=tuple(kr for view in running for kr in view.key_results if kr.figures.status == "no_data"),
        waiting=tuple((kr, view) for view in running for kr in view.key_results if kr.waits),
        falling=tuple(sorted(falls, key=lambda fall: (fall.now - fall.before, fall.view.objective.id))),
    )


def _with_status(views: Sequence[ObjectiveView], status: Status) -> tuple[ObjectiveView, ...]:
    found = [view for view in views if view.figures.status == status]
    return tuple(sorted(found, key=lambda view: (view.figures.progress - view.figures.expected, view.objective.id)))


def _fall(gallery: Gallery, view: ObjectiveView) -> Falling | None:
    """Whether the confidence is lower by `FALL` or more than it was at some time within the last `FALL_DAYS` days."""
    since = gallery.as_of - timedelta(days=FALL_DAYS)
    series = gallery.trends.confidence_trend(view.objective.id)
    held = [value for day, value in series if day > since]
    held += [value for day, value in series if day <= since][-1:]
    if not held:
        return None
    before, now = max(held), series[-1][1]
    # Means of whole points are not exact as floats: a fall by 1 must not be missed by the last digit.
    return Falling(view, before, now) if round(before - now, 6) >= FALL else None
