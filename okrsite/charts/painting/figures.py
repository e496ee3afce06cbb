"""Numbers as a drawing holds them, and the outlines of symbols."""

from __future__ import annotations

import math
import re
from functools import lru_cache

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def number(value: float) -> str:
    """A length in pixels, to a hundredth: smaller, and the last digits of floating point may differ between machines.

    Raises:
        ValueError, OverflowError: It is not finite.
    """
    whole = int(value)
    if whole == value:
        return str(whole)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def coordinate(value: float) -> str:
    """A length within a path, which Vega rounds to a thousandth first."""
    return number(math.floor(value * 1000 + 0.5) / 1000)


@lru_cache(maxsize=64)
def outline(shape: str, size: float) -> str:
    """The path of a symbol around its middle.

    Args:
        shape: One of Vega's names, or a path within -1..1 of straight lines.
        size: In square pixels, of the square around it.
    """
    half = math.sqrt(size) / 2
    at, back = coordinate(half), coordinate(-half)
    if shape == "circle":
        return f"M{at},0A{at},{at},0,1,1,{back},0A{at},{at},0,1,1,{at},0"
    if shape == "square":
        side = coordinate(2 * half)
        return f"M{back},{back}h{side}v{side}h-{side}Z"
    if shape == "diamond":
        return f"M{back},0L0,{back}L{at},0L0,{at}Z"
    if shape == "triangle-up":
        low = coordinate(half * math.sqrt(3) / 2)
        return f"M0,-{low}L{back},{low}L{at},{low}Z"
    return _NUMBER.sub(lambda found: coordinate(float(found[0]) * half), shape)
