"""When two values count as the same: numbers as programs read them, so that a portal and its ``okrs.json`` agree."""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from math import inf

from okrsite.history.goalposts import Value


def same(one: Value | Fraction, other: Value | Fraction) -> bool:
    """Whether two values of fields or figures are the same: of numbers, whether the nearest doubles are."""
    if one == other and type(one) is type(other):
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (Decimal, Fraction)) and isinstance(other, (Decimal, Fraction)):
        return _double(one) == _double(other)
    return False


def _double(number: Decimal | Fraction) -> float:
    try:
        double = float(number)
    except OverflowError:
        double = inf if number > 0 else -inf
    return max(-sys.float_info.max, min(double, sys.float_info.max))
