"""What ``mkdocs.yml`` may say about rules."""

import pytest
import yaml

from okrsite.rules import read_rule_settings
from okrsite.settings import RuleSetting


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("off", RuleSetting("off")),
        ("'off'", RuleSetting("off")),
        ("on", RuleSetting()),
        ("null", RuleSetting()),
        ("notice", RuleSetting("notice")),
        ("error", RuleSetting("error")),
        ("{max: 6}", RuleSetting(limits={"max": 6})),
        ("{severity: error, min: 1, max: 6}", RuleSetting("error", {"min": 1, "max": 6})),
        ("{severity: off}", RuleSetting("off")),
        ("{}", RuleSetting()),
    ],
)
def test_settings(text, setting):
    """Off (which YAML 1.1 reads as false), a severity, limits, or both."""
    assert read_rule_settings({"OKR511": yaml.safe_load(text)}) == ({"OKR511": setting}, [])


def test_lists():
    """A list of words becomes a tuple; a whole number in it is a word."""
    raw = {"OKR503": {"names": ["route", 365]}, "OKR541": {"except_levels": []}}
    settings, messages = read_rule_settings(raw)
    assert messages == []
    assert settings["OKR503"].limits == {"names": ("route", "365")}
    assert settings["OKR541"].limits == {"except_levels": ()}


@pytest.mark.parametrize("raw", [None, {}])
def test_nothing(raw):
    """No option, no settings."""
    assert read_rule_settings(raw) == ({}, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[OKR511]", "rules: \"['OKR511']\" is not a mapping of codes, e.g. `OKR511: off`"),
        ("{OKR151: off}", "rules: OKR151 is an error in the content, not a rule, and cannot be changed"),
        ("{okr511: off}", 'rules: there is no rule "okr511"; did you mean OKR511?'),
        ("{X: off}", 'rules: there is no rule "X"'),
        ("{511: off}", 'rules: there is no rule "511"; did you mean OKR511?'),
        ("{several-owners: off}", 'rules: "several-owners" is a rule\'s name; write its code, OKR502'),
        (
            "{OKR511: of}",
            'rules: OKR511: "of" is not off, notice, warning, error or a mapping of its limits; did you mean off?',
        ),
        ("{OKR511: 5}", 'rules: OKR511: "5" is not off, notice, warning, error or a mapping of its limits'),
        (
            "{OKR511: {severity: eror}}",
            'rules: OKR511: severity: "eror" is not off, notice, warning, error; did you mean error?',
        ),
        ("{OKR511: {maxi: 6}}", 'rules: OKR511: there is no limit "maxi"; did you mean max?'),
        ("{OKR511: {max: six}}", 'rules: OKR511: max: "six" is not a whole number from 0'),
        ("{OKR511: {max: yes}}", 'rules: OKR511: max: "True" is not a whole number from 0'),
        ("{OKR511: {max: -1}}", 'rules: OKR511: max: "-1" is not a whole number from 0'),
        ("{OKR511: {max: 1}}", "rules: OKR511: min 2 is more than max 1"),
        (
            "{OKR512: {first_words: launch}}",
            'rules: OKR512: first_words: "launch" is not a list of words, e.g. `[one, two]` (quote words like no)',
        ),
        (
            "{OKR513: {number_words: [no]}}",
            'rules: OKR513: number_words: "[False]" is not a list of words, e.g. `[one, two]` (quote words like no)',
        ),
        (
            "{OKR542: {marks: [specific, timely]}}",
            'rules: OKR542: marks: "timely" is not one of specific, measurable, achievable, relevant, time-bound',
        ),
        (
            "{OKR522: warning}",
            "rules: OKR522: check-in-overdue depends on the day and is always a notice, or off",
        ),
    ],
)
def test_messages(text, message):
    """Each mistake has one clear message, and leaves the rule as it is."""
    settings, messages = read_rule_settings(yaml.safe_load(text))
    assert messages == [message]
    assert all(setting == RuleSetting() for setting in settings.values())


def test_all_mistakes_at_once():
    """Nothing stops at the first, and what is right holds."""
    raw = {"OKR511": {"max": "x", "mni": 3}, "OKR999": False, "OKR502": "notice"}
    settings, messages = read_rule_settings(raw)
    assert len(messages) == 3
    assert settings["OKR502"] == RuleSetting("notice")
