"""The note that a build leaves, as a file: checked before it is used, and put in place whole.

Most of what a build knows is as the last one knew it. So the file stays for some time, and one beside it says what came
since (`okrsite.site.freshness.since`). Without that one it is an older note, as a killed build leaves it.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import platform
import shutil
from array import array
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import Any

from okrsite.disk import UNSURE, Stat, moment, put, put_all
from okrsite.site.freshness.layers import Layered, Readers, Stored
from okrsite.site.freshness.manifest import Base, MadePage, MadePart, Manifest
from okrsite.site.freshness.notes import let_go
from okrsite.site.freshness.numbering import Numbers
from okrsite.site.freshness.since import packed_since, since_of, with_since
from okrsite.site.output.signatures import LENGTH, Signature
from okrsite.site.output.spares import spares_of

_BEGIN = f"okrsite build 5, {platform.python_version()}\n".encode()
_CHECKSUM = sha256().digest_size
_LENGTH = 8
_STAT = 4
_NUMBER = array("I").itemsize
_AT_A_TIME = 4000


def read(file: Path) -> Manifest:
    """A manifest from its file; an empty one where there is none, or it is cut, altered, or of another version."""
    with contextlib.suppress(OSError, ValueError, EOFError, KeyError, TypeError), file.open("rb") as content:
        size = os.fstat(content.fileno()).st_size
        begin, length = content.read(len(_BEGIN)), content.read(_LENGTH)
        text = content.read(min(int.from_bytes(length), size))
        rest = content.read()
        body, checksum = memoryview(rest)[:-_CHECKSUM], rest[-_CHECKSUM:]
        if begin == _BEGIN and _checksum(length, text, body) == checksum:
            texts = marshal.loads(text)  # noqa: S302 - it has a checksum
            del text  # the rest is looked into as long as the build lasts
            return with_since(_parsed(texts, body, checksum), file)
    return Manifest()


def write(file: Path, manifest: Manifest) -> None:
    """Put a manifest in place, whole or not at all, and delete those of folders that were not built for long.

    Of one that has a base only what came since is written. Where that cannot be, the next build takes longer, so it is
    no error.
    """
    with contextlib.suppress(OSError):
        now = moment(file.parent)
        if manifest.base is not None:
            put(since_of(file), *packed_since(manifest, now))
            os.utime(file)  # it is in use
        else:
            put_all(file, _checked(_packed(manifest, now)))
            since_of(file).unlink(missing_ok=True)
        for old in let_go(file):
            since_of(old).unlink(missing_ok=True)
            shutil.rmtree(spares_of(old), ignore_errors=True)


def _checksum(*blocks: bytes | memoryview) -> bytes:
    found = sha256(usedforsecurity=False)
    for block in blocks:
        found.update(block)
    return found.digest()


def _checked(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """What the file holds: its checksum comes last, so that nothing of it is in memory for longer than it takes."""
    found = sha256(usedforsecurity=False)
    yield _BEGIN
    for block in blocks:
        found.update(block)
        yield block
    yield found.digest()


def _packed(manifest: Manifest, moment: int) -> Iterator[bytes]:
    """A manifest as bytes: texts, then numbers, then values and digests, which are taken when they are needed.

    Args:
        manifest: The manifest.
        moment: The file system's time now.
    """
    pages, parts, files = manifest.pages.values(), manifest.parts.values(), manifest.files.values()
    charts = {charts: place for place, charts in enumerate({page.shown: None for page in pages})}
    text = marshal.dumps(
        (
            manifest.key,
            dict(manifest.grounds),
            list(manifest.ways),
            list(charts),
            list(manifest.pages),
            list(manifest.parts),
            list(manifest.named),
            [name for name in manifest.named if name not in manifest.parts],
            list(manifest.files),
            list(manifest.folders),
            manifest.least,
        )
    )
    yield len(text).to_bytes(_LENGTH)
    yield text
    del text
    made: list[MadePage | MadePart] = [*pages, *parts]
    reads, named = [_as_array(each.reads) for each in made], [_as_array(each.parts) for each in made]
    stats = array("q")
    for stat in (*(file.stat for file in files), *manifest.folders.values()):
        stats.extend(stat if max(stat[1:3]) < moment else UNSURE)
    yield from _joined(
        (
            _as_array(manifest.grounded),
            array("I", [len(numbers) for numbers in (*reads, *named)]),
            array("I", [charts[page.shown] for page in pages]),
            array("I", [len(part.value) for part in parts]),
            stats,
            *reads,
            *named,
        )
    )
    yield from _joined(_readers(reads, len(manifest.ways)))
    yield from _joined(_readers(named, len(manifest.named)))
    yield from _joined(part.value for part in parts)
    yield bytes(manifest.digests)
    yield from _joined(file.digest for file in files)


def _joined(some: Iterable[bytes | memoryview | array[Any]]) -> Iterator[bytes]:
    """Very many small things, as some larger ones."""
    rest = iter(some)
    while few := tuple(islice(rest, _AT_A_TIME)):
        yield b"".join(few)


def _as_array(places: Numbers) -> array[int] | memoryview:
    return places if isinstance(places, (array, memoryview)) else array("I", places)


def _readers(reads: Iterable[Numbers], length: int) -> tuple[array[int], array[int]]:
    """Who has read each of some numbers: where the readers of each begin, with the last end, and the readers."""
    found: list[list[int]] = [[] for _ in range(length)]
    for place, numbers in enumerate(reads):
        for number in numbers:
            found[number].append(place)
    return array("I", accumulate(map(len, found), initial=0)), array("I", chain.from_iterable(found))


class _Numbers:
    """Numbers of a note, one after the other."""

    def __init__(self, rest: memoryview) -> None:
        self.rest = rest

    def take(self, length: int) -> memoryview:
        """The next ones."""
        found, self.rest = self.rest[: length * _NUMBER], self.rest[length * _NUMBER :]
        return found.cast("I")

    def looks(self, length: int) -> list[Stat]:
        """What the system said of so many files."""
        stats = array("q")
        size = _STAT * stats.itemsize * length
        stats.frombytes(self.rest[:size])
        self.rest = self.rest[size:]
        four = iter(stats)
        return list(zip(four, four, four, four, strict=True))

    def readers(self, length: int) -> Readers:
        """Who has read each of so many."""
        begins = self.take(length + 1)
        return Readers(begins, self.take(begins[length]))


def _parsed(texts: Any, body: memoryview, checksum: bytes) -> Manifest:
    key, grounds, ways, charts, pages, parts, named, missing, files, folders, least = texts
    numbers, first = _Numbers(body), len(pages)
    grounded, counts = numbers.take(len(ways)), numbers.take(2 * (first + len(parts)))
    shown, sizes = numbers.take(first), numbers.take(len(parts))
    looks = numbers.looks(len(files) + len(folders))
    ends = [0, *accumulate(counts)]
    places, after = numbers.take(ends[-1]), first + len(parts)
    of_ways, of_parts = numbers.readers(len(ways)), numbers.readers(len(named))
    value_ends, values = [0, *accumulate(sizes)], numbers.rest
    digests = values[value_ends[-1] :]

    def read(made: int) -> tuple[memoryview, memoryview]:
        also = made + after
        return places[ends[made] : ends[made + 1]], places[ends[also] : ends[also + 1]]

    def page(at: int) -> MadePage:
        return MadePage(*read(at), charts[shown[at]])

    def part(at: int) -> MadePart:
        return MadePart(*read(first + at), values[value_ends[at] : value_ends[at + 1]])

    end = LENGTH * len(ways)
    left = (bytes(digests[at : at + LENGTH]) for at in range(end, end + LENGTH * len(files), LENGTH))
    of_files = dict(zip(files, map(Signature, left, looks[: len(files)]), strict=True))
    of_folders = dict(zip(folders, looks[len(files) :], strict=True))
    base = Base(
        checksum=checksum,
        grounds=tuple(grounds),
        ways=len(ways),
        named=len(named),
        made=[*pages, *parts],
        missing=missing,
        of_ways=of_ways,
        of_parts=of_parts,
        changed=(),
        files=of_files,
        folders=of_folders,
    )
    return Manifest(
        key=key,
        grounds=grounds,
        ways=ways,
        grounded=grounded,
        digests=digests[:end],
        pages=Layered(Stored(pages, page)),
        parts=Layered(Stored(parts, part)),
        named=named,
        files=of_files,
        folders=of_folders,
        least=least,
        base=base,
    )
