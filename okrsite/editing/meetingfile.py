"""The one new file that a check-in meeting leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from okrsite.content import ContentCache
from okrsite.editing.filechanges import FileChange
from okrsite.editing.fragments import Fragment, Inline, as_lines, block_lines
from okrsite.editing.meeting import Entry, Meeting, Question
from okrsite.editing.proof import check_meant, read_with
from okrsite.model import CheckIn, KeyResult, Objective, Portal, Source
from okrsite.problems import OkrsiteError
from okrsite.settings import Settings


def check_in(
    root: Path,
    settings: Settings,
    portal: Portal,
    meeting: Meeting,
    entries: Mapping[str, Entry],
    by: str,
    known: ContentCache | None = None,
) -> tuple[FileChange, Portal]:
    """The new file of a meeting, checked by reading it back, and the portal with it; nothing is written.

    Args:
        root: The portal's folder.
        settings: Where the content is.
        portal: The portal.
        meeting: The meeting.
        entries: By key result id.
        by: Who checks in; empty where nobody says.
        known: What the portal was read with, so that not all of it is read again.

    Raises:
        OkrsiteError: The content would not be valid with it.
    """
    folder = portal.units[meeting.unit_id].source.path.rpartition("/")[0]
    name = _free_name(root, f"{folder}/check-ins/{meeting.day}")
    change = FileChange(name, None, meeting_file(portal, meeting, entries, by).encode())
    after = read_with(root, settings, [change], known)
    check_meant(portal, after, _meant(meeting, entries, by, name))
    return change, after


def _free_name(root: Path, name: str) -> str:
    """A name that no file has yet: of a second meeting on a day, DATE-2.yml."""
    if not (root / f"{name}.yml").exists():
        return f"{name}.yml"
    most = 1_000
    for number in range(2, most):
        if not (root / f"{name}-{number}.yml").exists():
            return f"{name}-{number}.yml"
    raise OkrsiteError(f"there are more than {most} check-in files of that day")


def meeting_file(portal: Portal, meeting: Meeting, entries: Mapping[str, Entry], by: str) -> str:
    """The text of a check-in file."""
    said: dict[str, Fragment] = {}
    for question in meeting.questions:
        entry = entries.get(question.kr.id)
        if entry:
            said[_reference(portal, meeting, question)] = _fragment(entry)
    head: dict[str, Fragment] = {"by": by} if by else {}
    if meeting.name_cycle:
        head["cycle"] = meeting.cycles[0]
    return "\n".join([*block_lines({**head, "check_ins": said}), ""])


def _reference(portal: Portal, meeting: Meeting, question: Question) -> str:
    """The id of a key result as short as it can be read."""
    of_unit = portal.objectives_by_unit[meeting.unit_id]
    cycles = meeting.cycles if meeting.name_cycle else [id for id in of_unit if portal.cycles[id].holds(meeting.day)]
    starts = ["", *(f"{meeting.unit_id}/{id}/" for id in cycles), f"{meeting.unit_id}/"]
    means = [start for start in starts if f"{start}{question.short}" in portal.key_results]
    return question.short if len(means) == 1 else question.kr.id


def _fragment(entry: Entry) -> Fragment:
    if entry.value is not None and entry.confidence is None and not entry.note and not entry.by:
        return entry.value
    said = Inline()
    if entry.value is not None:
        said["value"] = entry.value
    if entry.confidence is not None:
        said["confidence"] = entry.confidence
    if entry.note:
        said["note"] = as_lines(entry.note)
    if entry.by:
        said["by"] = entry.by
    return said


def _meant(meeting: Meeting, entries: Mapping[str, Entry], by: str, name: str) -> dict[str, Objective]:
    """The objectives as they shall be with the entries."""
    meant: dict[str, Objective] = {}
    for objective in {each.objective.id: each.objective for each in meeting.questions}.values():
        key_results = tuple(_with(kr, meeting.day, entries.get(kr.id), by, name) for kr in objective.key_results)
        meant[objective.id] = replace(objective, key_results=key_results)
    return meant


def _with(kr: KeyResult, day: date, entry: Entry | None, by: str, name: str) -> KeyResult:
    if not entry:
        return kr
    one = CheckIn(day, entry.value, entry.confidence, entry.note, entry.by or by, Source(name))
    return replace(kr, check_ins=tuple(sorted((*kr.check_ins, one), key=lambda each: each.date)))
