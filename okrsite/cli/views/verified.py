"""What verifying found at a target."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from okrsite.publish.target import Fault
from okrsite.publish.verifying import POINTER, Verified
from okrsite.site.words import ENGLISH_WORDS as WORDS

_LISTED = 20
"""Files of a snapshot that are named; more are counted."""

_OF_TARGET = {
    "missing": "is missing",
    "damaged": "cannot be read",
    "outdated": "does not say what manifests and marks say",
    "dangling": "is of a snapshot that is gone",
}


def verified_text(found: Verified, name: str) -> str:
    """What is wrong still, what was mended, and how much was looked at."""
    if not found.snapshots and not found.faults:
        return f"nothing has been published to {name} yet\n"
    lines = [f"mended: {_said(fault)}" for fault in found.mended]
    of_target = [fault for fault in found.faults if not fault.id]
    lines += [_said(fault) for fault in of_target]
    if of_target:
        lines.append("okrsite snapshots verify --repair makes that anew")
    of_snapshots = [fault for fault in found.faults if fault.id]
    for id, faults in groupby(of_snapshots, lambda fault: fault.id):
        lines += _of_snapshot(id, list(faults))
    if found.leftovers:
        lines.append(f"deleted {WORDS.count(found.leftovers, 'file')} that nothing needed")
    looked = f"{found.snapshots:,} {'snapshot' if found.snapshots == 1 else 'snapshots'}, {found.files:,} files"
    lines.append(f"{looked}: {'all as they should be' if not found.faults else _count(found)}")
    return "\n".join(lines) + "\n"


def verified_json(found: Verified) -> str:
    """The same for programs."""
    told = {
        "snapshots": found.snapshots,
        "files": found.files,
        "faults": [_told(fault) for fault in found.faults],
        "mended": [_told(fault) for fault in found.mended],
        "leftovers": found.leftovers,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _told(fault: Fault) -> dict[str, str | None]:
    return {"id": fault.id or None, "path": fault.path, "what": fault.what}


def _said(fault: Fault) -> str:
    path = "what readers see as the newest" if fault.path == POINTER else fault.path
    return f"{path} {_OF_TARGET.get(fault.what, fault.what)}"


def _of_snapshot(id: str, faults: list[Fault]) -> Iterator[str]:
    yield f"{id}:"
    yield from (f"  {fault.what:<10} {fault.path}" for fault in faults[:_LISTED])
    if len(faults) > _LISTED:
        yield f"  and {len(faults) - _LISTED:,} more"
    yield "  if readers see it, okrsite snapshots rollback shows them the one before"


def _count(found: Verified) -> str:
    number = len(found.faults)
    return f"{number:,} {'fault' if number == 1 else 'faults'}"
