"""The note that a build leaves: which pages there are, what was read for each, and the files as they were left."""

from __future__ import annotations

import contextlib
import json
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from okrsite.disk import UNSURE, moment, put
from okrsite.reads import Way
from okrsite.site.freshness.digests import ABSENT, SHELVES
from okrsite.site.freshness.signatures import LENGTH, Signature

_BEGIN = b"okrsite build 1\n"
_CHECKSUM = 32
_BETWEEN = "\n"
_BELOW_UNIT = 2
"""How many steps an objective's or KPI's id has after its unit's."""
_STAT = 4

KEPT = 4
"""Of how many folders a note is kept."""


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
class Manifest:
    """What is known of the last build of a site.

    Attributes:
        key: Stands for all that every page depends on.
        ways: To each value that was read.
        digests: Of these values, in the same order.
        pages: By their files' names.
        files: The site's files, by name.
        units: By id, each with what stood for all its objectives and KPIs.
    """

    key: str = ""
    ways: Sequence[Way] = ()
    digests: Sequence[bytes] = ()
    pages: Mapping[str, MadePage] = field(default_factory=dict)
    files: Mapping[str, Signature] = field(default_factory=dict)
    units: Mapping[str, bytes] = field(default_factory=dict)

    def goals_of(self, units: Collection[str]) -> dict[str, bytes]:
        """The digests of the objectives and KPIs of some units, by id."""
        return {
            way[-1]: digest
            for way, digest in zip(self.ways, self.digests, strict=True)
            if way[:-1] in SHELVES and way[-1].rsplit("/", _BELOW_UNIT)[0] in units and digest != ABSENT
        }

    def without_unread(self) -> Manifest:
        """The same without what no page reads any more."""
        read = sorted(set().union(*(page.reads for page in self.pages.values())))
        if len(read) == len(self.ways):
            return self
        numbers = {old: new for new, old in enumerate(read)}
        pages = {
            name: MadePage(array("I", map(numbers.__getitem__, page.reads)), page.charts)
            for name, page in self.pages.items()
        }
        ways, digests = [self.ways[place] for place in read], [self.digests[place] for place in read]
        return Manifest(self.key, ways, digests, pages, self.files, self.units)


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


def let_go(file: Path) -> None:
    """Delete what was noted of folders that were not built for long.

    Args:
        file: The note of one that was.
    """
    known = sorted(file.parent.glob(f"*{file.suffix}"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for old in known[KEPT:]:
        old.unlink()


def _checksum(body: bytes | memoryview) -> bytes:
    return blake2b(body, digest_size=_CHECKSUM).digest()


def _packed(manifest: Manifest, moment: int) -> bytes:
    """A manifest as bytes: a line of JSON with the texts, then numbers.

    Args:
        manifest: The manifest.
        moment: The file system's time now.
    """
    charts = {charts: place for place, charts in enumerate({page.charts: None for page in manifest.pages.values()})}
    files = manifest.files.values()
    head = {
        "key": manifest.key,
        "ways": list(map(_BETWEEN.join, manifest.ways)),
        "charts": list(charts),
        "pages": list(manifest.pages),
        "files": list(manifest.files),
        "units": {id: digest.hex() for id, digest in manifest.units.items()},
        "reads": sum(len(page.reads) for page in manifest.pages.values()),
    }
    counts, shown, reads, stats = array("I"), array("I"), array("I"), array("q")
    for page in manifest.pages.values():
        counts.append(len(page.reads))
        shown.append(charts[page.charts])
        reads.extend(page.reads)
    for file in files:
        stats.extend(file.stat if max(file.stat[1:3]) < moment else UNSURE)
    digests = b"".join(manifest.digests) + b"".join(file.digest for file in files)
    texts = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"".join((texts, b"\n", *(each.tobytes() for each in (counts, shown, reads, stats)), digests))


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

    pages, files, ways = head["pages"], head["files"], head["ways"]
    counts, shown = numbers("I", len(pages)), numbers("I", len(pages))
    reads, stats = numbers("I", head["reads"]), numbers("q", _STAT * len(files))
    digests = [bytes(rest[begin : begin + LENGTH]) for begin in range(0, len(rest), LENGTH)]
    charts = list(map(tuple, head["charts"]))
    units = {id: bytes.fromhex(digest) for id, digest in head["units"].items()}
    made: dict[str, MadePage] = {}
    begin = 0
    for name, count, place in zip(pages, counts, shown, strict=True):
        made[name] = MadePage(reads[begin : begin + count], charts[place])
        begin += count
    four = iter(stats)
    signatures = map(Signature, digests[len(ways) :], zip(four, four, four, four, strict=True))
    left = dict(zip(files, signatures, strict=True))
    return Manifest(head["key"], [tuple(way.split(_BETWEEN)) for way in ways], digests[: len(ways)], made, left, units)
