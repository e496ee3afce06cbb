"""What came since a note was written whole: beside it, and a small part of it."""

from __future__ import annotations

import contextlib
import marshal
from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from okrsite.disk import UNSURE, Stat
from okrsite.site.freshness.layers import Layered
from okrsite.site.freshness.manifest import Base, MadePage, MadePart, Manifest
from okrsite.site.freshness.numbering import Numbers
from okrsite.site.output.signatures import LENGTH, Signature

_LEAST = 8
"""What came since is at most this part of a note."""


def since_of(file: Path) -> Path:
    """Where it is said what came since a note."""
    return file.with_name(f"{file.name}-since")


def is_little(base: Base, came: Collection[object]) -> bool:
    """Whether a note need not be written anew for what came since."""
    return len(came) <= max(len(base.made) // _LEAST, _LEAST)


def packed_since(manifest: Manifest, moment: int) -> tuple[bytes, bytes]:
    """What came since a manifest's base, with its checksum before it.

    Args:
        manifest: One that has a base.
        moment: The file system's time now.
    """
    base, pages, parts = manifest.base, manifest.pages, manifest.parts
    assert base is not None and isinstance(pages, Layered) and isinstance(parts, Layered)  # noqa: S101, PT018
    changed = sorted(base.changed)

    def firm(stat: Stat) -> Stat:
        return stat if max(stat[1:3]) < moment else UNSURE

    files = _differing(base.files, manifest.files)
    folders = _differing(base.folders, manifest.folders)
    said = marshal.dumps(
        (
            base.checksum,
            list(manifest.grounds.values()),
            list(manifest.ways[base.ways :]),
            bytes(array("I", manifest.grounded[base.ways :])),
            (changed, b"".join(map(manifest.digest, changed)), bytes(manifest.digests[base.ways * LENGTH :])),
            list(manifest.named[base.named :]),
            {name: (*_plain(page), page.shown) for name, page in pages.since.items()},
            {name: (*_plain(part), bytes(part.value)) for name, part in parts.since.items()},
            (list(pages.gone), list(parts.gone)),
            {name: (file.digest, firm(file.stat)) for name, file in files.items()},
            {name: firm(stat) for name, stat in folders.items()},
            ([*base.files.keys() - manifest.files.keys()], [*base.folders.keys() - manifest.folders.keys()]),
            manifest.least,
        )
    )
    return sha256(said, usedforsecurity=False).digest(), said


def with_since(manifest: Manifest, file: Path) -> Manifest:
    """A manifest as it became since; as it is where nothing is said of that, or what is said is damaged.

    Args:
        manifest: As it was written whole.
        file: Where that was.
    """
    with contextlib.suppress(OSError, ValueError, EOFError, KeyError, TypeError):
        content = since_of(file).read_bytes()
        checksum, said = content[: sha256().digest_size], content[sha256().digest_size :]
        if sha256(said, usedforsecurity=False).digest() == checksum:
            return _renewed(manifest, marshal.loads(said))  # noqa: S302 - with a checksum, and of the work folder
    return manifest


def _renewed(manifest: Manifest, said: Any) -> Manifest:
    of, grounds, ways, grounded, digests, named, pages, parts, gone, files, folders, lost, least = said
    base = manifest.base
    if base is None or of != base.checksum:
        return manifest
    changed, new, rest = digests
    all_digests = bytearray(manifest.digests)
    for place, at in enumerate(changed):
        all_digests[at * LENGTH : (at + 1) * LENGTH] = new[place * LENGTH : (place + 1) * LENGTH]
    return Manifest(
        key=manifest.key,
        grounds=dict(zip(base.grounds, grounds, strict=True)),
        ways=[*manifest.ways, *ways],
        grounded=array("I", (*manifest.grounded, *memoryview(grounded).cast("I"))),
        digests=bytes(all_digests) + rest,
        pages=Layered(
            _stored(manifest.pages),
            {name: MadePage(*_numbers(*made), charts) for name, (*made, charts) in pages.items()},
            frozenset(gone[0]),
        ),
        parts=Layered(
            _stored(manifest.parts),
            {name: MadePart(*_numbers(*made), value) for name, (*made, value) in parts.items()},
            frozenset(gone[1]),
        ),
        named=[*manifest.named, *named],
        files=_without(lost[0], {**base.files, **{name: Signature(*file) for name, file in files.items()}}),
        folders=_without(lost[1], {**base.folders, **folders}),
        least=least,
        base=replace(base, changed=changed),
    )


def _stored(values: Mapping[str, Any]) -> Mapping[str, Any]:
    assert isinstance(values, Layered)  # noqa: S101 - tells the type checker
    return values.stored


def _differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in now.items() if before.get(name) != value}


def _without(names: Iterable[str], values: dict[str, Any]) -> dict[str, Any]:
    for name in names:
        del values[name]
    return values


def _plain(made: MadePage | MadePart) -> tuple[bytes, bytes]:
    return bytes(array("I", made.reads)), bytes(array("I", made.parts))


def _numbers(reads: bytes, parts: bytes) -> tuple[Numbers, Numbers]:
    return memoryview(reads).cast("I"), memoryview(parts).cast("I")
