"""The files of a built site as a snapshot has them: digests, and compressed copies that servers hand out as such."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Literal

import deflate

from okrsite.disk import Stat, told
from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError
from okrsite.publish.digests import Digests
from okrsite.publish.manifest import FileEntry, Manifest

Compression = Literal["both", "only", "none"]
"""Whether a file that compresses well is kept plain and compressed, compressed only, or plain only."""

COMPRESSIBLE = frozenset({"html", "css", "js", "json", "csv", "svg", "xml", "txt", "atom", "ics", "md", "webmanifest"})
"""What shrinks, by the ending of its name."""
SMALLEST = 1024
"""Bytes below which compressing gains nothing: a packet more or less."""
COMPRESSOR = "deflate"
"""The library whose version decides what compressed bytes are; as ``built_by`` names it."""

_LEVEL = 9
_READERS = 4  # measured: reading and hashing let other threads work; more than the cores does not hurt
_AT_A_TIME = 64  # files that a thread is given: one by one, giving took as long as reading
_KEPT = 200_000_000  # bytes of compressed files that are kept until they are asked for; more is compressed again


@frozen
class SiteFiles:
    """What a snapshot of a built site will hold.

    Attributes:
        site: The built folder.
        entries: By path.
    """

    site: Path
    entries: Mapping[str, FileEntry]
    _packed: dict[str, bytes] = field(default_factory=dict)

    def content(self, entry: FileEntry) -> bytes:
        """The bytes of a file."""
        plain = entry.path.removesuffix(".gz")
        if not entry.encoding and (plain == entry.path or plain not in self.entries):
            return (self.site / entry.path).read_bytes()
        return self._packed.pop(plain, None) or compressed((self.site / plain).read_bytes())


def compressed(content: bytes) -> bytes:
    """A file's compressed form: of the same bytes the same, whatever the machine, since libdeflate comes along."""
    return bytes(deflate.gzip_compress(content, _LEVEL))


def uncompressed(content: bytes) -> bytes:
    """The opposite of `compressed`.

    Raises:
        ValueError: It is damaged.
    """
    try:
        return bytes(deflate.gzip_decompress(content))
    except (deflate.DeflateError, ValueError, MemoryError) as error:  # memory for as much as the end claims
        raise ValueError("damaged") from error


def is_intact(entry: FileEntry, stored: bytes) -> bool:
    """Whether a file's bytes, as they are stored, are what its manifest says."""
    if entry.encoding:
        try:
            stored = uncompressed(stored)
        except ValueError:
            return False
    return sha256(stored).hexdigest() == entry.sha256


def site_files(
    site: Path,
    compression: Compression,
    near: Sequence[Manifest] = (),
    built_by: Mapping[str, str] | None = None,
    digests: Digests | None = None,
) -> SiteFiles:
    """List a built site.

    Args:
        site: The built folder.
        compression: What to compress.
        near: Snapshots whose compressed files need not be made again to know their digests.
        built_by: What makes this snapshot; compressed files are taken over from the same compressor's only.
        digests: What is known of the site's files; without it all are read.

    Raises:
        OkrsiteError: The folder holds no built site.
    """
    if not (site / "api" / "okrs.json").is_file():
        raise OkrsiteError(f"{site} holds no site that okrsite has built.")
    maker = _maker(built_by or {})
    known = _Known([each for each in near if maker[0] and _maker(each.built_by) == maker])
    entries: dict[str, FileEntry] = {}
    packed: dict[str, bytes] = {}
    kept = 0
    for path, plain in _plain(site, digests or Digests()):
        if path.endswith(".gz") and path.removesuffix(".gz") in entries and compression != "none":
            continue  # a site's own compressed copy gives way
        if compression == "none" or plain.size < SMALLEST or path.rpartition(".")[2] not in COMPRESSIBLE:
            entries[path] = plain
            continue
        entry = known.only(plain) if compression == "only" else known.beside(plain)
        if entry is None:
            content = compressed((site / path).read_bytes())
            if compression == "only":
                entry = FileEntry(path, len(content), plain.sha256, "gzip")
            else:
                entry = FileEntry(f"{path}.gz", len(content), sha256(content).hexdigest())
            if (kept := kept + len(content)) <= _KEPT:
                packed[path] = content
        entries[entry.path] = entry
        if compression == "both":
            entries[path] = plain
    return SiteFiles(site, entries, packed)


def _maker(built_by: Mapping[str, str]) -> tuple[str, str]:
    """What decides compressed bytes: the compressor, and okrsite, which tells it how hard to try."""
    return built_by.get(COMPRESSOR, ""), built_by.get("okrsite", "")


class _Known:
    """Compressed files whose plain ones are known too."""

    def __init__(self, near: Sequence[Manifest]) -> None:
        self._near = near

    def beside(self, plain: FileEntry) -> FileEntry | None:
        """The file with ``.gz`` to its name beside the same plain one."""
        for manifest in self._near:
            if manifest.files.get(plain.path) == plain and (found := manifest.files.get(f"{plain.path}.gz")):
                return found
        return None

    def only(self, plain: FileEntry) -> FileEntry | None:
        """The one that is kept instead of the same plain one."""
        for manifest in self._near:
            found = manifest.files.get(plain.path)
            if found is not None and found.encoding and found.sha256 == plain.sha256:
                return found
        return None


def _plain(site: Path, digests: Digests) -> Iterator[tuple[str, FileEntry]]:
    """Every file of a site as it is, sorted by path; several are read at a time, those that are known not at all."""
    found = sorted(_found(str(site)))
    known = [digests.of(*each) for each in found]
    unknown = [each for each, sha in zip(found, known, strict=True) if sha is None]
    with ThreadPoolExecutor(_READERS) as readers:
        parts = [unknown[first : first + _AT_A_TIME] for first in range(0, len(unknown), _AT_A_TIME)]
        read = chain.from_iterable(readers.map(lambda part: [_read(site, path) for path, _ in part], parts))
        for (path, stat), sha in zip(found, known, strict=True):
            if sha is not None:
                yield path, FileEntry(path, stat[0], sha)
                continue
            entry = next(read)
            digests.tell(path, stat, entry.sha256)
            yield path, entry


def _found(top: str) -> Iterator[tuple[str, Stat]]:
    """The paths of all files below a folder, with what the system says of them; pathlib would take five times long."""
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(f"{top}/{prefix}") as found:
            for each in found:
                if each.is_dir():
                    waiting.append(f"{prefix}{each.name}/")
                elif each.is_file():
                    yield prefix + each.name, told(each.stat())


def _read(site: Path, path: str) -> FileEntry:
    with open(os.path.join(site, path), "rb", buffering=0) as file:  # noqa: PTH118, PTH123 - as fast as it gets
        content = file.read()
    return FileEntry(path, len(content), sha256(content).hexdigest())
