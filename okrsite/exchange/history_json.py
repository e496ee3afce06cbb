"""The history of goals as JSON, for programs: ``okrsite history --format json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from okrsite.exchange.values import day_or_none, number, number_or_none, reading, share_or_none
from okrsite.history import BrokenVersion, Change, Commit, Effect, History, Value
from okrsite.history.story import Asked, Happening

SCHEMA = "okrsite/history/1"
"""What the answer calls its format; the number rises when a reader of the old one would fail."""


def history_json(
    history: History, asked: Asked | None, happenings: Sequence[Happening], broken: Sequence[BrokenVersion], more: int
) -> dict[str, object]:
    """What happened to a goal, or to all of them, newest first.

    Args:
        history: Says how far it goes back.
        asked: The goal; None for the whole portal.
        happenings: Newest first.
        broken: Versions of files that were passed over.
        more: How many older happenings are left out.
    """
    gap = history.gap
    return {
        "schema": SCHEMA,
        "id": asked.id if asked else None,
        "asked_as": asked.former or None if asked else None,
        "title": asked.title if asked else None,
        "gone": asked.gone if asked else False,
        "head": history.head or None,
        "since": day_or_none(history.since),
        "gap": {"kind": gap.kind, "message": gap.message, "hint": gap.hint} if gap else None,
        "events": [_event(each) for each in happenings],
        "more": more,
        "broken": [{"path": each.path, "why": each.why, "commit": _commit(each.commit)} for each in broken],
    }


def history_json_text(
    history: History, asked: Asked | None, happenings: Sequence[Happening], broken: Sequence[BrokenVersion], more: int
) -> str:
    """The same as text."""
    return json.dumps(history_json(history, asked, happenings, broken, more), ensure_ascii=False, indent=1) + "\n"


def _event(each: Happening) -> dict[str, object]:
    head: dict[str, object] = {"date": each.day.isoformat(), "goal": each.goal, "sort": each.sort, "title": each.title}
    if each.check_in is not None:
        own = each.check_in
        return {
            "type": "check-in",
            **head,
            "value": reading(own.value),
            "confidence": number_or_none(own.confidence),
            "note": own.note,
            "by": own.by,
        }
    if each.measurement is not None:
        return {"type": "measurement", **head, "value": number(each.measurement.value), "note": each.measurement.note}
    return {"type": each.change.what, **head, **_change(each.change)} if each.change else head


def _change(change: Change) -> dict[str, object]:
    return {
        "then": change.then,
        "field": change.field,
        "before": _value(change.before),
        "after": _value(change.after),
        "unit": change.unit_of_measure,
        "reading": day_or_none(change.reading),
        "how": change.how,
        "in_cycle": change.in_cycle,
        "easier": change.easier,
        "effect": _effect(change.effect) if change.effect else None,
        "commit": _commit(change.commit),
    }


def _value(value: Value) -> object:
    if isinstance(value, tuple):
        return [number(each) if isinstance(each, Decimal) else each for each in value]
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if isinstance(value, date) else value


def _effect(effect: Effect) -> dict[str, object]:
    return {
        "goal": effect.goal,
        "before": share_or_none(effect.before),
        "after": share_or_none(effect.after),
        "status_before": effect.status_before or None,
        "status_after": effect.status_after or None,
    }


def _commit(commit: Commit) -> dict[str, object]:
    return {
        "id": commit.id,
        "author": commit.author,
        "at": commit.at.isoformat(),
        "message": commit.message,
        "request": commit.request,
        "merge": commit.merge,
    }
