"""The types of values in content files. Errors carry the code of the problem as their type."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from okrsite.content.yamltree import PlainNumber

ID_PATTERN = r"[a-z0-9][a-z0-9-]{0,63}"
_ID = re.compile(ID_PATTERN)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMERAL = re.compile(r"[-+]?[0-9.,]*[0-9][0-9.,]*\s*%?")
YEARS = range(1970, 2200)


class Entry(BaseModel):
    """A mapping in a content file."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def parse_day(value: object) -> date:
    """A date from ``YYYY-MM-DD``.

    Raises:
        PydanticCustomError: OKR205 where it is no day that exists between 1970 and 2199.
    """
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("OKR205", "the date {shown} does not exist", {"shown": value}) from None
        if day.year in YEARS:
            return day
        raise PydanticCustomError(
            "OKR205", "the date {shown} is beyond the years 1970 to 2199", {"shown": value, "hint": "correct the year"}
        )
    raise PydanticCustomError("OKR205", "{shown} is not a date", {"shown": shown(value), "hint": "write YYYY-MM-DD"})


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return Decimal(value)
    context = {"shown": shown(value)}
    if isinstance(value, str) and _NUMERAL.fullmatch(value):
        context["hint"] = "write the number alone, without quotes or %; its unit goes into `unit`"
    raise PydanticCustomError("OKR201", "{shown} is not a number", context)


def _within(low: int, high: int) -> BeforeValidator:
    def check(value: object) -> Decimal:
        number = _number(value)
        if low <= number <= high:
            return number
        raise PydanticCustomError(
            "OKR214", "{shown} is outside {low} to {high}", {"shown": shown(value), "low": low, "high": high}
        )

    return BeforeValidator(check)


def _weight(value: object) -> Decimal:
    number = _number(value)
    if number < 0:
        raise PydanticCustomError("OKR214", "the weight {shown} is below 0", {"shown": shown(value)})
    return number


def _count(value: object) -> int:
    number = _number(value)
    if number != int(number) or not 1 <= number <= 3660:
        raise PydanticCustomError(
            "OKR214", "{shown} is not a whole number from 1 to 3660", {"shown": shown(value), "hint": "count in days"}
        )
    return int(number)


def _id(value: object) -> str:
    text = value.text if isinstance(value, PlainNumber) else value
    if isinstance(text, str) and _ID.fullmatch(text):
        return text
    context = {"shown": shown(value), "hint": "use lower-case letters, digits and hyphens, 64 at most"}
    if isinstance(text, str) and (better := suggest_id(text)):
        context["hint"] += f", e.g. {better}"
    raise PydanticCustomError("OKR208", "{shown} cannot be an id", context)


def _words(value: object) -> object:
    return value.text if isinstance(value, PlainNumber) else value


def _reading(value: object) -> Decimal | bool:
    return value if isinstance(value, bool) else _number(value)


def _range(value: object) -> tuple[Decimal, Decimal]:
    if not isinstance(value, list) or len(value) != 2:
        raise PydanticCustomError(
            "OKR201", "{shown} is not a range", {"shown": shown(value), "hint": "write the two ends as [low, high]"}
        )
    low, high = _number(value[0]), _number(value[1])
    if low > high:
        raise PydanticCustomError("OKR212", "the range [{low}, {high}] is upside down", {"low": low, "high": high})
    return low, high


def _done(value: object) -> date | bool:
    return value if isinstance(value, bool) else parse_day(value)


def suggest_id(text: str) -> str:
    """The nearest id to a text, or nothing."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64].strip("-")


def shown(value: object) -> str:
    """A value as a message shows it."""
    if isinstance(value, PlainNumber):
        return value.text
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"'{text if len(text) <= 60 else text[:57] + '...'}'"


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


_NUMBER_SCHEMA = {"type": "number"}
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
"""A name or title."""
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]
"""A few sentences."""
Prose = Annotated[str, StringConstraints(max_length=50_000)]
"""Markdown."""
Id = Annotated[str, BeforeValidator(_id), _schema(type="string", pattern=f"^{ID_PATTERN}$")]
Reference = Annotated[
    str, BeforeValidator(_words), StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)
]
"""A full id, or one that starts inside the own unit and cycle."""
CycleId = Annotated[str, BeforeValidator(_words), StringConstraints(min_length=1, max_length=64)]
Day = Annotated[date, BeforeValidator(parse_day), _schema(type="string", format="date")]
Number = Annotated[Decimal, BeforeValidator(_number), _schema(**_NUMBER_SCHEMA)]
Weight = Annotated[Decimal, BeforeValidator(_weight), _schema(type="number", minimum=0)]
Share = Annotated[Decimal, _within(0, 1), _schema(type="number", minimum=0, maximum=1)]
Confidence = Annotated[Decimal, _within(0, 10), _schema(type="number", minimum=0, maximum=10)]
Days = Annotated[int, BeforeValidator(_count), _schema(type="integer", minimum=1)]
MonthNumber = Annotated[Decimal, _within(1, 12), _schema(type="integer", minimum=1, maximum=12)]
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
