"""A portal as it is compared with another state of it: each goal with what it is, its readings and its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Literal

from okrsite.frozen import frozen
from okrsite.history.comparing.identity import Face
from okrsite.history.goalposts import Value

RecordSort = Literal["portal", "level", "cycle", "unit", "objective", "key_result", "kpi", "rollout", "task"]
SORTS: tuple[RecordSort, ...] = (
    *("portal", "level", "cycle", "unit", "objective", "key_result", "kpi", "rollout", "task"),
)
"""All that a portal holds; what holds others stands before them."""

Figure = Value | Fraction
Reading = Mapping[str, Value]
LATEST = "latest"
"""The key of the one reading that is known where single ones are not, and of what a task says of itself."""


@frozen
class Record:
    """One thing of a portal: a goal, or what else has figures or dates.

    Attributes:
        sort: Which sort of thing.
        id: Full; a task's is its plan's with its title.
        title: What readers see.
        unit: The id of the unit that it belongs to; empty for what belongs to none.
        cycle: The cycle that it is set for; empty for what has none.
        face: What it is recognised by under another id.
        goalposts: Its fields by the content format's names.
        words: What else it says of itself.
        readings: By the day, or a milestone's title; None where single ones are not known.
        figures: Cycle -> figure by the name it has in ``okrs.json``; the cycle is empty for what has one set alone.
        unit_of_measure: Of its numbers.
        source: The file that it stands in, relative to the portal's folder; empty where that is not known.
    """

    sort: RecordSort
    id: str
    title: str
    unit: str
    cycle: str
    face: Face
    goalposts: Mapping[str, Value] = field(default_factory=dict)
    words: Mapping[str, Value] = field(default_factory=dict)
    readings: Mapping[date | str, Reading] | None = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    unit_of_measure: str = ""
    source: str = ""


@frozen
class PortalState:
    """A portal on a day.

    Attributes:
        as_of: The day of its figures.
        records: Of each sort, by id, in the portal's order.
    """

    as_of: date
    records: Mapping[RecordSort, Mapping[str, Record]]

    def __getitem__(self, sort: RecordSort) -> Mapping[str, Record]:
        return self.records[sort]


def state_of_records(records: Iterable[Record], as_of: date) -> PortalState:
    """A state of these records."""
    found: dict[RecordSort, dict[str, Record]] = {sort: {} for sort in SORTS}
    for record in records:
        found[record.sort][record.id] = record
    return PortalState(as_of, found)


def unit_face(id: str, name: str, path: str = "") -> Face:
    """What a unit is recognised by."""
    parent, _, own = id.rpartition("/")
    return Face(id, parent, own, path, alike=name, alike_anywhere=name)


def objective_face(id: str, unit: str, title: str, key_results: Sequence[tuple[str, str]], path: str = "") -> Face:
    """What an objective is recognised by; its key results are given by title and kind."""
    alike = (title, tuple(sorted(key_results)))
    return Face(id, unit, id.removeprefix(f"{unit}/"), path, alike=alike, alike_anywhere=alike)


def key_result_face(id: str, objective: str, title: str, kind: str) -> Face:
    """What a key result is recognised by."""
    return Face(id, objective, id.removeprefix(f"{objective}/"), alike=title, alike_anywhere=(title, kind))


def kpi_face(id: str, unit: str, name: str) -> Face:
    """What a KPI is recognised by."""
    return Face(id, unit, id.removeprefix(f"{unit}/"), alike=name, alike_anywhere=name)


def plan_face(id: str, title: str) -> Face:
    """What a rollout plan is recognised by."""
    return Face(id, "", id, alike=title, alike_anywhere=title)


def task_face(id: str, plan: str, when: tuple[int, date, date]) -> Face:
    """What a task is recognised by: its title, else its month, first and last day in the same plan."""
    return Face(id, plan, id.removeprefix(f"{plan}/"), alike=when)


class TaskIds:
    """Gives the tasks of a plan ids, in the order of the plan: their titles, numbered where several have the same."""

    def __init__(self, plan: str) -> None:
        self._plan = plan
        self._seen: defaultdict[str, int] = defaultdict(int)

    def next(self, title: str) -> str:
        """The id of the next task."""
        self._seen[title] += 1
        count = self._seen[title]
        return f"{self._plan}/{title}" + (f" ({count})" if count > 1 else "")
