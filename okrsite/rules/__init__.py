"""Checks of a read portal beyond its structure: one function a rule, with its code, reason, source and limits.

A new rule is a function in the file of its subject and its name in that file's ``RULES``. It judges one unit, or
compares what all units tell of themselves.
"""

from okrsite.rules.documentation import rules_page
from okrsite.rules.judge import Judge, OfUnit
from okrsite.rules.options import read_rule_settings
from okrsite.rules.registry import RULES, check, judge
from okrsite.rules.rule import Limit, Rule
from okrsite.rules.smart import SmartMark, smart_marks

__all__ = [
    "RULES",
    "Judge",
    "Limit",
    "OfUnit",
    "Rule",
    "SmartMark",
    "check",
    "judge",
    "read_rule_settings",
    "rules_page",
    "smart_marks",
]
