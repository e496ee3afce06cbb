"""Exact arithmetic of shares: decimals become fractions, fractions become means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

ZERO = Fraction(0)
ONE = Fraction(1)

_SHORT = 2048  # bits up to which a common denominator is cheaper than adding fractions one by one


@lru_cache(maxsize=16384)
def exact(value: Decimal | int) -> Fraction:
    """The fraction that is equal to a number; kept, since targets and weights come again and again."""
    return Fraction(value)


def clamp(share: Fraction) -> Fraction:
    """The nearest share within 0..1."""
    if share.numerator <= 0:
        return ZERO
    return ONE if share.numerator >= share.denominator else share


def mean(values: Iterable[Fraction]) -> Fraction:
    """The plain mean; 0 of nothing."""
    return _mean([(1, value) for value in values])


def mean_of_given(values: Iterable[Decimal | Fraction | None]) -> Fraction | None:
    """The plain mean of those that are there; None where none is."""
    given = [value if isinstance(value, Fraction) else exact(value) for value in values if value is not None]
    return mean(given) if given else None


def weighted_mean(parts: Iterable[tuple[Decimal, Fraction]]) -> Fraction:
    """The mean of (weight, value) pairs: sum(w*v) / sum(w); 0 where nothing has a weight."""
    counted = [(exact(weight), value) for weight, value in parts if weight]
    scale = lcm(*[weight.denominator for weight, _ in counted])
    return _mean([(weight.numerator * (scale // weight.denominator), value) for weight, value in counted])


def total(values: Sequence[Fraction]) -> Fraction:
    """The sum, 0 of nothing.

    Summed in pairs, then in pairs of pairs: with thousands of different denominators, adding one after the other
    would carry ever longer numbers through every step.
    """
    while len(values) > 1:
        odd = values[-1:] if len(values) % 2 else ()
        values = [*(a + b for a, b in zip(values[::2], values[1::2], strict=False)), *odd]
    return values[0] if values else ZERO


def _mean(parts: Sequence[tuple[int, Fraction]]) -> Fraction:
    """The weighted mean with whole weights that are not 0."""
    if not parts:
        return ZERO
    first = parts[0][1]
    if all(value is first for _, value in parts):
        return first
    weights = sum([weight for weight, _ in parts])
    common = lcm(*[value.denominator for _, value in parts])
    if common.bit_length() > _SHORT:
        return total([weight * value for weight, value in parts]) / weights
    scaled = sum([weight * value.numerator * (common // value.denominator) for weight, value in parts])
    return Fraction(scaled, common * weights)
