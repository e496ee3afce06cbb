"""Texts that know how to be said in another language."""

from __future__ import annotations

from collections.abc import Iterable


class Saying(str):
    """A text in English with the message that it was made of.

    It is a string, so that whoever speaks English only, such as the terminal, takes it as it is;
    `Language.say` says it anew.

    Attributes:
        one: The message; with ``many``, its form for one.
        many: The form for all other numbers; empty where the message depends on no number.
        n: The number.
        values: What is filled in: texts, sayings, days, numbers.
    """

    __slots__ = ("many", "n", "one", "values")

    one: str
    many: str
    n: int
    values: dict[str, object]


def said(message: str, **values: object) -> Saying:
    """A message, its values filled in with ``%(name)s``."""
    return _saying(message % values if values else message, message, "", 1, values)


def said_of(one: str, many: str, n: int, **values: object) -> Saying:
    """A message that depends on a number, which it may show as ``%(num)s``."""
    return _saying((one if n == 1 else many) % {"num": n, **values}, one, many, n, values)


def _saying(text: str, one: str, many: str, n: int, values: dict[str, object]) -> Saying:
    saying = Saying(text)
    saying.one, saying.many, saying.n, saying.values = one, many, n, values
    return saying


def joined(parts: Iterable[str], separator: str = ", ") -> Saying:
    """Texts and sayings one after the other."""
    values = {f"part_{place}": part for place, part in enumerate(parts)}
    return said(separator.join(f"%({name})s" for name in values), **values)
