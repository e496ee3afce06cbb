"""A roll-up is scored by what each objective below it gives, which is kept between builds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from builders import make_cycle, make_key_result, make_objective, make_portal, make_unit

from okrsite.history import NO_HISTORY
from okrsite.model import Portal
from okrsite.reads import Place, note, recording, ways_to
from okrsite.scoring import score
from okrsite.settings import Settings
from okrsite.site.contributions import contributed, kept_contributions
from okrsite.site.inspection.inspection import Inspection
from okrsite.site.parts import MADE_NOW, PARTS, name_of

DAY = make_cycle().end


def goal_of(unit: str) -> str:
    """The id of a unit's only objective."""
    return f"{unit}/2026-Q1/goal"


def chain(units: list[str]) -> Portal:
    """Units with an objective each, that of each but the last one rolling up that of the next."""
    goals = [
        make_objective(
            goal_of(unit),
            [make_key_result("kr", "rollup")] if unit != units[-1] else [make_key_result(check_ins={"2026-02-01": 30})],
            supports=[f"{goal_of(above)}/kr"] if above else [],
        )
        for above, unit in zip(["", *units], units, strict=False)
    ]
    return make_portal(goals, units=[make_unit(unit) for unit in units])


class Kept:
    """Parts made once, of which is noted what asks for them and not what they are made of."""

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}

    def of(self, make: Callable[..., Any], given: object, *ids: str) -> Any:
        """As of all parts."""
        name = name_of(make, ids)
        if name not in self.made:
            with recording():
                self.made[name] = make(given, *ids)
        note(Place((PARTS, name)))
        return self.made[name]

    def newly(self) -> tuple[()]:
        """None that another process made."""
        return ()


def test_the_same_figures() -> None:
    """Exactly, all the way up."""
    portal, kept = chain(["a", "b", "c", "d"]), Kept()
    figures = Inspection(portal, NO_HISTORY, Settings(), DAY, kept).computed
    plain = score(portal, DAY)
    assert {id: figures.objectives[id] for id in portal.objectives} == dict(plain.objectives)
    assert figures.objectives[goal_of("a")].progress > 0
    assert len(kept.made) == 3


def test_what_lies_further_below_is_not_read() -> None:
    """A roll-up reads what the objectives right below it give, and nothing else of them."""
    portal = chain(["a", "b", "c", "d"])
    figures = Inspection(portal, NO_HISTORY, Settings(), DAY, Kept()).computed
    with recording() as read:
        figures.objectives[goal_of("a")]
    ways = ways_to(read)
    assert [way[1] for way in ways if way[0] == PARTS] == [name_of(contributed, [goal_of("b")])]
    assert not [way for way in ways if way[:2] == ("portal", "objectives") and way[2] != goal_of("a")]


def test_where_nothing_is_kept() -> None:
    """Neither without anybody who keeps parts, nor in chains of any length, where each would be made within another."""
    short, long = chain(["a", "b"]), chain([f"u{number:02}" for number in range(30)])
    inspection = Inspection(short, NO_HISTORY, Settings(), DAY)
    assert kept_contributions(short, lambda: inspection, Kept()) is not None
    assert kept_contributions(short, lambda: inspection, MADE_NOW) is None
    assert kept_contributions(long, lambda: inspection, Kept()) is None
