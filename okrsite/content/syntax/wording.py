"""How messages put values, characters and near misses."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from okrsite.content.syntax.tree import NoValue, PlainNumber

_LONGEST_COMPARED = 200


def shown(value: object) -> str:
    """A value on one line, not too long."""
    if isinstance(value, PlainNumber):
        return on_one_line(value.text)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, NoValue):
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"'{on_one_line(str(value))}'"


def on_one_line(text: str) -> str:
    """A text without line breaks and what else cannot be shown, cut where it is long."""
    words = printable(" ".join(text[:1_000].split()))
    return words if len(words) <= 60 else f"{words[:57]}..."


def named(character: str) -> str:
    """A character by number and name."""
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{number} ({name.lower()})" if name else number


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or else the known words; empty where there are too many."""
    words = list(dict.fromkeys(known))
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6) if len(word) <= _LONGEST_COMPARED else []
    if not near:
        lower = word.lower()
        near = [other for other in words if other.lower() == lower][:1]
    if near:
        return f"did you mean '{near[0]}'?"
    return f"known: {', '.join(words)}" if 0 < len(words) <= 25 else ""


def level_hint(word: str, levels: Iterable[str]) -> str:
    """What to do about a level that the portal does not have."""
    return f"{did_you_mean(word, levels)}; others are declared as `levels` in mkdocs.yml".removeprefix("; ")


def suggest_id(text: str) -> str:
    """The nearest id to a text, or nothing."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST_COMPARED]).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:64].strip("-")


def printable(text: str) -> str:
    """A text with everything escaped that a terminal or a log could not show as it is."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )
