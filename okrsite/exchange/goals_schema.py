"""``api/schema.json``: the JSON Schema of ``api/okrs.json``, for programs that check what they read."""

from __future__ import annotations

from typing import get_args

from okrsite.exchange.goals_json import SCHEMA
from okrsite.model import Direction, Kind, ObjectiveType, State
from okrsite.scoring.figures import STATUSES, Grade, KpiStatus, Trend

Schema = dict[str, object]

_TEXT: Schema = {"type": "string"}
_ID: Schema = {"type": "string", "minLength": 1}
_DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_FLAG: Schema = {"type": "boolean"}
_NUMBER: Schema = {"type": "number"}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_WEIGHT: Schema = {"type": "number", "minimum": 0}
_CONFIDENCE: Schema = {"type": "number", "minimum": 0, "maximum": 10}
_RANGE: Schema = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_TARGET: Schema = {"anyOf": [_NUMBER, _RANGE, {"type": "null"}]}


def okrs_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of ``okrs.json``; strict: it allows no key that it does not name."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:okrsite:okrs:1",
        "title": "OKRs and KPIs of a portal with their figures on one day",
        **_object(
            schema={"const": SCHEMA},
            as_of=_DAY | {"description": "The day that every figure is computed for."},
            cycle=_or_null(_ID) | {"description": "The portal's current cycle."},
            cycles=_list("cycle"),
            units=_list("unit"),
            levels=_list("level"),
            portal=_object(cycles=_by_cycle("figures")),
            objectives=_list("objective"),
            kpis=_list("kpi"),
            rollouts=_list("rollout"),
        ),
        "$defs": {
            "status": {"enum": list(STATUSES)},
            "cycle": _object(id=_ID, start=_DAY, end=_DAY),
            "figures": _object(**_FIGURES),
            "unit_figures": _object(
                **_FIGURES,
                alignment=_or_null(_SHARE)
                | {"description": "Share of its objectives that support something; null at the top."},
            ),
            "unit": _object(
                id=_ID, name=_TEXT, level=_ID, parent=_or_null(_ID), lead=_TEXT, cycles=_by_cycle("unit_figures")
            ),
            "level": _object(id=_ID, cycles=_by_cycle("figures")),
            "objective": _OBJECTIVE,
            "key_result": _KEY_RESULT,
            "kpi": _KPI,
            "rollout": _object(
                id=_ID,
                title=_TEXT,
                start=_DAY,
                end=_DAY,
                progress=_SHARE,
                expected=_SHARE,
                status=_ref("status"),
                tasks=_list("task"),
            ),
            "task": _object(
                title=_TEXT, month={"type": "integer", "minimum": 1}, start=_DAY, end=_DAY, progress=_SHARE
            ),
        },
    }


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _by_cycle(name: str) -> Schema:
    return {"type": "object", "additionalProperties": _ref(name)}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(words: object) -> Schema:
    return {"enum": list(get_args(words))}


_FIGURES: dict[str, Schema] = {
    "progress": _SHARE | {"description": "How far it is, 0 to 1."},
    "expected": _SHARE | {"description": "How far it should be on that day, 0 to 1."},
    "status": _ref("status"),
    "confidence": _or_null(_CONFIDENCE) | {"description": "0 to 10; null where nobody gave one."},
}

_OBJECTIVE = _object(
    id=_ID,
    unit=_ID,
    cycle=_ID,
    title=_TEXT,
    owner=_TEXT,
    type=_one_of(ObjectiveType),
    state=_one_of(State),
    weight=_WEIGHT,
    supports={"type": "array", "items": _ID},
    covered=_FLAG | {"description": "Whether an objective that rolls up supports it or one of its key results."},
    progress=_SHARE,
    expected=_SHARE,
    status=_ref("status"),
    grade=_or_null(_one_of(Grade)),
    score=_or_null(_SHARE) | {"description": "The owner's own grade."},
    confidence=_or_null(_CONFIDENCE),
    stale=_FLAG,
    key_results=_list("key_result"),
)

_KEY_RESULT = _object(
    id=_ID,
    title=_TEXT,
    kind=_one_of(Kind),
    unit=_TEXT | {"description": "Unit of measure."},
    baseline=_or_null(_NUMBER),
    target=_TARGET | {"description": "A number, or [low, high]; null where the kind has none."},
    current={"type": ["number", "boolean", "null"], "description": "The latest reading; true or false for kind done."},
    weight=_WEIGHT,
    due=_DAY,
    progress_raw=_NUMBER | {"description": "As computed: below 0 and above 1 are possible."},
    progress=_SHARE,
    expected=_SHARE,
    status=_ref("status"),
    stale=_FLAG,
    confidence=_or_null(_CONFIDENCE),
    last_check_in=_or_null(_DAY),
    kpi=_or_null(_ID) | {"description": "The KPI its readings come from."},
)

_KPI = _object(
    id=_ID,
    unit=_ID | {"description": "The unit that owns it."},
    name=_TEXT,
    direction=_one_of(Direction),
    target=_TARGET,
    amber=_TARGET | {"description": "The limit between amber and red."},
    current=_or_null(_NUMBER),
    status=_one_of(KpiStatus),
    trend=_or_null(_one_of(Trend)),
    stale=_FLAG,
)
