"""``cycles.yml``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from okrsite.content.documents.fields import CycleId, Day, Days, Entry, Line, MonthNumber, no_mapping


class CycleEntry(Entry):
    """A cycle: the period goals are set for."""

    name: Line | None = Field(None, description="What readers see; default: the id.")
    start: Day | None = Field(None, description="First day; default: what the name says.")
    end: Day | None = Field(None, description="Last day; default: what the name says.")
    check_in_every: Days = Field(14, description="Days between two check-ins of a key result.")


class CyclesFile(Entry):
    """The portal's cycles, needed only for what their names do not say."""

    fiscal_year_start: MonthNumber = Field(1, description="Month the year begins in.")
    fiscal_year_named_by: Literal["start", "end"] = Field(
        "start", description="Whether the year in which it starts or ends names a fiscal year."
    )
    cycles: dict[CycleId, CycleEntry] = Field(default_factory=no_mapping, description="Cycles by id.")
