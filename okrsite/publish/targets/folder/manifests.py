"""Manifests in a folder. Where they are large, the list of files of many that are nearly alike is one on the disk.

A large one is kept compressed, as ``manifest.json.gz``. The next ones say only what differs, in ``manifest.since.gz``;
beside that is a hard link to the whole one, ``manifest.base.gz``, so that each snapshot has all of its own, whichever
others are deleted. Put together they give the same text. That nothing of it was altered is told by the snapshot's id.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from okrsite.publish.files import compressed, uncompressed
from okrsite.publish.manifest import NAME, Manifest, ManifestError, manifest_of
from okrsite.publish.target import TargetError

PACKED, SINCE, BASE = f"{NAME}.gz", "manifest.since.gz", "manifest.base.gz"
FORMS = (NAME, PACKED, SINCE)
"""What a snapshot's manifest may be called; the snapshot is whole when it has one of them."""

_LARGE = 1_000_000
"""Bytes from which on a manifest is compressed, and only what differs is written of the next ones."""
_MOST = 16
"""Of how many files one may differ; where more do, a whole manifest is written."""


class Manifests:
    """Reads and writes the manifests of a folder.

    Args:
        folder: The target's.
    """

    def __init__(self, folder: Path) -> None:
        self._snapshots = folder / "s"
        self._base: tuple[str, Manifest] | None = None  # the last one, with the SHA-256 of its file

    def read(self, id: str) -> Manifest:
        """The manifest of a snapshot.

        Raises:
            ManifestError: It is damaged.
            OSError: It cannot be read.
            TargetError: There is none.
        """
        place = self._snapshots / id
        for name, understood in ((NAME, manifest_of), (PACKED, self._packed)):
            with suppress(FileNotFoundError, NotADirectoryError):
                return understood((place / name).read_bytes(), id)
        try:
            since, base = ((place / name).read_bytes() for name in (SINCE, BASE))
        except (FileNotFoundError, NotADirectoryError) as error:
            if (place / SINCE).is_file():
                raise ManifestError(f"the manifest of {id} is damaged: {BASE} is missing") from error
            raise TargetError(f"there is no snapshot {id} in {self._snapshots.parent}") from error
        try:
            whole = self._packed(base)
        except ManifestError as error:
            raise ManifestError(f"the manifest of {id} is damaged: {BASE} cannot be understood") from error
        return manifest_of(_unpacked(since, id), id, whole)

    def write(
        self, staged: Path, manifest: Manifest, near: Sequence[Manifest], write: Callable[[str, bytes], None]
    ) -> None:
        """Write the manifest of a snapshot on its way.

        Args:
            staged: Where the snapshot is meanwhile.
            manifest: What to write.
            near: Manifests of snapshots that are there, one of which may be nearly the same.
            write: Writes a file.
        """
        is_large = len(manifest.text) >= _LARGE
        for each in near if is_large else ():
            if (since := self._since(staged, manifest, each.id)) is not None:
                write(f"{staged}/{SINCE}", compressed(since))
                return
        if is_large or any(entry.encoding for entry in manifest.files.values()):
            write(f"{staged}/{PACKED}", compressed(manifest.text))
        else:
            write(f"{staged}/{NAME}", manifest.text)

    def _since(self, staged: Path, manifest: Manifest, near: str) -> bytes | None:
        """Link what a snapshot nearby is told from, and tell from it; None where that is not possible."""
        for name in (BASE, PACKED):
            with suppress(OSError):  # there is none, it may have as many links as it can have, or there are no links
                os.link(self._snapshots / near / name, staged / BASE)
                with suppress(ManifestError):
                    differing = manifest.differing(self._packed((staged / BASE).read_bytes()))
                    if len(differing) * _MOST <= len(manifest.files):
                        return manifest.text_of(differing)
                (staged / BASE).unlink()
        return None

    def _packed(self, stored: bytes, id: str = "") -> Manifest:
        """A whole one that is kept compressed, of this snapshot or of any; the last is known by its bytes."""
        digest = sha256(stored).hexdigest()
        if self._base is None or self._base[0] != digest:
            self._base = digest, manifest_of(_unpacked(stored, id), id)
        if id and id != self._base[1].id:
            raise ManifestError(f"the manifest of {id} is that of {self._base[1].id}")
        return self._base[1]


def _unpacked(stored: bytes, id: str) -> bytes:
    try:
        return uncompressed(stored)
    except ValueError as error:
        raise ManifestError(f"the manifest of {id} is damaged: it cannot be uncompressed") from error
