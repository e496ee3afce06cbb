"""One snapshot: what it shows, what it holds, what made it, and what changed since the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from okrsite.cli.views.counts import changes, size
from okrsite.cli.views.marks import STATUS_MARKS, status
from okrsite.cli.views.published import address
from okrsite.cli.views.snapshots import marks_of
from okrsite.frozen import frozen
from okrsite.publish.manifest import Manifest
from okrsite.publish.target import Target
from okrsite.publish.versions import Version, Versions
from okrsite.scoring import STATUSES
from okrsite.site.words import ENGLISH_WORDS as WORDS


@frozen
class Shown:
    """A snapshot with where it stands.

    Attributes:
        target: Where it is.
        versions: What else is there.
        version: It in the list.
        manifest: Its manifest.
        published: When it came there, in UTC.
    """

    target: Target
    versions: Versions
    version: Version
    manifest: Manifest
    published: datetime

    @property
    def bytes(self) -> int:
        """Of all its files, as they are stored."""
        return sum(entry.size for entry in self.manifest.files.values())


def snapshot_view(shown: Shown) -> RenderableType:
    """A snapshot as lines of names and values."""
    head = Text("  ").join([Text(shown.version.id, style="bold"), *marks_of(shown.version, shown.versions)])
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _lines(shown):
        table.add_row(name, value)
    return Group(head, table)


def snapshot_json(shown: Shown) -> str:
    """The head of its manifest, with where it stands, for programs."""
    told: dict[str, Any] = json.loads(shown.manifest.text)
    version = shown.version
    told["files"] = len(shown.manifest.files)
    told["bytes"] = shown.bytes
    told["published"] = shown.published.isoformat(timespec="seconds")
    told["address"] = address(shown.target, f"s/{version.id}/")
    told["newest"] = shown.versions.newest is not None and shown.versions.newest.id == version.id
    told["withdrawn"] = version.is_withdrawn
    told["labels"] = list(version.labels)
    told["channels"] = sorted(name for name, each in shown.versions.marks.channels.items() if each.id == version.id)
    told["since"], told["changes"] = version.since or None, dict(version.changes)
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _lines(shown: Shown) -> Iterator[tuple[str, Text]]:
    version, manifest = shown.version, shown.manifest
    origin = manifest.origin
    yield "portal", Text(origin.portal)
    yield "commit", Text(f"{origin.commit[:10]} of {WORDS.day(origin.committed.date())}  {origin.subject}".rstrip())
    yield "as of", Text(WORDS.day(origin.as_of))
    if manifest.figures.progress is not None:
        yield manifest.figures.cycle, _figures(shown)
        yield "objectives", _statuses(shown)
    if version.since:
        yield "changes", Text(f"{changes(version.changes)}; since {version.since}")
    yield "files", Text(f"{len(manifest.files):,} ({size(shown.bytes)})")
    yield "published", Text(f"{WORDS.day(shown.published.date())}, {shown.published:%H:%M} UTC")
    yield "address", Text(address(shown.target, f"s/{version.id}/"))
    made = [f"{name} {number}" for name, number in manifest.built_by.items()]
    yield "built by", Text(", ".join(made))


def _figures(shown: Shown) -> Text:
    figures = shown.manifest.figures
    known = next((each for each in STATUSES if each == figures.status), None)
    line = Text.assemble(status(known) if known else Text(figures.status))
    line.append(f": {WORDS.percent(figures.progress)} done, {WORDS.percent(figures.expected)} expected")
    if figures.confidence is not None:
        line.append(f", confidence {WORDS.confidence(figures.confidence)}")
    return line


def _statuses(shown: Shown) -> Text:
    found = shown.manifest.figures.statuses
    return Text(", ").join(Text.assemble(f"{found[name]:,} ", status(name)) for name in STATUS_MARKS if found.get(name))
