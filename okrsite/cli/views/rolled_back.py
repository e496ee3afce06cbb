"""What a rollback did, or would do, and how to take it back."""

from __future__ import annotations

import json
import shlex

from okrsite.publish.rollback import RolledBack


def rolled_back_text(done: RolledBack, name: str, *, dry_run: bool) -> str:
    """What readers see now, what was withdrawn, and how that is undone."""
    if done.before is not None and done.before.id == done.newest.id:
        return f"readers see {done.newest.id} already; nothing changed\n"
    see, is_ = ("would see", "would be ") if dry_run else ("see", "")
    lines = [f"readers {see} {done.newest.id}  {done.newest.subject}".rstrip()]
    lines += [f"  {is_}withdrawn  {each.id}  {each.subject}".rstrip() for each in done.withdrawn]
    lines += [f"  {is_}back       {each.id}  {each.subject}".rstrip() for each in done.restored]
    if not dry_run:
        if done.withdrawn:
            lines.append("withdrawn snapshots stay at their addresses; the next commit published is the newest again")
        if done.before is not None:
            lines.append(f"to undo: okrsite snapshots rollback {shlex.quote(name)} {done.before.id}")
    return "\n".join(lines) + "\n"


def rolled_back_json(done: RolledBack, *, dry_run: bool) -> str:
    """The same for programs."""
    told = {
        "before": done.before.id if done.before else None,
        "newest": done.newest.id,
        "withdrawn": [each.id for each in done.withdrawn],
        "restored": [each.id for each in done.restored],
        "dry_run": dry_run,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
