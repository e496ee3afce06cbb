"""What a plain scalar means, by the core schema of YAML 1.2.2 (section 10.3.2).

So ``no`` is text, ``010`` is ten, ``12:30:45`` and ``2026-01-01`` are text, and numbers stay decimal.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from okrsite.content.syntax.tree import NoValue, PlainNumber

MAX_DIGITS = 400
"""Longer numbers, and those with more digits before or after the point, are refused."""

DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
"""A finite decimal number."""

_SHORT = 30
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_STARTS = frozenset("-+.0123456789")
_WORDS: dict[str, bool | NoValue] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), NoValue.EMPTY),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

Scalar = str | bool | PlainNumber | NoValue


class NumberError(ValueError):
    """A number that cannot be used; its text says why, its hint what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def resolve(text: str) -> Scalar:
    """The value of a plain scalar.

    Raises:
        NumberError: For NaN, infinities and numbers beyond `MAX_DIGITS`.
    """
    word = _WORDS.get(text)
    if word is not None:
        return word
    if text[0] not in _STARTS:
        return text
    if DECIMAL.fullmatch(text):
        return _number(text, text)
    if _BASED.fullmatch(text):
        return _number(str(int(text, 0)) if len(text) <= MAX_DIGITS else text, text)
    if _NOT_FINITE.fullmatch(text):
        raise NumberError(f"{text} is not a finite number", "give a number; put it in quotes if it is meant as text")
    return text


def bounded(digits: str) -> Decimal | None:
    """The decimal that was written, exactly; None where it has more than `MAX_DIGITS` digits."""
    try:
        number = Decimal(digits) if len(digits) <= MAX_DIGITS else None
    except InvalidOperation:
        return None
    if number is None or abs(number.adjusted()) > MAX_DIGITS:
        return None
    return number or Decimal(0)  # -0 is 0


def _number(digits: str, text: str) -> PlainNumber:
    if len(digits) <= _SHORT and "e" not in digits and "E" not in digits:
        plain = PlainNumber(digits)
    elif (number := bounded(digits)) is not None:
        plain = PlainNumber(number)
    else:
        raise NumberError("a number beyond all measure", "give a number with fewer digits")
    if not plain:
        plain = PlainNumber(0)  # -0 is 0
    plain.text = text
    return plain
