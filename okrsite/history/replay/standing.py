"""The goals at one point of history: what the files of a commit say, kept up to date from commit to commit.

What stands here is a function of the files alone, whichever way led to them; only what a commit touched is built anew.
So units whose files were left as they were may rest: their goals are built when somebody asks for them, and before
something becomes another on which it depends what their files mean.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from sys import intern
from types import MappingProxyType
from typing import Any, cast
from weakref import WeakMethod

from okrsite.content import ProblemLog
from okrsite.content.cycles import Cycles
from okrsite.content.documents import CyclesFile
from okrsite.content.syntax.tree import YamlMapping
from okrsite.history.goalposts import Sort
from okrsite.history.replay.drafts import Built, Held, built, may_name, misfit, names_in
from okrsite.history.replay.places import place_of
from okrsite.history.replay.resting import Asleep, Resting, is_far
from okrsite.history.replay.tables import Asked, Goals, Readings, Step
from okrsite.history.replay.versions import Versions
from okrsite.model import Cycle, KeyResult, Kpi, Objective, Unit

Turned = Mapping[str, tuple[Held | None, Held | None]]
"""Name of a file that changed -> its version, and the one that counts where that does not fit its cycle; None where
there is none."""
_NONE: Mapping[str, Resting] = MappingProxyType({})


class Standing:
    """The goals after some commit.

    What files say is let go of once their goals are built, and asked for again where these have to be built anew.

    Args:
        versions: Gives versions of files.
        units: What stands already, by the ids of units; see `resting`.
    """

    def __init__(self, versions: Versions, units: Mapping[str, Resting] = _NONE) -> None:
        self._versions = versions
        self._asleep = Asleep(units)
        self._files: dict[str, Held] = {}
        self.cycles = Cycles(ProblemLog())
        resting, ask, ask_all = self._asleep.units, _weakly(self._ask), _weakly(self._ask_all)
        self.units: Goals[Unit] = Goals(resting, ask)
        self.objectives: Goals[Objective] = Goals(resting, ask)
        self.key_results: Goals[KeyResult] = Goals(resting, ask)
        self.kpis: Goals[Kpi] = Goals(resting, ask)
        self.readings = Readings(resting, ask_all)
        self._supporters: defaultdict[str, set[str]] = defaultdict(set)
        self._by_kpi: defaultdict[str, set[str]] = defaultdict(set)
        self._by_cycle: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._own_cycles: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._meetings: defaultdict[str, set[str]] = defaultdict(set)
        self._names: dict[str, Sequence[str]] = {}
        self._known: Counter[str] = Counter()
        self._wants: dict[str, Collection[str]] = {}
        self._wanted_by: defaultdict[str, set[str]] = defaultdict(set)
        self._far: dict[str, Collection[str]] = {}
        self._wake([""])
        self._turn_cycles(self._files.get("cycles.yml"))

    @property
    def is_empty(self) -> bool:
        """Whether there is no file at all."""
        return not self._files and not self._asleep.units

    def file(self, path: str) -> Held | None:
        """The version of a file that counts."""
        if self._asleep.units and (place := place_of(path)) is not None:
            self._wake([place.unit])
        return self._files.get(path)

    def left(self) -> dict[str, Resting]:
        """All files, by the ids of units, for whoever goes on from here."""
        files: defaultdict[str, dict[str, str]] = defaultdict(dict)
        far: defaultdict[str, set[str]] = defaultdict(set)
        for path, held in self._files.items():
            unit = held.place.unit
            files[unit][path.removeprefix(f"{unit}/")] = held.blob
            far[unit].update(self._far.get(path, ()))
        return self._asleep.units | {unit: Resting(files[unit], sorted(far[unit])) for unit in files}

    def supporters(self, id: str) -> Collection[str]:
        """The objectives that support an objective or key result, by id."""
        self._ask_all(id)
        return self._supporters.get(id, ())

    def measured_by(self, kpi_id: str) -> Collection[str]:
        """The key results that take their value from a KPI, by id."""
        if not is_far(kpi_id):
            return ()  # none has such an id: what is called so has nothing in common
        self._ask_all(kpi_id)
        return self._by_kpi.get(kpi_id, ())

    def in_cycle(self, unit_id: str, cycle_id: str) -> Collection[str]:
        """The objectives of a unit in a cycle, by id."""
        self._wake([unit_id])
        return self._by_cycle.get((unit_id, cycle_id), ())

    def cycle_of(self, objective_id: str) -> Cycle | None:
        """The cycle of an objective, by the objective's id; None where there is none of that name."""
        return self.cycles.get(objective_id.split("/")[-2])

    def apply(self, portions: Iterable[Turned]) -> Step:
        """Go on to another commit's files.

        Args:
            portions: All files that changed, ``cycles.yml`` in the first portion, and what was renamed in one; each is
                asked for when those before it are in place.
        """
        step = Step(self.cycles)
        for changed in portions:
            step.count += len(changed)
            self._wake_for(changed)
            self._take(changed, step)
        for objectives, put in ((step.objectives.before, set.discard), (step.objectives.after, set.add)):
            self._relate(objectives, put)
        return step

    def _take(self, changed: Turned, step: Step) -> None:
        dirty = set(changed)
        if "cycles.yml" in changed:
            dirty |= self._turn_cycles(changed["cycles.yml"][0])
        for path, (wanted, fallback) in changed.items():
            held = wanted
            if wanted is not None and (why := misfit(wanted, self.cycles)):
                step.refused[path] = wanted.blob, why
                held = fallback
            dirty |= self._put(path, held)
        turned = self._turn_names(dirty)
        for id in turned:
            dirty |= self._wanted_by.get(id, set())
        for path in self._loaded(sorted(dirty)):
            self._rebuild(path, step)

    def knows(self, id: str) -> bool:
        """Whether there is an objective, key result or KPI of that id."""
        for unit in self._asleep.nameless(id) if self._asleep.unnamed else ():
            self._name(unit)
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
        self._wake([held.place.unit])
        return built(held, self.cycles, sorted(self._own_cycles[held.place.unit]), self._resolve)

    def _turn_cycles(self, held: Held | None) -> set[str]:
        """Take new dates of cycles; the files whose goals or readings may have others now."""
        before, self.cycles = self.cycles, Cycles(ProblemLog())
        if held is not None:
            self.cycles.declare(cast("CyclesFile", held.content), YamlMapping((1, 1)), "cycles.yml")
        found: set[str] = set()
        for path, each in self._files.items():
            cycle = each.place.cycle
            if cycle and before.get(cycle) != self.cycles.get(cycle):
                found |= {path, *self._meetings[each.place.unit]}
        return found

    def _put(self, path: str, held: Held | None) -> set[str]:
        """Take a version of a file; the meetings whose references may mean something else now."""
        before = self._files.pop(path, None)
        if held is not None:
            self._files[path] = held
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
            held = self._files.get(path)
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
        if self.knows(possible[0]):
            return possible[0]
        found = [id for id in possible if self.knows(id)]
        return found[0] if len(found) == 1 else possible[0]

    def _build(self, path: str) -> Built:
        """The goals that a file has, with note taken of what it wants."""
        held = self._files.get(path)
        now = Built() if held is None else self.built(held)
        for id in self._wants.pop(path, ()):
            self._wanted_by[id].discard(path)
        for id in now.wants:
            self._wanted_by[intern(id)].add(path)
        if now.wants:
            self._wants[path] = tuple(map(intern, now.wants))  # a unit's meetings want the same
        self._far.pop(path, None)
        if now.far:
            self._far[path] = tuple(map(intern, now.far))
        return now

    def _rebuild(self, path: str, step: Step) -> None:
        now = self._build(path)
        sorts: Any = (
            (self.units, now.units, step.units),
            (self.objectives, now.objectives, step.objectives),
            (self.key_results, now.key_results, step.key_results),
            (self.kpis, now.kpis, step.kpis),
        )
        for goals, has, turn in sorts:
            goals.set(path, has, turn, step)
        self.readings.set(path, now.readings, step)

    def _relate(self, objectives: Mapping[str, Objective | None], put: Callable[[set[str], str], None]) -> None:
        """Keep what points at what up to date."""
        for id, objective in objectives.items():
            if objective is None:
                continue
            put(self._by_cycle[objective.unit_id, objective.cycle_id], id)
            for above in objective.supports:
                put(self._supporters[above], id)
            for kr in objective.key_results:
                if kr.kpi is not None:
                    put(self._by_kpi[kr.kpi], kr.id)

    def _loaded(self, paths: Sequence[str]) -> Iterator[str]:
        """Files one after the other, with what they say asked for ahead."""
        for part in self._versions.portions(paths):
            self._versions.load({held.key: path for path in part if (held := self._files.get(path)) is not None})
            yield from part

    def _ask(self, id: str) -> None:
        """See to it that a goal is here."""
        if self._asleep.units:
            self._wake(self._asleep.having(id))

    def _ask_all(self, id: str) -> None:
        """See to it that all that a file says of a goal is here."""
        if self._asleep.units:
            self._wake(self._asleep.naming(id))

    def _wake_for(self, changed: Turned) -> None:
        """Wake the units that other files of a commit concern, with their goals as they are before it."""
        if not self._asleep.units:
            return
        if "cycles.yml" in changed:
            self._wake(list(self._asleep.units))
            return
        self._wake([place.unit for path in changed if (place := place_of(path)) is not None])
        turned: set[str] = set()
        for path, versions in changed.items():
            for held in versions:
                turned |= {*self._names.get(path, ())} ^ {*(names_in(held, self.cycles) if held else ())}
        self._wake([unit for id in turned for unit in self._asleep.naming(id)])

    def _wake(self, units: Iterable[str]) -> None:
        """Build the goals of units that rest, as they have been since their files were left.

        That may be in the middle of a step, since whom a step concerns is awake before it.
        """
        paths: list[str] = []
        for unit in units:
            for path, held in self._held(unit, self._asleep.units.pop(unit, None)):
                self._put(path, held)
                paths.append(path)
        if not paths:
            return
        objectives: dict[str, Objective | None] = {}
        for path in self._loaded(paths):
            if (unit := self._files[path].place.unit) in self._asleep.unnamed:
                self._name(unit)
            now = self._build(path)
            sorts: Any = (
                (self.units, now.units),
                (self.objectives, now.objectives),
                (self.key_results, now.key_results),
                (self.kpis, now.kpis),
                (self.readings, now.readings),
            )
            for table, has in sorts:
                table.put(path, has)
            objectives.update(dict.fromkeys(now.objectives))
        self._relate({id: self.objectives.get(id) for id in objectives}, set.add)

    def _name(self, unit: str) -> None:
        """Take the ids that the files of a unit have which rests."""
        files = [each for each in self._held(unit, self._asleep.unnamed.pop(unit)) if may_name(each[1].place)]
        self._versions.load({held.key: path for path, held in files})
        for path, held in files:
            if names := names_in(held, self.cycles):
                self._known.update(names)
                self._names[path] = names

    def _held(self, unit: str, resting: Resting | None) -> Iterator[tuple[str, Held]]:
        for name, blob in resting.files.items() if resting is not None else ():
            path = f"{unit}/{name}" if unit else name
            if (place := place_of(path)) is not None:
                yield path, Held(place, blob, path, self._versions)


def _weakly(method: Asked) -> Asked:
    """A method of something that goes when nobody else needs it: with all goals, and before garbage is looked for."""
    reference = WeakMethod(method)

    def call(id: str) -> None:
        if (found := reference()) is not None:
            found(id)

    return call
