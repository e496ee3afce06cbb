"""What needs attention: objectives under way that are behind, silent, or that their owners trust less than before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from typing import Any

from okrsite.frozen import frozen
from okrsite.model import Objective
from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import KeyResultView, ObjectiveView
from okrsite.site.views.leading import Leading, Ranked, first_of_all, leading
from okrsite.site.views.some import Some

MOST = 6
"""How many objectives that are behind are shown, what needs attention most first."""

_MOST_BESIDE = 5
"""How many of what needs attention besides."""

FALL = 1.0
"""So many points of confidence, of ten, are a fall worth a word."""

FALL_DAYS = 14


@frozen
class Falling:
    """An objective whose confidence fell.

    Attributes:
        before: The highest confidence that was held within the last fortnight, 0..10.
        now: What it is on the day.
    """

    view: ObjectiveView
    before: float
    now: float


@frozen
class Attention:
    """What needs attention, of all active objectives in a cycle that holds the day.

    Attributes:
        off_track: The farthest behind first.
        at_risk: The same.
        no_data: Key results that should have a reading and have none.
        waiting: How many key results there are whose check-in is overdue.
        falling: The steepest fall first.
    """

    off_track: Some[ObjectiveView]
    at_risk: Some[ObjectiveView]
    no_data: Some[KeyResultView]
    waiting: int
    falling: Some[Falling]

    @property
    def is_needed(self) -> bool:
        """Whether there is any."""
        return bool(self.off_track or self.at_risk or self.no_data or self.waiting or self.falling)


def attention(gallery: Gallery) -> Attention:
    """What needs attention on the day."""
    of_units = [gallery.part(attention_in, unit) for unit in gallery.portal.units]
    off_track, at_risk, no_data, waiting, falling = zip(*of_units, strict=True) if of_units else ((), (), (), (), ())

    def objectives(each: Iterable[Leading]) -> Some[ObjectiveView]:
        return first_of_all(each, MOST, _farthest_first).each(lambda row: gallery.objectives[row[0]])

    return Attention(
        off_track=objectives(off_track),
        at_risk=objectives(at_risk),
        no_data=first_of_all(no_data, _MOST_BESIDE).each(lambda row: gallery.key_result(row[2])[0]),
        waiting=sum(waiting),
        falling=first_of_all(falling, _MOST_BESIDE, _steepest_first).each(
            lambda row: Falling(gallery.objectives[row[0]], *row[1:])
        ),
    )


def attention_in(gallery: Gallery, unit_id: str) -> tuple[Leading, Leading, Leading, int, Leading]:
    """What needs attention in a unit, as texts and numbers."""
    behind: dict[str, list[Ranked]] = {"off_track": [], "at_risk": []}
    no_data, waiting, falls = [], 0, []
    for objective in gallery.running_in(unit_id):
        figures = gallery.figures.objectives[objective.id]
        if figures.status in behind:
            gap = figures.progress - figures.expected
            behind[figures.status].append((objective.id, *gap.as_integer_ratio()))
        for place, kr in enumerate(objective.key_results):
            own = gallery.figures.key_results[kr.id]
            waiting += own.stale
            if own.status == "no_data":
                no_data.append((objective.id, place, kr.id))
        falls += _fall(gallery, objective)
    return (
        leading(behind["off_track"], MOST, _farthest_first),
        leading(behind["at_risk"], MOST, _farthest_first),
        leading(no_data, _MOST_BESIDE),
        waiting,
        leading(falls, _MOST_BESIDE, _steepest_first),
    )


def _fall(gallery: Gallery, objective: Objective) -> list[tuple[str, float, float]]:
    """Whether the confidence is lower by `FALL` or more than it was at some time within the last `FALL_DAYS` days."""
    since = gallery.as_of - timedelta(days=FALL_DAYS)
    series = gallery.trends.confidence_trend(objective.id)
    held = [value for day, value in series if day > since]
    held += [value for day, value in series if day <= since][-1:]
    if not held:
        return []
    before, now = max(held), series[-1][1]
    # Means of whole points are not exact as floats: a fall by 1 must not be missed by the last digit.
    return [(objective.id, before, now)] if round(before - now, 6) >= FALL else []


def _farthest_first(row: Ranked) -> Any:
    id, *gap = row
    return Fraction(*gap), id


def _steepest_first(row: Ranked) -> Any:
    id, before, now = row
    return now - before, id
