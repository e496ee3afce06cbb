"""Rules on goalposts that moved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from moves import make_change, make_commit, make_history

from okrsite.languages import Language
from okrsite.problems import Problem
from okrsite.rules import check
from okrsite.scoring import score
from okrsite.settings import RuleSetting, Settings

GOAL = "acme/2026-Q1/trust"


def found(goals: Any, *changes: Any, as_of: date = date(2026, 3, 31), **rules: RuleSetting) -> list[Problem]:
    """What the rule says of a portal whose goals moved."""
    portal = goals.portal()
    problems = check(portal, score(portal, as_of), Settings(rules=rules), make_history(changes))
    return [problem for problem in problems if problem.code == "OKR543"]


def moved(day: str, goal: str = f"{GOAL}/kr-1", **fields: Any) -> Any:
    """A target that was made easier."""
    values = {"field": "target", "before": Decimal(45), "after": Decimal(36), "unit_of_measure": "%", "easier": True}
    return make_change(goal, make_commit(day, "A new scale (#17)\n\nTalked over."), **(values | fields))


def test_easier_in_the_later_half(goals):
    """What moved, when and from what to what; the reason is the commit's own; from the middle of the cycle on."""
    kr = goals.objective(GOAL).key_results[0]
    (problem,) = found(goals, moved("2026-02-15"))
    assert problem.message == (
        f'key result "{kr.title}" was made easier on 2026-02-15 (day 46 of 90): target, from 45% to 36%'
    )
    assert problem.hint == 'the reason given: "A new scale (#17)"'
    assert (problem.severity, problem.path, problem.line) == ("notice", kr.source.path, kr.source.line)
    assert found(goals, moved("2026-02-14")) == []
    assert Language("de").say(problem.message).endswith("Ziel, von 45% auf 36%")


@pytest.mark.parametrize(
    "fields", [{"easier": False}, {"in_cycle": False}, {"what": "reading_edited"}, {"goal": "acme/2026-Q1/gone/kr-1"}]
)
def test_what_is_no_easier_goalpost(goals, fields):
    """Harder ones, planning, readings, and goals that are gone."""
    goals.objective(GOAL)
    assert found(goals, moved("2026-03-01", **fields)) == []


def test_what_counts_nowhere(goals):
    """Drafts and cancelled goals are nobody's promise; what comes after the day does not exist yet."""
    goals.objective(GOAL, state="draft")
    assert found(goals, moved("2026-03-01")) == []
    goals.objective(GOAL, state="closed")
    assert found(goals, moved("2026-03-01"), as_of=date(2026, 2, 28)) == []
    assert len(found(goals, moved("2026-03-01"))) == 1


def test_other_fields_and_the_limit(goals):
    """Days, ranges and words are said as they are; the share of the cycle can be set, and the rule switched off."""
    goals.objective(GOAL)
    late = moved("2026-04-02", field="due", before=date(2026, 3, 1), after=None)
    between = moved("2026-01-20", before=Decimal("1.5"), after=(Decimal(1), Decimal(2)))
    weight = moved("2026-03-01", GOAL, field="type", before="committed", after="aspirational")
    early = found(goals, late, between, weight, as_of=date(2026, 4, 10), OKR543=RuleSetting(limits={"elapsed": 20}))
    assert [problem.message.partition(" was made ")[2] for problem in early] == [
        "easier on 2026-03-01 (day 60 of 90): type, from committed to aspirational",
        "easier on 2026-01-20 (day 20 of 90): target, from 1.5% to 1 to 2%",
        "easier on 2026-04-02 (after the end of 2026-Q1): due, from 2026-03-01 to nothing",
    ]
    assert found(goals, late, OKR543=RuleSetting("off")) == []
