"""Numbers and outlines in drawings."""

from __future__ import annotations

import math

import pytest

from okrsite.charts.painting.figures import coordinate, number, outline


@pytest.mark.parametrize(
    ("value", "text"), [(3, "3"), (3.0, "3"), (2.5, "2.5"), (1 / 3, "0.33"), (-0.0, "0"), (-0.001, "0"), (1e-9, "0")]
)
def test_a_hundredth_of_a_pixel_is_enough(value: float, text: str) -> None:
    """Lengths have two decimals at most, and nothing is never negative."""
    assert number(value) == text


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_is_not_finite_has_no_place(value: float) -> None:
    """It is refused, in a path as elsewhere."""
    for write in (number, coordinate):
        with pytest.raises((ValueError, OverflowError)):
            write(value)


def test_paths_are_scaled() -> None:
    """A shape of one's own is as large as the others: a size of 100 is a square of ten pixels."""
    assert outline("square", 100) == "M-5,-5h10v10h-10Z"
    assert outline("M-1,0.5L1,-1", 100) == "M-5,2.5L5,-5"
