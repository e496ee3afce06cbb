"""What a note that was written whole says, taken from it when it is asked for, and what came since, in front of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain
from typing import Generic, TypeVar

from okrsite.frozen import frozen
from okrsite.site.freshness.numbering import Numbers

Value = TypeVar("Value")


class Stored(Mapping[str, Value]):
    """Values by name, each made of what is stored when it is asked for.

    Args:
        names: Their names.
        make: Makes the value at a place among them.
    """

    def __init__(self, names: Sequence[str], make: Callable[[int], Value]) -> None:
        self._places = dict(zip(names, range(len(names)), strict=True))
        self._make = make

    def __getitem__(self, name: str) -> Value:
        return self._make(self._places[name])

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@frozen
class Layered(Mapping[str, Value], Generic[Value]):
    """What is stored, with what came since in its place.

    Attributes:
        stored: By name.
        since: Likewise, what is new or another now.
        gone: The names of what is stored and is not there any more.
    """

    stored: Mapping[str, Value] = field(default_factory=dict)
    since: Mapping[str, Value] = field(default_factory=dict)
    gone: Collection[str] = frozenset()

    def __getitem__(self, name: str) -> Value:
        if name in self.since:
            return self.since[name]
        if name in self.gone:
            raise KeyError(name)
        return self.stored[name]

    def __contains__(self, name: object) -> bool:
        return name in self.since or (name in self.stored and name not in self.gone)

    def __iter__(self) -> Iterator[str]:
        hidden = {*self.gone, *self.since}
        return chain((name for name in self.stored if name not in hidden), self.since)

    def __len__(self) -> int:
        hidden = sum(name in self.stored for name in {*self.gone, *self.since})
        return len(self.stored) - hidden + len(self.since)

    def turned(self, made: Mapping[str, Value], gone: Collection[str]) -> Layered[Value]:
        """The same once more has come and gone.

        Args:
            made: What came.
            gone: The names of what went; nothing that came.
        """
        left = {name: value for name, value in self.since.items() if name not in gone}
        hidden = {*self.gone, *(name for name in gone if name in self.stored)}
        return Layered(self.stored, {**left, **made}, frozenset(hidden.difference(made)))


@frozen
class Readers:
    """Who has read something, among what is stored: by the place of each.

    Attributes:
        begins: Where the readers of each number begin, and the last end.
        places: One after the other.
    """

    begins: Numbers
    places: Numbers

    def of(self, number: int) -> Numbers:
        """Those of a number; none of one that was not there yet."""
        return self.places[self.begins[number] : self.begins[number + 1]] if number + 1 < len(self.begins) else ()
