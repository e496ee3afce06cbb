"""What ``okrsite check-in`` does, from its options to the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli import streams
from okrsite.cli.iterating.edited import editable, finish
from okrsite.cli.streams import to_stderr
from okrsite.cli.views.edited import effect
from okrsite.editing import (
    Complaint,
    Effect,
    Entry,
    Meeting,
    RefusedError,
    effects,
    entries_file,
    known_cycle,
    matched,
    meeting,
    meeting_unit,
)
from okrsite.editing import (
    check_in as write_check_in,
)
from okrsite.editing.answers import AnswerError, pairs, person
from okrsite.model import Portal
from okrsite.scoring import score
from okrsite.site.words import ENGLISH_WORDS as WORDS


def check_in(
    config_file: Path,
    unit: str | None,
    as_of: date | None,
    on: date | None,
    by: str | None,
    cycle: str | None,
    said: tuple[str, ...],
    file: Path | None,
    *,
    dry_run: bool,
    format_name: str,
) -> None:
    """Check in a unit's key results.

    Raises:
        OkrsiteError: It is refused, or cannot be written.
    """
    portal = editable(config_file, on or as_of)  # a meeting is about what is known on its day
    found = portal.found
    from_file, file_by, file_cycle = entries_file(file) if file else ({}, "", None)
    cycle = cycle or file_cycle
    if cycle is not None:
        cycle = known_cycle(portal.root, found.settings, cycle).id
    unit_id = meeting_unit(found.portal, unit)
    what = meeting(found.portal, found.figures, unit_id, found.figures.as_of, cycle)
    name = _name(by) if by is not None else file_by
    if said or file:
        typed, wrong = pairs(said, "--set")
        entries = matched(what, [*from_file.items(), *typed], wrong)
    else:
        entries, name = _asked(found.portal, what, name)
    if not entries:
        to_stderr("Nothing was checked in.")
        return
    change, after = write_check_in(portal.root, found.settings, found.portal, what, entries, name, found.known)
    asked = {question.objective.id for question in what.questions}
    moved = effects(after, asked, found.figures, score(after, found.figures.as_of, found.settings.status))
    count = WORDS.count(len(entries), "key result")
    lines = [f"{'would check in' if dry_run else 'checked in'} {count} of {found.portal.units[unit_id].name}"]
    lines += [effect(each) for each in moved] or ["  no progress or status changed"]
    told: dict[str, object] = {
        "unit": unit_id,
        "date": what.day.isoformat(),
        "key_results": list(entries),
        "effects": [_told(each) for each in moved],
    }
    finish(portal, [change], lines, told, dry_run=dry_run, format_name=format_name)


def _asked(portal: Portal, what: Meeting, name: str) -> tuple[dict[str, Entry], str]:
    """What a person at the terminal says, and who it is."""
    if not streams.can_ask():
        hint = "give --set ID=VALUE[,CONFIDENCE[,NOTE]] or --from FILE; or run it in a terminal, to be asked"
        raise RefusedError([Complaint("there is nobody to ask", hint)])
    if not what.questions:
        to_stderr(f"Every key result has a check-in of {WORDS.day(what.day)} already.")
        return {}, name
    from okrsite.cli.iterating.asking import agreed, ask
    from okrsite.cli.iterating.check_in_questions import entries as ask_entries

    entries = ask_entries(portal, what)
    if not entries:
        return {}, name
    to_stderr("")
    name = name or ask("Who checks in? (Enter: nobody by name)", person) or ""
    if not agreed(f"Write {WORDS.count(len(entries), 'check-in')}?"):
        to_stderr("Nothing was written.")
        raise click.Abort
    return entries, name


def _name(typed: str) -> str:
    try:
        return person(typed)
    except AnswerError as error:
        complaint = Complaint(f"--by: {error.complaint.message}", error.complaint.hint)
        raise RefusedError([complaint]) from None


def _told(each: Effect) -> dict[str, object]:
    return {
        "id": each.id,
        "cycle": each.cycle_id,
        "progress": [round(float(each.before), 9), round(float(each.after), 9)],
        "status": [each.status_before, each.status_after],
    }
