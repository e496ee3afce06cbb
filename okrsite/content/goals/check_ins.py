"""Check-ins: from the files of meetings and from the key results themselves, one a day for each key result."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol

from pydantic_core import PydanticCustomError

from okrsite.content.cycles import UNKNOWN_CYCLE_HINT, Cycles
from okrsite.content.documents import CheckInsFile
from okrsite.content.files import Files
from okrsite.content.folder import MEETING, UnitFolder
from okrsite.content.goals.references import References
from okrsite.content.syntax.days import parse_day
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.tree import YamlMapping, mark_of
from okrsite.content.syntax.wording import shown
from okrsite.frozen import frozen
from okrsite.model import CheckIn, Source

_COMPUTED = {"milestones": "from its milestones", "rollup": "from the objectives that support it"}


class _HasKind(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def kpi(self) -> str | None: ...


@frozen
class _Meeting:
    """What a check-in file says for all its entries.

    Attributes:
        unit: Whose folder it stands in.
        day: Its date.
        named: The cycle it names, or None.
        starts: What short references may start inside.
        own: All cycles of the unit.
    """

    unit: str
    day: date
    named: str | None
    starts: Sequence[str]
    own: Sequence[str]


class CheckIns:
    """Gathers the check-ins of all key results.

    Args:
        files: Reads the files.
        cycles: The portal's cycles.
        unit_cycles: Unit id -> ids of the cycles in which it has objectives, readable or not.
        references: Looks up key results.
    """

    def __init__(
        self, files: Files, cycles: Cycles, unit_cycles: Mapping[str, Sequence[str]], references: References
    ) -> None:
        self.files = files
        self.log = files.log
        self.cycles = cycles
        self.unit_cycles = unit_cycles
        self.references = references
        self.found: dict[str, list[CheckIn]] = {}
        self.given: defaultdict[str, list[tuple[str, CheckIn]]] = defaultdict(list)
        """Unit id -> the key results of other units that its files have check-ins of, and these."""

    def add(self, key_result: str, check_ins: Iterable[CheckIn]) -> None:
        """Take check-ins of a key result."""
        self.found.setdefault(key_result, []).extend(check_ins)

    def read(self, folder: UnitFolder) -> None:
        """Take the check-ins in a unit's files."""
        self.references.asker = folder.id
        for file in folder.check_ins:
            self._read_file(folder, file)

    def by_date(self) -> dict[str, list[CheckIn]]:
        """The check-ins of each key result that has any, by date; two on one date are a problem."""
        for check_ins in self.found.values():
            check_ins.sort(key=lambda item: (item.date, item.source))
            for first, second in pairwise(check_ins):
                if first.date == second.date:
                    message = f"a second check-in of this key result on {second.date}"
                    hint = f"the first is at {first.source.path}:{first.source.line}; keep one of them"
                    self.log.add("OKR306", second.source, message, hint)
        return self.found

    def _read_file(self, folder: UnitFolder, file: str) -> None:
        day = self._day(file)
        read = self.files.document(file, CheckInsFile)
        if day is None or read is None:
            return
        document, tree = read.document, read.tree
        path = self.files.path_of(file)
        if document.cycle is not None and not self._is_cycle(document.cycle, Source(path, *mark_of(tree, ("cycle",)))):
            return
        own = self.unit_cycles.get(folder.id, ())
        named = [document.cycle] if document.cycle else [id for id in own if self._holds(id, day)]
        starts = starts_in(folder.id, named)
        meeting = _Meeting(folder.id, day, document.cycle, starts, own)
        entries: YamlMapping = tree["check_ins"]
        for reference, entry in document.check_ins.items():
            if not read.whole and (entry.value, entry.confidence, entry.note) == (None, None, None):
                continue  # what it says had a problem
            place = Source(path, *entries.key_mark(reference))
            id = self._find(reference, meeting, place)
            if id is not None:
                by = entry.by or document.by or ""
                check_in = CheckIn(day, entry.value, entry.confidence, entry.note or "", by, place)
                self.add(id, [check_in])
                if unit_of(id) != folder.id:
                    self.given[folder.id].append((id, check_in))

    def _is_cycle(self, id: str, place: Source) -> bool:
        known = self.cycles.get(id) is not None
        if not known and not self.cycles.broken and not self.cycles.is_cycle(id):
            self.log.add("OKR307", place, f"unknown cycle {shown(id)}", UNKNOWN_CYCLE_HINT)
        return known

    def _holds(self, id: str, day: date) -> bool:
        cycle = self.cycles.get(id)
        return cycle is None or cycle.holds(day)

    def _day(self, file: str) -> date | None:
        """The date that a file's name gives."""
        name = os.path.basename(file)  # noqa: PTH119 - a path object for each file takes longer
        found = MEETING.fullmatch(name.removesuffix(".yml"))
        place = Source(self.files.path_of(file))
        if found is None:
            hint = "name it by the meeting's date, e.g. 2026-02-13.yml or 2026-02-13-platform.yml, in lower case"
            self.log.add("OKR111", place, f"{shown(name)} is not named by a date", hint)
            return None
        try:
            return parse_day(found[1])
        except PydanticCustomError as error:
            self.log.add("OKR205", place, error.message(), "name the file by the meeting's date")
            return None

    def _find(self, reference: str, meeting: _Meeting, place: Source) -> str | None:
        """The full id of a key result; a short one is looked up in the meeting's cycles."""
        found = self.references.matches(reference, meeting.starts)
        if len(found) == 1:
            return found[0]
        if not found:
            other = next(
                (id for id in reversed(meeting.own) if f"{meeting.unit}/{id}/{reference}" in self.references.ids), None
            )
            if other is not None:
                self.references.lost.add(meeting.unit)
                if not self.cycles.broken:
                    self._note_other_cycle(reference, other, meeting, place)
                return None
            if any(self.references.is_broken(f"{meeting.unit}/{id}/{reference}") for id in meeting.own):
                self.references.lost.add(meeting.unit)
                return None  # what it names may be what could not be read
        return self.references.find(reference, meeting.starts, place, "key result")

    def _note_other_cycle(self, reference: str, other: str, meeting: _Meeting, place: Source) -> None:
        message = f"{shown(reference)} is a key result of {other}"
        if meeting.named:
            hint = f"write `cycle: {other}`, or the full id {meeting.unit}/{other}/{reference}"
            self.log.add("OKR309", place, f"{message}, not of {meeting.named}, which the file names", hint)
        else:
            hint = f"add `cycle: {other}` to the file, or correct its date"
            self.log.add("OKR309", place, f"{message}, which does not hold {meeting.day}", hint)


