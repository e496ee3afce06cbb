"""Walks through a unit's key results and asks for value, confidence and note."""

from __future__ import annotations

from decimal import Decimal

from okrsite.cli.iterating.asking import ask, heading
from okrsite.cli.streams import to_stderr
from okrsite.editing import Entry, Meeting, Question
from okrsite.editing.answers import confidence, note, reading
from okrsite.model import Portal
from okrsite.site.words import ENGLISH_WORDS as WORDS

NO_VALUE = "-"
"""Typed in place of a value, to give a confidence or a note alone."""


def entries(portal: Portal, meeting: Meeting) -> dict[str, Entry]:
    """Ask for each key result; those that are skipped have no entry."""
    unit = portal.units[meeting.unit_id]
    to_stderr(f"{unit.name}, {', '.join(meeting.cycles)}: check-in of {WORDS.day(meeting.day)}.")
    to_stderr(f"Enter skips; {NO_VALUE} in place of a value gives a confidence or a note alone.")
    found: dict[str, Entry] = {}
    before = ""
    for place, question in enumerate(meeting.questions, 1):
        if question.objective.id != before:
            before = question.objective.id
            to_stderr(f"\n{question.objective.title}")
        heading(place, len(meeting.questions), question.kr.title, *facts(question))
        entry = _entry(question)
        if entry:
            found[question.kr.id] = entry
    return found


def facts(question: Question) -> list[str]:
    """What an owner needs to know to check in: what was last said, and what is expected by now."""
    kr, figures, last = question.kr, question.figures, question.last
    asks = WORDS.adds_to_title(kr)
    lines = [asks] if asks else []
    if figures.last_check_in is None:
        stands = "no reading yet"
    elif figures.current is None:
        stands = f"{WORDS.percent(figures.progress)} done on {WORDS.day(figures.last_check_in)}"
    else:
        value = WORDS.measured(figures.current, kr.unit_of_measure)
        stands = f"{value} on {WORDS.day(figures.last_check_in)}: {WORDS.percent(figures.progress_raw)} done"
    stands += f", {WORDS.percent(figures.expected)} expected"
    if figures.confidence is not None:
        stands += f", confidence {WORDS.confidence(figures.confidence)}"
    lines.append(stands)
    if last is not None and last.note:
        lines.append(f'"{" ".join(last.note.split())[:100]}" ({last.by or WORDS.day(last.date)})')
    return lines


def _entry(question: Question) -> Entry:
    value: Decimal | bool | None = None
    if question.origin:
        to_stderr(f"  Its value comes from {question.origin}.")
    else:
        unit = question.kr.unit_of_measure
        what = " (true or false)" if question.kr.kind == "done" else f" ({unit})" if unit else ""
        typed = ask(f"Value{what}", lambda text: _value(text, question.kr.kind))
        if typed is None:
            return Entry()
        value = typed[0]
    sure = ask("Confidence (0 to 10)", confidence)
    return Entry(value, sure, ask("Note", note) or "")


def _value(text: str, kind: str) -> tuple[Decimal | bool | None]:
    """A value; within a tuple, since there may be none of it though something was typed."""
    return (None,) if text.strip() == NO_VALUE else (reading(text, kind),)
