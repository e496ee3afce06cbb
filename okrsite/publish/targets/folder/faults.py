"""Compares the snapshots in a folder with their manifests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from okrsite.publish.files import is_intact
from okrsite.publish.manifest import FileEntry, Manifest
from okrsite.publish.target import BESIDE, Fault
from okrsite.publish.targets.folder.manifests import BASE, FORMS


class Inspection:
    """Reads each file once, however many snapshots share it."""

    def __init__(self) -> None:
        self._intact: dict[tuple[int, int, int, int], FileEntry] = {}

    def faults(self, id: str, manifest: Manifest, folder: Path) -> Iterator[Fault]:
        """What is not as it should be.

        Args:
            id: The snapshot's.
            manifest: Its manifest.
            folder: Where it is.
        """
        expected = {entry.stored_as: (path, entry) for path, entry in sorted(manifest.files.items())}
        for stored, (path, entry) in expected.items():
            try:
                is_as_told = self._is_intact(entry, f"{folder}/{stored}")
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                yield Fault(id, path, "missing")
                continue
            if not is_as_told:
                yield Fault(id, path, "altered")
        folders = {""}
        for stored in expected:
            while stored := stored.rpartition("/")[0]:
                folders.add(stored)
        known = {*expected, *folders, *BESIDE, *FORMS, BASE}
        for path in sorted(_others(str(folder), known, folders)):
            yield Fault(id, path, "unexpected")

    def _is_intact(self, entry: FileEntry, place: str) -> bool:
        with open(place, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
            found = os.fstat(file.fileno())
            key = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
            known = self._intact.get(key)
            if known is not None and (known.sha256, known.encoding) == (entry.sha256, entry.encoding):
                return True
            if not is_intact(entry, file.read()):
                return False
        self._intact[key] = entry
        return True


def _others(top: str, known: set[str], folders: set[str]) -> Iterator[str]:
    """What is there beside what is known; a directory that is not is one thing, and not looked into."""
    for folder in folders:
        prefix = f"{folder}/" if folder else ""
        try:
            names = os.listdir(f"{top}/{folder}")  # noqa: PTH208 - thousands of them
        except OSError:
            continue  # all that should be in it is missing
        yield from (prefix + name for name in names if prefix + name not in known)
