"""Days as content writes them."""

from __future__ import annotations

import re
from datetime import date

from pydantic_core import PydanticCustomError

from okrsite.content.syntax.wording import shown

YEARS = range(1970, 2200)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def wrong(code: str, message: str, hint: str) -> PydanticCustomError:
    """An error that becomes a problem of that code at the place of the value."""
    # The hint comes first: placeholders are replaced in this order, and the message may quote content.
    return PydanticCustomError(code, "{message}", {"hint": hint, "message": message})


def parse_day(value: object) -> date:
    """A date from ``YYYY-MM-DD``.

    Raises:
        PydanticCustomError: OKR205 where it is no day that exists between 1970 and 2199.
    """
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise wrong("OKR205", f"{shown(value)} is not a date", "write it as YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise wrong("OKR205", f"the date {value} does not exist", "write a day of the calendar") from None
    if day.year not in YEARS:
        raise wrong("OKR205", f"the date {value} is outside the years 1970 to 2199", "correct the year")
    return day
