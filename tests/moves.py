"""Histories made by hand, with defaults for what a test does not care about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from okrsite.history import Change, Commit, Effect, History

OBJECTIVE = "acme/2026-Q1/objective"


def make_commit(day: str = "2026-02-12", message: str = "Be realistic", **fields: Any) -> Commit:
    """A commit at noon; its id follows from its message and day."""
    at = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    id = hashlib.sha1(f"{day} {message}".encode(), usedforsecurity=False).hexdigest()
    return replace(Commit(id, "Ada Chief", at, message), **fields)


def make_change(goal: str = f"{OBJECTIVE}/kr", commit: Commit | None = None, **fields: Any) -> Change:
    """A moved target of a key result, or whatever the fields say."""
    values: dict[str, Any] = {
        "then": goal,
        "sort": "key_result" if goal.count("/") > OBJECTIVE.count("/") else "objective",
        "what": "goalpost",
        "in_cycle": True,
        "title": goal.rpartition("/")[2],
    }
    if "/kpis/" in goal:
        values["sort"] = "kpi"
    return Change(goal=goal, commit=commit or make_commit(), **(values | fields))


def make_effect(goal: str, before: str | None, after: str | None, **fields: Any) -> Effect:
    """From one share to another, as fractions are written."""
    return Effect(goal, _share(before), _share(after), **fields)


def _share(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def make_history(changes: Sequence[Change] = (), **fields: Any) -> History:
    """A history known from the year's beginning on."""
    values: dict[str, Any] = {"head": "0" * 40, "since": date(2025, 12, 1)}
    return History(changes=tuple(changes), **(values | fields))
