"""What a portal may say about rules in ``mkdocs.yml``, turned into settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, cast

from okrsite.rules.registry import RULES
from okrsite.rules.rule import Limit, Rule
from okrsite.settings import LimitValue, RuleSetting

_Level = Literal["off", "warning", "notice", "error"]
_LEVELS = ("off", "notice", "warning", "error")
_BY_CODE = {rule.code: rule for rule in RULES}
_BY_NAME = {rule.name: rule for rule in RULES}


@dataclass(slots=True)
class _Messages:
    """What is wrong, in the order found."""

    all: list[str] = field(default_factory=list)

    def add(self, place: str, message: str) -> None:
        self.all.append(f"{place}: {message}")


def read_rule_settings(raw: object) -> tuple[dict[str, RuleSetting], list[str]]:
    """The plugin option ``rules`` as settings by code, and what is wrong with it.

    ``{CODE: off | notice | warning | error}`` switches a rule off or changes its severity; ``{CODE: {limit: value}}``
    changes its limits, beside which ``severity`` may stand. PyYAML reads a bare ``off`` as false and ``on`` as true:
    both are understood; ``on`` leaves a rule as it is.

    Args:
        raw: As YAML has it; None for nothing.

    Returns:
        The settings of what is right, and one message for each thing that is not, beginning with its place.
    """
    messages = _Messages()
    settings: dict[str, RuleSetting] = {}
    if raw is None:
        return settings, messages.all
    if not isinstance(raw, Mapping):
        messages.add("rules", f"{_shown(raw)} is not a mapping of codes, e.g. `OKR511: off`")
        return settings, messages.all
    for code, value in raw.items():
        rule = _BY_CODE.get(code) if isinstance(code, str) else None
        if rule is None:
            messages.add("rules", _unknown_code(code))
        else:
            settings[rule.code] = _setting(rule, value, messages)
    return settings, messages.all


def _unknown_code(code: object) -> str:
    text = str(code)
    if text.casefold() in _BY_NAME:
        return f"{_shown(code)} is a rule's name; write its code, {_BY_NAME[text.casefold()].code}"
    if text.upper() not in _BY_CODE and len(text) == 6 and text[:3].upper() == "OKR" and text[3] in "1234":
        return f"{text} is an error in the content, not a rule, and cannot be changed"
    return f"there is no rule {_shown(code)}{_did_you_mean(text.upper(), _BY_CODE)}"


def _setting(rule: Rule, value: object, messages: _Messages) -> RuleSetting:
    place = f"rules: {rule.code}"
    if not isinstance(value, Mapping):
        return RuleSetting(level=_level(rule, value, place, messages))
    level: _Level | None = None
    limits: dict[str, LimitValue] = {}
    by_name = {limit.name: limit for limit in rule.limits}
    for name, content in value.items():
        if name == "severity":
            level = _level(rule, content, f"{place}: severity", messages)
        elif name not in by_name:
            messages.add(place, f"there is no limit {_shown(name)}{_did_you_mean(str(name), (*by_name, 'severity'))}")
        else:
            limits.update(_limit(by_name[name], content, f"{place}: {name}", messages))
    limits = limits if _in_order(rule, limits, place, messages) else {}
    return RuleSetting(level, limits)


def _level(rule: Rule, value: object, place: str, messages: _Messages) -> _Level | None:
    """The level that a value says; None for the rule's own."""
    text = {True: "on", False: "off"}[value] if isinstance(value, bool) else value
    if text == "on" or text is None:
        return None
    if not isinstance(text, str) or text not in _LEVELS:
        limits = " or a mapping of its limits" if not place.endswith("severity") else ""
        suggestion = _did_you_mean(text.casefold(), _LEVELS) if isinstance(text, str) else ""
        messages.add(place, f"{_shown(value)} is not off, notice, warning, error{limits}{suggestion}")
        return None
    if rule.depends_on_day and text in ("warning", "error"):
        messages.add(place, f"{rule.name} depends on the day and is always a notice, or off")
        return None
    return cast(_Level, text)


def _limit(limit: Limit, value: object, place: str, messages: _Messages) -> Iterator[tuple[str, LimitValue]]:
    """The limit and its value, if that is of the right type."""
    if isinstance(limit.default, int):
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            yield limit.name, value
        else:
            messages.add(place, f"{_shown(value)} is not a whole number from 0")
        return
    words = [_word(item) for item in value] if isinstance(value, list | tuple) else [None]
    if None in words:
        messages.add(place, f"{_shown(value)} is not a list of words, e.g. `[one, two]` (quote words like no)")
        return
    unknown = [word for word in words if limit.choices and word not in limit.choices]
    for word in unknown:
        messages.add(place, f"{_shown(word)} is not one of {', '.join(limit.choices)}")
    if not unknown:
        yield limit.name, tuple(word for word in words if word is not None)


def _word(item: object) -> str | None:
    """An item of a list as text: whole numbers are words as well; None for what is neither."""
    if isinstance(item, int) and not isinstance(item, bool):
        return str(item)
    return item.strip() if isinstance(item, str) and item.strip() else None


def _in_order(rule: Rule, limits: Mapping[str, LimitValue], place: str, messages: _Messages) -> bool:
    """Whether a least number is not above a most one, where a rule has both."""
    values = {limit.name: limit.default for limit in rule.limits} | dict(limits)
    least, most = values.get("min"), values.get("max")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        messages.add(place, f"min {least} is more than max {most}")
        return False
    return True


def _did_you_mean(text: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    close = get_close_matches(text, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _shown(value: object) -> str:
    text = str(value)
    return f'"{text[:40]}…"' if len(text) > 41 else f'"{text}"'
