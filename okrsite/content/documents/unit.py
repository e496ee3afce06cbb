"""``unit.yml``."""

from __future__ import annotations

from pydantic import Field

from okrsite.content.documents.fields import Entry, Line, Note
from okrsite.model import Visibility


class UnitFile(Entry):
    """A unit: a part of the organisation that owns goals."""

    name: Line = Field(description="What readers see.")
    level: Line = Field(description="One of the portal's levels: corporate, department, team unless configured.")
    lead: Line | None = Field(None, description="Who leads it.")
    mission: Note | None = Field(None, description="What it is there for, in a sentence.")
    visibility: Visibility | None = Field(
        None, description="Who may see it and what is below it; default: the parent's."
    )
