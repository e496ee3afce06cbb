"""All rules, and the one way to run them."""

from __future__ import annotations

from operator import attrgetter

from okrsite.history import NO_HISTORY, History
from okrsite.model import Portal
from okrsite.problems import Problem, Severity
from okrsite.rules import check_ins, goalposts, key_results, kpis, objectives, units
from okrsite.rules.rule import Limits, Rule
from okrsite.scoring.figures import Figures
from okrsite.settings import RuleSetting, Settings

_PLACE = attrgetter("path", "line", "column", "code", "message", "hint", "severity")  # quicker than comparing problems

RULES: tuple[Rule, ...] = (
    *objectives.RULES,
    *key_results.RULES,
    *check_ins.RULES,
    *units.RULES,
    *kpis.RULES,
    *goalposts.RULES,
)
"""Every rule, in the order of the codes."""


def check(portal: Portal, figures: Figures, settings: Settings, history: History = NO_HISTORY) -> list[Problem]:
    """Everything the rules find in a portal, sorted by place.

    Args:
        portal: As read, without errors.
        figures: Of the same portal, on the day that the check is for.
        settings: Which rules are off, or have another severity or other limits.
        history: How its goals moved.
    """
    found = []
    for rule in RULES:
        setting = settings.rules.get(rule.code, RuleSetting())
        if setting.level == "off":
            continue
        severity: Severity = "notice" if rule.depends_on_day else setting.level or rule.severity
        limits = Limits({limit.name: limit.default for limit in rule.limits} | dict(setting.limits))
        for finding in rule.find(portal, figures, limits, history):
            place = finding.source
            found.append(
                Problem(place.path, place.line, place.column, rule.code, finding.message, finding.hint, severity)
            )
    return sorted(found, key=_PLACE)
