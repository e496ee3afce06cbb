"""What commands that write content have done, in a few lines or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from okrsite.editing import Closing, Effect, FileChange, Opening, Verdict
from okrsite.site.words import ENGLISH_WORDS as WORDS

MOST = 20
"""How many things of a kind are named."""


def files(changes: Sequence[FileChange], *, dry_run: bool) -> list[str]:
    """The files that were written, or would be."""
    new, old = ("would add", "would change") if dry_run else ("added", "changed")
    return [f"{new if change.before is None else old} {change.name}" for change in changes]


def some(lines: Sequence[str]) -> list[str]:
    """The first of some lines, and how many there are beyond."""
    rest = len(lines) - MOST
    return [*lines[:MOST], *([f"  and {rest} more"] if rest > 0 else [])]


def closed(closing: Closing, verdict: Verdict) -> str:
    """An objective that was closed, on a line."""
    line = f"  {closing.id}: {WORDS.percent(closing.figures.progress)}, {WORDS.status(closing.grade)}"
    score = verdict.score if verdict.score is not None else closing.objective.score
    return line if score is None else f"{line}; the owner's own score {WORDS.number(score)}"


def carried_over(opening: Opening) -> list[str]:
    """What opening a cycle did to each objective."""
    lines = []
    for each in opening.carried[:MOST]:
        lines.append(f"  {each.after.id}: {WORDS.count(len(each.after.key_results), 'key result')}")
        if each.dropped:
            behind = ", ".join(kr.id.rpartition("/")[2] for kr in each.dropped)
            lines.append(f"      achieved and left: {behind}")
        lines += [f"      no longer supports {id}, which is not carried over" for id in each.unlinked]
    rest = len(opening.carried) - MOST
    return [*lines, *([f"  and {rest} more"] if rest > 0 else [])]


def left(opening: Opening) -> list[str]:
    """What of the earlier cycle is not carried over, and why, each on a line."""
    told = (
        (opening.there, f"in {opening.cycle.id} already"),
        (opening.achieved, "achieved"),
        (opening.left, "draft or cancelled"),
    )
    return [f"left, {why}: {_listed(ids)}" for ids, why in told if ids]


def _listed(ids: Sequence[str]) -> str:
    few = 4
    return ", ".join(ids) if len(ids) <= few + 1 else f"{', '.join(ids[:few])} and {len(ids) - few} more"


def effect(each: Effect) -> str:
    """What happened to a goal's figures, on a line."""
    progress = [WORDS.percent(share) for share in (each.before, each.after)]
    if progress[0] == progress[1]:  # less than half a percent
        progress = [WORDS.percent(each.after)]
    name = f"{each.title} in {each.cycle_id}" if each.is_unit else each.title
    was, now = WORDS.status(each.status_before), WORDS.status(each.status_after)
    status = now if was == now else f"{was} → {now}"
    return f"  {name}: {' → '.join(progress)}, {status}"


def as_json(told: dict[str, object], changes: Sequence[FileChange], *, dry_run: bool) -> str:
    """The same for programs."""
    named = [{"path": change.name, "new": change.before is None} for change in changes]
    return json.dumps({**told, "files": named, "written": not dry_run}, ensure_ascii=False, indent=1) + "\n"
