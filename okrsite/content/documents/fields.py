"""The types of values in content files. Errors carry the code of the problem as their type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from okrsite.content.syntax.days import parse_day, wrong
from okrsite.content.syntax.ids import ID_PATTERN, why_no_id
from okrsite.content.syntax.prose import TANGLE_HINT, tangle
from okrsite.content.syntax.tree import PlainNumber
from okrsite.content.syntax.wording import shown

MAX_PROSE = 50_000
"""Characters of a description in Markdown."""
MAX_ITEMS = 1_000
"""Items of a list, but for check-ins and measurements."""
MAX_LINE = 300
"""Characters of a name or title."""
MAX_NOTE = 5_000
"""Characters of a note."""

_NUMERAL = re.compile(r"[-+]?[0-9.,]*[0-9][0-9.,]*\s*\S{0,8}")
_LINE_BREAK = re.compile("\\s*[\n\u2028\u2029]\\s*")
_ANSWERS = frozenset({"yes", "no", "on", "off", "done"})


class Entry(BaseModel):
    """A mapping in a content file.

    Attributes:
        elsewhere: Keys that a person might look for here -> where to say it instead.
    """

    elsewhere: ClassVar[Mapping[str, str]] = MappingProxyType({})
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def no_list() -> list[Any]:
    """Nothing, where a list may stand; pydantic takes five milliseconds to look at `list` itself."""
    return []


def no_mapping() -> dict[Any, Any]:
    """Likewise of a mapping."""
    return {}


def parse_number(value: object) -> Decimal:
    """A number, exactly as it was written.

    Raises:
        PydanticCustomError: OKR201 where it is none.
    """
    if isinstance(value, Decimal):
        return Decimal(value)
    hint = "write a number, e.g. 99.5"
    if isinstance(value, str) and _NUMERAL.fullmatch(value):
        hint = "write the number alone, e.g. 99.5, without quotes, unit or separators"
    raise wrong("OKR201", f"{shown(value)} is not a number", hint)


def _id(value: object) -> str:
    text = value.text if isinstance(value, PlainNumber) else value
    if not isinstance(text, str):
        hint = "put it in quotes" if isinstance(value, bool) else "write a word such as reliability"
        raise wrong("OKR208", f"{shown(value)} cannot be an id", hint)
    if (why := why_no_id(text)) is not None:
        raise wrong("OKR208", f"{shown(text)} {why[0]}", why[1])
    return text


def _within(low: int, high: int) -> BeforeValidator:
    def check(value: object) -> Decimal:
        number = parse_number(value)
        if low <= number <= high:
            return number
        raise wrong("OKR214", f"{shown(value)} is not from {low} to {high}", f"give a number from {low} to {high}")

    return BeforeValidator(check)


def _whole(low: int, high: int, hint: str) -> BeforeValidator:
    def check(value: object) -> int:
        number = parse_number(value)
        if low <= number <= high and number == int(number):
            return int(number)
        raise wrong("OKR214", f"{shown(value)} is not a whole number from {low} to {high}", hint)

    return BeforeValidator(check)


def _weight(value: object) -> Decimal:
    number = parse_number(value)
    if number < 0:
        raise wrong("OKR214", f"{shown(value)} is below 0", "a weight of 0 leaves a thing out of the mean")
    return number


def _reading(value: object) -> Decimal | bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _ANSWERS:
        raise wrong("OKR201", f"{shown(value)} is neither a number nor true or false", "write true or false")
    return parse_number(value)


def _range(value: object) -> tuple[Decimal, Decimal]:
    if not isinstance(value, list) or len(value) != 2:
        raise wrong("OKR201", f"{shown(value)} is not a range", "write its two ends as [low, high]")
    low, high = parse_number(value[0]), parse_number(value[1])
    if low > high:
        raise wrong(
            "OKR212", f"the range [{shown(value[0])}, {shown(value[1])}] is upside down", "write the low end first"
        )
    return low, high


def _done(value: object) -> date | bool:
    if isinstance(value, bool):
        return value
    try:
        return parse_day(value)
    except PydanticCustomError as error:
        hint = "write the day as YYYY-MM-DD, or true"
        raise wrong(error.type, error.message(), hint) from None


def _words(value: object) -> object:
    return value.text if isinstance(value, PlainNumber) else value


def _tidy(text: str) -> str:
    """A name is the same name whatever system it was typed on: letters with marks are composed (NFC)."""
    return unicodedata.normalize("NFC", _LINE_BREAK.sub(" ", text))


def _untangled(text: str) -> str:
    if (found := tangle(text)) is not None:
        line, message = found
        place = f" (line {line} of the text)" if line > 1 else ""
        raise wrong("OKR218", f"{message}{place}", TANGLE_HINT)
    return text


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


_NUMBER_SCHEMA = {"type": "number"}
_WORD_SCHEMA = {"type": ["string", "integer"], "minLength": 1}
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LINE), AfterValidator(_tidy)
]
"""A name or title; line breaks in it become spaces."""
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_NOTE)]
"""A few sentences."""
Prose = Annotated[str, StringConstraints(max_length=MAX_PROSE), AfterValidator(_untangled)]
"""Markdown."""
Id = Annotated[str, BeforeValidator(_id), _schema(type=["string", "integer"], pattern=f"^{ID_PATTERN}$")]
Reference = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1_000),
    BeforeValidator(_words),
    _schema(**_WORD_SCHEMA, maxLength=1_000),
]
"""A full id, or one that starts inside the own unit and cycle."""
CycleId = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    BeforeValidator(_words),
    _schema(**_WORD_SCHEMA, maxLength=64),
]
Day = Annotated[date, BeforeValidator(parse_day), _schema(type="string", format="date")]
Number = Annotated[Decimal, BeforeValidator(parse_number), _schema(**_NUMBER_SCHEMA)]
Weight = Annotated[Decimal, BeforeValidator(_weight), _schema(type="number", minimum=0)]
Share = Annotated[Decimal, _within(0, 1), _schema(type="number", minimum=0, maximum=1)]
Confidence = Annotated[Decimal, _within(0, 10), _schema(type="number", minimum=0, maximum=10)]
Days = Annotated[int, _whole(1, 3660, "count in days"), _schema(type="integer", minimum=1, maximum=3660)]
MonthNumber = Annotated[
    int, _whole(1, 12, "give the month's number, e.g. 4 for April"), _schema(type="integer", minimum=1, maximum=12)
]
Reading = Annotated[Decimal | bool, BeforeValidator(_reading), _schema(type=["number", "boolean"])]
Range = Annotated[
    tuple[Decimal, Decimal],
    BeforeValidator(_range),
    _schema(type="array", items=_NUMBER_SCHEMA, minItems=2, maxItems=2),
]
Done = Annotated[
    date | bool,
    BeforeValidator(_done),
    _schema(anyOf=[{"type": "string", "format": "date"}, {"type": "boolean"}]),
]
