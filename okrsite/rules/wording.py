"""How titles and names are read: numbers that measure, numbers that are part of a name, words, owners.

English and German are understood. Where a text may be read in two ways, the reading that reports nothing is taken:
a reminder that is wrong costs more trust than one that is missing.
"""

from __future__ import annotations

import re
from itertools import dropwhile

from okrsite.rules.vocabulary import (
    BEFORE_A_YEAR,
    DEGREES,
    LEAD_INS,
    MEASURES_AFTER,
    MEASURES_BEFORE,
    NOUNS_AFTER,
    ROLES,
    SMALL_WORDS,
    UNITS,
)

_NUMBER = re.compile(r"\d+(?:[.,:/'\u2019]\d+)*")
_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
_YEAR = re.compile(r"(?:19|20)\d\d(?:/\d{2,4})?")
_OUTER = "\"'()[]{}.,;:!?*_`\u2026\u201e\u201c\u201d\u201a\u2018\u2019\u00ab\u00bb\u2013\u2014"
_UNIT_SIGNS = ("%", "\u2030", "\u00d7", "€", "$", "£")
_BOUNDS = ("€", "$", "£", "≥", "≤", "<", ">", "~", "≈")
_ALWAYS_OPEN = frozenset({"24/7", "24/7/365"})
_KEPT = re.compile(r"\b(?:at|below|under|above|over|between|within|near|steady|stable)\b", re.IGNORECASE)


def _words(text: str) -> list[str]:
    return [word for token in text.split() if (word := token.strip(_OUTER))]


def number_that_measures(title: str, names: frozenset[str]) -> str | None:
    """The first number of a title that reads like a target, or None.

    Numbers that are part of a name do not count: ``24/7``, ``ISO 27001``, ``Q1``, ``2026``, ``v2``, ``Windows 11``,
    ``1st``, and those in or right after one of ``names`` (case-folded).
    """
    tokens = title.split()
    for place, token in enumerate(tokens):
        word = token.strip(_OUTER)
        found = _NUMBER.search(word)
        if found is None or word.casefold() in names:
            continue
        before, after = word[: found.start()], word[found.end() :].casefold()
        following = tokens[place + 1].strip(_OUTER).casefold() if place + 1 < len(tokens) else ""
        if (
            after.startswith(_UNIT_SIGNS)
            or (after in UNITS and not _LETTER.search(before))
            or following.startswith(_UNIT_SIGNS)
            or following in MEASURES_AFTER
            or before.endswith(_BOUNDS)
        ):
            return word
        if _LETTER.search(before) or "#" in before or after.startswith("-") or _LETTER.match(after):
            continue
        if _YEAR.fullmatch(found.group()) or (place == 0 and token.endswith((".", ")", ":"))):
            continue
        if place > 0 and _names_a_number(tokens[place - 1].strip(_OUTER), names, first=place == 1):
            continue
        return word
    return None


def _names_a_number(word: str, names: frozenset[str], *, first: bool) -> bool:
    """Whether the number after this word belongs to its name: ``ISO 27001``, ``phase 2``, ``Windows 11``."""
    folded = word.casefold()
    if folded in names:
        return True
    if not word or folded in MEASURES_BEFORE:
        return False
    acronym = len(word) > 1 and word.isupper()
    return acronym or (not first and word[0].isupper() and folded not in SMALL_WORDS)


def carries_number(title: str, number_words: frozenset[str]) -> bool:
    """Whether a title has any number in it, as digits or as one of ``number_words`` (case-folded).

    ``Q1``, ``v2.5``, ``24/7`` and the year in ``by 2026`` are none.
    """
    for found in _NUMBER.finditer(title):
        before = title[max(0, found.start() - 2) : found.start()].removesuffix("-")
        if (before and _LETTER.match(before[-1])) or found.group() in _ALWAYS_OPEN:
            continue
        if not (
            _YEAR.fullmatch(found.group()) and _ends_before_a_year(title[max(0, found.start() - 20) : found.start()])
        ):
            return True
    return any(word.casefold() in number_words for word in _words(title))


