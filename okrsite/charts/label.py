"""Words and numbers as charts print them, and where labels go that would stand on each other."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from okrsite.languages import ENGLISH, Language

_JOINER = "\u200d"


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, or what would break a line instead of standing in it."""


def printable(text: str) -> str:
    """The text with spaces in place of control characters and lone surrogates."""
    return text if text.isprintable() else _UNPRINTABLE.sub(" ", text)


@lru_cache(maxsize=4096)
def shorten(text: str, cells: int) -> str:
    """The text on one line, cut with an ellipsis where it is wider than so many cells.

    A cell is about the width of a digit; Chinese, Japanese and Korean characters and emoji take two, combining marks
    none. Counted rather than measured: the same on every machine, whatever fonts it has.
    """
    text = " ".join(printable(text).split())
    if text.isascii():  # then a letter is a cell, and none belongs to the one before it
        return text if len(text) <= cells else text[: max(cells - 1, 0)].rstrip() + "…"
    if sum(map(_cells, text)) <= cells:
        return text
    left = cells - 1
    kept = 0
    for char in text:
        left -= _cells(char)
        if left < 0:
            break
        kept += 1
    # Never between a letter and its accent, nor inside an emoji that is put together from several.
    while 0 < kept < len(text) and (not _cells(text[kept]) or text[kept - 1] == _JOINER):
        kept -= 1
    return text[:kept].rstrip() + "…"


def two_lines(text: str, cells: int) -> tuple[str, str]:
    """The text on two lines of so many cells, broken between words; the second is cut where it is still too wide."""
    words = printable(text).split()
    fit = 0
    while fit < len(words) and sum(map(_cells, " ".join(words[: fit + 1]))) <= cells:
        fit += 1
    # A first word that is too wide for the line is cut, too.
    fit = max(fit, 1)
    return shorten(" ".join(words[:fit]), cells), shorten(" ".join(words[fit:]), cells)


@lru_cache(maxsize=4096)
def percent(share: float, language: Language = ENGLISH) -> str:
    """A share 0..1 in whole percent; what is not quite 100% never reads as if it were."""
    # First to where floating point is exact enough: the text beside a chart is rounded from exact fractions.
    exact = round(share * 100, 9)
    whole = round(exact)
    return language.percent(language.digits(f"{99 if whole == 100 and exact < 100 else whole}"))


def number(value: float, unit: str = "", language: Language = ENGLISH) -> str:
    """A number in at most six significant digits with its unit of measure, e.g. ``99.9%`` or ``12.5M EUR``."""
    if 1e7 <= abs(value) < 1e15:
        text = language.in_short(value)
    elif value == 0 or 1e-4 <= abs(value) < 1e7:
        digits = 0 if value == 0 else max(0, 5 - math.floor(math.log10(abs(value))))
        plain = f"{value:,.{digits}f}"
        text = language.digits(plain.rstrip("0").rstrip(".") if "." in plain else plain)
    else:
        text = language.digits(f"{value:.4g}")
    unit = shorten(unit, 8)
    if unit == "%":
        return language.percent(text)
    return f"{text}\u202f{unit}" if unit else text


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones that lie at least ``gap`` apart and, where there is room, within low..high.

    Linear after sorting; equal places keep the order in which they are given, the first lowest.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = [min(max(wanted[index], low), high) for index in order]
    for this in range(1, len(placed)):
        placed[this] = max(placed[this], placed[this - 1] + gap)
    limit = high
    for this in reversed(range(len(placed))):
        placed[this] = min(placed[this], limit)
        limit = placed[this] - gap
    found = [0.0] * len(wanted)
    for index, place in zip(order, placed, strict=True):
        found[index] = place
    return found


@lru_cache(maxsize=4096)
def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
