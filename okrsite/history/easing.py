"""Whether a goalpost was moved towards the goal or away from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from okrsite.history.goalposts import Value

Ease = Literal["easier", "harder", ""]

_LOW_IS_EASY = frozenset({"increase", "at_least", "up"})
_HIGH_IS_EASY = frozenset({"decrease", "at_most", "down"})
_BINDING = frozenset({"active", "closed"})


def ease_of(field: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> Ease:
    """What changing one field does to how hard the goal is to reach, all else being equal.

    Args:
        field: One of the names of `GOALPOSTS`.
        before: The goal's goalposts before, by these names: what a target means depends on the kind.
        after: Those after.

    Returns:
        Empty where it does neither, or where that cannot be said.
    """
    old, new = before.get(field), after.get(field)
    if old == new:
        return ""
    if field in ("target", "amber", "baseline"):
        way = before.get("kind", before.get("direction"))
        same = way == after.get("kind", after.get("direction")) and before.get("unit") == after.get("unit")
        return _measured(str(way), old, new) if same else ""
    if isinstance(old, date) and isinstance(new, date):
        return _ease(new > old) if field in ("due", "start") else ""
    if field in ("inclusive", "sustained"):
        return _ease(bool(new) == (field == "inclusive"))
    if field == "milestones" and isinstance(old, tuple) and isinstance(new, tuple):
        fewer, more = set(old) > set(new), set(old) < set(new)
        return _ease(fewer) if fewer or more else ""
    if field == "type":
        return _ease(new == "aspirational")
    if field == "state":
        return _ease(old in _BINDING) if (old in _BINDING) != (new in _BINDING) else ""
    return ""


def _measured(way: str, old: Value, new: Value) -> Ease:
    if isinstance(old, Decimal) and isinstance(new, Decimal) and way in _LOW_IS_EASY | _HIGH_IS_EASY:
        return _ease((new < old) == (way in _LOW_IS_EASY))
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new) == 2:
        wider = new[0] <= old[0] and new[1] >= old[1]  # type: ignore[operator]  # both hold numbers
        narrower = new[0] >= old[0] and new[1] <= old[1]  # type: ignore[operator]
        return _ease(wider) if wider != narrower else ""
    return ""


def _ease(easier: bool) -> Ease:
    return "easier" if easier else "harder"
