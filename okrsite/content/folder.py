"""The folder tree below the goals' folder: which file is what."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from okrsite.content.documents.fields import ID_PATTERN, suggest_id
from okrsite.content.log import ProblemLog
from okrsite.content.validation import did_you_mean
from okrsite.model import Source

RESERVED_PATHS = frozenset(
    {
        *("levels", "cycles", "kpis", "alignment", "check-ins", "rollout", "owners", "changes", "quality", "versions"),
        *("impact", "present", "search", "feeds", "api", "assets", "s", "current"),
    }
)
"""First parts of addresses that are okrsite's own; no top-level unit and no written page may take them."""

_RESERVED_UNITS = frozenset({"kpis", "check-ins", "index"})
_ID = re.compile(ID_PATTERN)
_UNIT_FILES = ("unit.yml", "index.md", "kpis.yml")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})


@dataclass(slots=True)
class UnitFolder:
    """The files of one unit, as paths on disk.

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
    unit: Path | None = None
    words: Path | None = None
    kpis: Path | None = None
    cycles: dict[str, Path] = field(default_factory=dict)
    objectives: list[tuple[str, str, Path]] = field(default_factory=list)
    check_ins: list[Path] = field(default_factory=list)
    measurements: dict[str, Path] = field(default_factory=dict)


class Walk:
    """Goes through the folders once and sorts out what is there.

    Args:
        path_of: Gives the name of a file in problems.
        is_cycle: Whether a name is that of a cycle.
        log: Takes the problems.
    """

    def __init__(self, path_of: Callable[[Path], str], is_cycle: Callable[[str], bool], log: ProblemLog) -> None:
        self.path_of = path_of
        self.is_cycle = is_cycle
        self.log = log

    def units(self, top: Path) -> list[UnitFolder]:
        """Every unit's folder below the goals' folder, a parent before its children."""
        found: list[UnitFolder] = []
        waiting: list[tuple[Path, str]] = []
        for entry in self._entries(top):
            if entry.is_dir():
                self._unit_below(Path(entry.path), "", waiting)
            elif entry.name != "cycles.yml":
                self._stranger(Path(entry.path), ("cycles.yml",))
        waiting.reverse()
        while waiting:
            folder, id = waiting.pop()
            below: list[tuple[Path, str]] = []
            found.append(self._unit(folder, id, below))
            waiting.extend(reversed(below))
        return found

    def rollouts(self, content: Path) -> dict[str, Path]:
        """Id -> file of each rollout plan."""
        found = {}
        single = content / "rollout.yml"
        if single.is_file() and self._is_real(single):
            found["rollout"] = single
        folder = content / "rollouts"
        if folder.is_dir() and self._is_real(folder):
            for entry in self._entries(folder):
                name, suffix = os.path.splitext(entry.name)  # noqa: PTH122 - scandir gives names
                if entry.is_dir() or suffix != ".yml":
                    self._stranger(Path(entry.path), ())
                elif self._is_id(name, Path(entry.path)):
                    if name in found:
                        place, other = self.path_of(Path(entry.path)), self.path_of(found[name])
                        self.log.add("OKR301", Source(place), f"a second rollout '{name}'", f"the first is {other}")
                    else:
                        found[name] = Path(entry.path)
        return found

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        """What is in a folder, by name, without files that begin with a dot and without links."""
        with os.scandir(folder) as entries:
            known = sorted(entries, key=lambda entry: entry.name)
        return [
            entry
            for entry in known
            if not (entry.name.startswith(".") and entry.is_file(follow_symlinks=False))
            and self._is_real(Path(entry.path))
        ]

    def _is_real(self, file: Path) -> bool:
        if file.is_symlink():
            self.log.add("OKR112", Source(self.path_of(file)), "a symbolic link", "put the file itself there")
            return False
        return True

    def _stranger(self, file: Path, known: tuple[str, ...]) -> None:
        hint = did_you_mean(file.name, known) if known else ""
        kind = "folder" if file.is_dir() else "file"
        self.log.add("OKR110", Source(self.path_of(file)), f"the {kind} '{file.name}' does not belong here", hint)

    def _is_id(self, name: str, file: Path) -> bool:
        if _ID.fullmatch(name) and name not in _DEVICES:
            return True
        better = suggest_id(name)
        hint = "use lower-case letters, digits and hyphens, 64 at most"
        if better and better != name:
            hint += f", e.g. {better}"
        self.log.add("OKR111", Source(self.path_of(file)), f"'{name[:70]}' cannot be an id", hint)
        return False

    def _unit_below(self, folder: Path, parent: str, waiting: list[tuple[Path, str]]) -> None:
        name = folder.name
        if name in _RESERVED_UNITS or (not parent and name in RESERVED_PATHS):
            place = Source(self.path_of(folder))
            self.log.add("OKR310", place, f"no unit may be named '{name}'", "okrsite has a page of its own there")
        elif not parent and self.is_cycle(name):
            self.log.add("OKR310", Source(self.path_of(folder)), f"no unit may be named like a cycle: '{name}'")
        elif self._is_id(name, folder):
            waiting.append((folder, f"{parent}/{name}" if parent else name))

    def _unit(self, folder: Path, id: str, below: list[tuple[Path, str]]) -> UnitFolder:
        unit = UnitFolder(id, self.path_of(folder))
        for entry in self._entries(folder):
            name, file = entry.name, Path(entry.path)
            if entry.is_dir():
                if name == "check-ins":
                    unit.check_ins = self._files(file, ".yml")
                elif name == "kpis":
                    unit.measurements = {csv.stem: csv for csv in self._files(file, ".csv")}
                elif self.is_cycle(name):
                    for page in self._files(file, ".md"):
                        if self._is_id(page.stem, page):
                            unit.objectives.append((name, page.stem, page))
                else:
                    self._unit_below(file, id, below)
            elif name == "unit.yml":
                unit.unit = file
            elif name == "index.md":
                unit.words = file
            elif name == "kpis.yml":
                unit.kpis = file
            elif name.endswith(".yml") and self.is_cycle(name[:-4]):
                unit.cycles[name[:-4]] = file
            elif name.endswith(".yml") and re.match(r"(FY)?\d", name):
                self.log.add(
                    "OKR307",
                    Source(self.path_of(file)),
                    f"unknown cycle '{name[:-4]}'",
                    "known are 2026, 2026-H1, 2026-Q1, 2026-01; give the dates of any other in cycles.yml",
                )
            else:
                self._stranger(file, (*_UNIT_FILES, *(f"{cycle}.yml" for cycle in unit.cycles)))
        if unit.unit is None:
            place = Source(unit.path)
            self.log.add("OKR113", place, f"the unit '{id}' has no unit.yml", "add one with `name:` and `level:`")
        return unit

    def _files(self, folder: Path, suffix: str) -> list[Path]:
        """The files in a folder, all of one kind."""
        files = []
        for entry in self._entries(folder):
            file = Path(entry.path)
            if entry.is_dir() or file.suffix != suffix:
                self._stranger(file, ())
            else:
                files.append(file)
        return files
