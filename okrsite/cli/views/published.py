"""What publishing did, or would do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from okrsite.cli.views.counts import changes, size
from okrsite.exchange.problems import counted
from okrsite.publish.publishing import Published
from okrsite.publish.target import Target
from okrsite.publish.versions import Version
from okrsite.site.publication.publishing import Publication
from okrsite.site.words import ENGLISH_WORDS as WORDS


def told(done: Publication, target: Target, channel: str, *, dry_run: bool) -> str:
    """What was published and where it is, its files, what changed, and whether it is what readers see."""
    published = done.published
    id = published.manifest.id
    lines = [f"{_did(published, dry_run=dry_run)} {id}"]
    lines += [f"  {name:<9}{text}" for name, text in _lines(published, target, channel, dry_run=dry_run) if text]
    if done.built.problems:
        lines.append(f"the rules say {counted(done.built.findings)}; okrsite check shows them")
    if dry_run:
        lines.append("nothing was published: this was a dry run")
    return "\n".join(lines) + "\n"


def as_json(done: Publication, target: Target, channel: str, *, dry_run: bool) -> str:
    """The same for programs."""
    published = done.published
    origin, transfer = published.manifest.origin, published.transfer
    version = published.versions.version(published.manifest.id)
    counts: dict[str, int] = {"error": 0, "warning": 0, "notice": 0}
    for problem in done.built.problems:
        counts[problem.severity] += 1
    result: dict[str, Any] = {
        "id": published.manifest.id,
        "address": address(target, f"s/{published.manifest.id}/"),
        "commit": origin.commit,
        "committed": origin.committed.isoformat(),
        "subject": origin.subject,
        "as_of": origin.as_of.isoformat(),
        "was_there": published.was_there,
        "newest": published.newest or None,
        "is_newest": published.newest == published.manifest.id,
        "labels": list(version.labels) if version else [],
        "channel": channel or None,
        "sent": transfer.sent,
        "sent_bytes": transfer.sent_bytes,
        "shared": transfer.shared,
        "since": version.since or None if version else None,
        "changes": dict(version.changes) if version else {},
        "dry_run": dry_run,
        "problems": counts,
        "warnings": list(done.warnings),
    }
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def address(target: Target, path: str) -> str:
    """Where a folder of a target is, as readers or their servers would open it."""
    return f"{target.name.rstrip('/')}/{path}index.html"


def _did(published: Published, *, dry_run: bool) -> str:
    if published.was_there:
        return "unchanged:"
    return "would publish" if dry_run else "published"


def _lines(published: Published, target: Target, channel: str, *, dry_run: bool) -> Iterator[tuple[str, str]]:
    manifest, versions = published.manifest, published.versions
    origin, transfer = manifest.origin, published.transfer
    version = versions.version(manifest.id)
    yield "commit", f"{origin.commit[:10]} of {WORDS.day(origin.committed.date())}  {origin.subject}".rstrip()
    if origin.as_of != origin.committed.date():
        yield "as of", WORDS.day(origin.as_of)
    yield "address", address(target, f"s/{manifest.id}/")
    if channel:
        yield "channel", _channel(published, target, channel)
    if not published.was_there:
        sent = f"{transfer.sent:,} {'to send' if dry_run else 'sent'} ({size(transfer.sent_bytes)})"
        yield "files", sent + (f", {transfer.shared:,} shared with other snapshots" if transfer.shared else "")
    if version and version.since:
        yield "changes", f"{changes(version.changes)}; since {version.since}"
    if version and version.labels:
        yield "labels", ", ".join(version.labels)
    if not channel:
        yield "newest", _newest(published, target, version, dry_run=dry_run)


def _channel(published: Published, target: Target, channel: str) -> str:
    shown = published.versions.marks.channels.get(channel)
    until = f", until {WORDS.day(shown.expires)}" if shown else ""
    return f"{channel}{until}: {address(target, f'channels/{channel}/')}"


def _newest(published: Published, target: Target, version: Version | None, *, dry_run: bool) -> str:
    if published.newest == published.manifest.id:
        if dry_run and not published.was_there:
            return "it would be what readers see"
        return f"yes: readers see it at {address(target, target.newest_at)}"
    if version is not None and version.is_withdrawn:
        return (
            f"no: a rollback has passed over this commit, readers see {published.newest}; "
            "a later commit will be the newest"
        )
    return f"no: readers see {published.newest}, of a later commit or day, or published later"
