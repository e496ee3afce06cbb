"""``rollout.yml`` and ``rollouts/NAME.yml``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, InstanceOf, WithJsonSchema

from okrsite.content.documents.fields import MAX_ITEMS, Day, Done, Entry, Line, Reference, Share, no_list, parse_number
from okrsite.content.syntax.days import wrong
from okrsite.content.syntax.tree import PlainNumber
from okrsite.content.syntax.wording import shown

_PERCENT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*%")
_WEEKS = re.compile(r"([1-4])(?:\s*-\s*([1-4]))?")


class Limit(Decimal):
    """What evidence has to reach; a share where it was written as a percentage."""

    percent: bool


def _limit(value: object) -> Limit:
    found = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None and not isinstance(value, PlainNumber):
        raise wrong("OKR201", f"{shown(value)} is not a limit", "write a share as 80%, a value as 80")
    limit = Limit(found[1]) if found else Limit(parse_number(value))
    limit.percent = found is not None
    if limit <= 0:
        raise wrong("OKR214", f"the limit {shown(value)} is not above 0", "give what counts as done, e.g. 100%")
    return limit


def _weeks(value: object) -> tuple[int, int]:
    text = value.text if isinstance(value, PlainNumber) else value
    found = _WEEKS.fullmatch(text.strip()) if isinstance(text, str) else None
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last:
        message = f"{shown(value)} does not name weeks of a month of the plan, which has four"
        raise wrong("OKR215", message, "write one week such as 3, or the first and last such as 1-2")
    return first, last


AtLeast = Annotated[InstanceOf[Limit], BeforeValidator(_limit), WithJsonSchema({"type": ["number", "string"]})]
Weeks = Annotated[tuple[int, int], BeforeValidator(_weeks), WithJsonSchema({"type": ["integer", "string"]})]


class EvidenceEntry(Entry):
    """Progress that is measured from the content."""

    measure: Reference = Field(
        description="One of the measures: units_with_objectives, units_with_kpis, units_checking_in, "
        "objectives_aligned, or kpi:ID."
    )
    at_least: AtLeast | None = Field(
        None, description="What counts as done: a share such as 80%, or the KPI's value; default 100%."
    )


class TaskEntry(Entry):
    """A task of the plan."""

    title: Line = Field(description="What is to be done.")
    weeks: Weeks = Field(description="Of that month: 1 or 1-2, from 1 to 4.")
    owner: Line | None = Field(None, description="Who sees to it.")
    levels: list[Line] = Field(
        default_factory=no_list, max_length=MAX_ITEMS, description="Whom it addresses; default: all levels."
    )
    done: Done | None = Field(None, description="The day it was done, or true.")
    progress: Share | None = Field(None, description="The owner's own figure.")
    evidence: EvidenceEntry | None = Field(None, description="What its progress is measured by.")


class MonthEntry(Entry):
    """Four weeks of the plan."""

    title: Line = Field(description="What the month is about.")
    tasks: list[TaskEntry] = Field(
        default_factory=no_list, max_length=MAX_ITEMS, description="In the order in which they shall be read."
    )


class RolloutFile(Entry):
    """The plan by which KPIs and OKRs are introduced."""

    title: Line = Field(description="What readers see.")
    start: Day = Field(description="The first day of week 1 of month 1.")
    months: list[MonthEntry] = Field(min_length=1, max_length=60, description="In order; each has four weeks.")
