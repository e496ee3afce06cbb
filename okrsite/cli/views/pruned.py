"""What pruning did, or would do: each snapshot with why it stays or goes."""

from __future__ import annotations

import json
from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from okrsite.publish.pruning import Pruned
from okrsite.publish.retention import Reason
from okrsite.site.words import ENGLISH_WORDS as WORDS


def pruned_view(done: Pruned, *, dry_run: bool) -> RenderableType:
    """A line a snapshot, and how many went."""
    if not done.verdicts and not done.channels:
        return Text("There is nothing to prune: nothing has been published.")
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for each in done.verdicts:
        verb = Text("stays") if each.is_kept else Text("would go" if dry_run else "went", style="yellow")
        why = ", ".join(map(_said, each.reasons)) if each.reasons else _gone(each.version.is_draft)
        table.add_row(verb, Text(each.version.id), Text(why, style="" if each.is_kept else "dim"))
    parts: list[RenderableType] = [table]
    over = "would end: it has expired" if dry_run else "has expired, and is no more"
    parts += [Text(f"channel {name} {over}") for name in done.channels]
    gone = sum(not each.is_kept for each in done.verdicts)
    line = f"{gone:,} of {len(done.verdicts):,} snapshots {'would go' if dry_run else 'went'}"
    if done.leftovers:
        line += f"; {WORDS.count(done.leftovers, 'file')} that nothing needed went too"
    return Group(*parts, Text(line + ("; nothing was deleted: this was a dry run" if dry_run else "")))


def pruned_json(done: Pruned, *, dry_run: bool) -> str:
    """The same for programs."""
    told = {
        "snapshots": [
            {
                "id": each.version.id,
                "kept": each.is_kept,
                "reasons": [{"why": reason.why, "what": reason.what} for reason in each.reasons],
            }
            for each in done.verdicts
        ],
        "channels": list(done.channels),
        "leftovers": done.leftovers,
        "dry_run": dry_run,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _gone(is_draft: bool) -> str:
    return "no channel shows it" if is_draft else "nothing keeps it"


def _said(reason: Reason) -> str:
    what = reason.what
    if reason.why in ("day", "grace"):
        what = WORDS.day(date.fromisoformat(what))
    return {
        "newest": "the newest",
        "before_newest": "a rollback leads to it",
        "label": f"label {what}",
        "channel": f"channel {what}",
        "last": f"one of the last {what}",
        "day": f"last of {what}",
        "week": f"last of week {what}",
        "cycle_end": f"last of cycle {what}",
        "grace": f"in its time of grace until {what}",
    }[reason.why]
