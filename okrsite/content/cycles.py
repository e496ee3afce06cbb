"""The cycles of a portal: declared in ``cycles.yml`` or known by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okrsite.content.calendar import FiscalYear, known_dates
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.tree import YamlMapping, mark_of
from okrsite.content.syntax.wording import shown
from okrsite.model import Cycle, Source

if TYPE_CHECKING:  # documents take long to load
    from okrsite.content.documents.cycles import CycleEntry, CyclesFile

UNKNOWN_CYCLE_HINT = "known are 2026, 2026-H1, 2026-Q1, 2026-01; give the dates of any other in cycles.yml"
KnownCycles = tuple[FiscalYear, tuple[Cycle, ...]]
"""What ``cycles.yml`` says: the year, and the cycles."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_TAKEN = frozenset({"unit", "kpis", "check-ins", "index"})
_CALENDAR_LIKE = re.compile(r"(?i:FY[0-9]{2}|[0-9]{4}).*")


class Cycles:
    """Every cycle there is: those declared, and any that the calendar names."""

    def __init__(self, log: ProblemLog) -> None:
        """Knows those that the calendar names."""
        self.log = log
        self.broken = False
        """Whether ``cycles.yml`` could not be read, so that nothing is known to be no cycle."""
        self.used: set[str] = set()
        self._year = FiscalYear()
        self._declared: dict[str, Cycle | None] = {}
        self._spelled: dict[str, str] = {}
        self._of_calendar: dict[str, Cycle | None] = {}

    @classmethod
    def known(cls, log: ProblemLog, known: KnownCycles) -> Cycles:
        """Those that `said` gave."""
        cycles = cls(log)
        cycles._year = known[0]
        cycles._declared = {cycle.id: cycle for cycle in known[1]}
        cycles._spelled = {cycle.id.lower(): cycle.id for cycle in known[1]}
        return cycles

    @property
    def said(self) -> KnownCycles | None:
        """All that ``cycles.yml`` says; None where it has a problem."""
        declared = tuple(cycle for cycle in self._declared.values() if cycle is not None)
        return None if self.broken or len(declared) < len(self._declared) else (self._year, declared)

    def get(self, id: str) -> Cycle | None:
        """The cycle of that name, or None where its dates are not known."""
        if id in self._declared:
            return self._declared[id]
        if id not in self._of_calendar:
            dates = known_dates(id, self._year)
            self._of_calendar[id] = Cycle(id, id, *dates) if dates else None
        return self._of_calendar[id]

    def of_objective(self, id: str) -> Cycle:
        """The cycle of an objective that was read, by the objective's id."""
        cycle = self.get(id.split("/")[-2])
        assert cycle is not None, "an objective without a known cycle is not read"  # noqa: S101
        return cycle

    def is_cycle(self, name: str) -> bool:
        """Whether a name is that of a cycle, be it one whose declaration has a problem."""
        return name in self._declared or self.get(name) is not None

    def spelled(self, name: str) -> str | None:
        """The cycle that a name is, but for capitals; None where there is none."""
        if name.lower() in self._spelled:
            return self._spelled[name.lower()]
        return next((id for id in (name, name.upper()) if self.get(id) is not None), None)

    def looks_like_one(self, name: str) -> bool:
        """Whether a person would take a name for that of a cycle."""
        return self.spelled(name) is not None or _CALENDAR_LIKE.fullmatch(name) is not None

    def all(self) -> dict[str, Cycle]:
        """The declared and the used ones, by start, then id."""
        cycles = [cycle for id in {*self._declared, *self.used} if (cycle := self.get(id))]
        return {cycle.id: cycle for cycle in sorted(cycles, key=lambda cycle: (cycle.start, cycle.id))}

    def declare(self, document: CyclesFile, tree: YamlMapping, path: str) -> None:
        """Take the cycles of a file.

        Args:
            document: What the file says.
            tree: Where it says so.
            path: Its name in problems.
        """
        self._year = FiscalYear(document.fiscal_year_start, document.fiscal_year_named_by)
        for id, entry in document.cycles.items():
            self._declare(id, entry, tree, path)

    def _declare(self, id: str, entry: CycleEntry, tree: YamlMapping, path: str) -> None:
        place = Source(path, *mark_of(tree, ("cycles", id), key=True))
        log = self.log
        first = self.spelled(id)
        self._declared[id] = None
        self._spelled.setdefault(id.lower(), id)
        if not _ID.fullmatch(id):
            hint = "use letters, digits and hyphens, 64 at most, e.g. 2026-Q1"
            log.add("OKR208", place, f"{shown(id)} cannot be the id of a cycle", hint)
            return
        if id.lower() in _TAKEN:
            log.add(
                "OKR310",
                place,
                f"no cycle may be called '{id}'",
                "rename it: a unit's folder has a file or page of that name",
            )
            return
        if first is not None and first != id:
            hint = f"use {first}, or rename this one"
            log.add("OKR301", place, f"the cycles '{id}' and '{first}' differ in capitals only", hint)
            return
        known = known_dates(id, self._year)
        start, end = entry.start or (known and known[0]), entry.end or (known and known[1])
        if (start is None or end is None) and self.broken:
            return  # what is missing may be what is misspelt
        if start is None or end is None:
            missing = "start" if start is None else "end"
            log.add("OKR203", place, f"the cycle '{id}' has no {missing}", f"add `{missing}:` with a date")
        elif end < start:
            hint = "correct one of the two"
            log.add("OKR213", place, f"the cycle '{id}' ends on {end}, before it starts on {start}", hint)
        else:
            self._declared[id] = Cycle(id, entry.name or id, start, end, entry.check_in_every)
