"""Exact values as those that JSON and spreadsheets know."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

Number = int | float

_WHOLE = Decimal(2**53)
"""Up to here every program that reads numbers as doubles keeps whole ones exact."""


def share(value: Fraction) -> float:
    """A computed figure, unrounded; the nearest double (about 16 digits), the largest one where it is beyond all."""
    return _double(value.numerator, value.denominator)


def _double(above: int, below: int) -> float:
    """The double nearest to a ratio: Python divides whole numbers of any size with one rounding."""
    try:
        return above / below
    except OverflowError:
        return sys.float_info.max if above > 0 else -sys.float_info.max


def share_or_none(value: Fraction | None) -> float | None:
    """The same, where there may be none."""
    return None if value is None else share(value)


def number(value: Decimal) -> Number:
    """A number of the content: whole ones as integers (``41``, not ``41.0``), others as the nearest double."""
    if abs(value) <= _WHOLE and value == value.to_integral_value():
        return int(value)
    return _double(*value.as_integer_ratio())


def number_or_none(value: Decimal | None) -> Number | None:
    """The same, where there may be none."""
    return None if value is None else number(value)


def reading(value: Decimal | bool | None) -> Number | bool | None:
    """A reading: true and false stay what they are."""
    return value if value is None or isinstance(value, bool) else number(value)


def target(single: Decimal | None, ends: Iterable[Decimal] | None) -> Number | list[Number] | None:
    """A target: one number, ``[low, high]`` for a range, None where the kind has none."""
    return number_or_none(single) if ends is None else [number(end) for end in ends]


def day_or_none(value: date | None) -> str | None:
    """A day as ISO text."""
    return None if value is None else value.isoformat()
