"""Publishes a built site as a snapshot: stage, verify, switch."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, Literal

from okrsite.frozen import frozen
from okrsite.publish.attestation import NAME as ATTESTATION
from okrsite.publish.attestation import Source, statement
from okrsite.publish.digests import Digests
from okrsite.publish.files import Compression, site_files
from okrsite.publish.listing import read_versions, renew
from okrsite.publish.manifest import Figures, FileEntry, Manifest, ManifestError, Origin
from okrsite.publish.marks import (
    DRAFTS,
    Channel,
    checked_channel,
    checked_label,
    put_channel,
    put_label,
    withdraw,
    withdrawn_since,
)
from okrsite.publish.target import Content, Target, TargetError, Transfer
from okrsite.publish.versions import Compare, Version, Versions, ordered, version_of

Relation = Literal["before", "same", "after", "apart", "unknown"]
Lineage = Callable[[str], Relation]
"""How another commit stands to the one that is published: before it in its history, after it, apart from it."""

Report = Callable[[int, int], None]
"""Called with how many files have been sent and how many there are to send at most."""

_COUNTED = ("active", "closed")
"""The states of objectives that the portal's figures are made of: not drafts, nor what was postponed or cancelled."""

_NEAR = 3
"""How many snapshots are looked at for files that need not be sent again."""


@frozen
class Wish:
    """What shall become of a snapshot.

    Attributes:
        label: A label to give it; empty for none.
        channel: The channel that shall show it, in place of the newest; empty for none.
        expires: The day from which on the channel may be deleted.
        dry_run: Only tell what would happen.
        compression: See `Compression`.
    """

    label: str = ""
    channel: str = ""
    expires: date | None = None
    dry_run: bool = False
    compression: Compression = "both"


@frozen
class Published:
    """What publishing did, or would do.

    Attributes:
        manifest: The snapshot's.
        was_there: It had been published before.
        newest: The id of what readers see as the newest now; empty for nothing.
        transfer: How its files came there.
        versions: What is at the target now.
        rewrote: The commit that the newest had shown and that this one does not rest on; empty in ordinary times.
        attestation: Where it comes from, as `attestation.statement` has it; empty for one that came without.
    """

    manifest: Manifest
    was_there: bool
    newest: str
    transfer: Transfer
    versions: Versions
    rewrote: str = ""
    attestation: bytes = b""


def publish(
    site: Path,
    origin: Origin,
    target: Target,
    lineage: Lineage,
    built_by: Mapping[str, str],
    wish: Wish | None = None,
    compare: Compare | None = None,
    report: Report | None = None,
    source: Source | None = None,
    digests: Digests | None = None,
) -> Published:
    """Publish a built site.

    Args:
        site: The built folder; it is only read.
        origin: What it shows.
        target: Where to.
        lineage: How other commits stand to this one.
        built_by: What made it, with versions.
        wish: Label, channel, and the rest.
        compare: Tells what happened between two snapshots, for the list of versions.
        report: Told of files that are sent.
        source: Where the portal is, for the attestation; without it there is none.
        digests: What is known of the site's files; see `site_files`.

    Raises:
        TargetError: The target failed, or another snapshot has this one's id; what readers see has not changed.
        OkrsiteError: The folder holds no site, or the label or channel cannot be one.
    """
    wish = wish or Wish()
    if wish.label:
        checked_label(wish.label)
    if wish.channel:
        checked_channel(wish.channel)
    with nullcontext() if wish.dry_run else target.publishing():
        versions = read_versions(target)
        near = _near(target, versions, origin)
        files = site_files(site, wish.compression, near, built_by, digests)
        line, rewrote = (0, "") if wish.channel else _line(versions, origin, lineage)
        edition = _edition(versions, origin)
        manifest = Manifest(origin, line, figures_of(files.site), built_by, files.entries, edition)
        if was_there := _is_there(target, manifest):
            manifest = target.manifest(manifest.id)
        withdrawn = "" if was_there or wish.channel else _withdrawn(target, versions, origin)
        attestation = statement(manifest, source) if source else b""
        if wish.dry_run:
            imagined = _imagined(versions, manifest, wish, is_withdrawn=bool(withdrawn))
            transfer = Transfer() if was_there else _expected(manifest, near)
            return Published(manifest, was_there, _newest(imagined), transfer, imagined, rewrote, attestation)
        draft = f"{DRAFTS}/{manifest.id}"
        if wish.channel and not was_there:
            target.create(draft, b"{}\n")
        if withdrawn:
            withdraw(target, manifest.id, withdrawn)
        content = _reported(files.content, _expected(manifest, near).sent, report) if report else files.content
        beside = {ATTESTATION: attestation} if attestation else {}
        transfer = Transfer() if was_there else target.put(manifest, content, near, beside)
        attestation = target.read(f"s/{manifest.id}/{ATTESTATION}") or b""  # of one that was there, its own
        if wish.channel:
            assert wish.expires is not None, "a channel is always given a day"  # noqa: S101 - tells the type checker
            put_channel(target, Channel(wish.channel, manifest.id, wish.expires))
            target.show_channel(wish.channel, manifest.id)
        else:
            target.remove(draft)
        if wish.label:
            put_label(target, wish.label, manifest.id)
        versions = renew(target, compare)
    return Published(manifest, was_there, _newest(versions), transfer, versions, rewrote, attestation)


