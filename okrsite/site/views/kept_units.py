"""Units in their cycles, kept between builds: who counts, compares or lists them need not look at their goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from okrsite.model import Cycle, Objective
from okrsite.scoring import KpiStatus, Status
from okrsite.site.views.goals import Spark
from okrsite.site.views.sparks import progress_spark
from okrsite.site.views.standing import Ratio, Standing

if TYPE_CHECKING:
    from okrsite.site.views.gallery import Gallery

RHYTHM = 6
"""How many check-in periods a unit's rhythm looks back on."""

_COLOURS: tuple[KpiStatus, ...] = ("red", "amber", "green", "no_data")


class UnitSums(NamedTuple):
    """What the goals of a unit in a cycle come to.

    Attributes:
        key_results: Of those of objectives that roll up: the progress and status of each.
        rhythm: The last check-in periods, oldest first: whether anything came in.
        latest: The number of the day of the latest reading; None where there is none.
    """

    key_results: tuple[tuple[Ratio, Status], ...]
    rhythm: tuple[bool, ...]
    latest: int | None

    @property
    def statuses(self) -> list[Status]:
        """Of the key results."""
        return [status for _, status in self.key_results]

    @property
    def spread(self) -> tuple[tuple[Fraction, Status], ...]:
        """The progress and status of the key results."""
        return tuple((Fraction(*ratio), status) for ratio, status in self.key_results)


def sums_of(gallery: Gallery, unit_id: str, cycle_id: str) -> UnitSums:
    """What the goals of a unit in a cycle come to."""
    return UnitSums(*gallery.part(_sums, unit_id, cycle_id))


def standings(gallery: Gallery, unit_id: str, cycle_id: str) -> list[Standing]:
    """The objectives of a unit in a cycle, in their order."""
    return [Standing(*each) for each in gallery.part(_standings, unit_id, cycle_id)]


def sparks(gallery: Gallery, unit_id: str, cycle_id: str) -> Mapping[str, Spark]:
    """The way of each objective of a unit in a cycle, by its id."""
    return dict(gallery.part(_sparks, unit_id, cycle_id))


def colours(gallery: Gallery, unit_id: str) -> tuple[tuple[KpiStatus, int], ...]:
    """How many of a unit's KPIs have each status; what does not occur is left out."""
    return gallery.part(_colours, unit_id)


def _sums(gallery: Gallery, unit_id: str, cycle_id: str) -> tuple[Any, ...]:
    goals, figures = gallery.portal.objectives_by_unit[unit_id].get(cycle_id, ()), gallery.figures.key_results
    of_all = {kr.id: figures[kr.id] for goal in goals for kr in goal.key_results}
    counting = [of_all[kr.id] for goal in goals if goal.rolls_up for kr in goal.key_results]
    return (
        tuple((each.progress.as_integer_ratio(), each.status) for each in counting),
        _rhythm(gallery, goals, gallery.portal.cycles[cycle_id]),
        max((each.last_check_in.toordinal() for each in of_all.values() if each.last_check_in), default=None),
    )


def _rhythm(gallery: Gallery, goals: Iterable[Objective], cycle: Cycle) -> tuple[bool, ...]:
    """Whether anything came in, for each of the last check-in periods of a cycle up to the day."""
    days = {each.date for goal in goals for kr in goal.key_results for each in gallery.came(kr, cycle)}
    periods: list[bool] = []
    end = min(gallery.as_of, cycle.end)
    while end >= cycle.start and len(periods) < RHYTHM:
        start = end - timedelta(days=cycle.check_in_every - 1)
        periods.append(any(start <= day <= end for day in days))
        end = start - timedelta(days=1)
    return tuple(reversed(periods))


def _standings(gallery: Gallery, unit_id: str, cycle_id: str) -> tuple[tuple[Any, ...], ...]:
    goals = gallery.portal.objectives_by_unit[unit_id][cycle_id]
    return tuple(tuple(_standing(gallery, goal)) for goal in goals)


def _standing(gallery: Gallery, goal: Objective) -> Standing:
    figures = gallery.figures.objectives[goal.id]
    return Standing(
        id=goal.id,
        state=goal.state,
        type=goal.type,
        owner=goal.owner,
        rolls_up=goal.rolls_up,
        status=figures.status,
        progress_ratio=figures.progress.as_integer_ratio(),
        expected_ratio=figures.expected.as_integer_ratio(),
        confidence_ratio=None if figures.confidence is None else figures.confidence.as_integer_ratio(),
        grade=figures.grade,
        owner_grade=figures.owner_grade,
        covered=figures.covered,
        score=None if goal.score is None else str(goal.score),
        is_told=bool(goal.closing_note),
        supports=bool(goal.supports),
    )


def _sparks(gallery: Gallery, unit_id: str, cycle_id: str) -> tuple[tuple[str, Spark], ...]:
    goals, cycle = gallery.portal.objective_ids[unit_id][cycle_id], gallery.portal.cycles[cycle_id]
    return tuple((id, progress_spark(gallery.trends.objective_trend(id), cycle.start, cycle.end)) for id in goals)


def _colours(gallery: Gallery, unit_id: str) -> tuple[tuple[KpiStatus, int], ...]:
    counts = Counter(gallery.figures.kpis[id].status for id in gallery.portal.kpi_ids[unit_id])
    return tuple((colour, counts[colour]) for colour in _COLOURS if counts[colour])
