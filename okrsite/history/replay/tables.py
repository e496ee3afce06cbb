"""Tables of goals and readings by id, each of the files that have them; and what a step did to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from okrsite.content.cycles import Cycles
from okrsite.history.replay.drafts import Reading
from okrsite.model import KeyResult, Kpi, Objective, Unit

_Goal = TypeVar("_Goal")
Asked = Callable[[str], None]
"""Is told of which goal somebody wants to know, by its id, before it is looked up."""


@dataclass(slots=True)
class Turn(Generic[_Goal]):
    """Goals before and after a step, by id; only those that it may have changed. None where one is not there."""

    before: dict[str, _Goal | None] = field(default_factory=dict)
    after: dict[str, _Goal | None] = field(default_factory=dict)

    @property
    def gone(self) -> list[str]:
        """Those that were there and are no longer, by id."""
        return sorted(id for id, goal in self.before.items() if goal is not None and self.after[id] is None)

    @property
    def new(self) -> list[str]:
        """Those that were not there and are now, by id."""
        return sorted(id for id, goal in self.before.items() if goal is None and self.after[id] is not None)


@dataclass(slots=True)
class Step:
    """What one commit did to the goals.

    Attributes:
        readings: The readings before the step of those key results and KPIs whose readings it touched, by date.
        files: The files that had those goals before which the step touched.
        reading_files: The files that had those readings before, likewise.
        cycles_before: The cycles before the step.
        count: How many files it touched.
        refused: Files whose new version does not fit its cycle -> its blob, and why.
    """

    cycles_before: Cycles
    count: int = 0

    units: Turn[Unit] = field(default_factory=Turn)
    objectives: Turn[Objective] = field(default_factory=Turn)
    key_results: Turn[KeyResult] = field(default_factory=Turn)
    kpis: Turn[Kpi] = field(default_factory=Turn)
    readings: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reading_files: dict[str, frozenset[str]] = field(default_factory=dict)
    refused: dict[str, tuple[str, str]] = field(default_factory=dict)


class Goals(Generic[_Goal]):
    """Goals of one sort, by id; where several files have one, it is that of the last file by name.

    Args:
        resting: The units that may have some more.
        asked: Sees to it that a goal is here, if there is one.
    """

    def __init__(self, resting: Collection[str], asked: Asked) -> None:
        self._resting, self._asked = resting, asked
        self._now: dict[str, _Goal] = {}
        self._offers: dict[str, dict[str, _Goal]] = {}
        self._of_file: dict[str, Collection[str]] = {}

    def __contains__(self, id: str) -> bool:
        return self.get(id) is not None

    def __getitem__(self, id: str) -> _Goal:
        if self._resting:
            self._asked(id)
        return self._now[id]

    def get(self, id: str) -> _Goal | None:
        """A goal; None where there is none."""
        if self._resting:
            self._asked(id)
        return self._now.get(id)

    def files(self, id: str) -> tuple[str, ...]:
        """The files that have a goal."""
        if self._resting:
            self._asked(id)
        return tuple(sorted(self._offers.get(id, ())))

    def set(self, path: str, goals: Mapping[str, _Goal], turn: Turn[_Goal], step: Step) -> None:
        """Take what a file has now instead of what it had, and note what that turns."""
        had = self._of_file.get(path, ())
        ids = (*had, *(id for id in goals if id not in had))
        for id in ids:
            turn.before.setdefault(id, self.get(id))
            step.files.setdefault(id, self.files(id))
        self.put(path, goals)
        for id in ids:
            turn.after[id] = self._now.get(id)

    def put(self, path: str, goals: Mapping[str, _Goal]) -> None:
        """Take what a file has now instead of what it had."""
        for id in (*self._of_file.pop(path, ()), *goals):
            offers = self._offers.setdefault(id, {})
            if id in goals:
                offers[path] = goals[id]
            else:
                offers.pop(path, None)
            if offers:
                self._now[id] = offers[max(offers)]
            else:
                del self._offers[id]
                self._now.pop(id, None)
        if goals:
            self._of_file[path] = tuple(goals)


class Readings:
    """The readings of key results and KPIs, by id, each from all files that have some.

    Args:
        resting: The units that may have some more.
        asked: Sees to it that all readings of a goal are here.
    """

    def __init__(self, resting: Collection[str], asked: Asked) -> None:
        self._resting, self._asked = resting, asked
        self._offers: dict[str, dict[str, Sequence[Reading]]] = {}
        self._of_file: dict[str, Collection[str]] = {}
        self._sorted: dict[str, tuple[Reading, ...]] = {}

    def of(self, id: str) -> tuple[Reading, ...]:
        """By date, at most one a day: where files disagree, that of the last file by name."""
        if self._resting:
            self._asked(id)
        if id not in self._sorted:
            offers = self._offers.get(id, {})
            by_date = {each.date: each for path in sorted(offers) for each in offers[path]}
            self._sorted[id] = tuple(by_date[day] for day in sorted(by_date))
        return self._sorted[id]

    def files(self, id: str) -> tuple[str, ...]:
        """The files that have readings of it."""
        if self._resting:
            self._asked(id)
        return tuple(sorted(self._offers.get(id, ())))

    def set(self, path: str, readings: Mapping[str, Sequence[Reading]], step: Step) -> None:
        """Take what a file has now instead of what it had, and note what there was."""
        for id in (*self._of_file.get(path, ()), *readings):
            step.readings.setdefault(id, self.of(id))
            step.reading_files.setdefault(id, frozenset(self.files(id)))
        self.put(path, readings)

    def put(self, path: str, readings: Mapping[str, Sequence[Reading]]) -> None:
        """Take what a file has now instead of what it had."""
        for id in (*self._of_file.pop(path, ()), *readings):
            offers = self._offers.setdefault(id, {})
            if readings.get(id):
                offers[path] = readings[id]
            else:
                offers.pop(path, None)
            if not offers:
                del self._offers[id]
            self._sorted.pop(id, None)
        if readings:
            self._of_file[path] = tuple(readings)
