"""Names of cycles to dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.content.calendar import FiscalYear, known_dates

YEARS = st.integers(1970, 2199)
FISCAL_YEARS = st.builds(FiscalYear, st.integers(1, 12), st.sampled_from(["start", "end"]))
PARTS = {
    "months": [f"-{month:02}" for month in range(1, 13)],
    "quarters": [f"-Q{quarter}" for quarter in range(1, 5)],
    "halves": ["-H1", "-H2"],
}


def spans(names: list[str], fiscal_year: FiscalYear) -> list[tuple[date, date]]:
    """The dates of names that are all known."""
    found = [known_dates(name, fiscal_year) for name in names]
    assert None not in found
    return [span for span in found if span]


def assert_tiles(parts: list[tuple[date, date]], whole: tuple[date, date]) -> None:
    """The parts cover the whole, in order, without gap or overlap."""
    assert (parts[0][0], parts[-1][1]) == whole
    assert all(first <= last for first, last in parts)
    assert all(second[0] - first[1] == timedelta(days=1) for first, second in pairwise(parts))


@given(YEARS, FISCAL_YEARS)
def test_quarters_and_halves_tile_the_fiscal_year(year: int, fiscal_year: FiscalYear) -> None:
    """The parts of a fiscal year cover it without gap or overlap."""
    (whole,) = spans([str(year)], fiscal_year)
    for kind in ("quarters", "halves"):
        assert_tiles(spans([f"{year}{part}" for part in PARTS[kind]], fiscal_year), whole)


@given(YEARS, FISCAL_YEARS)
def test_months_are_those_of_the_calendar(year: int, fiscal_year: FiscalYear) -> None:
    """Months do not shift with the fiscal year."""
    assert_tiles(
        spans([f"{year}{part}" for part in PARTS["months"]], fiscal_year), (date(year, 1, 1), date(year, 12, 31))
    )


@given(st.integers(1970, 2198), FISCAL_YEARS)
def test_years_follow_each_other(year: int, fiscal_year: FiscalYear) -> None:
    """A fiscal year begins on the first of its month, the day after the one before ended."""
    this, following = spans([str(year), str(year + 1)], fiscal_year)
    assert following[0] - this[1] == timedelta(days=1)
    assert (this[0].month, this[0].day) == (fiscal_year.start, 1)


@pytest.mark.parametrize("start", range(1, 13))
def test_the_name_of_a_fiscal_year(start: int) -> None:
    """Named by its start it starts in the year of its name, named by its end it ends in it."""
    by_start, by_end = known_dates("2026", FiscalYear(start, "start")), known_dates("2026", FiscalYear(start, "end"))
    assert by_start is not None
    assert by_end is not None
    assert by_start[0].year == 2026
    assert by_end[1].year == 2026
    assert (by_start == by_end) is (start == 1)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_calendar_year(name: str, first: date, last: date) -> None:
    """Without a fiscal year, names mean what the calendar says."""
    assert known_dates(name, FiscalYear()) == (first, last)


@pytest.mark.parametrize(
    "name",
    ["", "26", "1969", "2200", "2026-Q0", "2026-Q5", "2026-H3", "2026-13", "2026-00", "2026-1", "2026-q1", "2026-Q1\n",
     "FY2026", "2026Q1", "\uff12\uff10\uff12\uff16", "2026-Q\u0661", "x2026"],
)  # fmt: skip
def test_other_names_are_unknown(name: str) -> None:
    """Only names in exactly the documented forms are known, in ASCII digits."""
    assert known_dates(name, FiscalYear()) is None
