"""The folder tree below the goals' folder: which file is what."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from okrsite.content.cycles import UNKNOWN_CYCLE_HINT, Cycles
from okrsite.content.syntax.ids import ID, why_no_id
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.wording import shown
from okrsite.model import Source

RESERVED_PATHS = frozenset(
    {
        *("levels", "cycles", "kpis", "alignment", "check-ins", "rollout", "owners", "changes", "quality", "versions"),
        *("impact", "present", "search", "feeds", "api", "assets", "s", "current"),
    }
)
"""First parts of addresses that are okrsite's own; no top-level unit and no written page may take them."""

MEETING = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-[a-z0-9][a-z0-9-]*)?")
"""The name of a meeting's file: its date, and a word where there are several."""
_RESERVED_UNITS = frozenset({"kpis", "check-ins", "index"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNIT_FILES = {"unit": "unit.yml", "index": "index.md", "kpis": "kpis.yml"}


@dataclass(slots=True)
class UnitFolder:
    """The files of one unit, as paths on disk: texts, since a path object for each takes longer to make than to read.

    Attributes:
        id: The unit's id.
        path: The folder relative to the portal's folder.
        cycles: Cycle id -> ``CYCLE.yml``.
        objectives: (cycle id, objective id, file) of each ``CYCLE/OBJECTIVE.md``.
        check_ins: Each file in ``check-ins/``.
        measurements: KPI id -> ``kpis/KPI.csv``.
    """

    id: str
    path: str
    unit: str | None = None
    words: str | None = None
    kpis: str | None = None
    cycles: dict[str, str] = field(default_factory=dict)
    objectives: list[tuple[str, str, str]] = field(default_factory=list)
    check_ins: list[str] = field(default_factory=list)
    measurements: dict[str, str] = field(default_factory=dict)

    def files(self) -> Iterator[str]:
        """All of them."""
        yield from (file for file in (self.unit, self.words, self.kpis) if file is not None)
        yield from self.cycles.values()
        yield from (file for _, _, file in self.objectives)
        yield from self.check_ins
        yield from self.measurements.values()


class Walk:
    """Goes through the folders once and sorts out what is there.

    Args:
        path_of: Gives the name of a file in problems.
        cycles: The portal's cycles.
        log: Takes the problems.
    """

    def __init__(self, path_of: Callable[[str | Path], str], cycles: Cycles, log: ProblemLog) -> None:
        self.path_of = path_of
        self.cycles = cycles
        self.log = log
        self.broken: set[str] = set()
        """Ids of what was passed over with a problem."""
        self.listed: list[str] = []
        """The folders that were gone through."""

    def units(self, top: Path) -> list[UnitFolder]:
        """Every unit's folder below the goals' folder, a parent before its children."""
        found: list[UnitFolder] = []
        waiting: list[tuple[Path, str]] = []
        for entry in self._entries(top, ""):
            if entry.is_dir():
                self._unit_below(Path(entry.path), "", waiting)
            elif entry.name != "cycles.yml":
                self._stranger(Path(entry.path), "", "here are only cycles.yml and the folders of units")
        waiting.reverse()
        while waiting:
            folder, id = waiting.pop()
            below: list[tuple[Path, str]] = []
            found.append(self._unit(folder, id, below))
            waiting.extend(reversed(below))
        return found

    def unit(self, folder: Path, id: str) -> tuple[UnitFolder, list[str]]:
        """One unit's folder, and the ids of the units right below it."""
        below: list[tuple[Path, str]] = []
        return self._unit(folder, id, below), [each for _, each in below]

    def rollouts(self, content: Path) -> dict[str, str]:
        """Id -> file of each rollout plan."""
        found: dict[str, str] = {}
        single, misnamed, folder = content / "rollout.yml", content / "rollout.yaml", content / "rollouts"
        if misnamed.exists():
            self._stranger(misnamed, "", "did you mean 'rollout.yml'?")
        if single.is_file() and self._is_real(single, ""):
            found["rollout"] = str(single)
        if folder.is_dir() and self._is_real(folder, ""):
            for id, file in self._files(folder, ".yml", ""):
                if not self._is_id(id, file):
                    continue
                if id in found:
                    hint = f"the first is {self.path_of(found[id])}"
                    self.log.add("OKR301", Source(self.path_of(file)), f"a second rollout '{id}'", hint)
                else:
                    found[id] = file
        return found

    def _entries(self, folder: str | Path, id: str) -> list[os.DirEntry[str]]:
        """What is in a folder, by name, without files that begin with a dot and without links."""
        self.listed.append(str(folder))
        try:
            with os.scandir(folder) as entries:
                known = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            message = f"the folder cannot be read: {error.strerror}"
            self.log.add("OKR110", Source(self.path_of(folder)), message, "check its permissions")
            self.broken.update((id, f"{id}/unit"))
            return []
        return [entry for entry in known if self._is_content(entry, id)]

    def _is_content(self, entry: os.DirEntry[str], id: str) -> bool:
        if entry.is_file(follow_symlinks=False):
            return not entry.name.startswith(".")
        if entry.is_symlink():
            return self._is_real(Path(entry.path), id)
        if entry.is_dir():
            return True
        if entry.name.startswith("."):
            return False
        if not entry.is_file():
            self._stranger(Path(entry.path), id, "only files and folders belong here")
            return False
        return True

    def _is_real(self, file: Path, id: str) -> bool:
        if file.is_symlink():
            hint = "put the file or folder itself there"
            self.log.add("OKR112", Source(self.path_of(file)), "a symbolic link", hint)
            self._pass_over(id, file)
            return False
        return True

    def _pass_over(self, id: str, file: Path) -> None:
        self.broken.update((f"{id}/{file.name}", f"{id}/{file.stem}") if id else (file.name,))

    def _stranger(self, file: Path, id: str, hint: str) -> None:
        if file.suffix.lower() == ".yaml":
            hint = f"did you mean '{file.with_suffix('.yml').name}'?"
        kind = "folder" if file.is_dir() else "file"
        message = f"the {kind} {shown(file.name)} does not belong here"
        self.log.add("OKR110", Source(self.path_of(file)), message, hint)
        self._pass_over(id, file)

    def _is_id(self, name: str, file: str | Path) -> bool:
        why = why_no_id(name)
        if why is not None:
            self.log.add("OKR111", Source(self.path_of(file)), f"{shown(name)} {why[0]}", why[1])
        return why is None

    def _unit_below(self, folder: Path, parent: str, waiting: list[tuple[Path, str]]) -> None:
        """Take a folder as that of a unit."""
        name = folder.name
        cycle = self.cycles.spelled(name)
        if name in _RESERVED_UNITS or (not parent and name in RESERVED_PATHS):
            self._no_unit(
                folder,
                f"no unit may be called '{name}'",
                "rename the folder: okrsite has a page of its own at that address",
            )
        elif cycle is not None and (folder / "unit.yml").exists():
            self._no_unit(folder, f"no unit may be called like a cycle: {shown(name)}", "rename the folder")
        elif cycle == name:
            hint = "put the folder into that of a unit"
            self._no_unit(folder, f"no unit may be called like a cycle: {shown(name)}", hint)
        elif cycle is not None or (not ID.fullmatch(name) and self.cycles.looks_like_one(name)):
            self._unknown_cycle(folder, parent)
        elif self._is_id(name, folder):
            waiting.append((folder, f"{parent}/{name}" if parent else name))
            return
        self._pass_over(parent, folder)

    def _no_unit(self, folder: Path, message: str, hint: str) -> None:
        self.log.add("OKR310", Source(self.path_of(folder)), message, hint)

    def _unit(self, folder: Path, id: str, below: list[tuple[Path, str]]) -> UnitFolder:
        unit = UnitFolder(id, self.path_of(folder))
        for entry in self._entries(folder, id):
            name, file = entry.name, entry.path
            if entry.is_dir():
                if name == "check-ins":
                    unit.check_ins = [meeting for _, meeting in self._files(file, ".yml", f"{id}/check-ins")]
                elif name == "kpis":
                    unit.measurements = dict(self._files(file, ".csv", f"{id}/kpis"))
                elif self.cycles.is_cycle(name) and not Path(file, "unit.yml").exists():
                    self._cycle(file, name, unit)
                else:
                    self._unit_below(Path(file), id, below)
            elif name == "unit.yml":
                unit.unit = file
            elif name == "index.md":
                unit.words = file
            elif name == "kpis.yml":
                unit.kpis = file
            elif name.endswith(".yml") and self.cycles.is_cycle(name.removesuffix(".yml")):
                unit.cycles[name.removesuffix(".yml")] = file
            else:
                self._unknown_file(Path(file), id)
        if unit.unit is None:
            self._without_unit_yml(folder, id)
        return unit

    def _cycle(self, folder: str, cycle: str, unit: UnitFolder) -> None:
        """Take the objectives in a cycle's folder."""
        for id, file in self._files(folder, ".md", f"{unit.id}/{cycle}"):
            if self._is_id(id, file):
                unit.objectives.append((cycle, id, file))
            else:
                self._pass_over(f"{unit.id}/{cycle}", Path(file))

    def _unknown_file(self, file: Path, id: str) -> None:
        near = get_close_matches(file.stem.lower(), _UNIT_FILES, n=1)
        if near:
            self._stranger(file, id, f"did you mean '{_UNIT_FILES[near[0]]}'?")
        elif file.suffix == ".yml" and (self.cycles.broken or self.cycles.looks_like_one(file.stem)):
            self._unknown_cycle(file, id)
        else:
            hint = f"here are only {', '.join(_UNIT_FILES.values())} and CYCLE.yml"
            if file.suffix == ".yml":
                hint += "; a cycle with a name of its own needs its dates in cycles.yml"
            self._stranger(file, id, hint)

    def _unknown_cycle(self, file: Path, unit: str) -> None:
        """Pass over the file or folder of a cycle; the reason may be that cycles.yml could not be read."""
        name = file.name.removesuffix(".yml")
        if not self.cycles.broken:
            right = self.cycles.spelled(name)
            hint = f"did you mean '{right}'?" if right else UNKNOWN_CYCLE_HINT
            if _DAY.match(name):
                hint = "a check-in meeting's file belongs into the folder check-ins"
            self.log.add("OKR307", Source(self.path_of(file)), f"unknown cycle {shown(name)}", hint)
        self._pass_over(unit, file)

    def _without_unit_yml(self, folder: Path, id: str) -> None:
        if self.cycles.broken or self.cycles.looks_like_one(folder.name):
            self._unknown_cycle(folder, id.rpartition("/")[0])
        elif f"{id}/unit" not in self.broken:
            hint = "every folder here is a unit: add a unit.yml with `name:` and `level:`"
            self.log.add("OKR113", Source(self.path_of(folder)), f"the unit '{id}' has no unit.yml", hint)

    def _files(self, folder: str | Path, suffix: str, id: str) -> list[tuple[str, str]]:
        """The files in a folder, all of one kind: the name of each without its suffix, and its path."""
        files = []
        for entry in self._entries(folder, id):
            if entry.is_dir() or not entry.name.endswith(suffix):
                self._stranger(Path(entry.path), id, f"here are only {suffix} files")
            else:
                files.append((entry.name.removesuffix(suffix), entry.path))
        return files
