"""Goals that are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from functools import cached_property
from typing import TypeVar

_Goal = TypeVar("_Goal")


class Shelved(Mapping[str, _Goal]):
    """Goals by full id, in the order of the ids.

    Args:
        shelves: Id -> gives the goals of the unit that it is of, by id.
    """

    def __init__(self, shelves: Mapping[str, Callable[[], Mapping[str, _Goal]]]) -> None:
        self._shelves = {id: shelves[id] for id in sorted(shelves)}

    def __getitem__(self, id: str) -> _Goal:
        return self._shelves[id]()[id]

    def values(self) -> ValuesView[_Goal]:
        """All of them, found once."""
        return self._whole.values()

    def items(self) -> ItemsView[str, _Goal]:
        """All of them with their ids, found once."""
        return self._whole.items()

    @cached_property
    def _whole(self) -> Mapping[str, _Goal]:
        return {id: goals()[id] for id, goals in self._shelves.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelves)

    def __len__(self) -> int:
        return len(self._shelves)

    def __contains__(self, id: object) -> bool:
        return id in self._shelves
