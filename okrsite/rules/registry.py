"""All rules, and the one way to run them."""

from __future__ import annotations

from collections.abc import Mapping

from okrsite.history import NO_HISTORY, History
from okrsite.model import Portal
from okrsite.problems import Problem
from okrsite.rules import check_ins, goalposts, key_results, kpis, objectives, units
from okrsite.rules.judge import Judge
from okrsite.rules.rule import Rule
from okrsite.scoring.figures import Figures
from okrsite.settings import RuleSetting, Settings

RULES: tuple[Rule, ...] = (
    *objectives.RULES,
    *key_results.RULES,
    *check_ins.RULES,
    *units.RULES,
    *kpis.RULES,
    *goalposts.RULES,
)
"""Every rule, in the order of the codes."""


def judge(
    portal: Portal, figures: Figures, settings: Mapping[str, RuleSetting], history: History = NO_HISTORY
) -> Judge:
    """Who applies every rule to a portal.

    Args:
        portal: As read, without errors.
        figures: Of the same portal, on the day that the check is for.
        settings: Which rules are off, or have another severity or other limits, by code.
        history: How its goals moved.
    """
    return Judge(RULES, portal, figures, settings, history)


def check(portal: Portal, figures: Figures, settings: Settings, history: History = NO_HISTORY) -> list[Problem]:
    """Everything the rules find in a portal, sorted by place.

    Args:
        portal: As read, without errors.
        figures: Of the same portal, on the day that the check is for.
        settings: The portal's options.
        history: How its goals moved.
    """
    return judge(portal, figures, settings.rules, history).problems()
