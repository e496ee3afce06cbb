"""Values that are made when they are asked for: one page of thousands needs few of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

from okrsite.reads import Once

Value = TypeVar("Value")


class OnDemand(Mapping[str, Value]):
    """Values by id, each made when it is first asked for, and kept.

    Args:
        ids: Those that there are, in their order: any mapping by these ids will do.
        make: Makes the value of an id.
    """

    __slots__ = ("_ids", "_once")

    def __init__(self, ids: Collection[str], make: Callable[[str], Value]) -> None:
        def known(id: str) -> Value:
            if id not in ids:
                raise KeyError(id)
            return make(id)

        self._ids = ids
        self._once = Once(known)

    def __getitem__(self, id: str) -> Value:
        return self._once[id]

    @property
    def made(self) -> Mapping[str, Value]:
        """Those that have been asked for."""
        return self._once.made

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
