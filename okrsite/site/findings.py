"""What the rules say of a portal: found out when it is looked at, unit by unit, and kept as parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from okrsite.problems import Problem
from okrsite.reads import once_property
from okrsite.site.inspection import findings
from okrsite.site.views import Gallery


class Findings(Sequence[Problem]):
    """Problems, sorted by place.

    Args:
        gallery: The goals that they are found in.
    """

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery

    @once_property
    def found(self) -> Sequence[Problem]:
        """All of them."""
        return findings(self._gallery, self._gallery.parts)

    @overload
    def __getitem__(self, at: int) -> Problem: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Problem]: ...
    def __getitem__(self, at: int | slice) -> Problem | Sequence[Problem]:
        return self.found[at]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)
