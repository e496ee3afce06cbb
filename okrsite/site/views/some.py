"""Some of many: what a page shows of a list that grows with the portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from okrsite.frozen import frozen

Thing = TypeVar("Thing")
Other = TypeVar("Other")

BESIDE = 12
"""How many neighbours a goal's page names on each side. All of them on each page would be their number squared."""


@frozen
class Some(Generic[Thing]):
    """A part of a list; as a sequence it is what is shown.

    Attributes:
        shown: In the order of the list.
        more: How many are left out.
    """

    shown: tuple[Thing, ...]
    more: int = 0

    def __iter__(self) -> Iterator[Thing]:
        return iter(self.shown)

    def __len__(self) -> int:
        return len(self.shown)

    @property
    def total(self) -> int:
        """How many there are with those that are left out."""
        return len(self.shown) + self.more

    def each(self, make: Callable[[Thing], Other]) -> Some[Other]:
        """The same with something made of each."""
        return Some(tuple(make(thing) for thing in self.shown), self.more)


def first(things: Sequence[Thing], most: int) -> Some[Thing]:
    """The first of a list."""
    return Some(tuple(things[:most]), max(len(things) - most, 0))


def around(things: Sequence[Thing], place: int, most: int = BESIDE) -> Some[Thing]:
    """What stands around a place in a list, with the place itself: up to ``most`` on each side."""
    shown = tuple(things[max(place - most, 0) : place + most + 1])
    return Some(shown, len(things) - len(shown))


def beside(things: Sequence[Thing], place: int, most: int = BESIDE) -> Some[Thing]:
    """What stands beside a place in a list, without the place itself: up to ``most`` on each side."""
    shown = (*things[max(place - most, 0) : place], *things[place + 1 : place + most + 1])
    return Some(shown, len(things) - 1 - len(shown))
