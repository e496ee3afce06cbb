"""Figures in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from builders import Q1, make_key_result, make_kpi, make_milestone
from hypothesis import given
from hypothesis import strategies as st

from okrsite.site import addresses
from okrsite.site.words import ENGLISH_WORDS as WORDS


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (None, "–"),
        (0, "0%"),
        (Fraction(1, 3), "33%"),
        (Fraction(999, 1000), "99%"),
        (Fraction(10**400 - 1, 10**400), "99%"),
        (1, "100%"),
        (Fraction(1001, 1000), "100%"),
        (Decimal("1.28"), "128%"),
        (Fraction(-12, 100), "−12%"),
        (Fraction(-1, 1000), "0%"),
        (Fraction(1, 10**5000), "0%"),
        (Fraction(10**4000), "1e+4002%"),
        (0.5, "50%"),
    ],
)
def test_percent(share: Any, shown: str) -> None:
    """Whole percents; 100% is said only of what has arrived; no number is too large or too exact."""
    assert WORDS.percent(share) == shown


@given(st.fractions(min_value=-3, max_value=3))
def test_percent_never_flatters(share: Fraction) -> None:
    """Whatever is below 1 reads below 100%."""
    assert (WORDS.percent(share) == "100%") <= (share >= 1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (True, "yes"),
        (False, "no"),
        (Decimal(0), "0"),
        (Decimal("-0"), "0"),
        (Decimal("0E+5"), "0"),
        (Decimal("5.10"), "5.10"),
        (Decimal(-5), "−5"),
        (Decimal("1234567.5"), "1,234,567.5"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("99.95555"), "99.9556"),
        (Decimal("0.0001"), "0.0001"),
        (Decimal("0.00001234"), "0.00001234"),
        (Decimal("-0.00001"), "−0.00001"),
        (Decimal("1E+20"), "1e+20"),
        (Decimal("9" * 390), "1.000e+390"),
        (Decimal("1E-390"), "1e−390"),
        (Fraction(1, 3), "0.3333"),
        (Fraction(10**400 + 1, 3 * 10**400), "0.3333"),
    ],
)
def test_number(value: Any, shown: str) -> None:
    """Its own digits, four decimals at most, thousands apart, never a zero that is none."""
    assert WORDS.number(value) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=12))
def test_numbers_are_short(value: Decimal) -> None:
    """No number fills a line, and none reads as 0 that is not."""
    shown = WORDS.number(value)
    assert len(shown) < 30
    assert (shown == "0") == (value == 0)


def test_measured() -> None:
    """Units of measure stand behind a space that does not break, the percent sign does not."""
    assert WORDS.measured(Decimal("99.9"), "%") == "99.9%"
    assert WORDS.measured(Decimal(30), "min") == "30\u00a0min"
    assert WORDS.measured(True, "min") == "yes"
    assert WORDS.measured(None, "min") == "–"


@pytest.mark.parametrize(("value", "shown"), [(None, "–"), (7, "7"), (Fraction(13, 2), "6.5"), (6.99, "7"), (0, "0")])
def test_confidence(value: Any, shown: str) -> None:
    """One decimal at most."""
    assert WORDS.confidence(value) == shown


def test_days() -> None:
    """Dates without a locale, distances in days."""
    assert WORDS.day(date(2026, 6, 5)) == "5 Jun 2026"
    assert WORDS.short_day(None) == "–"
    as_of = date(2026, 6, 5)
    ago = [WORDS.ago(date(2026, 6, day), as_of) for day in (5, 4, 1, 6, 9)]
    assert ago == ["today", "yesterday", "4 days ago", "tomorrow", "in 4 days"]


def test_counts() -> None:
    """One, many, none."""
    assert [WORDS.count(n, "goal") for n in (0, 1, 2)] == ["no goals", "1 goal", "2 goals"]


def test_time_in_a_cycle() -> None:
    """Before, within, after; the first and last day are within."""
    said = [WORDS.time_in_cycle(Q1, date.fromisoformat(day)) for day in ("2025-12-31", "2026-01-01", "2026-03-31")]
    assert said == ["begins 1 Jan 2026", "day 1 of 90", "day 90 of 90"]
    assert WORDS.time_in_cycle(Q1, date(2026, 4, 1)) == "ended 31 Mar 2026"


@pytest.mark.parametrize(
    ("fields", "asks"),
    [
        ({"kind": "increase", "baseline": 1, "target": 2, "unit_of_measure": "%"}, "from 1% to 2%"),
        ({"kind": "decrease", "baseline": 5, "target": -5}, "from 5 to −5"),
        ({"kind": "at_least", "target": 3}, "at least 3"),
        ({"kind": "at_least", "target": 3, "inclusive": False}, "more than 3"),
        ({"kind": "at_most", "target": 3, "sustained": True}, "at most 3, in every check-in period"),
        ({"kind": "at_most", "target": 3, "inclusive": False}, "less than 3"),
        ({"kind": "between", "target": (1, 4), "inclusive": False}, "between 1 and 4, the ends excluded"),
        ({"kind": "milestones", "milestones": [make_milestone()]}, "1 milestone"),
        ({"kind": "done"}, "done or not"),
        ({"kind": "rollup"}, "the mean of the objectives that support it"),
    ],
)
def test_kinds(fields: dict[str, Any], asks: str) -> None:
    """What each kind asks for."""
    assert WORDS.kind_in_words(make_key_result(**fields)) == asks


def test_the_kind_is_not_said_twice() -> None:
    """A title that has all the numbers needs no more."""
    numbers: dict[str, Any] = {"kind": "increase", "baseline": "99.2", "target": "99.9"}
    assert WORDS.adds_to_title(make_key_result(title="Uptime from 99.2 to 99.9%", **numbers)) == ""
    assert WORDS.adds_to_title(make_key_result(title="Uptime of 99.9%", **numbers)) == "from 99.2 to 99.9"


def test_targets_of_kpis() -> None:
    """By direction."""
    aims = [WORDS.target_in_words(make_kpi(direction=direction)) for direction in ("up", "down", "band")]
    assert aims == ["at least 100", "at most 100", "between 90 and 100"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Grace Hopper", "grace-hopper"),
        ("José Núñez-Ødegård", "jose-nunez-ødegard"),
        ("  A  &  B  ", "a-b"),
        ("李雷", "李雷"),
        ("नेहा शर्मा", "नेहा-शर्मा"),
        ("が", "が"),
        ("김민준", "김민준"),
        ("Straße", "strasse"),
        ("☃", "2603"),
        ("../../etc", "etc"),
        ("a/b\\c", "a-b-c"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    """Words for addresses in any script; what makes a difference in a script is kept."""
    assert addresses.slug(name) == slug


def test_long_slugs() -> None:
    """A name is cut to what file systems take, and two long names stay two."""
    one, two = addresses.slug("長" * 300), addresses.slug("長" * 299 + "い")
    assert one != two
    assert max(len(slug.encode()) for slug in (one, two, addresses.slug("☃" * 300))) < 100


def test_addresses() -> None:
    """Pages end with a slash, links name the file, everything is quoted once."""
    assert addresses.href("") == "index.html"
    assert addresses.href("owners/李雷/") == "owners/%E6%9D%8E%E9%9B%B7/index.html"
    assert addresses.href("acme/2026-Q1/a/#b c") == "acme/2026-Q1/a/index.html#b%20c"
    assert addresses.href("guide/map.svg") == "guide/map.svg"
    for address in ("", "a/", "a/b/", "404.html"):
        assert addresses.of_file(addresses.file_of(address)) == address


@given(
    st.fractions(min_value=0, max_value=2, max_denominator=5000),
    st.lists(st.sampled_from([Fraction(1, 10), Fraction(3, 10), Fraction(1, 3)])),
)
def test_points_are_those_of_the_plain_formula(share: Fraction, limits: list[Fraction]) -> None:
    """They are found in whole numbers; fractions say the same, with as many decimals."""
    places = 1
    while places < 9 and any((round(share, places + 2) <= limit) != (share <= limit) for limit in limits):
        places += 1
    shown = round(share * 100, places)
    number = WORDS.number(Decimal(shown.numerator) / Decimal(shown.denominator))
    assert WORDS.points(share, limits) == f"{number} {'point' if shown == 1 else 'points'}"


def test_equal_numbers_keep_their_own_digits() -> None:
    """What is said of a number is kept, but not for another that is equal and written otherwise."""
    assert [WORDS.number(Decimal(text)) for text in ("1", "1.00", "1.0", "1")] == ["1", "1.00", "1.0", "1"]
