"""Whether a goalpost moved towards the goal or away from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from okrsite.history.easing import ease_of
from okrsite.history.goalposts import Value

ONE, TWO = Decimal(1), Decimal(2)


@pytest.mark.parametrize(
    ("field", "easier", "harder", "more"),
    [
        ("target", ONE, TWO, {"kind": "increase"}),
        ("target", ONE, TWO, {"kind": "at_least"}),
        ("target", TWO, ONE, {"kind": "decrease"}),
        ("target", (ONE, Decimal(9)), (TWO, Decimal(9)), {"kind": "between"}),
        ("baseline", ONE, TWO, {"kind": "increase"}),
        ("baseline", TWO, ONE, {"kind": "decrease"}),
        ("amber", TWO, ONE, {"direction": "down"}),
        ("due", date(2026, 3, 2), date(2026, 3, 1), {}),
        ("start", date(2026, 3, 2), date(2026, 3, 1), {}),
        ("inclusive", True, False, {}),
        ("sustained", False, True, {}),
        ("milestones", ("a",), ("a", "b"), {}),
        ("type", "aspirational", "committed", {}),
        ("state", "postponed", "active", {}),
    ],
)
def test_both_ways(field: str, easier: Value, harder: Value, more: Mapping[str, Value]) -> None:
    """What makes a goal easier makes it harder the other way round."""
    assert ease_of(field, {**more, field: harder}, {**more, field: easier}) == "easier"
    assert ease_of(field, {**more, field: easier}, {**more, field: harder}) == "harder"
    assert ease_of(field, {**more, field: easier}, {**more, field: easier}) == ""


def test_what_cannot_be_said() -> None:
    """Another kind or unit of measure, a range that moved, other milestones, a weight."""
    kinds: tuple[Mapping[str, Value], Mapping[str, Value]] = (
        {"kind": "increase", "target": ONE},
        {"kind": "decrease", "target": TWO},
    )
    assert ease_of("target", *kinds) == ""
    assert ease_of("target", {"kind": "increase", "target": ONE, "unit": "%"}, {**kinds[0], "target": TWO}) == ""
    moved = {"kind": "between", "target": (ONE, TWO)}, {"kind": "between", "target": (TWO, Decimal(3))}
    assert ease_of("target", *moved) == ""
    assert ease_of("milestones", {"milestones": ("a",)}, {"milestones": ("b",)}) == ""
    assert ease_of("weight", {"weight": ONE}, {"weight": TWO}) == ""
    assert ease_of("state", {"state": "active"}, {"state": "closed"}) == ""
