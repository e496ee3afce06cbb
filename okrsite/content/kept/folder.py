"""Values that are kept in the files of a folder between two runs: by name, checked before they are used."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from okrsite.content.kept.packing import digest_of
from okrsite.disk import put

Blobs = tuple[bytes, ...]

_FILES = 64
"""So many that a change writes little anew, and so few that reading all takes no longer than one large file."""

_INDEX = "index"
_DAMAGE = (OSError, ValueError, TypeError, AttributeError, LookupError)


class _File(NamedTuple):
    """What a file holds: its checksum, and the sizes of the blobs of each name, one after the other."""

    checksum: int
    sizes: Mapping[str, list[int]]


class KeptFolder:
    """Blobs by name, some in each of a few files, so that a change of one need not write all of them anew.

    Any file may be deleted, cut or altered at any time: what does not fit counts as absent. The index is put in place
    last and says which files belong together; so whatever a killed run, or two at once, leave behind is noticed.

    Args:
        folder: Need not exist.
        key: Of what wrote the files; what has another key counts as absent.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._key = key
        self._files: dict[str, _File] = {}
        self._read: dict[str, Mapping[str, Blobs]] = {}
        with contextlib.suppress(*_DAMAGE):
            self._files = self._indexed((folder / _INDEX).read_bytes())

    def names(self) -> list[str]:
        """Of all that there should be."""
        return [name for file in self._files.values() for name in file.sizes]

    def get(self, name: str) -> Blobs | None:
        """The blobs of a name; None where there are none, or they are damaged."""
        return self._blobs(_file_of(name)).get(name)

    def replace(self, new: Mapping[str, Blobs], names: Iterable[str]) -> None:
        """Write what changed; where that cannot be, the next run takes longer, so it is no error.

        Args:
            new: Blobs that are not what they were, by name.
            names: All that shall be there afterwards; those that are not new are taken over.
        """
        wanted: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            wanted[_file_of(name)].append(name)
        changed = {*map(_file_of, new), *(file for file, each in self._files.items() if wanted[file] != [*each.sizes])}
        with contextlib.suppress(OSError):
            for file in sorted(changed):
                known = self._blobs(file)
                self._put(file, {name: blobs for name in wanted[file] if (blobs := new.get(name) or known.get(name))})
            head = json.dumps(self._files, separators=(",", ":")).encode()
            put(self._folder / _INDEX, f"{self._key} {digest_of(head)}\n".encode(), head)
            for file in changed - self._files.keys():
                (self._folder / file).unlink(missing_ok=True)

    def _put(self, file: str, blobs: Mapping[str, Blobs]) -> None:
        """Write a file; none for nothing."""
        self._read.pop(file, None)
        self._files.pop(file, None)
        if blobs:
            content = b"".join(blob for each in blobs.values() for blob in each)
            put(self._folder / file, content)
            self._files[file] = _File(crc32(content), {name: [*map(len, each)] for name, each in blobs.items()})

    def _indexed(self, content: bytes) -> dict[str, _File]:
        begin, _, head = content.partition(b"\n")
        if begin != f"{self._key} {digest_of(head)}".encode():
            return {}
        return {file: _File(*each) for file, each in json.loads(head).items()}

    def _blobs(self, file: str) -> Mapping[str, Blobs]:
        if file not in self._read:
            found: Mapping[str, Blobs] = {}
            with contextlib.suppress(*_DAMAGE):
                found = _parted((self._folder / file).read_bytes(), self._files[file])
            self._read[file] = found
        return self._read[file]


def _parted(content: bytes, file: _File) -> Mapping[str, Blobs]:
    if crc32(content) != file.checksum:
        return {}
    found: dict[str, Blobs] = {}
    end = 0
    for name, sizes in file.sizes.items():
        found[name] = tuple([content[end : (end := end + size)] for size in sizes])
    return found


def _file_of(name: str) -> str:
    """The file that a name's blobs are in."""
    return f"{crc32(name.encode()) % _FILES:02x}"
