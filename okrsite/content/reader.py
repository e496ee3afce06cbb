"""Reads a whole portal: files to documents, documents to the model, every problem on the way.

What validates takes long to load, so it is imported where something has to be read: where nothing changed, nothing has.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from okrsite.content.cycles import Cycles
from okrsite.content.folder import UnitFolder, Walk
from okrsite.content.garbage import rarely_collected
from okrsite.content.goals.references import References
from okrsite.content.kept.cache import ContentCache, packed_files
from okrsite.content.kept.inventory import Inventory
from okrsite.content.kept.packing import digest_of
from okrsite.content.kept.records import Assembled, RolloutRecord, StaleError, UnitRecord, answers
from okrsite.content.kept.shelved import Shelved
from okrsite.content.kept.survey import Places, Survey
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.names import FileNames
from okrsite.disk import Look
from okrsite.frozen import frozen
from okrsite.model import Kpi, Objective, Portal, Rollout, Source, Unit
from okrsite.problems import Problem
from okrsite.settings import Settings

if TYPE_CHECKING:
    from okrsite.content.files import Files


@frozen
class Reading:
    """What reading a portal gave.

    Attributes:
        portal: None where there are errors.
        problems: All of them, sorted by place.
        parsed: How many files had to be parsed.
        kept: How many were known from another time.
    """

    portal: Portal | None
    problems: tuple[Problem, ...]
    parsed: int = 0
    kept: int = 0


def cycle_of(objective: str) -> str:
    """The id of an objective's cycle, by the objective's id."""
    return objective.rsplit("/", 2)[1]


def read_portal(
    root: Path,
    settings: Settings,
    cache: ContentCache | None = None,
    changed: Collection[str] | None = None,
    look: Look | None = None,
) -> Reading:
    """Read a portal's content.

    Args:
        root: The portal's folder, which holds ``mkdocs.yml``.
        settings: Where the content is and which levels there are.
        cache: What was read before, which is not read again, and where to keep what is; None for neither.
        changed: All files and folders that may have changed since the last reading with this cache in this process, by
            their paths on disk; nothing else is looked at, and nothing is written. None where nobody knows.
        look: At all that is in the content folder, as it was just now; None where nobody looked.
    """
    with rarely_collected():
        return _Reader(root, settings, cache, changed, look).read()


class _Reader:
    def __init__(
        self,
        root: Path,
        settings: Settings,
        cache: ContentCache | None,
        changed: Collection[str] | None,
        look: Look | None,
    ) -> None:
        self.root = root
        self.settings = settings
        self.cache = cache
        self.log = ProblemLog()
        self.content = root / settings.content
        known = cache.survey if cache is not None and changed is not None else None
        self.survey = None if known is None else known.after(changed or (), self.content)
        """Where the files are, if only some may have changed."""
        self.is_told = self.survey is not None
        """Whether which of them was told, not looked for."""
        self.inventory: Inventory | None = None
        if self.survey is not None:
            self.inventory = self.survey.inventory
        elif cache is not None:
            self.inventory = Inventory(cache.signatures(root), cache.moment, {} if look is None else look.files)
        self.path_of = FileNames(root).path_of
        self.goals = self.content / settings.source
        self.levels = settings.levels
        self.cycles = self._cycles(self.goals / "cycles.yml")
        if look is not None and cache is not None and cache.whole and cache.places is not None and self.inventory:
            self.survey = cache.places.survey(look, self.inventory, root, self.goals)
        self.folders: dict[str, UnitFolder] = {}
        """The units' folders that were looked through, by id."""
        self.broken: set[str] = set()
        """Ids at or below which something could not be read."""
        self.listed: Collection[str] | None = None
        """The goals' folder and all below it, if all were gone through and every file is where it belongs."""
        self.changed: Collection[str] | None = None
        """The units with a changed file; None where all may have one."""
        self.kept: dict[str, UnitRecord] = {}
        """Units without a problem that are as they were, by id; in the end those that were read, too."""
        self.said: dict[str, bytes] = {}
        """What files of units say that were parsed, by unit, as it is kept."""
        self.opened: dict[str, UnitFolder] = {}
        """Units that are read, by id."""

    @cached_property
    def files(self) -> Files:
        """Reads files: needed where anything has to be parsed."""
        from okrsite.content.files import Files

        return Files(self.root, self.log, self.inventory)

    def read(self) -> Reading:
        if not self.goals.is_dir():
            place = Source(self.path_of(self.goals))
            self.log.add(
                "OKR116", place, "there is no folder of goals", "run `okrsite init`, or set the option `source`"
            )
            return self._result(None)
        if self.goals.is_symlink():
            hint = "put the folder itself there"
            self.log.add("OKR112", Source(self.path_of(self.goals)), "a symbolic link", hint)
            return self._result(None)
        walk = Walk(self.path_of, self.cycles, self.log)
        ids = self._units(walk)
        self.broken |= walk.broken
        if not ids and not len(self.log):
            place = Source(self.path_of(self.goals))
            self.log.add("OKR116", place, "there is no unit", "add a folder with a unit.yml, or run `okrsite init`")
        units, objectives, kpis = self._goals_of(ids)
        outlines = {id: self.kept[id].outline for id in units} if units.keys() == self.kept.keys() else None
        rollouts = self._rollouts(walk.rollouts(self.content), kpis)
        if self.cache is not None and self.inventory is not None:
            self._keep(self.cache, self.inventory, ids)
        return self._result(Portal(self.levels, self.cycles.all(), units, objectives, kpis, rollouts, outlines))

    def _result(self, portal: Portal | None) -> Reading:
        problems = tuple(sorted(set(self.log.problems)))
        parsed = len(self.files.parsed) if "files" in vars(self) else 0
        known = 0 if self.inventory is None or self.is_told else len(self.inventory.digests)
        return Reading(None if problems else portal, problems, parsed, max(known - parsed, 0))

    def _units(self, walk: Walk) -> Sequence[str]:
        """Every unit's id; the others than those with a changed file are where they were."""
        if self.survey is not None:
            changed = self.survey.changed_units(self.goals, Walk(self.path_of, self.cycles, ProblemLog()))
            if changed is not None:
                self.changed = changed.keys()
                self.folders = {**self.survey.folders, **changed}
                return self.survey.ids
        noted = len(self.log)
        self.folders = {folder.id: folder for folder in walk.units(self.goals)}
        if len(self.log) == noted and not walk.broken:
            self.listed = tuple(walk.listed)
        return [*self.folders]

    def _folder(self, id: str) -> UnitFolder:
        """A unit's folder; one that was not looked through yet is as it was, without a problem."""
        if id not in self.folders:
            self.folders[id], _ = Walk(self.path_of, self.cycles, self.log).unit(self.goals / id, id)
        return self.folders[id]

    def _cycles(self, file: Path) -> Cycles:
        """The portal's cycles; what was read with others is forgotten."""
        if self.cache is None or self.inventory is None:
            return self._read_cycles(file)
        there = file.is_file() and not file.is_symlink()
        digest = self.inventory.digest(str(file)) if there else "none"
        self.cache.turn_to((self.settings.content, self.settings.source, self.levels, digest))
        if self.cache.cycles is not None:
            return Cycles.known(self.log, self.cache.cycles)
        cycles = self._read_cycles(file)
        self.cache.cycles = cycles.said if digest else None
        return cycles

    def _read_cycles(self, file: Path) -> Cycles:
        if not file.is_file() or file.is_symlink():
            return Cycles(self.log)
        from okrsite.content.cyclesfile import read_cycles

        return read_cycles(self.files, file)

    def _goals_of(self, ids: Sequence[str]) -> tuple[Mapping[str, Unit], Mapping[str, Objective], Mapping[str, Kpi]]:
        """The units, objectives and KPIs: of units that are as they were from the cache, of others from their files."""
        found = self._assembled(ids)
        if self.kept.keys() < set(ids):  # some have problems, or nothing is kept
            self.cycles.used.update(map(cycle_of, found.objectives))
            return dict(sorted(found.units.items())), found.objectives, self._all_kpis(found)
        units = {id: self.kept[id].unit for id in sorted(ids)}
        objectives = {id: record.own_objectives for record in self.kept.values() for id in record.objectives}
        kpis = {id: record.own_kpis for record in self.kept.values() for id in record.kpis}
        self.cycles.used.update(map(cycle_of, objectives))
        return units, Shelved(objectives), Shelved(kpis)

    def _all_kpis(self, found: Assembled) -> Mapping[str, Kpi]:
        """All that a rollout plan may name, where some units have problems."""
        shelves = {id: record.own_kpis for record in self.kept.values() for id in record.kpis}
        return Shelved({**shelves, **dict.fromkeys(found.kpis, lambda: found.kpis)})

    def _assembled(self, ids: Sequence[str]) -> Assembled:
        """What the files of some units say: of those that changed, and those that changed by that."""
        if self.cache is not None:
            for id in ids:
                record = self.cache.units.get(id)
                if record is not None and (not self._may_differ(id) or record.inputs == self._digest(self._folder(id))):
                    self.kept[id] = record
            if self.cache.whole and len(self.kept) == len(ids) == len(self.cache.units):
                return Assembled()
        from okrsite.content.assembly import Assembly

        noted, broken = len(self.log), frozenset(self.broken)
        while True:
            for id in ids:
                if id not in self.kept and id not in self.opened:
                    self.opened[id] = self._folder(id)
                    if self.cache is not None:
                        self.files.known |= self.cache.parsed(id, self.root)
            before = self.cache.units if self.cache is not None and self.cache.whole else {}
            assembly = Assembly(self.files, self.cycles, self.levels, self.broken, ids, self.opened, self.kept, before)
            if not self.kept:  # so none can be stale, and no file is read again
                assembly.done = self._pack
            try:
                found = assembly.assembled(None if self.cache is None else self._digest)
            except StaleError as error:
                for id in error.units:
                    del self.kept[id]
                del self.log.problems[noted:]
                self.broken = set(broken)
            else:
                self.kept |= found.records
                return found

    def _pack(self, folder: UnitFolder) -> None:
        """Have what a unit's files say as it is kept, if any was parsed; as trees it takes ten times as much."""
        files = self.files
        said = {file: files.sound.pop(file) for file in folder.files() if file in files.sound}
        if not files.parsed.isdisjoint(said):
            self.said[folder.id] = packed_files(said, self.root)

    def _may_differ(self, id: str) -> bool:
        """Whether a unit may have other files, or what they hold may be another, than when it was read."""
        return self.changed is None or id in self.changed

    def _digest(self, folder: UnitFolder) -> str:
        """What stands for a unit's files; empty where one of them cannot be used."""
        return self._digest_of(folder.files())

    def _digest_of(self, files: Iterable[str]) -> str:
        if self.inventory is None:
            return ""
        begin = len(f"{self.root}")
        parts = []
        for file in files:
            digest = self.inventory.digest(file)
            if not digest:
                return ""
            parts.append(f"{file[begin:]}\0{digest}")
        return digest_of("\0".join(parts).encode(errors="surrogateescape"))

    def _rollouts(self, plans: Mapping[str, str], kpis: Mapping[str, Kpi]) -> tuple[Rollout, ...]:
        inputs = self._digest_of(plans.values())
        known = self.cache.rollouts if self.cache is not None else None
        if known is not None and known.holds(inputs, kpis):
            return known.plans
        from okrsite.content.goals.rollouts import read_rollout

        noted = len(self.log)
        references = References(kpis, self.broken, self.log)
        read = (read_rollout(id, file, self.files, self.levels, kpis, references) for id, file in sorted(plans.items()))
        found = tuple(plan for plan in read if plan is not None)
        if self.cache is not None:
            sound = inputs and not references.lost and len(self.log) == noted
            evidence = (task.evidence for plan in found for task in plan.tasks if task.evidence)
            measures = {each.kpi: kpis[each.kpi].unit_of_measure for each in evidence if each.kpi}
            asked = answers(references.asked[""], kpis)
            now = self._digest_of(plans.values())
            self.cache.rollouts = RolloutRecord(now, asked, measures, found) if sound else None
        return found

    def _keep(self, cache: ContentCache, inventory: Inventory, ids: Sequence[str]) -> None:
        """Hand on what the next reading may use."""
        whole = len(self.kept) == len(ids)
        are_known = self.listed is not None or self.changed is not None
        cache.survey = Survey(ids, self.folders, inventory) if are_known and len(self.folders) == len(ids) else None
        if self.is_told:
            cache.remember(self.kept, whole=whole)
            return
        places = cache.places if self.changed is not None else None
        if self.listed is not None:
            begin = len(f"{self.root}{os.sep}")
            places = Places(ids, [name[begin:] for name in self.listed])
        for folder in self.opened.values():
            self._pack(folder)
        if self.said:
            cache.keep_parsed(self.said, ids)
        looked = {id: folder.files() for id, folder in self.folders.items()}
        cache.keep(self.kept, looked, inventory, self.root, places, whole=whole)
