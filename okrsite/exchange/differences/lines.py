"""Changes in words, as plain text: each format escapes and lays them out its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite.exchange.differences.report import DifferenceReport, Wording, counted
from okrsite.frozen import frozen
from okrsite.history.comparing.difference import FieldDifference, GoalDifference, ReadingDifference
from okrsite.history.comparing.records import LATEST, Figure, Reading

NOTHING = "none"
_BRIEF = 60
"""Characters of a long text that are shown of it."""

_MEASURED = frozenset({"baseline", "target", "amber"})
_FIRST = (
    "kind",
    "direction",
    "type",
    "baseline",
    "target",
    "owner",
    "lead",
    "level",
    "due",
    "start",
    "end",
    "supports",
)
"""What is said of a goal that is new or gone."""


@frozen
class Line:
    """A change of one thing.

    Attributes:
        label: What changed.
        before: Empty where there was nothing to show.
        after: Likewise.
        remark: What to think of it, e.g. ``easier``.
    """

    label: str
    before: str
    after: str
    remark: str = ""


def headline(report: DifferenceReport) -> str:
    """What changed, in a sentence without its full stop."""
    if report.comparison.difference is None:
        count = len(report.comparison.introduced)
        return f"{count} problem{'s' * (count != 1)} introduced; the goals cannot be compared"
    if not report.comparison.changed:
        return "No goal changed, but the figures did" if report.moved else "No goal changed"
    named = ((report.only(what), what) for what in ("removed", "added", "moved", "renamed"))
    parts = [f"{_kinds(goals)} {what}" for goals, what in named if goals]
    counts = report.counts
    eased = [
        f"{counts[ease]} goalpost{'s' * (counts[ease] != 1)} {ease}" for ease in ("easier", "harder") if counts[ease]
    ]
    changed = sum(goal.what == "changed" for goal in report.told)
    if changed:
        parts.append(f"{changed} goal{'s' * (changed != 1)} changed")
    if eased:
        parts.append(" and ".join(eased))
    readings = Counter(
        each.what for goal in report.told if goal.what not in ("added", "removed") for each in goal.readings
    )
    numbers = ((readings[told], told) for told in ("removed", "edited", "added"))
    parts += [f"{count} reading{'s' * (count != 1)} {told}" for count, told in numbers if count]
    return ", ".join(parts) or "Only references changed"


def _kinds(goals: Iterable[GoalDifference]) -> str:
    return " and ".join(counted(number, sort) for sort, number in Counter(goal.sort for goal in goals).items())


def field_line(field: FieldDifference, goal: GoalDifference, words: Wording) -> Line:
    """A field in words."""
    unit = goal.unit_of_measure if field.field in _MEASURED else ""
    before, after = value_text(field.before, unit, words), value_text(field.after, unit, words)
    if max(len(before), len(after)) > _BRIEF or "\n" in before + after:
        before, after = _brief(before, after)
    remark = "follows" if field.follows else field.ease
    return Line(field.field.replace("_", " "), before, after, remark)


def summary(goal: GoalDifference, words: Wording) -> str:
    """What a goal that is new or gone is, in a few words."""
    found = {field.field: field.after if goal.what == "added" else field.before for field in goal.fields}
    parts = []
    for name in _FIRST:
        value = found.get(name)
        if value is not None and value not in ((), ""):
            unit = goal.unit_of_measure if name in _MEASURED else ""
            parts.append(f"{name} {_cut(value_text(value, unit, words))}")
    return ", ".join(parts)


def reading_line(reading: ReadingDifference, goal: GoalDifference, words: Wording) -> Line:
    """A reading in words."""
    key = reading.key
    label = words.day(key) if isinstance(key, date) else "latest reading" if key == LATEST else f"“{_cut(key)}”"
    if goal.sort == "task":
        label = "state"
    whose = reading.what == "edited" and reading.before.get("by") != reading.after.get("by")
    before, after = (_reading(each, goal, words, whose=whose) for each in (reading.before, reading.after))
    return Line(label, before, after, reading.what)


def _reading(reading: Reading, goal: GoalDifference, words: Wording, *, whose: bool) -> str:
    if not reading:
        return ""
    parts = []
    for name, value in reading.items():
        if name == "by" and not whose:
            continue
        if name == "value" and value is not None:
            parts.append(value_text(value, goal.unit_of_measure, words))
        elif name == "done":
            parts.append("done" if value is True else f"done {value_text(value, '', words)}" if value else "not done")
        elif name == "note" and value:
            parts.append(f"“{_cut(' '.join(str(value).split()))}”")
        elif name == "progress" and isinstance(value, Decimal):
            parts.append(words.percent(Fraction(value)))
        elif value is not None and value != "":
            shown = words.confidence(value) if isinstance(value, Decimal) else value_text(value, "", words)
            parts.append(f"{name} {shown}")
    return ", ".join(parts) or NOTHING


def value_text(value: Figure, unit: str, words: Wording) -> str:
    """A value as people write it."""
    if isinstance(value, tuple):
        if len(value) == 2 and all(isinstance(each, Decimal) for each in value):
            return " to ".join(value_text(each, unit, words) for each in value)
        return ", ".join(map(str, value)) or NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (Decimal, Fraction)):
        return words.measured(value, unit)
    if isinstance(value, date):
        return words.day(value)
    return value or NOTHING


def status_text(figures: Mapping[str, Figure], words: Wording) -> str:
    """Progress and status: ``41%, at risk``; a KPI's reading and status."""
    if not figures:
        return "no figures"
    progress = figures.get("progress_raw", figures.get("progress"))
    parts = [words.percent(progress)] if isinstance(progress, Fraction) else []
    if status := figures.get("status"):
        parts.append(str(status).replace("_", " "))
    return ", ".join(parts) or NOTHING


def _cut(text: str) -> str:
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 1].rstrip()}…"


def _brief(before: str, after: str) -> tuple[str, str]:
    """Two long texts where they begin to differ."""
    one, other = " ".join(before.split()), " ".join(after.split())
    if one == other:
        return "line breaks", "others"
    at = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(one), len(other)) if at is None else at
    begin = max(0, one.rfind(" ", 0, max(0, at - 20)) + 1)
    return _part(one, begin), _part(other, begin)


def _part(text: str, begin: int) -> str:
    part = text[begin : begin + _BRIEF]
    return ("…" if begin else "") + part.rstrip() + ("…" if begin + _BRIEF < len(text) else "")
