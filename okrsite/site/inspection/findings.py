"""What the rules say of a portal: found out when it is looked at, unit by unit, and kept as parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import overload

from okrsite.problems import Problem, Severity
from okrsite.reads import once_property
from okrsite.site.inspection.inspection import findings, in_unit
from okrsite.site.views import Gallery


def counts_of(gallery: Gallery) -> tuple[tuple[Severity, int], ...]:
    """How many problems there are of each severity, as a part may hold it."""
    return tuple(sorted(gallery.judge.counts(partial(gallery.part, in_unit)).items()))


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

    @once_property
    def counts(self) -> Mapping[Severity, int]:
        """How many there are, by severity: known, while units give the same."""
        return dict(self._gallery.part(counts_of))

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
