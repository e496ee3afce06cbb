"""The first of what all units have, found among the first of each: of the others, only how many there are is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from heapq import nsmallest
from typing import Any

from okrsite.site.views.some import Some

Ranked = tuple[Any, ...]
"""What is known of one, as a part may hold it."""

Leading = tuple[int, tuple[Ranked, ...]]
"""How many there are, and the first of them."""

Key = Callable[[Ranked], Any] | None
"""What rows are put in order by; None for what they hold, from the first on."""


def leading(rows: Collection[Ranked], most: int, key: Key = None) -> Leading:
    """The first of what one unit has.

    Args:
        rows: All that it has.
        most: How many may be shown.
        key: Their order.
    """
    return len(rows), tuple(nsmallest(most, rows, key))


def first_of_all(each: Iterable[Leading], most: int, key: Key = None) -> Some[Ranked]:
    """The first of what all units have.

    Args:
        each: What `leading` gave, unit by unit, with the same key and no smaller number.
        most: How many are shown.
        key: Their order.
    """
    total = 0
    rows: list[Ranked] = []
    for number, first in each:
        total += number
        rows += first
    shown = tuple(nsmallest(most, rows, key))
    return Some(shown, total - len(shown))
