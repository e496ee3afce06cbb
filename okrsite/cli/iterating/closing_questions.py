"""Asks for the owner's score and the closing note of each objective that is to be closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from okrsite.cli.iterating.asking import ask, heading
from okrsite.cli.streams import to_stderr
from okrsite.editing import Closable, Closing, Verdict
from okrsite.editing.answers import prose, score
from okrsite.site.words import ENGLISH_WORDS as WORDS


def verdicts(closable: Closable, given: Mapping[str, Verdict]) -> tuple[dict[str, Verdict], list[str]]:
    """Ask what is not given yet.

    Args:
        closable: What can be closed.
        given: What options said; it is not asked again.

    Returns:
        The verdicts, and the ids of objectives that stay active because the note that the rules want was not given.
    """
    found: dict[str, Verdict] = {}
    staying = []
    to_stderr(f"Closing {closable.cycle.id}: {WORDS.count(len(closable.closings), 'objective')}.")
    to_stderr("Enter leaves a question out. Nothing is written before the end.")
    for place, closing in enumerate(closable.closings, 1):
        heading(place, len(closable.closings), closing.objective.title, *facts(closing))
        said = _asked(closing, given.get(closing.id, Verdict()))
        if closing.wants_note and not said.closing_note:
            to_stderr("  It stays active: close it when there is a note.")
            staying.append(closing.id)
        else:
            found[closing.id] = said
    return found, staying


def facts(closing: Closing) -> list[str]:
    """What an owner needs to know to judge an objective."""
    objective = closing.objective
    lines = [
        f"{objective.id}, {objective.owner}, {objective.type}",
        f"computed: {WORDS.percent(closing.figures.progress)}, {WORDS.status(closing.grade)}",
    ]
    if objective.score is not None:
        lines.append(f"the owner's own score so far: {WORDS.number(objective.score)}")
    if objective.closing_note:
        lines.append(f"closing note so far: {' '.join(objective.closing_note.split())[:100]}")
    return lines


def _asked(closing: Closing, said: Verdict) -> Verdict:
    has_score, has_note = closing.objective.score is not None, bool(closing.objective.closing_note)
    if said.score is None:
        keep = "Enter keeps it" if has_score else "Enter for none"
        said = replace(said, score=ask(f"Your own score, 0 to 1 ({keep})", score))
    if not said.closing_note:
        keep = "Enter keeps the note" if has_note else "Enter for none"
        if closing.wants_note:
            keep = "wanted, since it was committed to and missed"
        said = replace(said, closing_note=ask(f"What was learned? ({keep})", prose) or "")
    return said