def unit_of(key_result: str) -> str:
    """The id of the unit that a key result belongs to, by the key result's id."""
    return key_result.rsplit("/", 3)[0]


def starts_in(unit_id: str, cycles: Iterable[str]) -> list[str]:
    """What short references of a unit's meeting may start inside, with the cycles that it is about."""
    return [*(f"{unit_id}/{cycle}" for cycle in cycles), unit_id]


def check_reading(key_result: _HasKind, check_in: CheckIn, log: ProblemLog) -> None:
    """Note a check-in that says nothing, or whose value the key result's kind cannot take."""
    value, kind, place = check_in.value, key_result.kind, check_in.source
    if value is None:
        if check_in.confidence is None and not check_in.note:
            log.add("OKR203", place, "the check-in says nothing", "give a value, a confidence or a note")
    elif key_result.kpi is not None or kind in _COMPUTED:
        origin = "from its KPI" if key_result.kpi is not None else _COMPUTED[kind]
        message = f"a value is checked in, but this key result gets its own {origin}"
        log.add("OKR216", place, message, "leave the value out; a confidence or a note alone is fine")
    elif (kind == "done") != isinstance(value, bool):
        wanted = "true or false" if kind == "done" else "a number"
        given = str(value).lower() if isinstance(value, bool) else str(value)
        log.add("OKR217", place, f"kind {kind} is read as {wanted}, not {given}", f"check in {wanted}")
