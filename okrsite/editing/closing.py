"""Closes the objectives of a cycle: graded, with what was learned, in the files that they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from okrsite.content import ContentCache
from okrsite.content.documents.objectives import ObjectiveEntry
from okrsite.editing import answers
from okrsite.editing.answers import Verdict
from okrsite.editing.filechanges import FileChange
from okrsite.editing.fragments import Fragment, as_lines
from okrsite.editing.objectivefiles import Files
from okrsite.editing.proof import check_meant, read_with
from okrsite.editing.scope import Complaint, RefusedError, known_units, named
from okrsite.frozen import frozen
from okrsite.model import Cycle, Objective, Portal, Source
from okrsite.rules import check
from okrsite.scoring import Figures, Grade, ObjectiveFigures
from okrsite.scoring.status import grade_of
from okrsite.settings import Settings

_MISSED_WITHOUT_NOTE = "OKR506"
ORDER: tuple[str, ...] = tuple(
    sorted(ObjectiveEntry.model_fields, key=lambda key: (key in ("score", "closing_note"), key == "key_results"))
)
"""The keys of an objective in the order in which they are read best."""


@frozen
class Closing:
    """An objective that may be closed.

    Attributes:
        figures: On the day it is closed.
        grade: Of the computed score.
        wants_note: Whether the rules ask for a closing note, and it has none.
    """

    objective: Objective
    figures: ObjectiveFigures
    grade: Grade
    wants_note: bool

    @property
    def id(self) -> str:
        """The objective's."""
        return self.objective.id


@frozen
class Closable:
    """What of a cycle can be closed.

    Attributes:
        closings: The active objectives, in the order of units and files.
        others: State -> how many of that state are left alone.
        early: Whether the cycle's last day is still to come.
    """

    cycle: Cycle
    closings: tuple[Closing, ...]
    others: Mapping[str, int]
    early: bool

    @property
    def by_id(self) -> Mapping[str, Closing]:
        """The closings by the ids of their objectives."""
        return {each.id: each for each in self.closings}


def closable(portal: Portal, figures: Figures, settings: Settings, cycle: Cycle, units: Sequence[str] = ()) -> Closable:
    """What of a cycle can be closed.

    Args:
        portal: The portal.
        figures: Of the portal, on the day of the closing.
        settings: Which rules hold.
        cycle: Which cycle.
        units: Only these; none for all.

    Raises:
        RefusedError: There is no such unit, or nothing in the cycle.
    """
    complaints = known_units(portal, units)
    scope = [
        objective
        for id, cycles in portal.objectives_by_unit.items()
        if not units or id in units
        for objective in cycles.get(cycle.id, ())
    ]
    if not scope and not complaints:
        used = [id for id in portal.cycles if any(id in cycles for cycles in portal.objectives_by_unit.values())]
        where = f" of {', '.join(units)}" if units else ""
        complaints.append(Complaint(f"no objective{where} is in {cycle.id}", f"there are some in {', '.join(used)}"))
    if complaints:
        raise RefusedError(complaints)
    active = [objective for objective in scope if objective.state == "active"]
    wanting = _wanting(portal, figures, settings, active)
    return Closable(
        cycle,
        tuple(_closing(each, figures.objectives[each.id], wanting) for each in active),
        dict(Counter(each.state for each in scope if each.state != "active")),
        figures.as_of < cycle.end,
    )


def _closing(objective: Objective, figures: ObjectiveFigures, wanting: set[str]) -> Closing:
    return Closing(objective, figures, grade_of(figures.progress, objective.type), objective.id in wanting)


def _wanting(portal: Portal, figures: Figures, settings: Settings, active: Sequence[Objective]) -> set[str]:
    """The objectives that the rules would ask a closing note of if they were closed as they are."""
    closed = {each.id: replace(each, state="closed") for each in active}
    then = replace(portal, objectives={**portal.objectives, **closed})
    places = {each.source: each.id for each in active}
    found = (each for each in check(then, figures, settings) if each.code == _MISSED_WITHOUT_NOTE)
    return {id for each in found if (id := places.get(Source(each.path, each.line, each.column)))}


