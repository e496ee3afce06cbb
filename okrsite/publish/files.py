"""The files of a built site as a snapshot has them: digests, and compressed copies that servers hand out as such."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import field
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Literal, TypeVar

import deflate

from okrsite.disk import Stat, told
from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError
from okrsite.publish.digests import Digests
from okrsite.publish.manifest import FileEntry, Manifest

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")

Compression = Literal["both", "only", "none"]
"""Whether a file that compresses well is kept plain and compressed, compressed only, or plain only."""

COMPRESSIBLE = frozenset({"html", "css", "js", "json", "csv", "svg", "xml", "txt", "atom", "ics", "md", "webmanifest"})
"""What shrinks, by the ending of its name."""
SMALLEST = 1024
"""Bytes below which compressing gains nothing: a packet more or less."""
COMPRESSOR = "deflate"
"""The library whose version decides what compressed bytes are; as ``built_by`` names it."""

_LEVEL = 9
_THREADS = 4  # measured: reading, hashing and compressing let other threads work; more than the cores does not hurt
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
    with ThreadPoolExecutor(_THREADS) as threads:
        plain = _plain(site, digests or Digests(), threads)
        if compression == "none":
            return SiteFiles(site, plain)
        beside = {path: known.of(entry, compression) for path, entry in plain.items() if _shrinks(entry)}
        unknown = [plain[path] for path, found in beside.items() if found is None]
        made = _shared_out(threads, partial(_compressed, site, compression), unknown)
        for path, entry in plain.items():
            if path.endswith(".gz") and path.removesuffix(".gz") in plain:
                continue  # a site's own compressed copy gives way
            if path not in beside:
                entries[path] = entry
                continue
            found = beside[path]
            if found is None:
                found, content = next(made)
                if (kept := kept + len(content)) <= _KEPT:
                    packed[path] = content
            entries[found.path] = found
            if compression == "both":
                entries[path] = entry
    return SiteFiles(site, entries, packed)


def _maker(built_by: Mapping[str, str]) -> tuple[str, str]:
    """What decides compressed bytes: the compressor, and okrsite, which tells it how hard to try."""
    return built_by.get(COMPRESSOR, ""), built_by.get("okrsite", "")


class _Known:
    """Compressed files whose plain ones are known too."""

    def __init__(self, near: Sequence[Manifest]) -> None:
        self._near = near

    def of(self, plain: FileEntry, compression: Compression) -> FileEntry | None:
        """The compressed file of a plain one, or None where there is none nearby."""
        return self._only(plain) if compression == "only" else self._beside(plain)

    def _beside(self, plain: FileEntry) -> FileEntry | None:
        """The file with ``.gz`` to its name beside the same plain one."""
        for manifest in self._near:
            if manifest.files.get(plain.path) == plain and (found := manifest.files.get(f"{plain.path}.gz")):
                return found
        return None

    def _only(self, plain: FileEntry) -> FileEntry | None:
        """The one that is kept instead of the same plain one."""
        for manifest in self._near:
            found = manifest.files.get(plain.path)
            if found is not None and found.encoding and found.sha256 == plain.sha256:
                return found
        return None


def _shared_out(threads: Executor, call: Callable[[_Given], _Made], given: Sequence[_Given]) -> Iterator[_Made]:
    """What a function makes of each, in their order, some files at a time."""
    parts = [given[first : first + _AT_A_TIME] for first in range(0, len(given), _AT_A_TIME)]
    return chain.from_iterable(threads.map(lambda part: [call(each) for each in part], parts))


def _plain(site: Path, digests: Digests, threads: Executor) -> dict[str, FileEntry]:
    """Every file of a site as it is, sorted by path; those that are known are not read."""
    found = sorted(_found(str(site)) if digests.there is None else digests.there.items())
    known = [digests.of(*each) for each in found]
    unknown = [path for (path, _), sha in zip(found, known, strict=True) if sha is None]
    read = _shared_out(threads, partial(_read, site), unknown)
    plain = {}
    for (path, stat), sha in zip(found, known, strict=True):
        if sha is not None:
            plain[path] = FileEntry(path, stat[0], sha)
            continue
        plain[path] = next(read)
        digests.tell(path, stat, plain[path].sha256)
    return plain


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


def _shrinks(entry: FileEntry) -> bool:
    return entry.size >= SMALLEST and entry.path.rpartition(".")[2] in COMPRESSIBLE


def _read(site: Path, path: str) -> FileEntry:
    content = _bytes(site, path)
    return FileEntry(path, len(content), sha256(content).hexdigest())


def _compressed(site: Path, compression: Compression, plain: FileEntry) -> tuple[FileEntry, bytes]:
    """The compressed file of a plain one, and its bytes."""
    content = compressed(_bytes(site, plain.path))
    if compression == "only":
        return FileEntry(plain.path, len(content), plain.sha256, "gzip"), content
    return FileEntry(f"{plain.path}.gz", len(content), sha256(content).hexdigest()), content


def _bytes(site: Path, path: str) -> bytes:
    with open(os.path.join(site, path), "rb", buffering=0) as file:  # noqa: PTH118, PTH123 - as fast as it gets
        return file.read()
