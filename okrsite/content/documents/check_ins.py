"""``check-ins/DATE.yml``."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator

from okrsite.content.documents.fields import Confidence, CycleId, Entry, Line, Note, Reading, Reference


class ReadingEntry(Entry):
    """A reading in a check-in file."""

    value: Reading | None = Field(None, description="A number; true or false for kind done.")
    confidence: Confidence | None = Field(None, description="How sure the owner is to reach the target.")
    note: Note | None = Field(None, description="What happened, what comes next.")
    by: Line | None = Field(None, description="Who checked in; default: the meeting's.")


def _or_bare_value(schema: dict[str, Any]) -> None:
    """Tell editors that a number or boolean may stand in place of the mapping."""
    schema["additionalProperties"] = {"anyOf": [{"type": ["number", "boolean"]}, schema["additionalProperties"]]}


class CheckInsFile(Entry):
    """One check-in meeting; the file's name is its date."""

    by: Line | None = Field(None, description="Who checked in.")
    cycle: CycleId | None = Field(
        None, description="The cycle of short references; default: the unit's that hold the date."
    )
    check_ins: dict[Reference, ReadingEntry] = Field(
        description="Key result -> value, or a mapping with value, confidence, note, by.",
        json_schema_extra=_or_bare_value,
    )

    @field_validator("check_ins", mode="before")
    @classmethod
    def _bare_values(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: entry if isinstance(entry, dict) else {"value": entry} for key, entry in value.items()}
