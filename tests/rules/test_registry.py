"""All rules together."""

import re
from datetime import date
from decimal import Decimal

import pytest

from okrsite.model import Measurement, Source
from okrsite.rules import RULES
from okrsite.settings import RuleSetting


def good(goals):
    """A portal that pleases every rule."""
    reading = {"readings": [(date(2026, 2, 10), "99.6", 7)]}
    goals.objective("acme/2026-Q1/trust", {"kpi": "acme/kpis/health"}, reading)
    goals.objective(
        "acme/it/2026-Q1/a",
        {"kpi": "acme/it/kpis/health"},
        {**reading, "due": date(2026, 3, 31)},
        supports=("acme/2026-Q1/trust",),
    )
    for kpi in list(goals.kpis):
        goals.kpi(kpi, measurements=(Measurement(date(2026, 2, 9), Decimal("99.6"), "", Source("kpis.yml")),))
    return goals


def test_codes_are_in_order_and_unique():
    """Codes are OKR5 and two digits, names kebab-case, and no two are alike."""
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"OKR5\d\d", code) for code in codes)
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name) for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule):
    """Each has a summary, a reason, a way out and a source; one that depends on the day is a notice."""
    assert all(text.endswith((".", '"')) for text in (rule.summary, rule.reason, rule.mend))
    assert rule.source
    assert rule.severity == "notice" or not rule.depends_on_day
    assert len({limit.name for limit in rule.limits}) == len(rule.limits)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_good_portal(goals, rule):
    """No rule has anything to say about a good portal."""
    assert [problem for problem in good(goals).problems() if problem.code == rule.code] == []


def test_severity_and_off(goals):
    """A portal switches a rule off, or has it with another severity."""
    goals.objective("acme/2026-Q1/trust", owner="TBD")
    assert [problem.severity for problem in goals.found("OKR501")] == ["error"]
    assert [problem.severity for problem in goals.found("OKR501", setting=RuleSetting("notice"))] == ["notice"]
    assert goals.found("OKR501", setting=RuleSetting("off")) == []


def test_problems_are_sorted_by_place(goals):
    """The order is by file, line and column, whatever the order of the rules."""
    goals.objective("acme/it/2026-Q1/b", {}, owner="?", title="Reach 100%")
    goals.objective("acme/2026-Q1/a", {}, owner="?", title="Reach 100%")
    problems = goals.problems()
    assert len(problems) > 8
    assert problems == sorted(problems)
    assert problems == sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column))


def test_empty_portal(goals):
    """No units, no goals, no problems."""
    goals.units.clear()
    goals.kpis.clear()
    assert goals.problems() == []
