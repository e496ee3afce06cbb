"""``kpis.yml``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okrsite.content.documents.fields import MAX_ITEMS, Day, Entry, Id, Line, Note, Number, Range, no_list
from okrsite.model import Cadence


class MeasurementEntry(Entry):
    """A measurement: one dated value of a KPI."""

    date: Day = Field(description="The day it stands for.")
    value: Number = Field(description="In the KPI's unit of measure.")
    note: Note | None = Field(None, description="What explains it.")


class KpiBase(Entry):
    """What KPIs of every direction have."""

    id: Id = Field(description="Unique within the unit.")
    name: Line = Field(description="What readers see.")
    definition: Note | None = Field(None, description="How it is measured.")
    unit: Line | None = Field(None, description="Unit of measure, e.g. %, min, EUR.")
    baseline: Number | None = Field(None, description="Where it began.")
    due: Day | None = Field(None, description="When the target shall be met.")
    cadence: Cadence = Field(description="How often it is measured.")
    kind: Literal["leading", "lagging"] | None = Field(None, description="Whether it foretells or records.")
    source: Line | None = Field(None, description="Where the numbers come from.")
    owner: Line | None = Field(None, description="Who answers for it.")
    measurements: list[MeasurementEntry] = Field(default_factory=no_list, description="Or a file kpis/ID.csv.")


class DirectedKpi(KpiBase):
    """A KPI of which more, or less, is better."""

    direction: Literal["up", "down"] = Field(description="Which way is better.")
    target: Number = Field(description="Green from here on.")
    amber: Number | None = Field(None, description="The limit between amber and red.")


class BandKpi(KpiBase):
    """A KPI that shall stay within a band."""

    direction: Literal["band"] = Field(description="It shall stay between two ends.")
    target: Range = Field(description="Green within.")
    amber: Range | None = Field(None, description="Amber within, red outside.")


class KpisFile(Entry):
    """The KPIs of a unit."""

    kpis: list[Annotated[DirectedKpi | BandKpi, Field(discriminator="direction")]] = Field(
        max_length=MAX_ITEMS, description="In the order in which they shall be read."
    )
