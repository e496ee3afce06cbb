"""Check-ins: from the files of meetings and from the key results themselves, one a day for each key result."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from pydantic_core import PydanticCustomError

from okrsite.content.cycles import Cycles
from okrsite.content.documents import CheckInsFile
from okrsite.content.documents.fields import parse_day
from okrsite.content.files import Files
from okrsite.content.folder import UnitFolder
from okrsite.content.log import ProblemLog
from okrsite.content.references import References
from okrsite.content.yamltree import mark_of
from okrsite.model import CheckIn, Source

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:-[a-z0-9][a-z0-9-]*)?")
_COMPUTED = {"milestones": "from its milestones", "rollup": "from the objectives that support it"}


class _HasKind(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def kpi(self) -> str | None: ...


class CheckIns:
    """Gathers the check-ins of all key results.

    Args:
        files: Reads the files.
        cycles: The portal's cycles.
        unit_cycles: Unit id -> ids of the cycles in which it has objectives.
        references: Looks up key results.
    """

    def __init__(self, files: Files, cycles: Cycles, unit_cycles: dict[str, list[str]], references: References) -> None:
        self.files = files
        self.log = files.log
        self.cycles = cycles
        self.unit_cycles = unit_cycles
        self.references = references
        self.found: dict[str, list[CheckIn]] = {}

    def add(self, key_result: str, check_ins: Iterable[CheckIn]) -> None:
        """Take check-ins of a key result."""
        self.found.setdefault(key_result, []).extend(check_ins)

    def read(self, folder: UnitFolder) -> None:
        """Take the check-ins in a unit's files."""
        for file in folder.check_ins:
            self._read_file(folder, file)

    def by_date(self) -> dict[str, list[CheckIn]]:
        """The check-ins of each key result that has any, by date; two on one date are a problem."""
        for check_ins in self.found.values():
            check_ins.sort(key=lambda item: (item.date, item.source))
            for first, second in pairwise(check_ins):
                if first.date == second.date:
                    message = f"a second check-in of this key result on {second.date}"
                    hint = f"the first is at {first.source.path}:{first.source.line}"
                    self.log.add("OKR306", second.source, message, hint)
        return self.found

    def _read_file(self, folder: UnitFolder, file: Path) -> None:
        day = self._day(file)
        read = self.files.document(file, CheckInsFile)
        if day is None or read is None:
            return
        document, tree = read
        path = self.files.path_of(file)
        if document.cycle is not None and self.cycles.get(document.cycle) is None:
            place = Source(path, *mark_of(tree, ("cycle",)))
            hint = "write a cycle's id such as 2026-Q1"
            self.log.add("OKR307", place, f"unknown cycle '{document.cycle}'", hint)
            return
        own = self.unit_cycles.get(folder.id, [])
        holding = [id for id in own if (cycle := self.cycles.get(id)) and cycle.holds(day)]
        named = [document.cycle] if document.cycle else holding
        for reference, entry in document.check_ins.items():
            place = Source(path, *mark_of(tree, ("check_ins", reference), key=True))
            if entry.value is None and entry.confidence is None and not entry.note:
                self.log.add("OKR203", place, "the check-in says nothing", "give a value, a confidence or a note")
                continue
            id = self._find(reference, folder.id, named, own, day, place)
            if id is not None:
                by = entry.by or document.by or ""
                self.add(id, [CheckIn(day, entry.value, entry.confidence, entry.note or "", by, place)])

    def _day(self, file: Path) -> date | None:
        """The date that a file's name gives."""
        found = _NAME.fullmatch(file.stem)
        place = Source(self.files.path_of(file))
        if found is None:
            hint = "name the file by the meeting's date, e.g. 2026-02-13.yml or 2026-02-13-platform.yml"
            self.log.add("OKR111", place, f"'{file.name}' is not named by a date", hint)
            return None
        try:
            return parse_day(found[1])
        except PydanticCustomError as error:
            self.log.add("OKR205", place, error.message(), "name the file by the meeting's date")
            return None

    def _find(
        self, reference: str, unit: str, cycles: list[str], own: list[str], day: date, place: Source
    ) -> str | None:
        """The full id of a key result; a short one is looked up in the cycles given."""
        elsewhere = [id for id in own if id not in cycles and f"{unit}/{id}/{reference}" in self.references.ids]
        if elsewhere and not any(
            id in self.references.ids for id in (reference, *(f"{unit}/{c}/{reference}" for c in cycles))
        ):
            message = f"'{reference}' is a key result of {elsewhere[-1]}, which does not hold {day}"
            self.log.add("OKR309", place, message, f"add `cycle: {elsewhere[-1]}` to the file, or correct its date")
            return None
        starts = [*(f"{unit}/{cycle}" for cycle in cycles), unit]
        return self.references.find(reference, starts, place, "key result")


def check_reading(key_result: _HasKind, check_in: CheckIn, log: ProblemLog) -> None:
    """Note a check-in whose value the key result's kind cannot take."""
    value, kind = check_in.value, key_result.kind
    if value is None:
        return
    if key_result.kpi is not None or kind in _COMPUTED:
        origin = "from its KPI" if key_result.kpi is not None else _COMPUTED[kind]
        message = f"a value is checked in, but this key result gets its own {origin}"
        log.add("OKR216", check_in.source, message, "leave the value out; a confidence or a note alone is fine")
    elif (kind == "done") != isinstance(value, bool):
        wanted = "true or false" if kind == "done" else "a number"
        shown = str(value).lower()
        log.add("OKR217", check_in.source, f"kind {kind} is read as {wanted}, not {shown}", f"check in {wanted}")
