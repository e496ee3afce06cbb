"""What ``okrsite close`` does, from its options to the files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli import streams
from okrsite.cli.iterating.edited import editable, finish
from okrsite.cli.streams import to_stderr
from okrsite.cli.views.edited import closed, some
from okrsite.editing import (
    Complaint,
    RefusedError,
    Verdict,
    closable,
    known_cycle,
    left_alone,
    matched_verdicts,
    missing_notes,
)
from okrsite.editing import (
    close as close_objectives,
)
from okrsite.site.words import ENGLISH_WORDS as WORDS


def close(
    config_file: Path,
    as_of: date | None,
    cycle_id: str,
    units: tuple[str, ...],
    notes: tuple[str, ...],
    scores: tuple[str, ...],
    file: Path | None,
    *,
    early: bool,
    dry_run: bool,
    format_name: str,
) -> None:
    """Close a cycle's active objectives.

    Raises:
        OkrsiteError: It is refused, or cannot be written.
    """
    portal = editable(config_file, as_of)
    found = portal.found
    cycle = known_cycle(portal.root, found.settings, cycle_id)
    what = closable(found.portal, found.figures, found.settings, cycle, units)
    verdicts = matched_verdicts(what, notes, scores, file)
    asking = streams.can_ask() and format_name == "text" and bool(what.closings)
    too_early = what.early and not early and bool(what.closings)
    if too_early and asking:
        from okrsite.cli.iterating.asking import agreed

        if not agreed(f"{cycle.id} runs until {WORDS.day(cycle.end)}. Close it now?"):
            raise click.Abort
        too_early = False
    closings = what.closings
    if asking:
        from okrsite.cli.iterating.asking import agreed
        from okrsite.cli.iterating.closing_questions import verdicts as ask_verdicts

        verdicts, staying = ask_verdicts(what, verdicts)
        closings = tuple(each for each in closings if each.id not in staying)
    else:
        complaints = missing_notes(what, verdicts)
        if too_early:
            hint = "add --early to close it before its last day"
            complaints.insert(0, Complaint(f"{cycle.id} runs until {cycle.end}", hint))
        if complaints:
            raise RefusedError(complaints)
    changes = close_objectives(portal.root, found.settings, found.portal, closings, verdicts, found.known)
    count = WORDS.count(len(closings), "objective")
    if asking and closings and not dry_run and not agreed(f"Close {count} in {WORDS.count(len(changes), 'file')}?"):
        to_stderr("Nothing was written.")
        raise click.Abort
    verb = "would close" if dry_run else "closed"
    lines = [f"{verb} {count} of {cycle.id}" if closings else f"nothing to close in {cycle.id}"]
    lines += some([closed(each, verdicts.get(each.id, Verdict())) for each in closings])
    if left_alone(what):
        lines.append(f"left as they are: {left_alone(what)}")
    told: dict[str, object] = {
        "cycle": cycle.id,
        "closed": [
            {"id": each.id, "progress": round(float(each.figures.progress), 9), "grade": each.grade}
            for each in closings
        ],
        "left": dict(what.others),
    }
    finish(portal, changes, lines, told, dry_run=dry_run, format_name=format_name)
