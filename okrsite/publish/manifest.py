"""What a snapshot is: which commit and day it shows, what made it, and the SHA-256 of every file in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256
from json.encoder import encode_basestring_ascii as quoted
from operator import itemgetter
from typing import Any, Literal

from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError

SCHEMA = 1
NAME = "manifest.json"
Encoding = Literal["", "gzip"]
Order = tuple[int, int, date, int]
"""Line of commits, count of commits, day, and edition: greater is later."""


class ManifestError(OkrsiteError):
    """A manifest that cannot be understood."""


@frozen
class FileEntry:
    """A file of a snapshot, as it is stored.

    Attributes:
        path: Relative to the snapshot, with forward slashes.
        size: In bytes, as it is stored.
        sha256: Of its content, in hexadecimal: of a file that is kept compressed only, of the uncompressed bytes.
        encoding: ``gzip`` for a file that is kept compressed only. See `okrsite.publish.files.is_intact`.
    """

    path: str
    size: int
    sha256: str
    encoding: Encoding = ""

    @property
    def stored_as(self) -> str:
        """Its path where files cannot say that they are compressed: in a folder."""
        return f"{self.path}.gz" if self.encoding else self.path


@frozen
class Origin:
    """What a snapshot shows.

    Attributes:
        commit: The full id of the commit that was built.
        committed: When it was committed, in UTC.
        subject: The first line of its message.
        count: How many commits it rests on, itself among them: more than any commit before it, whatever clocks said.
        as_of: The day that figures are computed for.
        portal: What the portal is called.
    """

    commit: str
    committed: datetime
    subject: str
    count: int
    as_of: date
    portal: str


@frozen
class Figures:
    """The main figures of the portal on the snapshot's day, from its ``api/okrs.json``.

    Attributes:
        cycle: The current cycle's id; empty where there is none.
        progress: Of the portal in that cycle, 0..1; None without data.
        expected: Likewise.
        status: Likewise; empty for none.
        confidence: Of 10.
        statuses: How many objectives of the cycle have which status.
    """

    cycle: str = ""
    progress: float | None = None
    expected: float | None = None
    status: str = ""
    confidence: float | None = None
    statuses: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """A snapshot's manifest.

    Attributes:
        origin: What it shows.
        line: How often the portal's line of commits had been replaced by another (a force-push) when this came.
        figures: For the list of versions.
        built_by: What made it: ``okrsite``, ``python`` and each dependency with its version. Not part of the id.
        files: By path, sorted.
        edition: How many other snapshots of this commit and day there were when it came, such as of an older okrsite.
    """

    origin: Origin
    line: int
    figures: Figures
    built_by: Mapping[str, str]
    files: Mapping[str, FileEntry]
    edition: int = 0

    @cached_property
    def id(self) -> str:
        """The day, the short commit, and eight digits of the hash over commit, day and files."""
        origin = self.origin
        told = [origin.commit, origin.as_of.isoformat()]
        files = sorted(self.files.items(), key=itemgetter(0))
        told += [f"{entry.sha256} {entry.encoding} {path}" for path, entry in files]
        digest = sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()
        return f"{origin.as_of.isoformat()}-{origin.commit[:7]}-{digest[:8]}"

    @property
    def order(self) -> Order:
        """Later in the history of commits is greater; of one commit the later day, of one day what came later."""
        return self.line, self.origin.count, self.origin.as_of, self.edition

    @cached_property
    def text(self) -> bytes:
        """As ``manifest.json``."""
        return self.text_of(self.files)

    def differing(self, base: Manifest) -> Mapping[str, FileEntry | None]:
        """The files that another manifest has not, or has otherwise; None for those that only that one has."""
        files = {path: entry for path, entry in self.files.items() if base.files.get(path) != entry}
        return {**files, **dict.fromkeys(base.files.keys() - self.files.keys())}

    def text_of(self, files: Mapping[str, FileEntry | None]) -> bytes:
        """As ``manifest.json``, with the files that differ from those of another manifest instead of all."""
        origin, figures = self.origin, self.figures
        head = {
            "schema": SCHEMA,
            "id": self.id,
            "portal": origin.portal,
            "as_of": origin.as_of.isoformat(),
            "commit": {
                "id": origin.commit,
                "committed": origin.committed.astimezone(UTC).isoformat(),
                "subject": origin.subject,
                "count": origin.count,
                "line": self.line,
            },
            "figures": {
                "cycle": figures.cycle,
                "progress": figures.progress,
                "expected": figures.expected,
                "status": figures.status,
                "confidence": figures.confidence,
                "statuses": dict(figures.statuses),
            },
            "built_by": dict(self.built_by),
            "edition": self.edition,
        }
        told = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
        lines = ",\n".join(_line(path, entry) for path, entry in sorted(files.items(), key=itemgetter(0)))
        return f'{told},\n "files": {{\n{lines}\n }}\n}}\n'.encode()


def _line(path: str, entry: FileEntry | None) -> str:
    if entry is None:
        return f"  {quoted(path)}: null"
    encoding = f", {quoted(entry.encoding)}" if entry.encoding else ""
    return f"  {quoted(path)}: [{entry.size}, {quoted(entry.sha256)}{encoding}]"


def _with(base: Mapping[str, FileEntry], files: Mapping[str, FileEntry], gone: Iterable[str]) -> dict[str, FileEntry]:
    """Files with those that differ, sorted; which they stay as long as none comes."""
    found = {**base, **files}
    for path in gone:
        del found[path]
    return found if files.keys() <= base.keys() else dict(sorted(found.items(), key=itemgetter(0)))


def manifest_of(text: bytes, name: str, base: Manifest | None = None) -> Manifest:
    """A manifest from its file.

    Args:
        text: What ``manifest.json`` holds.
        name: The snapshot's id; empty for that which it says it is of.
        base: The manifest that it tells what differs from, if it does.

    Raises:
        ManifestError: It is damaged, of a newer okrsite, or of another snapshot.
    """
    try:
        told: dict[str, Any] = json.loads(text)
        if told["schema"] != SCHEMA:
            raise ManifestError(f"the manifest of {name} is of another okrsite (schema {told['schema']}).")
        commit, figures = told["commit"], told["figures"]
        files = {path: FileEntry(path, *entry) for path, entry in told["files"].items() if entry is not None}
        if base is not None:
            gone = [path for path, entry in told["files"].items() if entry is None]
            files = _with(base.files, files, gone)
        manifest = Manifest(
            Origin(
                commit["id"],
                datetime.fromisoformat(commit["committed"]),
                commit["subject"],
                int(commit["count"]),
                date.fromisoformat(told["as_of"]),
                told["portal"],
            ),
            int(commit["line"]),
            Figures(
                figures["cycle"],
                figures["progress"],
                figures["expected"],
                figures["status"],
                figures["confidence"],
                figures["statuses"],
            ),
            told["built_by"],
            files,
            int(told["edition"]),
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ManifestError(f"the manifest of {name} is damaged: {error}") from error
    if manifest.id != (name or told["id"]):
        raise ManifestError(f"the manifest of {name or told['id']} is that of {manifest.id}")
    return manifest
