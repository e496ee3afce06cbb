"""Exact means."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from okrsite.scoring.means import clamp, exact, mean, mean_of_given, total, weighted_mean

SHARES = st.fractions(max_denominator=10**30)
WEIGHTS = st.decimals(min_value=0, max_value=100, places=2)


def test_nothing_has_no_sum_and_no_mean() -> None:
    """Zero of nothing, and no confidence where none was given."""
    assert total([]) == mean([]) == weighted_mean([]) == weighted_mean([(Decimal(0), Fraction(1))]) == 0
    assert mean_of_given([None]) is None


def test_decimals_are_what_they_say() -> None:
    """0.1 is a tenth."""
    assert exact(Decimal("0.1")) == Fraction(1, 10)


@given(SHARES)
def test_clamp_stays_within(share: Fraction) -> None:
    """Never below 0 or above 1, and unchanged between."""
    assert clamp(share) == min(max(share, Fraction(0)), Fraction(1))


@given(st.lists(SHARES, max_size=40))
def test_totals_are_sums(values: list[Fraction]) -> None:
    """Whichever way they are added."""
    assert total(values) == sum(values)


@given(st.lists(st.tuples(WEIGHTS, SHARES), max_size=40))
def test_weighted_means_by_the_book(parts: list[tuple[Decimal, Fraction]]) -> None:
    """sum(w*v) / sum(w), with short denominators and with those too long to share one."""
    weights = sum(Fraction(weight) for weight, _ in parts)
    by_the_book = sum(Fraction(weight) * value for weight, value in parts) / weights if weights else 0
    assert weighted_mean(parts) == by_the_book