def _ends_before_a_year(text: str) -> bool:
    words = _words(text)
    return bool(words) and words[-1].casefold() in BEFORE_A_YEAR


def activity_word(title: str, first_words: frozenset[str], last_words: frozenset[str]) -> str | None:
    """The word that makes a title an activity, or None.

    ``first_words`` count where they lead the title (after ``to``, ``we will``, ``successfully`` and the like),
    ``last_words`` also where they end it, as German infinitives do. ``Support tickets``, ``Launch date`` and
    ``Hold churn under 3%`` begin with such a word and are none.
    """
    words = list(dropwhile(lambda word: word.casefold() in LEAD_INS, _words(title)))
    if not words:
        return None
    first, second = words[0].casefold(), words[1].casefold() if len(words) > 1 else ""
    if first in first_words or first in last_words:
        is_noun = second in NOUNS_AFTER
        is_kept = first in {"hold", "holding"} and _KEPT.search(title) and "at least" not in title.casefold()
        return None if is_noun or is_kept else words[0]
    return words[-1] if words[-1].casefold() in last_words else None


def is_placeholder(owner: str, placeholders: frozenset[str]) -> bool:
    """Whether an owner is none: blank, without a letter or digit, or one of ``placeholders`` (case-folded)."""
    text = " ".join(owner.split()).casefold()
    bare = text.strip(_OUTER + "-=/ ")
    return not any(map(str.isalnum, text)) or text in placeholders or bare in placeholders


_BETWEEN_OWNERS = re.compile(r" (?:and|und|&|\+) | ?[;/] ?")
_BETWEEN_OWNERS_BY_ADDRESS = re.compile(r" (?:and|und|&|\+|/) | ?; ?")  # `@acme/platform`, `ada+okr@example.com`


def owners_in(owner: str, known: frozenset[str], team_names: frozenset[str]) -> tuple[str, ...]:
    """The owners that a text names: one or several.

    ``A and B``, ``A & B``, ``A / B``, ``A; B`` are several; ``A, B`` is where it cannot be a surname with its first
    name. A team whose name has such a word in it is one: it is ``known`` or has one of ``team_names`` in it.

    Args:
        owner: As the content has it.
        known: Names that stand alone elsewhere in the portal: units, leads, owners; case-folded.
        team_names: Words, or whole names, that mark a team; case-folded.
    """
    text = " ".join(owner.split())
    folded = text.casefold()
    if folded in known or folded in team_names:
        return (text,)
    parts = _parts(text)
    by_comma = tuple(name for part in parts for name in _without_titles(part))
    if len(by_comma) < 2:
        return (text,)
    if all(part.casefold() in known for part in by_comma):
        return by_comma
    if any(word.casefold() in team_names for word in _words(text)):
        return (text,)
    if len(parts) > 1:
        return (text,) if all(len(part) > 1 and part.isupper() for part in parts) and " " not in text else by_comma
    several = (
        len(by_comma) > 2
        or any(part.casefold() in known for part in by_comma)
        or all(" " in part for part in by_comma)
        or any(" " not in part and not part[0].isupper() for part in by_comma)
    )
    return by_comma if several else (text,)


def may_be_several(owner: str) -> bool:
    """Whether it depends on what is known if a text names one owner or several."""
    return sum(len(_without_titles(part)) for part in _parts(" ".join(owner.split()))) > 1


def _parts(text: str) -> tuple[str, ...]:
    separator = _BETWEEN_OWNERS_BY_ADDRESS if "@" in text else _BETWEEN_OWNERS
    return tuple(part for part in separator.split(text) if part)


def _without_titles(text: str) -> list[str]:
    """The names between commas, without the degree, role or department after one: ``Grace Hopper, PhD, IT``."""
    names = [name for part in text.split(",") if (name := part.strip())]
    return names[:1] + [name for name in names[1:] if not _is_title(name)]


def _is_title(text: str) -> bool:
    abbreviation = text.isalpha() and text.isupper() and 1 < len(text) <= 5
    first = text.split(maxsplit=1)[0].strip(_OUTER).casefold()
    return abbreviation or first in DEGREES or first in ROLES
