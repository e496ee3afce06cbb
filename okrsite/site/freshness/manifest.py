"""The note that a build leaves: which pages and parts there are, what was read for each, and the files as left."""

from __future__ import annotations

import contextlib
import marshal
import platform
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from okrsite.disk import UNSURE, Stat, moment, put
from okrsite.reads import Way
from okrsite.site.freshness.notes import let_go
from okrsite.site.freshness.numbering import Numbers
from okrsite.site.freshness.signatures import LENGTH, Signature

_BEGIN = f"okrsite build 4, {platform.python_version()}\n".encode()
_CHECKSUM = sha256().digest_size
_STAT = 4
_NUMBER = array("I").itemsize


@dataclass(frozen=True, slots=True)
class MadePage:
    """How a page was made.

    Attributes:
        reads: The places in the manifest's ``ways`` of all that was read for it.
        parts: The places among the manifest's parts of those that were read for it.
        charts: The names of the templates of its charts.
    """

    reads: Numbers
    parts: Numbers
    charts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadePart:
    """How a part was made.

    Attributes:
        reads: As those of a page.
        parts: Likewise.
        value: What was made, packed.
    """

    reads: Numbers
    parts: Numbers
    value: bytes | memoryview


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of the last build of a site.

    Attributes:
        key: Stands for all that every page depends on.
        grounds: By name, what stands for all that some ways lead to.
        ways: To each value that was read.
        grounded: The place in ``grounds`` of what decides each way's value; beyond their end for none.
        digests: Of the values, in the order of the ways, one after the other.
        pages: By their files' names.
        parts: By their names.
        named: The names of parts, by their places; of some there is nothing any more.
        files: The site's files, by name.
        folders: Its folders, by name.
        least: How many ways there were when those that nobody reads any more were left out last.
    """

    key: str = ""
    grounds: Mapping[str, bytes] = field(default_factory=dict)
    ways: Sequence[Way] = ()
    grounded: Numbers = ()
    digests: bytes | memoryview = b""
    pages: Mapping[str, MadePage] = field(default_factory=dict)
    parts: Mapping[str, MadePart] = field(default_factory=dict)
    named: Sequence[str] = ()
    files: Mapping[str, Signature] = field(default_factory=dict)
    folders: Mapping[str, Stat] = field(default_factory=dict)
    least: int = 0

    def digest(self, place: int) -> bytes:
        """What stands for the value at the end of a way."""
        return bytes(self.digests[place * LENGTH : (place + 1) * LENGTH])

    def without_unread(self) -> Manifest:
        """The same without the ways that are not read any more for any page or part, and without names of no part."""
        made: list[MadePage | MadePart] = [*self.pages.values(), *self.parts.values()]
        read = sorted(set().union(*(each.reads for each in made)))
        way = {old: new for new, old in enumerate(read)}.__getitem__
        named = [name for name in self.named if name in self.parts]
        place = {name: new for new, name in enumerate(named)}
        part = {old: place[name] for old, name in enumerate(self.named) if name in place}.__getitem__

        def renumbered(each: MadePage | MadePart) -> tuple[array[int], array[int]]:
            return array("I", map(way, each.reads)), array("I", map(part, each.parts))

        return Manifest(
            key=self.key,
            grounds=self.grounds,
            ways=[self.ways[old] for old in read],
            grounded=array("I", [self.grounded[old] for old in read]),
            digests=b"".join(map(self.digest, read)),
            pages={name: MadePage(*renumbered(page), page.charts) for name, page in self.pages.items()},
            parts={name: MadePart(*renumbered(part), part.value) for name, part in self.parts.items()},
            named=named,
            files=self.files,
            folders=self.folders,
            least=len(read),
        )


@dataclass(frozen=True, slots=True)
class Unwritten(Manifest):
    """What this process made, while nobody needs it in a file.

    Attributes:
        looks: Finds out what stands for a value when it was made.
    """

    looks: Callable[[Way], bytes] = field(default=lambda _: b"")

    def digest(self, place: int) -> bytes:
        """As of any manifest."""
        return self.looks(self.ways[place])


def read(file: Path) -> Manifest:
    """A manifest from its file; an empty one where there is none, or it is cut, altered, or of another version."""
    with contextlib.suppress(OSError, ValueError, EOFError, KeyError, TypeError):
        content = file.read_bytes()
        body = memoryview(content)[len(_BEGIN) + _CHECKSUM :]
        if content[: len(_BEGIN) + _CHECKSUM] == _BEGIN + _checksum([body]):
            return _parsed(body)
    return Manifest()


def write(file: Path, manifest: Manifest) -> None:
    """Put a manifest in place, whole or not at all, and delete those of folders that were not built for long.

    Where that cannot be, the next build takes longer, so it is no error.
    """
    with contextlib.suppress(OSError):
        blocks = _packed(manifest, moment(file.parent))
        put(file, _BEGIN, _checksum(blocks), *blocks)
        let_go(file)


def _checksum(blocks: Iterable[bytes | memoryview]) -> bytes:
    found = sha256(usedforsecurity=False)
    for block in blocks:
        found.update(block)
    return found.digest()


def _packed(manifest: Manifest, moment: int) -> list[bytes | memoryview]:
    """A manifest as bytes: texts, then numbers, then values and digests, which are taken when they are needed.

    Args:
        manifest: The manifest.
        moment: The file system's time now.
    """
    pages, parts, files = manifest.pages.values(), manifest.parts.values(), manifest.files.values()
    charts = {charts: place for place, charts in enumerate({page.charts: None for page in pages})}
    made: list[MadePage | MadePart] = [*pages, *parts]
    counts = array("I", [len(places) for each in made for places in (each.reads, each.parts)])
    stats = array("q")
    for stat in (*(file.stat for file in files), *manifest.folders.values()):
        stats.extend(stat if max(stat[1:3]) < moment else UNSURE)
    texts = (
        manifest.key,
        dict(manifest.grounds),
        list(manifest.ways),
        list(charts),
        list(manifest.pages),
        list(manifest.parts),
        list(manifest.named),
        list(manifest.files),
        list(manifest.folders),
        manifest.least,
        sum(counts),
    )
    text = marshal.dumps(texts)
    return [
        len(text).to_bytes(8),
        text,
        b"".join(
            (
                _as_array(manifest.grounded),
                counts,
                array("I", [charts[page.charts] for page in pages]),
                array("I", [len(part.value) for part in parts]),
                stats,
                *(_as_array(places) for each in made for places in (each.reads, each.parts)),
            )
        ),
        b"".join(part.value for part in parts),
        manifest.digests,
        b"".join(file.digest for file in files),
    ]


def _as_array(places: Numbers) -> array[int] | memoryview:
    return places if isinstance(places, (array, memoryview)) else array("I", places)


def _parsed(body: memoryview) -> Manifest:
    begin = 8 + int.from_bytes(body[:8])
    key, grounds, ways, charts, pages, parts, named, files, folders, least, total = marshal.loads(body[8:begin])  # noqa: S302 - as above
    rest = body[begin:]

    def numbers(length: int) -> memoryview:
        nonlocal rest
        found, rest = rest[: length * _NUMBER], rest[length * _NUMBER :]
        return found.cast("I")

    grounded, counts = numbers(len(ways)), numbers(2 * (len(pages) + len(parts)))
    shown, sizes = numbers(len(pages)), numbers(len(parts))
    stats = array("q")
    size = _STAT * stats.itemsize * (len(files) + len(folders))
    stats.frombytes(rest[:size])
    rest = rest[size:]
    places = numbers(total)
    each = (places[end - count : end] for count, end in zip(counts, accumulate(counts), strict=True))
    values = iter([rest[end - size : end] for size, end in zip(sizes, accumulate(sizes), strict=True)])
    digests = rest[sum(sizes) :]
    four, begin = iter(stats), LENGTH * len(ways)
    looks = list(zip(four, four, four, four, strict=True))
    left = (bytes(digests[at : at + LENGTH]) for at in range(begin, begin + LENGTH * len(files), LENGTH))
    return Manifest(
        key=key,
        grounds=grounds,
        ways=ways,
        grounded=grounded,
        digests=digests[:begin],
        pages={name: MadePage(next(each), next(each), charts[place]) for name, place in zip(pages, shown, strict=True)},
        parts={name: MadePart(next(each), next(each), next(values)) for name in parts},
        named=named,
        files=dict(zip(files, map(Signature, left, looks[: len(files)]), strict=True)),
        folders=dict(zip(folders, looks[len(files) :], strict=True)),
        least=least,
    )
