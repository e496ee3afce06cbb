"""Renews the list of versions and moves the pointer, whoever else does the same meanwhile.

The list is a function of the manifests and marks at the target. Each publisher puts its manifest first, then writes the
list, then looks again: the last to write sees all manifests that were put before anybody's last look. So the list
converges without any compare-and-swap; the lock, where the target has one, only spares readers a step back.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from okrsite.publish.manifest import ManifestError
from okrsite.publish.marks import read_marks
from okrsite.publish.target import Target
from okrsite.publish.versions import (
    JSON,
    SCRIPT,
    Changes,
    Compare,
    Version,
    Versions,
    json_text,
    known,
    ordered,
    script_text,
    version_of,
)

_TRIES = 20


def read_versions(target: Target, *, anew: bool = False, compare: Compare | None = None) -> Versions:
    """What is at a target.

    Args:
        target: Where.
        anew: Read every manifest, also of those that the list has: it may be damaged.
        compare: Tells what happened between neighbours that the list has not as such; without it that stays empty.
    """
    old = {} if anew else known(target.read(JSON))
    marks = read_marks(target)
    labels: dict[str, list[str]] = {}
    for label, id in sorted(marks.labels.items()):
        labels.setdefault(id, []).append(label)
    found: list[Version] = []
    for id in target.snapshots():
        try:
            version = old.get(id) or version_of(target.manifest(id))
        except ManifestError:
            continue  # `snapshots verify` names it
        found.append(
            replace(
                version,
                labels=tuple(labels.get(id, ())),
                is_draft=id in marks.drafts,
                is_withdrawn=id in marks.withdrawn,
            )
        )
    versions = Versions(tuple(ordered(found)), marks, target.newest_at)
    return replace(versions, all=_compared(target, versions, compare))


def renew(target: Target, compare: Compare | None = None, *, anew: bool = False) -> Versions:
    """Write the list and move the pointer to the newest, until both are right.

    Args:
        target: Where.
        compare: See `read_versions`.
        anew: Likewise.

    Returns:
        What is there now.
    """
    with target.listing():
        for _ in range(_TRIES):
            versions = read_versions(target, anew=anew, compare=compare)
            text, script, newest = json_text(versions), script_text(versions), versions.newest
            if target.read(JSON) != text or target.read(SCRIPT) != script:
                target.write(JSON, text)
                target.write(SCRIPT, script)
            if newest is not None and target.pointer() != newest.id:
                target.point(newest.id)
            seen = {each.id for each in versions.all}
            if seen.issuperset(target.snapshots()) and read_marks(target) == versions.marks:
                break
    return versions


def _compared(target: Target, versions: Versions, compare: Compare | None) -> tuple[Version, ...]:
    """Each listed version with what happened since the one before it, as far as it is known or can be told."""
    listed = versions.listed
    before = {each.id: previous for each, previous in pairwise(listed)}
    done = []
    for version in versions.all:
        previous = before.get(version.id)
        if previous is None:
            done.append(replace(version, since="", changes={}))
        elif version.since == previous.id or compare is None:
            done.append(version if version.since == previous.id else replace(version, since="", changes={}))
        else:
            done.append(replace(version, since=previous.id, changes=_changes(target, previous, version, compare)))
    return tuple(done)


def _changes(target: Target, one: Version, other: Version, compare: Compare) -> Changes:
    texts = [target.file(each.id, "api/okrs.json") for each in (one, other)]
    return compare(*texts) if all(texts) else {}  # type: ignore[arg-type]  # none of them is None
