"""The note that a build leaves: which pages there are, what was read for each, and the files as they were left."""

from __future__ import annotations

import contextlib
import json
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path

from okrsite.disk import UNSURE, moment, put
from okrsite.reads import Way
from okrsite.site.freshness.digests import ABSENT, SHELVES
from okrsite.site.freshness.notes import let_go
from okrsite.site.freshness.signatures import LENGTH, Signature

_BEGIN = b"okrsite build 2\n"
_CHECKSUM = 32
_BETWEEN = "\n"
_BELOW_UNIT = 2
"""How many steps an objective's or KPI's id has after its unit's."""
_STAT = 4


@dataclass(frozen=True, slots=True)
class MadePage:
    """How a page was made.

    Attributes:
        reads: The places in the manifest's ``ways`` of all that was read for it.
        charts: The names of the templates of its charts.
    """

    reads: array[int]
    charts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadePart:
    """How a part of some files was made.

    Attributes:
        reads: As those of a page.
        value: What was made, packed.
    """

    reads: array[int]
    value: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of the last build of a site.

    Attributes:
        key: Stands for all that every page depends on.
        ways: To each value that was read.
        digests: Of these values, in the same order.
        pages: By their files' names.
        files: The site's files, by name.
        units: By id, each with what stood for all its objectives and KPIs.
        parts: By their names.
    """

    key: str = ""
    ways: Sequence[Way] = ()
    digests: Sequence[bytes] = ()
    pages: Mapping[str, MadePage] = field(default_factory=dict)
    files: Mapping[str, Signature] = field(default_factory=dict)
    units: Mapping[str, bytes] = field(default_factory=dict)
    parts: Mapping[str, MadePart] = field(default_factory=dict)

    def goals_of(self, units: Collection[str]) -> dict[str, bytes]:
        """The digests of the objectives and KPIs of some units, by id."""
        return {
            way[-1]: digest
            for way, digest in zip(self.ways, self.digests, strict=True)
            if way[:-1] in SHELVES and way[-1].rsplit("/", _BELOW_UNIT)[0] in units and digest != ABSENT
        }

    def without_unread(self) -> Manifest:
        """The same without what is not read any more for any page or part."""
        made: list[MadePage | MadePart] = [*self.pages.values(), *self.parts.values()]
        read = sorted(set().union(*(each.reads for each in made)))
        if len(read) == len(self.ways):
            return self
        place = {old: new for new, old in enumerate(read)}.__getitem__
        pages = {name: MadePage(array("I", map(place, page.reads)), page.charts) for name, page in self.pages.items()}
        parts = {name: MadePart(array("I", map(place, part.reads)), part.value) for name, part in self.parts.items()}
        ways, digests = [self.ways[old] for old in read], [self.digests[old] for old in read]
        return Manifest(self.key, ways, digests, pages, self.files, self.units, parts)


def can_name(ways: Iterable[Way]) -> bool:
    """Whether a manifest can hold some ways: git knows files whose names have ends of lines in them."""
    return not any(_BETWEEN in step for way in ways for step in way)


def read(file: Path) -> Manifest:
    """A manifest from its file; an empty one where there is none, or it is cut, altered, or of another version."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        content = file.read_bytes()
        body = memoryview(content)[len(_BEGIN) + _CHECKSUM :]
        if content[: len(_BEGIN) + _CHECKSUM] == _BEGIN + _checksum(body):
            return _parsed(body)
    return Manifest()


def write(file: Path, manifest: Manifest) -> None:
    """Put a manifest in place, whole or not at all, and delete those of folders that were not built for long.

    Where that cannot be, the next build takes longer, so it is no error.
    """
    with contextlib.suppress(OSError):
        body = _packed(manifest, moment(file.parent))
        put(file, b"".join((_BEGIN, _checksum(body), body)))
        let_go(file)


def _checksum(body: bytes | memoryview) -> bytes:
    return blake2b(body, digest_size=_CHECKSUM).digest()


def _packed(manifest: Manifest, moment: int) -> bytes:
    """A manifest as bytes: a line of JSON with the texts, then numbers.

    Args:
        manifest: The manifest.
        moment: The file system's time now.
    """
    charts = {charts: place for place, charts in enumerate({page.charts: None for page in manifest.pages.values()})}
    files, parts = manifest.files.values(), manifest.parts.values()
    made: list[MadePage | MadePart] = [*manifest.pages.values(), *parts]
    head = {
        "key": manifest.key,
        "ways": list(map(_BETWEEN.join, manifest.ways)),
        "charts": list(charts),
        "pages": list(manifest.pages),
        "parts": list(manifest.parts),
        "files": list(manifest.files),
        "units": {id: digest.hex() for id, digest in manifest.units.items()},
        "reads": sum(len(each.reads) for each in made),
    }
    counts, shown, reads, sizes, stats = array("I"), array("I"), array("I"), array("I"), array("q")
    for each in made:
        counts.append(len(each.reads))
        reads.extend(each.reads)
    shown.extend(charts[page.charts] for page in manifest.pages.values())
    sizes.extend(len(part.value) for part in parts)
    for file in files:
        stats.extend(file.stat if max(file.stat[1:3]) < moment else UNSURE)
    texts = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    numbers = (each.tobytes() for each in (counts, shown, reads, sizes, stats))
    values, digests = (part.value for part in parts), (*manifest.digests, *(file.digest for file in files))
    return b"".join((texts, b"\n", *numbers, *values, *digests))


def _parsed(body: memoryview) -> Manifest:
    end = bytes(body).index(b"\n")
    head = json.loads(bytes(body[:end]).decode("utf-8", "surrogatepass"))
    rest = body[end + 1 :]

    def numbers(kind: str, length: int) -> array[int]:
        nonlocal rest
        found: array[int] = array(kind)
        size = length * found.itemsize
        found.frombytes(rest[:size])
        rest = rest[size:]
        return found

    pages, parts, files, ways = head["pages"], head["parts"], head["files"], head["ways"]
    counts, shown = numbers("I", len(pages) + len(parts)), numbers("I", len(pages))
    reads, sizes, stats = numbers("I", head["reads"]), numbers("I", len(parts)), numbers("q", _STAT * len(files))
    values = [bytes(rest[end - size : end]) for size, end in zip(sizes, accumulate(sizes), strict=True)]
    rest = rest[sum(sizes) :]
    digests = [bytes(rest[begin : begin + LENGTH]) for begin in range(0, len(rest), LENGTH)]
    each = (reads[end - count : end] for count, end in zip(counts, accumulate(counts), strict=True))
    charts = list(map(tuple, head["charts"]))
    units = {id: bytes.fromhex(digest) for id, digest in head["units"].items()}
    made = {name: MadePage(next(each), charts[place]) for name, place in zip(pages, shown, strict=True)}
    kept = {name: MadePart(next(each), value) for name, value in zip(parts, values, strict=True)}
    four = iter(stats)
    signatures = map(Signature, digests[len(ways) :], zip(four, four, four, four, strict=True))
    left = dict(zip(files, signatures, strict=True))
    read_ways = [tuple(way.split(_BETWEEN)) for way in ways]
    return Manifest(head["key"], read_ways, digests[: len(ways)], made, left, units, kept)
