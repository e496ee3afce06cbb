"""The list of versions: what there is at a target, in order, and which is the newest. Made of manifests and marks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, date, datetime
from typing import Any

from okrsite.frozen import frozen
from okrsite.publish.manifest import Figures, Manifest, Order
from okrsite.publish.marks import Marks

SCHEMA = 1
JSON, SCRIPT = "versions.json", "versions.js"

Changes = Mapping[str, int]
"""What happened between two snapshots: how often by kind, such as ``{"check_ins": 12, "goalposts": 1}``.

The kinds, in the order in which they are told, are those of `okrsite.publish.changes.Kind`.
"""
Compare = Callable[[bytes, bytes], Changes]
"""Tells what happened between the ``api/okrs.json`` of one snapshot and that of a later one."""


@frozen
class Version:
    """A snapshot in the list.

    Attributes:
        id: Its id; it is reached at ``s/<id>/``.
        commit: The full id of its commit.
        committed: When that was committed, in UTC.
        subject: The first line of that commit's message.
        as_of: The day its figures are computed for.
        order: Greater is later; see `Manifest.order`.
        figures: Its main figures.
        labels: Sorted.
        is_draft: Came for a channel only.
        is_withdrawn: A rollback passed over it.
        since: The id of the snapshot before it that ``changes`` counts from; empty for none.
        changes: What happened since.
    """

    id: str
    commit: str
    committed: datetime
    subject: str
    as_of: date
    order: Order
    figures: Figures
    labels: tuple[str, ...] = ()
    is_draft: bool = False
    is_withdrawn: bool = False
    since: str = ""
    changes: Changes = field(default_factory=dict)


@frozen
class Versions:
    """The list of versions.

    Attributes:
        all: The newest first, drafts among them.
        marks: What is said of them.
        newest_at: Where the newest is reached, relative to the target; empty for its own address alone.
    """

    all: tuple[Version, ...] = ()
    marks: Marks = field(default_factory=Marks)
    newest_at: str = ""

    @property
    def newest(self) -> Version | None:
        """What readers see as the newest."""
        return next((each for each in self.all if not each.is_draft and not each.is_withdrawn), None)

    @property
    def before_newest(self) -> Version | None:
        """What a rollback leads to: the latest of another commit than the newest's, or else of an earlier day.

        Of the newest's own commit, yesterday's snapshot would show readers the same wrong goals.
        """
        current = [each for each in self.listed if not each.is_withdrawn]
        others = (each for each in current if each.commit != current[0].commit)
        return next(others, current[1] if len(current) > 1 else None)

    @property
    def listed(self) -> tuple[Version, ...]:
        """All that readers may choose from, the newest first."""
        return tuple(each for each in self.all if not each.is_draft)

    def version(self, id: str) -> Version | None:
        """One of them by its id."""
        return next((each for each in self.all if each.id == id), None)


def version_of(manifest: Manifest) -> Version:
    """A snapshot as the list has it, before marks and changes."""
    origin = manifest.origin
    return Version(
        manifest.id, origin.commit, origin.committed, origin.subject, origin.as_of, manifest.order, manifest.figures
    )


def _told(version: Version) -> dict[str, Any]:
    figures = version.figures
    told: dict[str, Any] = {
        "id": version.id,
        "as_of": version.as_of.isoformat(),
        "commit": version.commit,
        "committed": version.committed.astimezone(UTC).isoformat(),
        "subject": version.subject,
        "order": [version.order[0], version.order[1], version.order[3]],
        "figures": {
            "cycle": figures.cycle,
            "progress": figures.progress,
            "expected": figures.expected,
            "status": figures.status,
            "confidence": figures.confidence,
            "statuses": dict(figures.statuses),
        },
    }
    if version.labels:
        told["labels"] = list(version.labels)
    if version.is_withdrawn:
        told["withdrawn"] = True
    if version.since:
        told["since"], told["changes"] = version.since, dict(version.changes)
    return told


def json_text(versions: Versions) -> bytes:
    """As ``versions.json``: for programs, and for making the next list quickly."""
    newest = versions.newest
    told = {
        "schema": SCHEMA,
        "newest": newest.id if newest else None,
        "newest_at": versions.newest_at or (f"s/{newest.id}/" if newest else ""),
        "snapshots": [_told(each) for each in versions.listed],
        "drafts": [_told(each) for each in versions.all if each.is_draft],
        "channels": {
            name: {"id": channel.id, "expires": channel.expires.isoformat()}
            for name, channel in sorted(versions.marks.channels.items())
        },
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def script_text(versions: Versions) -> bytes:
    """As ``versions.js``: the same for pages, which may not fetch from ``file://`` but may load a script."""
    told = json.loads(json_text(versions))
    del told["drafts"]
    packed = json.dumps(told, separators=(",", ":"))  # ASCII only: nothing in it can end a script or a line
    return f"window.okr_versions={packed};\n".encode()


def known(text: bytes | None) -> dict[str, Version]:
    """The versions of a list that was written before, by id; none of one that is damaged or of another okrsite."""
    try:
        told = json.loads(text or b"")
        if told["schema"] != SCHEMA:
            return {}
        return {each["id"]: _version(each) for each in (*told["snapshots"], *told["drafts"])}
    except (ValueError, KeyError, TypeError, IndexError):
        return {}


def _version(told: dict[str, Any]) -> Version:
    as_of = date.fromisoformat(told["as_of"])
    line, count, edition = told["order"]
    return Version(
        told["id"],
        told["commit"],
        datetime.fromisoformat(told["committed"]),
        told["subject"],
        as_of,
        (line, count, as_of, edition),
        Figures(**told["figures"]),
        since=told.get("since", ""),
        changes=told.get("changes", {}),
    )


def ordered(versions: Iterable[Version]) -> Sequence[Version]:
    """The newest first."""
    return sorted(versions, key=lambda each: (each.order, each.id), reverse=True)
