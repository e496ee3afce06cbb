"""The order in which roll-ups are computed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

from builders import make_key_result, make_objective, make_portal

from okrsite.model import Portal
from okrsite.scoring import Trends, score
from okrsite.scoring.rollup import feeding, is_shallow


def chain(length: int) -> Portal:
    """Objectives of which each rolls up the one before; the ids run against the order. The first is half done."""
    ids = [f"acme/2026-Q1/o{length - place:05}" for place in range(length)]
    first = make_objective(ids[0], [make_key_result("up", check_ins={"2026-01-05": 50})], supports=[f"{ids[1]}/up"])
    last = make_objective(ids[-1], [make_key_result("up", "rollup")])
    between = [
        make_objective(id, [make_key_result("up", "rollup")], supports=[f"{above}/up"])
        for id, above in pairwise(ids[1:])
    ]
    return make_portal([first, *between, last])


def order(portal: Portal) -> str:
    """The last letters of the ids of what feeds the first objective, in the order in which it is computed."""
    known: dict[str, None] = {}
    for objective in feeding(portal, next(iter(portal.objectives.values())), known):
        known[objective.id] = None
    return "".join(id[-1] for id in known)


def test_supporters_come_first() -> None:
    """Against the order of the ids, and each once."""
    assert order(chain(5)) == "5432"


def test_an_objective_waits_for_all_that_supports_it() -> None:
    """Two ways of different length lead to the top: it comes last."""
    top = make_objective("acme/2026-Q1/a", [make_key_result("x", "rollup"), make_key_result("y", "rollup")])
    middle = make_objective("acme/2026-Q1/b", [make_key_result("x", "rollup")], supports=["acme/2026-Q1/a/x"])
    below = make_objective("acme/2026-Q1/c", supports=["acme/2026-Q1/a/y", "acme/2026-Q1/b/x", "acme/2026-Q1/a/x"])
    assert order(make_portal([top, middle, below])) == "cb"


def test_chains_may_be_of_any_length() -> None:
    """Five thousand in a row: what the first has reached arrives at the last, in figures and trends."""
    portal = chain(5000)
    top = "acme/2026-Q1/o00001"
    assert score(portal, date(2026, 2, 1)).objectives[top].progress == Fraction(1, 2)
    trend = Trends(portal, date(2026, 2, 1)).objective_trend(top)
    assert trend == ((date(2026, 1, 1), 0.0), (date(2026, 1, 5), 0.5))


def test_shallow_is_told_by_the_longest_chain() -> None:
    """Five objectives are four steps."""
    assert [is_shallow(chain(5), most) for most in (3, 4, 5)] == [False, True, True]
    assert is_shallow(make_portal([]), 0)
