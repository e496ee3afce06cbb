"""Step functions of time: a value that changes on some days. Floats, since they are drawn, not compared."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter

from okrsite.scoring.means import exact

Steps = Sequence[tuple[date, float]]
"""Days on which a value changes, by date and each once, with the value from that day on."""

_DIGITS = 12  # hides what running sums of floats collect, so that a full score is drawn as 1.0

_by_date = itemgetter(0)


_LARGEST = 1e300
"""Differences of two such numbers are numbers still."""


def drawable(value: Fraction | Decimal) -> float:
    """A number as it is drawn; what is larger than anything a drawing could show is as large as can be."""
    try:
        found = float(value)
    except OverflowError:
        found = _LARGEST if value > 0 else -_LARGEST
    return min(max(found, -_LARGEST), _LARGEST)


def shares(weights: Sequence[Decimal]) -> list[float]:
    """Weights for `weighted_mean_of`, in proportion: their own numbers may be beyond what floats hold."""
    if len(set(weights)) == 1 and weights[0]:
        return [1.0] * len(weights)  # any equal weights will do
    parts = [exact(weight) for weight in weights]
    total = sum(parts)
    return [float(part / total) if total else 0.0 for part in parts]


def weighted_mean_of(parts: Sequence[tuple[float, Steps]]) -> Steps:
    """The mean of several (weight, steps) on every day; each is 0 before its first step."""
    parts = [part for part in parts if part[0]]
    if not parts:
        return ()
    total = sum(weight for weight, _ in parts)
    if len(parts) == 1:
        return parts[0][1]
    values = [0.0] * len(parts)
    running = 0.0

    def change(place: int, value: float) -> float:
        nonlocal running
        running += parts[place][0] * (value - values[place])
        values[place] = value
        return running / total

    return _merged([steps for _, steps in parts], change)


def mean_of_begun(parts: Sequence[Steps]) -> Steps:
    """The plain mean, on every day, of those that have begun; nothing before the first has."""
    values: list[float | None] = [None] * len(parts)
    running = 0.0
    begun = 0

    def change(place: int, value: float) -> float:
        nonlocal running, begun
        before = values[place]
        begun += before is None
        running += value - (before or 0.0)
        values[place] = value
        return running / begun

    return _merged(parts, change)


def last_of_each_day(steps: Iterable[tuple[date, float]]) -> Steps:
    """Steps by date, without those that another of the same day follows."""
    return tuple(dict(steps).items())


def from_day(steps: Steps, day: date, before: float | None) -> Steps:
    """The steps from a day on, the first of them on that day with the value then.

    Args:
        steps: All of them.
        day: Where to begin.
        before: The value before the first step; None for none, so that it begins with the first step after the day.
    """
    place = bisect_right(steps, day, key=_by_date)
    value = steps[place - 1][1] if place else before
    return tuple(steps[place:]) if value is None else ((day, value), *steps[place:])


def clamped(steps: Steps) -> Steps:
    """The same with every value within 0..1."""
    return tuple([(day, value if 0.0 <= value <= 1.0 else min(max(value, 0.0), 1.0)) for day, value in steps])


def _merged(parts: Sequence[Steps], change: Callable[[int, float], float]) -> Steps:
    """What a function of all values gives after each day on which one of them changes."""
    return last_of_each_day(_changes(parts, change))


def _changes(parts: Sequence[Steps], change: Callable[[int, float], float]) -> Iterator[tuple[date, float]]:
    """Each change in turn: n log n in the number of steps."""
    events = [(day, place, value) for place, steps in enumerate(parts) for day, value in steps]
    for day, place, value in sorted(events):
        yield day, round(change(place, value), _DIGITS)