def matched_verdicts(
    closable: Closable, notes: Sequence[str], scores: Sequence[str], file: Path | None
) -> dict[str, Verdict]:
    """What was said of the objectives that can be closed, by their full ids.

    Args:
        closable: What can be closed.
        notes: Each ``ID=TEXT``, with an id as short as it can be told apart.
        scores: Each ``ID=0.7``.
        file: A YAML file, id -> score, closing_note; the options win.

    Raises:
        RefusedError: With everything that is wrong with the options.
        ContentError: With everything that is wrong with the file.
    """
    goals = {each.id: each for each in closable.closings}
    what = f"active objective of {closable.cycle.id}"
    found: dict[str, Verdict] = {}
    complaints: list[Complaint] = []

    def say(typed: str, change: Callable[[Verdict], Verdict]) -> None:
        id = named(typed, goals, what)
        try:
            if isinstance(id, Complaint):
                complaints.append(id)
            else:
                found[id] = change(found.get(id, Verdict()))
        except answers.AnswerError as error:
            complaints.append(Complaint(f"{typed}: {error.complaint.message}", error.complaint.hint))

    for typed, verdict in (answers.verdicts_file(file) if file else {}).items():
        say(typed, partial(_whole, verdict))
    for options, option in ((notes, "--note"), (scores, "--score")):
        pairs, wrong = answers.pairs(options, option)
        complaints += wrong
        for typed, text in pairs:
            say(typed, partial(_NOTE_OR_SCORE[option], text))
    if complaints:
        raise RefusedError(complaints)
    return found


def _whole(verdict: Verdict, _before: Verdict) -> Verdict:
    return verdict


_NOTE_OR_SCORE: Mapping[str, Callable[[str, Verdict], Verdict]] = {
    "--note": lambda text, said: replace(said, closing_note=answers.prose(text)),
    "--score": lambda text, said: replace(said, score=answers.score(text)),
}


def missing_notes(closable: Closable, verdicts: Mapping[str, Verdict]) -> list[Complaint]:
    """The objectives that still need a closing note, in one complaint."""
    missing = [
        each for each in closable.closings if each.wants_note and not verdicts.get(each.id, Verdict()).closing_note
    ]
    if not missing:
        return []
    listed = "".join(f"\n      {each.id}, at {int(each.figures.progress * 100)}%" for each in missing)
    what = "an objective needs" if len(missing) == 1 else f"{len(missing)} objectives need"
    hint = 'say what got in the way and what was learned: --note ID="...", or --from FILE'
    return [Complaint(f"{what} a closing note, as committed to and missed:{listed}", hint)]


def close(
    root: Path,
    settings: Settings,
    portal: Portal,
    closings: Sequence[Closing],
    verdicts: Mapping[str, Verdict],
    known: ContentCache | None = None,
) -> list[FileChange]:
    """The changes that close objectives, checked by reading them back; nothing is written.

    Args:
        root: The portal's folder.
        settings: Where the content is.
        portal: The portal.
        closings: What to close.
        verdicts: By objective id, what its owner says; nothing where there is none.
        known: What the portal was read with, so that not all of it is read again.

    Raises:
        OkrsiteError: A file cannot be changed so.
    """
    files = Files(root)
    meant = {}
    for each in closings:
        verdict = verdicts.get(each.id, Verdict())
        meant[each.id] = _closed(each.objective, verdict)
        values: dict[str, Fragment] = {"state": "closed"}
        if verdict.score is not None:
            values["score"] = verdict.score
        if verdict.closing_note:
            values["closing_note"] = as_lines(verdict.closing_note)
        files.set(each.objective, values, ORDER)
    changes = files.changes()
    check_meant(portal, read_with(root, settings, changes, known), meant)
    return changes


def _closed(objective: Objective, verdict: Verdict) -> Objective:
    score = objective.score if verdict.score is None else Decimal(verdict.score)
    note = verdict.closing_note or objective.closing_note
    return replace(objective, state="closed", score=score, closing_note=note)


def left_alone(closable: Closable) -> str:
    """How many objectives are left as they are, in words; empty where none is."""
    order = ("closed", "draft", "postponed", "cancelled")
    return ", ".join(f"{closable.others[state]} {state}" for state in order if state in closable.others)
