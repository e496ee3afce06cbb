"""How each kind of key result is scored: one small function a kind, and a registry of them.

A new kind is a function here, its line in [`KINDS`][okrsite.scoring.kinds.KINDS], and its word in the model's `Kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from okrsite.frozen import frozen
from okrsite.model import KeyResult, Kind
from okrsite.scoring.means import ONE, ZERO, exact, total, weighted_mean
from okrsite.scoring.readings import Known, Value

Step = tuple[date, Fraction]
"""A day and the raw progress from that day on."""


@frozen
class Formula:
    """How a kind is scored.

    Attributes:
        progress: The raw progress from what is known; 0 where nothing is.
        steps: Every change of the raw progress on the way there, by date. A roll-up has none of its own: it follows the
            objectives that support it.
        can_be_lost: Whether a target that is met can still be missed later, so that it is achieved from the due date on
            only.
        can_be_stale: Whether it waits for check-ins.
    """

    progress: Callable[[KeyResult, Known], Fraction]
    steps: Callable[[KeyResult, Known], Iterator[Step]]
    can_be_lost: bool = False
    can_be_stale: bool = True


def _way(kr: KeyResult, value: Value) -> Fraction:
    """How much of the way from the baseline to the target is done, up or down."""
    now, below = value.as_integer_ratio()
    start, of_start = cast("Decimal", kr.baseline).as_integer_ratio()
    end, of_end = cast("Decimal", kr.target).as_integer_ratio()
    # (value - baseline) / (target - baseline) in whole numbers: one fraction is made and reduced instead of three.
    return Fraction((now * of_start - start * below) * of_end, (end * of_start - start * of_end) * below)


def _at_least(kr: KeyResult, value: Value) -> Fraction:
    """1 if the value is high enough."""
    target = cast("Decimal", kr.target)
    return ONE if value > target or (kr.inclusive and value == target) else ZERO


def _at_most(kr: KeyResult, value: Value) -> Fraction:
    """1 if the value is low enough."""
    target = cast("Decimal", kr.target)
    return ONE if value < target or (kr.inclusive and value == target) else ZERO


def _between(kr: KeyResult, value: Value) -> Fraction:
    """1 if the value is inside the range."""
    low, high = cast("tuple[Decimal, Decimal]", kr.target_range)
    return ONE if low < value < high or (kr.inclusive and value in (low, high)) else ZERO


def meets(kr: KeyResult, value: Value) -> bool:
    """Whether a reading meets the target of a key result of kind ``at_least``, ``at_most`` or ``between``."""
    return {"at_least": _at_least, "at_most": _at_most, "between": _between}[kr.kind](kr, value) == ONE


def _done(_kr: KeyResult, value: Value) -> Fraction:
    """1 if it is."""
    return ONE if value else ZERO


def _by_reading(rule: Callable[[KeyResult, Value], Fraction], *, can_be_lost: bool = False) -> Formula:
    """A kind whose progress is a function of the latest reading, or of every period's latest where sustained."""

    def progress(kr: KeyResult, known: Known) -> Fraction:
        if kr.sustained:
            share = ZERO
            for _, share in _sustained(kr, known, rule):  # noqa: B007 - the last one is wanted
                pass
            return share
        return ZERO if known.current is None else rule(kr, known.current)

    def steps(kr: KeyResult, known: Known) -> Iterator[Step]:
        if kr.sustained:
            yield from _sustained(kr, known, rule)
            return
        for reading in known.readings:
            if reading.value is not None:
                yield reading.date, rule(kr, reading.value)

    return Formula(progress, steps, can_be_lost=can_be_lost)


def _sustained(kr: KeyResult, known: Known, rule: Callable[[KeyResult, Value], Fraction]) -> Iterator[Step]:
    """The share of the window's check-in periods whose last reading meets the target, after each reading.

    The window, both ends counted, is cut from its start; its last period may be shorter. Readings outside it are in no
    period.
    """
    periods = -(-((kr.due - kr.start).days + 1) // known.check_in_every)
    met: set[int] = set()
    for reading in known.readings:
        if reading.value is not None and kr.start <= reading.date <= kr.due:
            period = (reading.date - kr.start).days // known.check_in_every
            if rule(kr, reading.value):
                met.add(period)
            else:
                met.discard(period)
            yield reading.date, Fraction(len(met), periods)


def _milestones(kr: KeyResult, known: Known) -> Fraction:
    """The weight of the milestones done, as a share of all."""
    everything = total([exact(each.weight) for each in kr.milestones])
    return total([exact(each.weight) for each in known.milestones]) / everything if everything else ZERO


def _milestone_steps(kr: KeyResult, known: Known) -> Iterator[Step]:
    """The share after each milestone."""
    everything = total([exact(each.weight) for each in kr.milestones])
    done = ZERO
    for each in sorted(known.milestones, key=lambda each: each.done or date.min):
        if each.done is not None and everything:
            done += exact(each.weight)
            yield each.done, done / everything


def _rollup(_kr: KeyResult, known: Known) -> Fraction:
    """The weighted mean of the progress of the objectives that support it."""
    return weighted_mean((each.weight, each.progress) for each in known.supporting)


def _no_steps(_kr: KeyResult, _known: Known) -> Iterator[Step]:
    """None of its own."""
    return iter(())


KINDS: Mapping[Kind, Formula] = {
    "increase": _by_reading(_way),
    "decrease": _by_reading(_way),
    "at_least": _by_reading(_at_least, can_be_lost=True),
    "at_most": _by_reading(_at_most, can_be_lost=True),
    "between": _by_reading(_between, can_be_lost=True),
    "done": _by_reading(_done),
    "milestones": Formula(_milestones, _milestone_steps),
    "rollup": Formula(_rollup, _no_steps, can_be_stale=False),
}
