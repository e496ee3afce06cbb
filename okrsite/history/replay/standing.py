"""The goals at one point of history: what the files of a commit say, kept up to date from commit to commit.

What stands here is a function of the files alone, whichever way led to them; only what a commit touched is built anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any, Generic, TypeVar, cast

from okrsite.content import ProblemLog
from okrsite.content.cycles import Cycles
from okrsite.content.documents import CyclesFile
from okrsite.content.yamltree import YamlMapping
from okrsite.history.goalposts import Sort
from okrsite.history.replay.drafts import Built, Held, Reading, built, misfit, names_in
from okrsite.history.replay.versions import Versions
from okrsite.model import Cycle, KeyResult, Kpi, Objective, Unit

_Goal = TypeVar("_Goal")
Turned = Mapping[str, tuple[Held | None, Held | None]]
"""Name of a file that changed -> its version, and the one that counts where that does not fit its cycle; None where
there is none."""


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
    """Goals of one sort, by id; where several files have one, it is that of the last file by name."""

    def __init__(self) -> None:
        self.now: dict[str, _Goal] = {}
        self._offers: dict[str, dict[str, _Goal]] = {}
        self._of_file: dict[str, Collection[str]] = {}

    def files(self, id: str) -> tuple[str, ...]:
        """The files that have a goal."""
        return tuple(sorted(self._offers.get(id, ())))

    def set(self, path: str, goals: Mapping[str, _Goal], turn: Turn[_Goal], step: Step) -> None:
        """Take what a file has now instead of what it had."""
        had = self._of_file.pop(path, ())
        for id in (*had, *(id for id in goals if id not in had)):
            turn.before.setdefault(id, self.now.get(id))
            step.files.setdefault(id, self.files(id))
            offers = self._offers.setdefault(id, {})
            if id in goals:
                offers[path] = goals[id]
            else:
                offers.pop(path, None)
            if offers:
                self.now[id] = turn.after[id] = offers[max(offers)]
            else:
                del self._offers[id]
                self.now.pop(id, None)
                turn.after[id] = None
        if goals:
            self._of_file[path] = tuple(goals)


class Readings:
    """The readings of key results and KPIs, by id, each from all files that have some."""

    def __init__(self) -> None:
        self._offers: dict[str, dict[str, Sequence[Reading]]] = {}
        self._of_file: dict[str, Collection[str]] = {}
        self._sorted: dict[str, tuple[Reading, ...]] = {}

    def of(self, id: str) -> tuple[Reading, ...]:
        """By date, at most one a day: where files disagree, that of the last file by name."""
        if id not in self._sorted:
            offers = self._offers.get(id, {})
            by_date = {each.date: each for path in sorted(offers) for each in offers[path]}
            self._sorted[id] = tuple(by_date[day] for day in sorted(by_date))
        return self._sorted[id]

    def files(self, id: str) -> tuple[str, ...]:
        """The files that have readings of it."""
        return tuple(sorted(self._offers.get(id, ())))

    def set(self, path: str, readings: Mapping[str, Sequence[Reading]], step: Step) -> None:
        """Take what a file has now instead of what it had."""
        had = self._of_file.pop(path, ())
        for id in (*had, *(id for id in readings if id not in had)):
            step.readings.setdefault(id, self.of(id))
            step.reading_files.setdefault(id, frozenset(self.files(id)))
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


class Standing:
    """The goals after some commit.

    What files say is let go of once their goals are built, and asked for again where these have to be built anew.

    Args:
        versions: Gives versions of files.
    """

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self.files: dict[str, Held] = {}
        self.cycles = Cycles(ProblemLog())
        self.units: Goals[Unit] = Goals()
        self.objectives: Goals[Objective] = Goals()
        self.key_results: Goals[KeyResult] = Goals()
        self.kpis: Goals[Kpi] = Goals()
        self.readings = Readings()
        self.supporters: defaultdict[str, set[str]] = defaultdict(set)
        """Id of an objective or key result -> the objectives that support it."""
        self.by_kpi: defaultdict[str, set[str]] = defaultdict(set)
        """Id of a KPI -> the key results that take their value from it."""
        self.by_cycle: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        """Unit and cycle -> its objectives."""
        self._own_cycles: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._meetings: defaultdict[str, set[str]] = defaultdict(set)
        self._names: dict[str, Sequence[str]] = {}
        self._known: Counter[str] = Counter()
        self._wants: dict[str, Collection[str]] = {}
        self._wanted_by: defaultdict[str, set[str]] = defaultdict(set)

    def cycle_of(self, objective_id: str) -> Cycle | None:
        """The cycle of an objective, by the objective's id; None where there is none of that name."""
        return self.cycles.get(objective_id.split("/")[-2])

    def apply(self, portions: Iterable[Turned], *, trusted: bool = False) -> Step:
        """Go on to another commit's files.

        Args:
            portions: All files that changed, ``cycles.yml`` in the first portion, and what was renamed in one; each is
                asked for when those before it are in place.
            trusted: Whether these versions have been here before.
        """
        step = Step(self.cycles)
        for changed in portions:
            step.count += len(changed)
            self._take(changed, step, trusted=trusted)
        self._relate(step.objectives)
        return step

    def _take(self, changed: Turned, step: Step, *, trusted: bool) -> None:
        dirty = set(changed)
        if "cycles.yml" in changed:
            dirty |= self._turn_cycles(changed["cycles.yml"][0])
        for path, (wanted, fallback) in changed.items():
            held = wanted
            if not trusted and wanted is not None and (why := misfit(wanted, self.cycles)):
                step.refused[path] = wanted.blob, why
                held = fallback
            dirty |= self._put(path, held)
        turned = self._turn_names(dirty)
        for id in turned:
            dirty |= self._wanted_by.get(id, set())
        for paths in self._versions.portions(sorted(dirty)):
            self._versions.load({held.key: path for path in paths if (held := self.files.get(path)) is not None})
            for path in paths:
                self._rebuild(path, step)

    def knows(self, id: str) -> bool:
        """Whether there is an objective, key result or KPI of that id."""
        return id in self._known

    def files_of(self, sort: Sort, id: str) -> tuple[str, ...]:
        """The files that have a goal."""
        if sort == "unit":
            return self.units.files(id)
        if sort == "objective":
            return self.objectives.files(id)
        return self.key_results.files(id) if sort == "key_result" else self.kpis.files(id)

    def built(self, held: Held) -> Built:
        """The goals that some version of a file would have among the others."""
        return built(held, self.cycles, sorted(self._own_cycles[held.place.unit]), self._resolve)

    def _turn_cycles(self, held: Held | None) -> set[str]:
        """Take new dates of cycles; the files whose goals or readings may have others now."""
        before, self.cycles = self.cycles, Cycles(ProblemLog())
        if held is not None:
            self.cycles.declare(cast("CyclesFile", held.content), YamlMapping((1, 1)), "cycles.yml")
        found: set[str] = set()
        for path, each in self.files.items():
            cycle = each.place.cycle
            if cycle and before.get(cycle) != self.cycles.get(cycle):
                found |= {path, *self._meetings[each.place.unit]}
        return found

    def _put(self, path: str, held: Held | None) -> set[str]:
        """Take a version of a file; the meetings whose references may mean something else now."""
        before = self.files.pop(path, None)
        if held is not None:
            self.files[path] = held
        found: set[str] = set()
        if before is not None and held is not None and before.place == held.place:
            return found
        for each, count in ((before, -1), (held, 1)):
            if each is None:
                continue
            place = each.place
            if place.kind == "check_ins":
                (self._meetings[place.unit].add if count > 0 else self._meetings[place.unit].discard)(path)
            elif place.cycle:
                own = self._own_cycles[place.unit]
                own[place.cycle] += count
                if own[place.cycle] == max(count, 0):  # it is the first file, or was the last
                    found |= self._meetings[place.unit]
                if not own[place.cycle]:
                    del own[place.cycle]
        return found

    def _turn_names(self, paths: Iterable[str]) -> set[str]:
        """Take the ids that files have now; those that came or went."""
        before: dict[str, bool] = {}
        for path in paths:
            held = self.files.get(path)
            had, has = self._names.pop(path, ()), names_in(held, self.cycles) if held else ()
            for id in (*had, *has):
                before.setdefault(id, self._known[id] > 0)
            self._known.subtract(had)
            self._known.update(has)
            if has:
                self._names[path] = has
        turned = {id for id, was in before.items() if was != (self._known[id] > 0)}
        for id in before:
            if not self._known[id]:
                del self._known[id]
        return turned

    def _resolve(self, possible: Sequence[str]) -> str:
        """What a reference means: itself where that is there, else the one that is."""
        if possible[0] in self._known:
            return possible[0]
        found = [id for id in possible if id in self._known]
        return found[0] if len(found) == 1 else possible[0]

    def _rebuild(self, path: str, step: Step) -> None:
        held = self.files.get(path)
        now = Built() if held is None else self.built(held)
        for id in self._wants.pop(path, ()):
            self._wanted_by[id].discard(path)
        for id in now.wants:
            self._wanted_by[intern(id)].add(path)
        if now.wants:
            self._wants[path] = tuple(map(intern, now.wants))  # a unit's meetings want the same
        sorts: Any = (
            (self.units, now.units, step.units),
            (self.objectives, now.objectives, step.objectives),
            (self.key_results, now.key_results, step.key_results),
            (self.kpis, now.kpis, step.kpis),
        )
        for goals, has, turn in sorts:
            goals.set(path, has, turn, step)
        self.readings.set(path, now.readings, step)

    def _relate(self, turn: Turn[Objective]) -> None:
        """Keep what points at what up to date."""
        for objectives, put in ((turn.before, set.discard), (turn.after, set.add)):
            for id, objective in objectives.items():
                if objective is None:
                    continue
                put(self.by_cycle[objective.unit_id, objective.cycle_id], id)
                for above in objective.supports:
                    put(self.supporters[above], id)
                for kr in objective.key_results:
                    if kr.kpi is not None:
                        put(self.by_kpi[kr.kpi], kr.id)
