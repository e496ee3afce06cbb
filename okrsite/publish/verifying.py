"""Compares what is at a target with what manifests and marks say, and mends what can be made of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from okrsite.frozen import frozen
from okrsite.publish.listing import read_versions, renew
from okrsite.publish.manifest import NAME, ManifestError
from okrsite.publish.marks import LABELS, Marks, remove_channel, remove_label
from okrsite.publish.target import Fault, Target
from okrsite.publish.versions import JSON, SCRIPT, Compare, Versions, json_text, known, script_text

Report = Callable[[int, int], None]
"""Called with how much is done and how much there is to do."""

POINTER = "current"
CHANNEL = "channels"


@frozen
class Verified:
    """What verifying found.

    Attributes:
        snapshots: How many were looked at.
        files: How many files these have.
        faults: What is wrong still: in a snapshot's files, or, with an empty id, with the target itself. What of these:
            ``missing``, ``altered``, ``unexpected``; ``damaged`` for what cannot be read; ``outdated`` for the list
            and the pointer; ``dangling`` for a label or channel of a snapshot that is gone.
        mended: What was wrong and is not any more.
        leftovers: How many files or folders nothing needed; 0 unless mending was asked for.
    """

    snapshots: int
    files: int
    faults: tuple[Fault, ...]
    mended: tuple[Fault, ...] = ()
    leftovers: int = 0


def verify(target: Target, ids: Sequence[str] = (), report: Report | None = None) -> Verified:
    """Look at every file of snapshots, and at the list, the pointer and the marks.

    Args:
        target: Where.
        ids: The snapshots to look at, and nothing else; all where none is named.
        report: Told how many snapshots have been looked at.

    Raises:
        TargetError: The target failed.
    """
    chosen = tuple(ids) or tuple(target.snapshots())
    faults: list[Fault] = []
    files = 0
    for number, id in enumerate(chosen, 1):
        try:
            manifest = target.manifest(id)
        except ManifestError:
            faults.append(Fault(id, NAME, "damaged"))
        else:
            files += len(manifest.files)
            faults += target.faults(id)
        if report is not None:
            report(number, len(chosen))
    if not ids:
        faults += _faults_of_list(target)
    return Verified(len(chosen), files, tuple(dict.fromkeys(faults)))


def repair(target: Target, before: datetime, compare: Compare | None = None, report: Report | None = None) -> Verified:
    """Verify all, and make anew what manifests and marks tell: the list, the pointer, the addresses of channels.

    Args:
        target: Where.
        before: See `Target.clean`.
        compare: Tells what happened between two snapshots.
        report: See `verify`.

    Raises:
        TargetError: The target failed.
    """
    found = verify(target, (), report)
    marks = read_versions(target).marks
    there = set(target.snapshots())
    for label, id in marks.labels.items():
        if id not in there:
            remove_label(target, label)
    for name, channel in marks.channels.items():
        if channel.id not in there:
            remove_channel(target, name)
        else:
            with suppress(ManifestError):  # told already; its address stays as it is
                target.show_channel(name, channel.id)
    damaged = any(fault.path in (JSON, SCRIPT) for fault in found.faults)
    versions = renew(target, compare, anew=damaged)
    if versions.newest is not None:
        target.point(versions.newest.id)
    leftovers = target.clean(before)
    mended = tuple(fault for fault in found.faults if _can_be_mended(fault))
    left = tuple(fault for fault in found.faults if not _can_be_mended(fault))
    return replace(found, faults=left, mended=mended, leftovers=leftovers)


def _can_be_mended(fault: Fault) -> bool:
    """What is said of snapshots can be made anew; what is gone of one itself cannot."""
    return not fault.id


def _faults_of_list(target: Target) -> Iterator[Fault]:
    told = target.read(JSON)
    listed = known(told)
    versions = read_versions(target, anew=True)
    there = set(target.snapshots())
    yield from (Fault(id, NAME, "missing") for id in sorted(listed) if id not in there)
    if not versions.all and told is None:
        return
    versions = _with_changes(versions, told)
    if told is None or not listed:
        yield Fault("", JSON, "missing" if told is None else "damaged")
    elif told != json_text(versions):
        yield Fault("", JSON, "outdated")
    script = target.read(SCRIPT)
    if script != script_text(versions):
        yield Fault("", SCRIPT, "missing" if script is None else "outdated")
    if versions.newest is not None and target.pointer() != versions.newest.id:
        yield Fault("", POINTER, "outdated")
    yield from _dangling(versions.marks, there)


def _with_changes(versions: Versions, told: bytes | None) -> Versions:
    """What happened between neighbours is taken from the list: telling it anew would take long."""
    listed = known(told)
    ids = [each.id for each in versions.listed]
    before = dict(pairwise(ids))
    done = []
    for each in versions.all:
        old = listed.get(each.id)
        takes = old is not None and old.since and old.since == before.get(each.id)
        done.append(replace(each, since=old.since, changes=old.changes) if old is not None and takes else each)
    return replace(versions, all=tuple(done))


def _dangling(marks: Marks, there: set[str]) -> Iterator[Fault]:
    for label, id in sorted(marks.labels.items()):
        if id not in there:
            yield Fault("", f"{LABELS}/{label}", "dangling")
    for name, channel in sorted(marks.channels.items()):
        if channel.id not in there:
            yield Fault("", f"{CHANNEL}/{name}", "dangling")