def figures_of(site: Path) -> Figures:
    """The main figures of a built site, from its ``api/okrs.json``."""
    told: dict[str, Any] = json.loads((site / "api" / "okrs.json").read_bytes())
    cycle = told.get("cycle") or ""
    portal = told.get("portal", {}).get("cycles", {}).get(cycle, {})
    statuses: dict[str, int] = {}
    for objective in told.get("objectives", ()):
        if objective.get("cycle") == cycle and objective.get("state") in _COUNTED and objective.get("status"):
            statuses[objective["status"]] = statuses.get(objective["status"], 0) + 1
    return Figures(
        cycle,
        portal.get("progress"),
        portal.get("expected"),
        portal.get("status") or "",
        portal.get("confidence"),
        dict(sorted(statuses.items())),
    )


def _withdrawn(target: Target, versions: Versions, origin: Origin) -> str:
    """Since when the commit is passed over, as `withdrawn_since` has it; empty where it is not.

    A rollback holds for a commit: another day of it, as a nightly build brings one, must not take the rollback back.
    """
    same = [each for each in versions.listed if each.commit == origin.commit]
    if same and all(each.is_withdrawn for each in same):
        return withdrawn_since(target, same[0].id)
    return ""


def _imagined(versions: Versions, manifest: Manifest, wish: Wish, *, is_withdrawn: bool) -> Versions:
    """The list as it would be."""
    there = versions.version(manifest.id)
    is_draft = bool(wish.channel) and (there is None or there.is_draft)
    mine = there or replace(version_of(manifest), is_withdrawn=is_withdrawn)
    others = [each for each in versions.all if each.id != manifest.id]
    return replace(versions, all=tuple(ordered([*others, replace(mine, is_draft=is_draft)])))


def _expected(manifest: Manifest, near: Sequence[Manifest]) -> Transfer:
    """How files would come to the target, by what snapshots nearby have."""
    known = {(entry.sha256, entry.encoding) for other in near for entry in other.files.values()}
    new = [entry for entry in manifest.files.values() if (entry.sha256, entry.encoding) not in known]
    return Transfer(len(new), sum(entry.size for entry in new), len(manifest.files) - len(new))


def _reported(content: Content, total: int, report: Report) -> Content:
    """Gives the same bytes, and tells how many files were asked for."""
    done = count(1)

    def told(entry: FileEntry) -> bytes:
        report(min(next(done), total), total)
        return content(entry)

    return told


def _is_there(target: Target, manifest: Manifest) -> bool:
    """Whether a snapshot has been published before.

    Raises:
        TargetError: Another one has its id: eight digits of a hash do not keep out who tries for long enough, and
            drafts of pull requests may come to the same target.
    """
    if manifest.id not in target.snapshots():
        return False
    try:
        there = target.manifest(manifest.id)
    except ManifestError as error:
        hint = "delete its folder, and publish again"
        raise TargetError(f"{manifest.id} is at {target.name} already, but {error}", hint) from error
    if (there.origin.commit, there.files) != (manifest.origin.commit, manifest.files):
        raise TargetError(
            f"{manifest.id} is at {target.name} already and holds other files than this commit gives",
            "it may have been made to be taken for it: look at it, delete its folder, and publish again",
        )
    return True


def _newest(versions: Versions) -> str:
    return versions.newest.id if versions.newest else ""


def _near(target: Target, versions: Versions, origin: Origin) -> list[Manifest]:
    """Manifests of the snapshots that are likely to be most alike: of the same day first, then the newest."""
    likely = sorted(versions.all, key=lambda each: (each.as_of == origin.as_of, each.order), reverse=True)
    found = []
    for version in likely[:_NEAR]:
        try:
            found.append(target.manifest(version.id))
        except ManifestError:
            continue
    return found


def _edition(versions: Versions, origin: Origin) -> int:
    """How many snapshots there are of a commit and day: another one is of another okrsite, and the later one counts."""
    same = [each for each in versions.all if (each.commit, each.as_of) == (origin.commit, origin.as_of)]
    return 1 + max(each.order[-1] for each in same) if same else 0


def _line(versions: Versions, origin: Origin, lineage: Lineage) -> tuple[int, str]:
    """On which line of commits this one is, and the commit that it replaces where that is another line.

    Order comes from the history of commits. Only where the newest snapshot's commit is not in this history, since it
    was rewritten, the committer's clock has to say which of the two came later.
    """
    of_lines = [each for each in versions.all if not each.is_draft]
    if not of_lines:
        return 0, ""
    last: Version = of_lines[0]
    same = next((each for each in of_lines if each.commit == origin.commit), None)
    if same is not None:
        return same.order[0], ""
    if lineage(last.commit) in ("before", "after", "same"):
        return last.order[0], ""
    if origin.committed < last.committed:
        return last.order[0] - 1, ""
    return last.order[0] + 1, last.commit
