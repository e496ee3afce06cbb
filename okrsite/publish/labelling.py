"""Labels, given and taken away at a target."""

from __future__ import annotations

from okrsite.problems import OkrsiteError
from okrsite.publish.finding import find
from okrsite.publish.listing import read_versions, renew
from okrsite.publish.marks import checked_label, put_label, remove_label
from okrsite.publish.target import Target
from okrsite.publish.versions import Compare, Version


def label(target: Target, name: str, label: str, compare: Compare | None = None) -> tuple[Version, str]:
    """Give a snapshot a label.

    Args:
        target: Where.
        name: The snapshot, as `find` takes it.
        label: What to call it.
        compare: Tells what happened between two snapshots.

    Returns:
        The snapshot, and the id of the one that had the label until now; empty for none.

    Raises:
        OkrsiteError: There is no such snapshot, it came for a channel only, or the label cannot be one.
    """
    checked_label(label)
    versions = read_versions(target)
    version = find(versions, name)
    if version.is_draft:
        raise OkrsiteError(
            f"{version.id} was published for a channel only; publish its commit without --channel first."
        )
    had = versions.marks.labels.get(label, "")
    put_label(target, label, version.id)
    renew(target, compare)
    return version, had if had != version.id else ""


def unlabel(target: Target, label: str, compare: Compare | None = None) -> str:
    """Take a label away.

    Returns:
        The id of the snapshot that had it.

    Raises:
        OkrsiteError: There is no such label.
    """
    labels = read_versions(target).marks.labels
    if label not in labels:
        known = f"there are {', '.join(sorted(labels))}" if labels else "there is none at all"
        raise OkrsiteError(f"there is no label '{label}'; {known}.")
    remove_label(target, label)
    renew(target, compare)
    return labels[label]
