"""Parts that a copy of a process has asked for, on their way to that process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from okrsite.reads import Way
from okrsite.site.freshness.numbering import Numbering, Read
from okrsite.site.parts import Newly


class Asked(NamedTuple):
    """The parts that a copy of this process has asked for.

    Attributes:
        made: Those that were made: the name of each, what was read for it, and its value, packed.
        ways: Those that were read, in the order of the numbers that they have in ``made``.
        named: The names of parts that were read, likewise.
        standing: The names of those that are as they were, though it had to be found out.
        untouched: The names of those of which that was clear.
    """

    made: tuple[tuple[str, Read, bytes], ...]
    ways: tuple[Way, ...]
    named: tuple[str, ...]
    standing: tuple[str, ...]
    untouched: tuple[str, ...]


def asked_for(made: Iterable[Newly], standing: Iterable[str], untouched: Iterable[str]) -> Asked:
    """Parts as they travel.

    Args:
        made: Those that were made.
        standing: As of `Asked`.
        untouched: Likewise.
    """
    numbering = Numbering()
    parts = tuple((each.name, numbering.read(each.reads), each.value) for each in made)
    return Asked(parts, tuple(numbering.ways), tuple(numbering.named), tuple(standing), tuple(untouched))
