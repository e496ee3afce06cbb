"""Rules are applied unit by unit: what a unit gives can be kept, and together it is what there is to find."""

from __future__ import annotations

import marshal
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from moves import make_change, make_commit, make_history

from okrsite.history import History
from okrsite.languages import Language
from okrsite.problems import Problem
from okrsite.rules import RULES, OfUnit, check, judge
from okrsite.scoring import score
from okrsite.settings import RuleSetting, Settings

DAY = date(2026, 2, 20)


@pytest.fixture
def faulty(goals: Any) -> Any:
    """Three units in which every rule finds something."""
    goals.unit("acme/hr", kpi=False)
    late = {"due": date(2026, 3, 31)}
    goals.objective(
        "acme/2026-Q1/trust",
        {"kpi": None, "start": date(2025, 12, 1), "readings": [(date(2025, 12, 2), "99.3", 2)]},
        late,
        owner="Ada & Grace",
        title="Reach 100%\nat last",
    )
    goals.objective("acme/2025-Q4/own", {"owner": "TBD"}, {"owner": "Ada and Grace"}, type="committed")
    goals.objective("acme/2025-Q3/own", {"title": "Launch the portal"}, type="committed", state="closed")
    goals.objective("acme/it/2026-Q1/off", {"readings": [(DAY, "99.2", 9)]}, owner="?")
    for quarter in ("2025-Q1", "2025-Q2", "2025-Q3"):
        goals.objective(f"acme/it/{quarter}/easy", {"readings": [(goals.cycles[quarter].end, "99.9")]} | late)
    for number in range(6):
        goals.objective(f"acme/2026-Q2/goal-{number}", {"due": date(2026, 6, 30)}, {"due": date(2026, 6, 30)})
    return goals


@pytest.fixture
def history() -> History:
    """A target that was made easier."""
    change = make_change(
        "acme/2026-Q1/trust/kr-1",
        make_commit("2026-02-18"),
        field="target",
        before=(Decimal(1), Decimal(2)),
        after=Decimal(3),
        easier=True,
    )
    return make_history([change])


def kept(of_unit: OfUnit) -> OfUnit:
    """What a unit gives, from a file."""
    given: OfUnit = marshal.loads(marshal.dumps(of_unit))  # noqa: S302 - packed here
    return given


def in_german(problems: list[Problem]) -> list[tuple[str, str]]:
    """The texts in another language, which are made of what is filled into them."""
    language = Language("de")
    return [(language.say(problem.message), language.say(problem.hint)) for problem in problems]


def test_units_together_are_the_whole(faulty: Any, history: History) -> None:
    """Judging each unit by itself, and keeping what that gives, is as good as judging the whole; by every rule."""
    portal = faulty.portal()
    figures = score(portal, DAY)
    whole = check(portal, figures, Settings(), history)
    asked = judge(portal, figures, {}, history)
    units = asked.problems(lambda unit: kept(asked.of_unit(unit)))
    assert {problem.code for problem in whole} == {rule.code for rule in RULES}
    assert units == whole
    assert asked.counts(lambda unit: kept(asked.of_unit(unit))) == Counter(problem.severity for problem in whole)
    assert in_german(units) == in_german(whole) != [(problem.message, problem.hint) for problem in whole]


def test_rules_that_are_off_are_not_asked(faulty: Any) -> None:
    """Of a rule that compares units, too: what units tell for the others stays theirs."""
    portal = faulty.portal()
    figures = score(portal, DAY)
    off = {code: RuleSetting("off") for code in ("OKR501", "OKR502")}
    asked = judge(portal, figures, off)
    found = asked.problems(lambda unit: kept(asked.of_unit(unit)))
    assert found == [each for each in check(portal, figures, Settings()) if each.code not in off]
