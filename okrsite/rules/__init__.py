"""Checks of a read portal beyond its structure: one function a rule, with its code, reason, source and limits.

A new rule is a function in the file of its subject and its name in that file's ``RULES``.
"""

from okrsite.rules.documentation import rules_page
from okrsite.rules.options import read_rule_settings
from okrsite.rules.registry import RULES, check
from okrsite.rules.rule import Limit, Rule
from okrsite.rules.smart import SmartMark, smart_marks

__all__ = ["RULES", "Limit", "Rule", "SmartMark", "check", "read_rule_settings", "rules_page", "smart_marks"]
