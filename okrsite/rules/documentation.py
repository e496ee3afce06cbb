"""The page of the documentation that explains the rules, written from the rules themselves."""

from __future__ import annotations

import re
import textwrap

from okrsite.rules.registry import RULES
from okrsite.rules.rule import Limit, Rule

_INTRODUCTION = """\
# Rules

<!-- Written by okrsite.rules.rules_page(); a test compares. -->

`okrsite check` reads a portal and says two kinds of things. What the content's structure needs (codes OKR1xx to
OKR4xx) is an error always. The rules on this page (OKR5xx) are about goals that work: how they are worded, owned,
connected and kept alive. Each rule has a code that never changes, a severity, a reason and a source.

- An **error** fails `okrsite check`.
- A **warning** fails `okrsite check --strict`, which is meant for continuous integration.
- A **notice** fails nothing. Every rule whose answer depends on the day is a notice and cannot be made more: what
  passes today does not begin to fail overnight.

No rule fails a build, whatever its severity.

## What the rules look at

Active and closed objectives count. Of drafts, only the wording and the number of key results are looked at
(OKR503, OKR504, OKR511 to OKR513): while a draft is discussed these are cheapest to mend, and the rest may still be
open. Postponed and cancelled objectives are left alone. Wording is read in English and German; where a title may be
read in two ways, nothing is said.

OKR543 looks at what git knows of the goals, too: [History](history.md) tells what that is. Without it, it finds
nothing.

## Changing a rule

The option `rules` of the plugin switches a rule off, gives it another severity, or changes its limits:

```yaml
plugins:
  - okrsite:
      rules:
        OKR514: off
        OKR541: notice
        OKR511: {min: 2, max: 4}
        OKR504: {severity: error, max_length: 70}
```

A list given as a limit takes the place of the rule's own list. An unknown code, limit or value is an error in the
configuration, with the nearest known name.

## All rules
"""

_BARE = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ-]*(?: [A-Za-zÀ-ɏ-]+)*")
_NO_BREAK = "\N{NO-BREAK SPACE}"
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})  # what YAML does not read as text


def rules_page() -> str:
    """The whole page as Markdown."""
    rows = ["| code | name | severity | reports |", "|---|---|---|---|"]
    rows += [
        f"| [{rule.code}](#{_anchor(rule)}) | {rule.name} | {_severity(rule)} | {rule.summary} |" for rule in RULES
    ]
    return "\n".join([_INTRODUCTION, *rows, "", *map(_section, RULES)]).rstrip("\n") + "\n"


def _anchor(rule: Rule) -> str:
    return f"{rule.code}-{rule.name}".lower()


def _severity(rule: Rule) -> str:
    return f"{rule.severity}, depends on the day" if rule.depends_on_day else rule.severity


def _section(rule: Rule) -> str:
    parts = [
        f"## {rule.code} {rule.name}",
        f"*{_severity(rule).capitalize()}.* {rule.summary}",
        f"**Why:** {rule.reason}",
        f"**How to mend:** {rule.mend}",
    ]
    if rule.limits:
        meanings = "\n".join(f"- `{limit.name}`: {limit.meaning}" for limit in rule.limits)
        parts += [f"**Limits**, with their defaults:\n\n{meanings}", _snippet(rule)]
    parts.append(f"**Source:** {rule.source}")
    return "\n\n".join("\n".join(_wrapped(line) for line in part.splitlines()) for part in parts) + "\n"


def _wrapped(line: str) -> str:
    """Prose at 120 characters a line; code, headings and lists stay as they are."""
    if line.startswith((" ", "#", "-", "`", "plugins")):
        return line
    return textwrap.fill(line, 120, break_long_words=False, break_on_hyphens=False)


def _snippet(rule: Rule) -> str:
    """The limits as ``mkdocs.yml`` says them."""
    lines = ["```yaml", "plugins:", "  - okrsite:", "      rules:", f"        {rule.code}:"]
    for limit in rule.limits:
        lines += _limit(limit)
    return "\n".join([*lines, "```"])


def _limit(limit: Limit) -> list[str]:
    head = f"{' ' * 10}{limit.name}: "
    if isinstance(limit.default, int):
        return [f"{head}{limit.default}"]
    words = ", ".join(_yaml_word(word).replace(" ", _NO_BREAK) for word in limit.default)
    indent = " " * 12
    lines = textwrap.wrap(
        f"{head}[{words}]", 110, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace(_NO_BREAK, " ") for line in lines]


def _yaml_word(word: str) -> str:
    """A word as it stands in a YAML list: in quotes unless it can only be text."""
    return word if _BARE.fullmatch(word) and word.casefold() not in _NOT_TEXT else f'"{word}"'
