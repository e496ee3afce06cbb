"""For programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from okrsite.exchange.differences.report import DifferenceReport
from okrsite.exchange.values import number, share
from okrsite.history import Side
from okrsite.history.comparing.difference import FieldDifference, GoalDifference, ReadingDifference, Shift
from okrsite.history.comparing.records import Figure
from okrsite.problems import Problem

SCHEMA = "okrsite-diff/1"
"""What the text calls its format; the number rises when a reader of the old one would fail."""


def json_text(report: DifferenceReport) -> str:
    """Everything that differs, with the names and values that ``okrs.json`` has."""
    found = report.comparison
    content = {
        "schema": SCHEMA,
        "before": _side(found.before),
        "after": _side(found.after),
        "notes": list(found.notes),
        "readable": found.difference is not None,
        "changed": found.changed,
        "counts": report.counts,
        "goals": [_goal(goal) for goal in report.difference.goals],
        "figures": [_shift(shift) for shift in report.difference.shifts],
        "problems": {
            "introduced": [_problem(each) for each in found.introduced],
            "solved": [_problem(each) for each in found.solved],
        },
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _side(side: Side) -> dict[str, object]:
    return {"name": side.name, "kind": side.kind, "commit": side.commit or None, "as_of": side.day.isoformat()}


def _goal(goal: GoalDifference) -> dict[str, object]:
    return {
        "sort": goal.sort,
        "what": goal.what,
        "id": goal.id,
        "former": goal.former or None,
        "recognised_by": goal.how or None,
        "title": goal.title,
        "unit": goal.unit or None,
        "cycle": goal.cycle or None,
        "goalposts": [_field(field) for field in goal.fields],
        "words": [_field(field) for field in goal.words],
        "readings": [_reading(reading) for reading in goal.readings],
    }


def _field(field: FieldDifference) -> dict[str, object]:
    return {
        "field": field.field,
        "before": plain(field.before),
        "after": plain(field.after),
        "ease": field.ease or None,
        "follows": field.follows,
    }


def _reading(reading: ReadingDifference) -> dict[str, object]:
    return {
        "key": plain(reading.key),
        "what": reading.what,
        "before": _values(reading.before),
        "after": _values(reading.after),
    }


def _values(values: Mapping[str, Figure]) -> dict[str, object] | None:
    return {name: plain(value) for name, value in values.items()} or None


def _shift(shift: Shift) -> dict[str, object]:
    return {
        "sort": shift.sort,
        "id": shift.id,
        "title": shift.title,
        "cycle": shift.cycle or None,
        "on": shift.on,
        "figures": [
            {"figure": each.name, "before": plain(each.before), "after": plain(each.after)} for each in shift.figures
        ],
    }


def _problem(problem: Problem) -> dict[str, object]:
    names = ("path", "line", "column", "code", "severity", "message", "hint")
    return {name: getattr(problem, name) for name in names}


def plain(value: Figure) -> Any:
    """A value as ``okrs.json`` has it."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return number(value)
    return share(value) if isinstance(value, Fraction) else value
