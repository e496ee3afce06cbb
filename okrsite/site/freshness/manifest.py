"""What a build leaves: which pages and parts there are, what was read for each, and the files as left."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field

from okrsite.disk import Stat
from okrsite.frozen import frozen
from okrsite.reads import Way
from okrsite.site.freshness.layers import Readers
from okrsite.site.freshness.numbering import Numbers
from okrsite.site.output.signatures import LENGTH, Signature


@frozen
class MadePage:
    """How a page was made.

    Attributes:
        reads: The places in the manifest's ``ways`` of all that was read for it.
        parts: The places among the manifest's parts of those that were read for it.
        shown: The names of the templates of its charts; of files that are made together, their names.
    """

    reads: Numbers
    parts: Numbers
    shown: tuple[str, ...]


@frozen
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


@frozen
class Base:
    """A note that was written whole, with which a later one may be told by what came since.

    Attributes:
        checksum: What the note is known by.
        grounds: The names of its grounds.
        ways: How many ways it has.
        named: How many names of parts.
        made: The names of its pages, and those of its parts.
        missing: Names of parts that were read, and of which it says nothing.
        of_ways: By the number of a way, who has read it, by places in `made`.
        of_parts: Likewise of a part.
        changed: The numbers of its ways whose values are others now.
        files: Its files.
        folders: Its folders.
    """

    checksum: bytes
    grounds: Sequence[str]
    ways: int
    named: int
    made: Sequence[str]
    missing: Sequence[str]
    of_ways: Readers
    of_parts: Readers
    changed: Collection[int]
    files: Mapping[str, Signature]
    folders: Mapping[str, Stat]


@frozen
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
        base: The note on disk that most of it is from; None of none.
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
    base: Base | None = None

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
            pages={name: MadePage(*renumbered(page), page.shown) for name, page in self.pages.items()},
            parts={name: MadePart(*renumbered(part), part.value) for name, part in self.parts.items()},
            named=named,
            files=self.files,
            folders=self.folders,
            least=len(read),
        )


@frozen
class Unwritten(Manifest):
    """What this process made, while nobody needs it in a file.

    Attributes:
        looks: Finds out what stands for a value when it was made.
    """

    looks: Callable[[Way], bytes] = field(default=lambda _: b"")

    def digest(self, place: int) -> bytes:
        """As of any manifest."""
        return self.looks(self.ways[place])
