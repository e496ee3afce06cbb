"""Texts that know how to be said in another language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

_Values = dict[str, object] | tuple[tuple[str, Any], ...]


class Saying(str):
    """A text in English with the message that it was made of.

    It is a string, so that whoever speaks English only, such as the terminal, takes it as it is;
    `Language.say` says it anew.

    Attributes:
        one: The message; with ``many``, its form for one.
        many: The form for all other numbers; empty where the message depends on no number.
        n: The number.
    """

    __slots__ = ("_values", "many", "n", "one")

    one: str
    many: str
    n: int
    _values: _Values

    def __new__(cls, text: str, one: str = "", many: str = "", n: int = 1, values: _Values = ()) -> Self:
        """The text with the rest, in the order of the attributes."""
        self = super().__new__(cls, text)
        self.one, self.many, self.n, self._values = one, many, n, values
        return self

    @property
    def values(self) -> dict[str, object]:
        """What is filled in: texts, sayings, days, numbers."""
        if isinstance(self._values, tuple):  # as `plain` took them apart; few sayings are said in another language
            self._values = {name: _of_plain(each) for name, each in self._values}
        return self._values


def said(message: str, **values: object) -> Saying:
    """A message, its values filled in with ``%(name)s``."""
    return Saying(message % values if values else message, message, "", 1, values)


def said_of(one: str, many: str, n: int, **values: object) -> Saying:
    """A message that depends on a number, which it may show as ``%(num)s``."""
    return Saying((one if n == 1 else many) % {"num": n, **values}, one, many, n, values)


def joined(parts: Iterable[str], separator: str = ", ") -> Saying:
    """Texts and sayings one after the other."""
    values = {f"part_{place}": part for place, part in enumerate(parts)}
    return said(separator.join(f"%({name})s" for name in values), **values)


Plain = tuple[str, str, str, int, tuple[tuple[str, Any], ...]] | str
"""A saying, or a text, made of tuples, texts and numbers alone."""


def plain(text: str) -> Plain:
    """A saying taken apart, for `of_plain`; any other text as it is.

    Raises:
        TypeError: What is filled in is neither a text, nor a whole number, nor a day.
    """
    if not isinstance(text, Saying):
        return text
    values = tuple([(name, _plain(each)) for name, each in text.values.items()])
    return str(text), text.one, text.many, text.n, values


def of_plain(taken: Plain) -> str:
    """The saying or text that `plain` took apart."""
    return taken if isinstance(taken, str) else Saying(*taken)


def _plain(value: object) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, date):
        return (value.toordinal(),)
    if isinstance(value, int):
        return value
    raise TypeError(f"{type(value).__qualname__} cannot be kept in a saying")


def _of_plain(taken: Any) -> object:
    if isinstance(taken, tuple):
        return date.fromordinal(*taken) if len(taken) == 1 else Saying(*taken)
    return taken
