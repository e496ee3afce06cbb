"""Words and numbers on charts, and where their labels go."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.charts.label import number, percent, printable, shorten, spread, two_lines
from okrsite.languages import Language


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("uptime", 6, "uptime"),
        ("uptimes", 6, "uptim…"),
        ("two  words\nhere", 20, "two words here"),
        ("two words", 5, "two…"),
        ("可用性目標", 10, "可用性目標"),
        ("可用性目標", 7, "可用性…"),
        ("cafe\u0301s and more", 6, "cafe\u0301s…"),
        ("cafe\u0301s and more", 5, "cafe\u0301…"),
        ("👩\u200d👩\u200d👧 family and more", 4, "…"),
        ("", 5, ""),
    ],
)
def test_long_text_is_cut_between_letters(text: str, cells: int, shown: str) -> None:
    """Text is cut by its width, and never through a letter that is made of several characters."""
    assert shorten(text, cells) == shown


def test_unprintable_characters_become_spaces() -> None:
    """What XML cannot hold is not drawn."""
    assert printable("a\x00b\ud800c\ufffed\u2028e") == "a b c d e"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Planning and development", ("Planning and", "development")),
        ("Communication", ("Communication", "")),
        ("Implementation and adjustment", ("Implementati…", "and adjustme…")),
        ("", ("", "")),
    ],
)
def test_two_lines(text: str, lines: tuple[str, str]) -> None:
    """Titles of months are broken between words, and cut where that is not enough."""
    assert two_lines(text, 13) == lines


@pytest.mark.parametrize(
    ("share", "shown"), [(0, "0%"), (0.285, "28%"), (0.286, "29%"), (0.9999, "99%"), (1, "100%"), (1.0 - 1e-12, "100%")]
)
def test_percent(share: float, shown: str) -> None:
    """Shares are whole percent, and 100% means all; errors of floating point do not count."""
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (99.9, "%", "99.9%"),
        (1250, "min", "1,250\u202fmin"),
        (0.1 + 0.2, "", "0.3"),
        (0, "", "0"),
        (-12.5, "", "−12.5"),
        (12_500_000, "EUR", "12.5M\u202fEUR"),
        (3e9, "", "3B"),
        (1e300, "", "1e+300"),
        (0.00001234, "", "1.234e−05"),
    ],
)
def test_number(value: float, unit: str, shown: str) -> None:
    """Numbers are short, with their unit."""
    assert number(value, unit) == shown


def test_numbers_of_another_language() -> None:
    """Separators, words for large numbers and the place of the percent sign are the language's."""
    german = Language("de")
    assert number(1250.5, "min", german) == "1.250,5\u202fmin"
    assert number(12_500_000, "EUR", german) == "12,5\u00a0Mio.\u202fEUR"
    assert percent(0.5, german) == number(50, "%", german) == "50\u00a0%"


def test_labels_keep_their_place_where_they_can() -> None:
    """Labels far enough apart stay; others give way, in their order."""
    assert spread([0.2, 0.8], 0.1, 0, 1) == [0.2, 0.8]
    assert spread([0.5, 0.5, 0.9], 0.1, 0, 1) == pytest.approx([0.5, 0.6, 0.9])
    assert spread([1, 1, 1], 0.1, 0, 1) == pytest.approx([0.8, 0.9, 1.0])


@given(st.lists(st.floats(0, 1), max_size=10))
def test_labels_never_stand_on_each_other(wanted: list[float]) -> None:
    """Any labels that fit are apart, within the plot, and in the order of what they label."""
    places = spread(wanted, 0.1, 0, 1)
    ordered = sorted(zip(wanted, places, strict=True))
    assert all(-1e-9 <= place <= 1 for place in places)
    assert all(upper[1] - lower[1] >= 0.1 - 1e-9 for lower, upper in pairwise(ordered))
