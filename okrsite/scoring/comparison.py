"""Before and since a day: what a KPI did, and how regularly units checked in.

A comparison of before and after is no proof. So each comes with how many measurements it rests on, whether the
difference is larger than what was usual before, and whether the way there had begun before already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from okrsite.frozen import frozen
from okrsite.model import Cycle, Kpi, Measurement, Portal
from okrsite.scoring.kpis import distance
from okrsite.scoring.means import exact
from okrsite.scoring.readings import known_by

Verdict = Literal["better", "worse", "same", "unknown"]

ENOUGH = 3
"""How many measurements a side needs, so that its mean says something."""

LOOK_BACK = timedelta(days=366)
"""How far back measurements count as those before: a year, so that each season is in it once."""


@frozen
class Side:
    """The measurements of a KPI on one side of the day.

    Attributes:
        count: How many there are.
        mean: In the KPI's unit of measure; None without any.
        first: The first of them.
        last: The last of them.
    """

    count: int
    mean: Fraction | None
    first: Measurement | None
    last: Measurement | None


@frozen
class Comparison:
    """A KPI before and since a day.

    Attributes:
        before: Within a year before the day.
        since: From the day on.
        change: Of the mean; None where a side has none.
        verdict: Whether the mean is nearer to what is wanted; ``unknown`` where a side has none.
        is_few: Whether a side has fewer measurements than are enough.
        is_usual: Whether the change is no larger than the standard deviation of the measurements before.
        was_under_way: Whether it is better now, and was getting better before already.
    """

    before: Side
    since: Side
    change: Fraction | None
    verdict: Verdict
    is_few: bool
    is_usual: bool
    was_under_way: bool


@frozen
class Discipline:
    """Check-in periods of units with goals: how many there were, and in how many something came in."""

    kept: int = 0
    total: int = 0

    @property
    def share(self) -> Fraction | None:
        """Kept of all, 0..1; None where there were none."""
        return Fraction(self.kept, self.total) if self.total else None


def compare(kpi: Kpi, day: date, as_of: date) -> Comparison:
    """A KPI before and since a day, from the measurements known by another.

    Args:
        kpi: With its measurements.
        day: What happened on it begins to show from it on.
        as_of: The day that it is looked at.
    """
    known = known_by(kpi.measurements, as_of)
    earlier = [each for each in known if _is_before(each.date, day)]
    later = [each for each in known if each.date >= day]
    before, since = _side(earlier), _side(later)
    if before.mean is None or since.mean is None:
        return Comparison(before, since, None, "unknown", is_few=True, is_usual=False, was_under_way=False)
    change = since.mean - before.mean
    verdict = _verdict(_mean_distance(kpi, earlier), _mean_distance(kpi, later), change)
    squares = sum((exact(each.value) - before.mean) ** 2 for each in earlier)
    return Comparison(
        before=before,
        since=since,
        change=change,
        verdict=verdict,
        is_few=min(before.count, since.count) < ENOUGH,
        is_usual=before.count >= ENOUGH and change**2 * before.count <= squares,
        was_under_way=verdict == "better"
        and before.count >= ENOUGH
        and distance(kpi, earlier[-1].value) < distance(kpi, earlier[0].value),
    )


def periods_kept(portal: Portal, unit_id: str, cycle: Cycle) -> tuple[int, ...] | None:
    """The check-in periods of a cycle, counted from 0, in which something came in on a unit's objectives that roll up.

    None where none of its objectives does.
    """
    objectives = [each for each in portal.objectives_by_unit[unit_id].get(cycle.id, ()) if each.rolls_up]
    if not objectives:
        return None
    days = {check_in.date for each in objectives for kr in each.key_results for check_in in kr.check_ins}
    return tuple(sorted({(day - cycle.start).days // cycle.check_in_every for day in days}))


def discipline(cycle: Cycle, units: Iterable[Collection[int] | None], first: date, last: date) -> Discipline:
    """The check-in periods of a cycle that lie within two days.

    Periods are counted from the cycle's first day; one that is not over by the last day does not count.

    Args:
        cycle: Whose periods.
        units: Of each unit what `periods_kept` gives.
        first: The first of the two days.
        last: The other.
    """
    step = timedelta(days=cycle.check_in_every)
    periods = set()
    start, period = cycle.start, 0
    while start + step - timedelta(days=1) <= min(last, cycle.end):
        if start >= first:
            periods.add(period)
        start, period = start + step, period + 1
    kept = total = 0
    for came in units:
        if came is not None:
            total += len(periods)
            kept += len(periods.intersection(came))
    return Discipline(kept, total)


def _is_before(day: date, limit: date) -> bool:
    return day < limit and limit - day <= LOOK_BACK


def _side(measurements: Sequence[Measurement]) -> Side:
    if not measurements:
        return Side(0, None, None, None)
    mean = sum((exact(each.value) for each in measurements), Fraction(0)) / len(measurements)
    return Side(len(measurements), mean, measurements[0], measurements[-1])


def _mean_distance(kpi: Kpi, measurements: Sequence[Measurement]) -> Fraction:
    """How far the measurements are from what is wanted, on average: for a band the way back into it."""
    return sum((distance(kpi, each.value) for each in measurements), Fraction(0)) / len(measurements)


def _verdict(before: Fraction, since: Fraction, change: Fraction) -> Verdict:
    if before == since or not change:
        return "same"
    return "better" if since < before else "worse"
