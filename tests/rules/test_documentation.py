"""The page that explains the rules."""

import re
from pathlib import Path

import pytest
import yaml

from okrsite.rules import RULES, read_rule_settings, rules_page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
WRITE = "python -c 'from okrsite.rules import rules_page; print(rules_page(), end=\"\")' > docs/rules.md"


def test_page_is_up_to_date():
    """``docs/rules.md`` is what the code says."""
    assert PAGE.read_text(encoding="utf-8") == rules_page(), f"write it anew: {WRITE}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_explained(rule):
    """Each has a row in the table and a section that the row links to."""
    page = rules_page()
    assert f"\n| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.name} |" in page
    assert f"\n## {rule.code} {rule.name}\n" in page


def test_snippets_say_the_defaults():
    """What the page shows for ``mkdocs.yml`` is valid, and the same as saying nothing."""
    defaults = {rule.code: {limit.name: limit.default for limit in rule.limits} for rule in RULES if rule.limits}
    shown = {}
    for snippet in re.findall(r"```yaml\n(.*?)```", rules_page(), re.DOTALL):
        raw = yaml.safe_load(snippet)["plugins"][0]["okrsite"]["rules"]
        settings, messages = read_rule_settings(raw)
        assert messages == []
        shown |= {code: dict(setting.limits) for code, setting in settings.items()}
    assert shown | {"OKR511": defaults["OKR511"], "OKR504": defaults["OKR504"]} == shown
    assert {code: shown[code] for code in defaults} == defaults


def test_lines_fit():
    """No line of prose or code is wider than a screen; only the table is."""
    assert [line for line in rules_page().splitlines() if len(line) > 120 and not line.startswith(("|", "-"))] == []
