"""The cycles of a portal: declared in ``cycles.yml`` or known by name."""

from __future__ import annotations

from pathlib import Path

from okrsite.content.calendar import FiscalYear, known_dates
from okrsite.content.documents import CyclesFile
from okrsite.content.documents.cycles import CycleEntry
from okrsite.content.files import Files
from okrsite.content.yamltree import YamlMapping, mark_of
from okrsite.model import Cycle, Source


class Cycles:
    """Every cycle there is: those declared, and any that the calendar names."""

    def __init__(self, files: Files, file: Path) -> None:
        """Reads ``cycles.yml`` where there is one."""
        self._year = FiscalYear()
        self._found: dict[str, Cycle | None] = {}
        self.declared: list[str] = []
        self.used: set[str] = set()
        if file.is_file() and not file.is_symlink():
            self._read(files, file)

    def get(self, id: str) -> Cycle | None:
        """The cycle of that name, or None where its dates are not known."""
        if id not in self._found:
            dates = known_dates(id, self._year)
            self._found[id] = Cycle(id, id, *dates) if dates else None
        return self._found[id]

    def is_cycle(self, name: str) -> bool:
        """Whether a name is that of a cycle."""
        return name in self._found or self.get(name) is not None

    def all(self) -> dict[str, Cycle]:
        """The declared and the used ones, by start, then id."""
        cycles = [cycle for id in {*self.declared, *self.used} if (cycle := self.get(id))]
        return {cycle.id: cycle for cycle in sorted(cycles, key=lambda cycle: (cycle.start, cycle.id))}

    def _read(self, files: Files, file: Path) -> None:
        found = files.document(file, CyclesFile)
        if found is None:
            return
        document, tree = found
        self._year = FiscalYear(int(document.fiscal_year_start or 1), document.fiscal_year_named_by)
        for id, entry in document.cycles.items():
            self._declare(files, files.path_of(file), id, entry, tree)

    def _declare(self, files: Files, path: str, id: str, entry: CycleEntry, tree: YamlMapping) -> None:
        self.declared.append(id)
        self._found[id] = None
        place = Source(path, *mark_of(tree, ("cycles", id), key=True))
        if not all(part.isalnum() for part in id.split("-")) or not id.isascii():
            hint = "use letters, digits and hyphens"
            files.log.add("OKR208", place, f"'{id}' cannot be the id of a cycle", hint)
            return
        known = known_dates(id, self._year)
        start, end = entry.start or (known and known[0]), entry.end or (known and known[1])
        if start is None or end is None:
            missing = "start" if start is None else "end"
            files.log.add("OKR203", place, f"the cycle '{id}' has no {missing}", f"add `{missing}:` with a date")
        elif end < start:
            files.log.add("OKR213", place, f"the cycle '{id}' ends on {end}, before it starts on {start}")
        else:
            self._found[id] = Cycle(id, entry.name or id, start, end, entry.check_in_every)
