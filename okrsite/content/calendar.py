"""Names of cycles to their dates: years, halves, quarters and months are known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from okrsite.frozen import frozen

_KNOWN = re.compile(
    r"(?P<year>19[7-9][0-9]|2[01][0-9][0-9])(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>[0-9][0-9])))?"
)


@frozen
class FiscalYear:
    """When a portal's year begins and which calendar year names it."""

    start: int = 1
    named_by: Literal["start", "end"] = "start"


def known_dates(id: str, year: FiscalYear) -> tuple[date, date] | None:
    """First and last day of a cycle that is named by the calendar; None for any other name.

    Quarters, halves and years follow the fiscal year, months do not.
    """
    found = _KNOWN.fullmatch(id)
    if found is None:
        return None
    named = int(found["year"])
    if found["month"]:
        month = int(found["month"])
        return _months(named, month, 1) if 1 <= month <= 12 else None
    if year.named_by == "end" and year.start > 1:
        named -= 1
    if found["quarter"]:
        return _months(named, year.start + 3 * (int(found["quarter"]) - 1), 3)
    if found["half"]:
        return _months(named, year.start + 6 * (int(found["half"]) - 1), 6)
    return _months(named, year.start, 12)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of some months; a month above 12 lies in the next year."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    after = month + count
    return first, date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)
