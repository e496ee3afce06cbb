"""Numbers in place of ways and of the names of parts, since most are read for many things."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, TypeVar

from okrsite.reads import Way
from okrsite.site.parts import PARTS

Key = TypeVar("Key")

Numbers = Sequence[int]
"""Those of several ways, or of several parts: an array, or a view of many of them."""


class Read(NamedTuple):
    """What was read for something.

    Attributes:
        ways: The numbers of the ways to it.
        parts: Those of the parts among it.
    """

    ways: Numbers
    parts: Numbers


class Numbering:
    """Gives each way and each name of a part a number, from 0 on, in the order in which they come.

    Args:
        ways: Those that have the first numbers.
        named: Likewise, of parts.

    Attributes:
        ways: Each way's number.
        named: Each part's, by its name.
    """

    def __init__(self, ways: Iterable[Way] = (), named: Iterable[str] = ()) -> None:
        self.ways: dict[Way, int] = {way: number for number, way in enumerate(ways)}
        self.named: dict[str, int] = {name: number for number, name in enumerate(named)}

    def read(self, ways: Collection[Way]) -> Read:
        """Some ways and parts by their numbers."""
        own, named = self.ways, self.named
        values = [own.setdefault(way, len(own)) for way in ways if way[0] != PARTS]
        if len(values) == len(ways):
            return Read(array("I", values), _NONE)
        return Read(
            array("I", values), array("I", [named.setdefault(way[1], len(named)) for way in ways if way[0] == PARTS])
        )

    def taking(self, ways: Collection[Way], named: Collection[str]) -> Translation:
        """Number what another one has, and tell how to get from its numbers to those here.

        Args:
            ways: Its ways, in the order of their numbers.
            named: Its parts' names, likewise.
        """
        return Translation(_numbers(self.ways, ways), _numbers(self.named, named))


class Translation(NamedTuple):
    """The numbers that another numbering's have here, by those.

    Attributes:
        ways: Of ways.
        named: Of parts.
    """

    ways: Sequence[int]
    named: Sequence[int]

    def of(self, read: Read) -> Read:
        """The same with the numbers here."""
        ways = array("I", map(self.ways.__getitem__, read.ways))
        return Read(ways, array("I", map(self.named.__getitem__, read.parts)) if read.parts else _NONE)


_NONE: Numbers = array("I")


def _numbers(known: dict[Key, int], keys: Iterable[Key]) -> list[int]:
    return [known.setdefault(key, len(known)) for key in keys]
