"""``CYCLE.yml`` and ``CYCLE/OBJECTIVE.md``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from okrsite.content.documents.fields import (
    MAX_ITEMS,
    Confidence,
    Day,
    Done,
    Entry,
    Id,
    Line,
    Note,
    Number,
    Prose,
    Range,
    Reading,
    Reference,
    Share,
    Weight,
    no_list,
)
from okrsite.model import ObjectiveType, State, Visibility


class CheckInEntry(Entry):
    """A check-in: one dated reading of a key result."""

    date: Day = Field(description="The day of the reading.")
    value: Reading | None = Field(None, description="A number; true or false for kind done.")
    confidence: Confidence | None = Field(None, description="How sure the owner is to reach the target.")
    note: Note | None = Field(None, description="What happened, what comes next.")
    by: Line | None = Field(None, description="Who checked in.")


class MilestoneEntry(Entry):
    """A step of a key result of kind milestones."""

    title: Line = Field(description="What is reached.")
    weight: Weight | None = Field(None, description="Its share relative to the others; default 1.")
    done: Done | None = Field(None, description="The day it was reached, or true.")


class KeyResultBase(Entry):
    """What key results of every kind have."""

    id: Id = Field(description="Unique within the objective.")
    title: Line = Field(description="What will be true at the end.")
    unit: Line | None = Field(None, description="Unit of measure, e.g. %, min, EUR.")
    owner: Line | None = Field(None, description="Who answers for it; default: the objective's owner.")
    start: Day | None = Field(None, description="First day of its window; default: the cycle's first.")
    due: Day | None = Field(None, description="Last day of its window; default: the cycle's last.")
    weight: Weight | None = Field(None, description="Its share relative to the objective's others; default 1.")
    kpi: Reference | None = Field(None, description="The KPI that the value comes from.")
    evidence: list[Line] = Field(default_factory=no_list, max_length=MAX_ITEMS, description="Links that show it.")
    check_ins: list[CheckInEntry] = Field(default_factory=no_list, description="Readings, for small portals.")


class DirectedKeyResult(KeyResultBase):
    """From a baseline to a target, scored by the way gone."""

    kind: Literal["increase", "decrease"] = Field(description="Which way is better.")
    baseline: Number = Field(description="Where it begins.")
    target: Number = Field(description="Where it shall end.")


class ThresholdKeyResult(KeyResultBase):
    """A level to hold, met or not."""

    kind: Literal["at_least", "at_most"] = Field(description="Which side of the target is good.")
    target: Number = Field(description="The level.")
    inclusive: bool = Field(True, description="Whether equality meets it.")
    sustained: bool = Field(False, description="Whether it has to be met in every check-in period.")


class BetweenKeyResult(KeyResultBase):
    """A range to stay in."""

    kind: Literal["between"] = Field(description="The value shall lie between two ends.")
    target: Range = Field(description="The ends.")
    inclusive: bool = Field(True, description="Whether the ends meet it.")
    sustained: bool = Field(False, description="Whether it has to be met in every check-in period.")


class MilestonesKeyResult(KeyResultBase):
    """Steps, scored by those that are done."""

    kind: Literal["milestones"] = Field(description="The sum of the weights done.")
    milestones: list[MilestoneEntry] = Field(min_length=1, max_length=MAX_ITEMS, description="The steps, in order.")


class DoneKeyResult(KeyResultBase):
    """Done or not."""

    kind: Literal["done"] = Field(description="Checked in with true or false.")


class RollupKeyResult(KeyResultBase):
    """The mean of the objectives that support it."""

    kind: Literal["rollup"] = Field(description="Computed from the supporting objectives.")


KeyResultEntry = Annotated[
    DirectedKeyResult | ThresholdKeyResult | BetweenKeyResult | MilestonesKeyResult | DoneKeyResult | RollupKeyResult,
    Field(discriminator="kind"),
]


class ObjectiveFile(Entry):
    """An objective as front matter of a Markdown file, whose name is its id and whose text describes it."""

    elsewhere: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"id": "the file's name is the id", "description": "the text below the front matter is the description"}
    )

    title: Line = Field(description="The goal in words, without a number.")
    owner: Line = Field(description="The one person who answers for it.")
    type: ObjectiveType = Field("aspirational", description="A promise (committed) or a stretch (aspirational).")
    weight: Weight | None = Field(None, description="Its share relative to the unit's others; default 1.")
    supports: list[Reference] = Field(
        default_factory=no_list, max_length=MAX_ITEMS, description="Objectives or key results above it."
    )
    state: State = Field("active", description="Only active and closed objectives roll up.")
    continues: Reference | None = Field(None, description="The objective of an earlier cycle that it carries on.")
    visibility: Visibility | None = Field(None, description="Who may see it; default: the unit's.")
    tags: list[Line] = Field(default_factory=no_list, max_length=MAX_ITEMS, description="Words to find it by.")
    key_results: list[KeyResultEntry] = Field(
        min_length=1, max_length=MAX_ITEMS, description="What is measured; at least one."
    )
    score: Share | None = Field(None, description="The owner's own grade at the end.")
    closing_note: Prose | None = Field(None, description="What was learned.")


class ObjectiveEntry(ObjectiveFile):
    """An objective in a cycle's YAML file."""

    elsewhere: ClassVar[Mapping[str, str]] = MappingProxyType({})

    id: Id = Field(description="Unique within the unit and cycle.")
    description: Prose | None = Field(None, description="Why it matters, what it means.")


class ObjectivesFile(Entry):
    """The objectives of a unit in one cycle."""

    objectives: list[ObjectiveEntry] = Field(
        max_length=MAX_ITEMS, description="In the order in which they shall be read."
    )
