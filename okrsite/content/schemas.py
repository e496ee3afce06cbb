"""JSON Schema of each content file, for editors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from okrsite.content.documents import (
    CheckInsFile,
    CyclesFile,
    KpisFile,
    ObjectiveFile,
    ObjectivesFile,
    RolloutFile,
    UnitFile,
)

SCHEMAS: Mapping[str, tuple[type[BaseModel], str]] = MappingProxyType(
    {
        "unit": (UnitFile, "**/unit.yml"),
        "objectives": (ObjectivesFile, "**/CYCLE.yml"),
        "objective": (ObjectiveFile, "**/CYCLE/*.md, front matter"),
        "kpis": (KpisFile, "**/kpis.yml"),
        "check-ins": (CheckInsFile, "**/check-ins/*.yml"),
        "cycles": (CyclesFile, "okrs/cycles.yml"),
        "rollout": (RolloutFile, "rollout.yml, rollouts/*.yml"),
    }
)
"""Name -> the document and which files it describes."""


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a content file.

    Args:
        name: One of `SCHEMAS`.

    Raises:
        KeyError: For any other name.
    """
    document, _ = SCHEMAS[name]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_without_null(document.model_json_schema())}


def _without_null(schema: Any) -> Any:
    """A schema in which a key that may be left out may not be empty instead, as reading has it."""
    if isinstance(schema, list):
        return [_without_null(item) for item in schema if item != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _without_null(value) for key, value in schema.items() if not (key == "default" and value is None)}
    either = plain.get("anyOf", ())
    if len(either) == 1 and either != schema["anyOf"]:
        return {**{key: value for key, value in plain.items() if key != "anyOf"}, **either[0]}
    return plain
