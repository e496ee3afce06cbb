"""``okrs.json`` as a state of a portal, to be compared with another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from okrsite.exchange.goals_json import SCHEMA
from okrsite.history.comparing.identity import Face
from okrsite.history.comparing.records import (
    Figure,
    PortalState,
    Record,
    TaskIds,
    key_result_face,
    kpi_face,
    objective_face,
    plan_face,
    state_of_records,
    task_face,
    unit_face,
)
from okrsite.history.goalposts import Value
from okrsite.problems import OkrsiteError

_SHARES = frozenset({"progress", "progress_raw", "expected", "alignment"})
_DATES = frozenset({"start", "end", "due", "last_check_in"})
_OBJECTIVE = ("title", "owner", "type", "weight", "state", "supports")
_OBJECTIVE_FIGURES = ("covered", "progress", "expected", "status", "grade", "confidence", "stale")
_KEY_RESULT = ("title", "kind", "baseline", "target", "unit", "kpi", "due", "weight")
_KEY_RESULT_FIGURES = (
    *("current", "progress_raw", "progress", "expected", "status", "stale", "confidence", "last_check_in"),
)
_KPI = ("name", "direction", "target", "amber")
_KPI_FIGURES = ("current", "status", "trend", "stale")
_PLAN_FIGURES = ("progress", "expected", "status")


def state_of_json(text: str, name: str) -> PortalState:
    """The state that an ``okrs.json`` holds, with its figures and their day.

    It knows no descriptions, no single readings and no places in files.

    Args:
        text: The file's content.
        name: What to call it in messages.

    Raises:
        OkrsiteError: It is no ``okrs.json`` that this version can read.
    """
    try:
        data = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
        if data["schema"] != SCHEMA:
            raise OkrsiteError(f"{name} says it is {data['schema']!r}, not {SCHEMA!r}: it cannot be compared.")
        return state_of_records(_records(data), date.fromisoformat(data["as_of"]))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}" if not isinstance(error, KeyError) else f"it has no {error}"
        raise OkrsiteError(f"{name} is no okrs.json of okrsite ({why}); `okrsite export` writes one.") from error


def _no_number(word: str) -> Decimal:
    raise ValueError(f"{word} is no number")


def _records(data: Mapping[str, Any]) -> Iterator[Record]:
    portal = {cycle: _fields(each, each) for cycle, each in data["portal"]["cycles"].items()}
    yield _plain("portal", "", figures={"": {"cycle": data["cycle"]}, **portal})
    for level in data["levels"]:
        yield _plain("level", level["id"], figures=_by_cycle(level))
    for cycle in data["cycles"]:
        yield _plain("cycle", cycle["id"], goalposts=_fields(cycle, ("start", "end")))
    for unit in data["units"]:
        id, name = unit["id"], unit["name"]
        fields = _fields(unit, ("name", "level", "lead"))
        yield Record("unit", id, name, id, "", unit_face(id, name), fields, figures=_by_cycle(unit))
    for objective in data["objectives"]:
        yield _objective(objective)
        for kr in objective["key_results"]:
            yield _key_result(kr, objective)
    for kpi in data["kpis"]:
        id, unit = kpi["id"], kpi["unit"]
        fields, figures = _fields(kpi, _KPI), {"": _fields(kpi, _KPI_FIGURES)}
        face = kpi_face(id, unit, kpi["name"])
        yield Record("kpi", id, kpi["name"], unit, "", face, fields, readings=None, figures=figures)
    for plan in data["rollouts"]:
        yield from _rollout(plan)


def _plain(sort: Any, id: str, **more: Any) -> Record:
    return Record(sort, id, id, "", "", Face(id, "", id), **more)


def _by_cycle(thing: Mapping[str, Any]) -> Mapping[str, Mapping[str, Figure]]:
    return {cycle: _fields(each, each) for cycle, each in thing["cycles"].items()}


def _objective(objective: Mapping[str, Any]) -> Record:
    id, unit, title = objective["id"], objective["unit"], objective["title"]
    parts = [(kr["title"], kr["kind"]) for kr in objective["key_results"]]
    return Record(
        "objective",
        id,
        title,
        unit,
        objective["cycle"],
        objective_face(id, unit, title, parts),
        _fields(objective, _OBJECTIVE),
        _fields(objective, ("score",)),
        figures={"": _fields(objective, _OBJECTIVE_FIGURES)},
    )


def _key_result(kr: Mapping[str, Any], objective: Mapping[str, Any]) -> Record:
    return Record(
        "key_result",
        kr["id"],
        kr["title"],
        objective["unit"],
        objective["cycle"],
        key_result_face(kr["id"], objective["id"], kr["title"], kr["kind"]),
        _fields(kr, _KEY_RESULT),
        readings=None,
        figures={"": _fields(kr, _KEY_RESULT_FIGURES)},
        unit_of_measure=kr["unit"],
    )


def _rollout(plan: Mapping[str, Any]) -> Iterator[Record]:
    id, title = plan["id"], plan["title"]
    face = plan_face(id, title)
    fields = _fields(plan, ("title", "start", "end"))
    yield Record("rollout", id, title, "", "", face, fields, figures={"": _fields(plan, _PLAN_FIGURES)})
    ids = TaskIds(id)
    for task in plan["tasks"]:
        own = ids.next(task["title"])
        when = (int(task["month"]), date.fromisoformat(task["start"]), date.fromisoformat(task["end"]))
        posts = _fields(task, ("title", "month", "start", "end"))
        figures = {"": _fields(task, ("progress",))}
        yield Record(
            "task", own, task["title"], "", "", task_face(own, id, when), posts, readings=None, figures=figures
        )


def _fields(thing: Mapping[str, Any], names: Any) -> dict[str, Any]:
    return {name: _value(name, thing[name]) for name in names}


def _value(name: str, value: Any) -> Value | Fraction:
    """A value as the model has it: dates, exact shares, texts in tuples."""
    if isinstance(value, Decimal):
        return Fraction(value) if name in _SHARES else value
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str):
        return date.fromisoformat(value) if name in _DATES else value
    if value is None or isinstance(value, bool):
        return value
    raise TypeError(f"{name} is {type(value).__name__}")
