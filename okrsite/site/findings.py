"""What the rules say of a portal: found out when it is looked at, since it needs every figure and few pages show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from okrsite.problems import Problem
from okrsite.reads import fact_of


class Findings(Sequence[Problem]):
    """Problems, sorted by place.

    Args:
        find: Finds them.
    """

    def __init__(self, find: Callable[[], Sequence[Problem]]) -> None:
        self._find = find

    @fact_of("findings")
    def found(self) -> Sequence[Problem]:
        """All of them."""
        return self._find()

    @overload
    def __getitem__(self, at: int) -> Problem: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Problem]: ...
    def __getitem__(self, at: int | slice) -> Problem | Sequence[Problem]:
        return self.found[at]

    def __len__(self) -> int:
        return len(self.found)
