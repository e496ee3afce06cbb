"""A course as text, so that the next build goes on from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from okrsite.history.goalposts import Value
from okrsite.history.ledger import BrokenVersion, Change, Commit, Effect
from okrsite.history.replay.course import Course, Span
from okrsite.history.replay.resting import Resting

_ERRORS = (ValueError, ArithmeticError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


def written(course: Course) -> str:
    """A course as JSON."""
    commits: dict[Commit, int] = {}

    def by(commit: Commit) -> int:
        return commits.setdefault(commit, len(commits))

    said = {
        "since": None if course.since is None else course.since.isoformat(),
        "changes": [_change(each, by(each.commit)) for each in course.changes],
        "broken": [[each.path, by(each.commit), each.why] for each in course.broken],
        "known": {id: [[day.isoformat(), str(share)] for day, share in known] for id, known in course.known.items()},
        "latest": course.latest,
        "gone": {id: {name: _value(each) for name, each in fields.items()} for id, fields in course.gone.items()},
        "units": {id: [each.files, each.far] for id, each in course.units.items()},
        "progress": {id: _span(each) for id, each in course.progress.items()},
    }
    said["commits"] = [
        [each.id, each.author, int(each.at.timestamp()), each.message, each.request, each.merge] for each in commits
    ]
    return json.dumps(said, ensure_ascii=True, separators=(",", ":"))


def read(text: str) -> Course | None:
    """A course from its JSON; None where it is none that okrsite has written."""
    try:
        return _course(json.loads(text))
    except _ERRORS:
        return None


def _course(said: Mapping[str, Any]) -> Course:
    commits = [
        Commit(_text(id), _text(author), datetime.fromtimestamp(at, UTC), _text(message), request, merge)
        for id, author, at, message, request, merge in said["commits"]
    ]
    return Course(
        since=None if said["since"] is None else date.fromisoformat(said["since"]),
        changes=[_restored(each, commits) for each in said["changes"]],
        broken=[BrokenVersion(_text(path), commits[by], _text(why)) for path, by, why in said["broken"]],
        known={
            id: [(date.fromisoformat(day), _fraction(share)) for day, share in known]
            for id, known in said["known"].items()
        },
        gone={
            _text(id): {_text(name): _given(each) for name, each in fields.items()}
            for id, fields in said["gone"].items()
        },
        latest={_text(id): _text(now) for id, now in said["latest"].items()},
        units={id: _resting(*each) for id, each in said["units"].items()},
        progress={id: _restored_span(*each) for id, each in said["progress"].items()},
    )


def _resting(files: dict[str, Any], far: list[Any]) -> Resting:
    return Resting({name: _text(blob) for name, blob in files.items()}, [_text(each) for each in far])


def _span(span: Span) -> list[str | None]:
    first = None if span.first == date.min else span.first.isoformat()
    return [str(span.value), first, None if span.last == date.max else span.last.isoformat()]


def _restored_span(share: str, first: str | None, last: str | None) -> Span:
    return Span(
        _fraction(share),
        date.min if first is None else date.fromisoformat(first),
        date.max if last is None else date.fromisoformat(last),
    )


def _change(change: Change, commit: int) -> list[object]:
    effect = change.effect
    return [
        *(change.goal, change.then, change.sort, change.what, commit, change.in_cycle, change.title, change.field),
        *(_value(change.before), _value(change.after), change.unit_of_measure, _value(change.reading), change.how),
        None
        if effect is None
        else [
            *(effect.goal, _share(effect.before), _share(effect.after)),
            *(effect.status_before, effect.status_after),
        ],
        change.easier,
    ]


def _restored(said: list[Any], commits: list[Commit]) -> Change:
    goal, then, sort, what, commit, in_cycle, title, field, before, after, unit, reading, how, effect, easier = said
    return Change(
        goal=_text(goal),
        then=_text(then),
        sort=sort,
        what=what,
        commit=commits[commit],
        in_cycle=in_cycle,
        title=_text(title),
        field=_text(field),
        before=_given(before),
        after=_given(after),
        unit_of_measure=_text(unit),
        reading=None if reading is None else date.fromisoformat(reading[1]),
        how=how,
        effect=None if effect is None else _effect(*effect),
        easier=easier,
    )


def _effect(goal: str, before: str | None, after: str | None, status_before: str, status_after: str) -> Effect:
    return Effect(
        _text(goal), _restored_share(before), _restored_share(after), _text(status_before), _text(status_after)
    )


def _value(value: Value) -> object:
    """A field's value with a letter for its type, where JSON has none."""
    if isinstance(value, Decimal):
        return ["n", str(value)]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, tuple):
        return ["t", *map(_value, value)]
    return value


def _given(said: Any) -> Value:
    if not isinstance(said, list):
        return said if said is None or isinstance(said, bool) else _text(said)
    letter, *rest = said
    if letter == "n":
        return Decimal(rest[0])
    if letter == "d":
        return date.fromisoformat(rest[0])
    return tuple(_given(each) for each in rest)  # type: ignore[misc]  # of one type, as it was written


def _share(share: Fraction | None) -> str | None:
    return None if share is None else str(share)


def _restored_share(said: str | None) -> Fraction | None:
    return None if said is None else _fraction(said)


@lru_cache(1 << 16)  # tens of thousands of readings have few shares
def _fraction(said: str) -> Fraction:
    above, _, below = said.partition("/")
    return Fraction(int(above), int(below or 1))


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise TypeError(said)
    return said
