"""A check-in meeting: which key results of a unit it is about, and what may be said of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from okrsite.content.documents import CheckInsFile
from okrsite.editing import answers
from okrsite.editing.scope import Complaint, RefusedError, named
from okrsite.frozen import frozen
from okrsite.model import CheckIn, KeyResult, Objective, Portal
from okrsite.scoring import Figures, KeyResultFigures

_ORIGINS = {"milestones": "its milestones", "rollup": "the objectives that support it"}


@frozen
class Entry:
    """What is checked in of one key result; nothing at all is no entry.

    Attributes:
        by: Who says so, where it is not who says the rest.
    """

    value: Decimal | bool | None = None
    confidence: Decimal | None = None
    note: str = ""
    by: str = ""

    def __bool__(self) -> bool:
        return self.value is not None or self.confidence is not None or bool(self.note)


@frozen
class Question:
    """A key result that can be checked in.

    Attributes:
        figures: On the day before the meeting's entries.
        origin: Where its value comes from, so that only a confidence and a note are taken; empty where it is read.
        last: Its latest check-in with a confidence, a value or a note; None where there is none.
    """

    objective: Objective
    kr: KeyResult
    figures: KeyResultFigures
    origin: str
    last: CheckIn | None

    @property
    def short(self) -> str:
        """Its id as a check-in file has it, e.g. ``reliability/uptime``."""
        return "/".join(self.kr.id.split("/")[-2:])


@frozen
class Meeting:
    """A meeting of a unit on a day.

    Attributes:
        cycles: Ids of the cycles it is about.
        questions: In the order of cycles and files.
        done: Ids of key results that have a check-in of that day already.
        name_cycle: Whether the file has to name the cycle.
    """

    unit_id: str
    day: date
    cycles: tuple[str, ...]
    questions: tuple[Question, ...]
    done: tuple[str, ...]
    name_cycle: bool


def meeting_unit(portal: Portal, typed: str | None) -> str:
    """The unit of a meeting: the one that was typed, or the only one there is.

    Raises:
        RefusedError: There is no such unit, or one has to be named.
    """
    if typed is None and len(portal.units) == 1:
        return next(iter(portal.units))
    if typed is None:
        most = 20
        ids = "\n".join(f"      okrsite check-in {id}" for id in list(portal.units)[:most])
        more = f"\n      and {len(portal.units) - most} more" if len(portal.units) > most else ""
        raise RefusedError([Complaint("which unit checks in?", f"name it:\n{ids}{more}")])
    found = named(typed, portal.units, "unit")
    if isinstance(found, Complaint):
        raise RefusedError([found])
    return found


def meeting(portal: Portal, figures: Figures, unit_id: str, day: date, cycle: str | None = None) -> Meeting:
    """What a unit can check in on a day.

    Args:
        portal: The portal.
        figures: Of the portal on that day.
        unit_id: The unit.
        day: The meeting's.
        cycle: The cycle it is about; without one, every cycle of the unit that holds the day.

    Raises:
        RefusedError: The unit has no objective to check in.
    """
    of_unit = portal.objectives_by_unit[unit_id]
    holding = [id for id in of_unit if portal.cycles[id].holds(day)]
    cycles = [cycle] if cycle else holding
    active = [each for id in cycles for each in of_unit.get(id, ()) if each.state == "active"]
    if not active:
        raise RefusedError([_nothing(portal, unit_id, day, cycle)])
    questions, done = [], []
    for objective in active:
        for kr in objective.key_results:
            if any(each.date == day for each in kr.check_ins):
                done.append(kr.id)
                continue
            before = [each for each in kr.check_ins if each.date < day]
            origin = "its KPI" if kr.kpi else _ORIGINS.get(kr.kind, "")
            last = before[-1] if before else None
            questions.append(Question(objective, kr, figures.key_results[kr.id], origin, last))
    name_cycle = cycle is not None and holding != [cycle]
    return Meeting(unit_id, day, tuple(cycles), tuple(questions), tuple(done), name_cycle)


def _nothing(portal: Portal, unit_id: str, day: date, cycle: str | None) -> Complaint:
    of_unit = portal.objectives_by_unit[unit_id]
    others = [id for id, goals in of_unit.items() if id != cycle and any(each.state == "active" for each in goals)]
    hint = f"name another cycle: --cycle {others[-1]}" if others else "add objectives first"
    if cycle:
        return Complaint(f"{unit_id} has no active objective in {cycle}", hint)
    return Complaint(f"{unit_id} has no active objective in a cycle that holds {day}", hint)


def parsed_entry(typed: str, question: Question) -> Entry:
    """``VALUE[,CONFIDENCE[,NOTE]]`` as it stands behind ``--set ID=``; each part may be empty.

    Raises:
        AnswerError: A part cannot be taken.
    """
    value, _, rest = typed.partition(",")
    if value.strip() and question.origin:
        raise answers.AnswerError(_computed(question))
    sure, _, words = rest.partition(",")
    return Entry(
        answers.reading(value, question.kr.kind) if value.strip() else None,
        answers.confidence(sure) if sure.strip() else None,
        answers.note(words),
    )


def entries_file(file: Path) -> tuple[dict[str, Entry], str, str | None]:
    """Entries from a YAML file that looks like a check-in file, who made them, and its cycle.

    Raises:
        ContentError: It holds something else; with the places.
    """
    document = answers.checked_file(CheckInsFile, answers.file_tree(file), str(file))
    found = {
        id: Entry(each.value, each.confidence, each.note or "", each.by or "")
        for id, each in document.check_ins.items()
    }
    return found, document.by or "", document.cycle


def matched(
    meeting: Meeting, typed: Iterable[tuple[str, Entry | str]], complaints: Iterable[Complaint] = ()
) -> dict[str, Entry]:
    """Entries by the full ids of their key results.

    Args:
        meeting: What they are for.
        typed: Names of key results, as short as they can be told apart, each with its entry or with the text of one.
        complaints: What is wrong already.

    Raises:
        RefusedError: With everything that is wrong with them.
    """
    questions = {each.kr.id: each for each in meeting.questions}
    known = {**dict.fromkeys(meeting.done), **questions}
    found: dict[str, Entry] = {}
    refused = [*complaints]
    for name, said in typed:
        id = named(name, known, f"key result of {meeting.unit_id} to check in")
        if isinstance(id, Complaint):
            refused.append(id)
            continue
        question = questions.get(id)
        if question is None:
            hint = "check-ins are never edited: check in on another day"
            refused.append(Complaint(f"{id} has a check-in of {meeting.day} already", hint))
            continue
        try:
            entry = parsed_entry(said, question) if isinstance(said, str) else said
        except answers.AnswerError as error:
            refused.append(Complaint(f"{id}: {error.complaint.message}", error.complaint.hint))
            continue
        wrong = Complaint(f"{id} is given twice", "keep one of them") if id in found else wrong_entry(question, entry)
        if wrong is None:
            found[id] = entry
        else:
            refused.append(wrong)
    if refused:
        raise RefusedError(refused)
    return found


def wrong_entry(question: Question, entry: Entry) -> Complaint | None:
    """What keeps an entry from being that key result's; None if nothing does."""
    id, kind = question.kr.id, question.kr.kind
    if not entry:
        return Complaint(f"{id}: nothing is checked in", "give a value, a confidence or a note")
    if entry.value is None:
        return None
    if question.origin:
        return replace(_computed(question), message=f"{id}: {_computed(question).message}")
    if (kind == "done") != isinstance(entry.value, bool):
        wanted = "true or false" if kind == "done" else "a number"
        return Complaint(f"{id}: kind {kind} is read as {wanted}", f"check in {wanted}")
    return None


def _computed(question: Question) -> Complaint:
    hint = "leave the value out; a confidence or a note alone is fine"
    return Complaint(f"the value comes from {question.origin}", hint)
