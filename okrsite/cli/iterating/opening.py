"""What ``okrsite open`` does, from its options to the files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from okrsite.cli.iterating.edited import editable, finish
from okrsite.cli.views.edited import carried_over, left
from okrsite.editing import known_cycle, opening
from okrsite.editing import open_cycle as carry_over
from okrsite.site.words import ENGLISH_WORDS as WORDS


def open_cycle(
    config_file: Path,
    as_of: date | None,
    cycle_id: str,
    earlier_id: str,
    units: tuple[str, ...],
    *,
    dry_run: bool,
    format_name: str,
) -> None:
    """Carry unfinished goals over into a cycle.

    Raises:
        OkrsiteError: It is refused, or cannot be written.
    """
    portal = editable(config_file, as_of)
    found = portal.found
    cycle = known_cycle(portal.root, found.settings, cycle_id)
    earlier = known_cycle(portal.root, found.settings, earlier_id)
    what = opening(found.portal, found.figures, cycle, earlier, units)
    changes = carry_over(portal.root, found.settings, found.portal, what, found.known)
    verb = "would carry over" if dry_run else "carried over"
    lines = [f"{verb} {WORDS.count(len(what.carried), 'objective')} from {earlier.id} to {cycle.id}"]
    if not what.carried:
        lines = [f"nothing to carry over from {earlier.id} to {cycle.id}"]
    lines += carried_over(what) + left(what)
    if what.carried:
        lines.append("look through titles, targets and notes: they are still those of the earlier cycle")
    told: dict[str, object] = {
        "cycle": cycle.id,
        "from": earlier.id,
        "carried_over": [
            {
                "id": each.after.id,
                "continues": each.before.id,
                "key_results": [kr.id for kr in each.after.key_results],
                "achieved": [kr.id for kr in each.dropped],
                "no_longer_supports": list(each.unlinked),
            }
            for each in what.carried
        ],
        "there_already": list(what.there),
        "achieved": list(what.achieved),
        "left": list(what.left),
    }
    finish(portal, changes, lines, told, dry_run=dry_run, format_name=format_name)
