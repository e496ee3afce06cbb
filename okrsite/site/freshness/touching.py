"""What may be another than it was: whatever has read what changed, and whatever was made of that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from okrsite.site.freshness.layers import Layered
from okrsite.site.freshness.manifest import Base, MadePage, MadePart, Manifest
from okrsite.site.freshness.numbering import Numbers


def touched(last: Manifest, same: bytearray, numbers: Mapping[str, int]) -> Collection[str] | None:
    """The names of the pages and parts that have to be looked at; None where that may be all.

    Where little changed these are few, and nothing has to be done for all others.

    Args:
        last: What was made.
        same: For each way whether the value is as it was.
        numbers: Those of parts, by their names.
    """
    if last.base is None or not isinstance(last.pages, Layered) or not isinstance(last.parts, Layered):
        return None
    since: dict[str, MadePage | MadePart] = {**last.pages.since, **last.parts.since}
    lost = [name for name in (*last.base.missing, *last.parts.gone) if name not in last.parts]
    return _Touching(last.base, since, lost, same, numbers).names


def zeros(flags: bytearray, end: int | None = None) -> Iterator[int]:
    """Where the zeros are.

    Args:
        flags: Ones and zeros.
        end: Before which place; by default the end.
    """
    at = flags.find(0, 0, end)
    while at >= 0:
        yield at
        at = flags.find(0, at + 1, end)


class _Touching:
    """Goes from what changed to all that was made of it."""

    def __init__(
        self,
        base: Base,
        since: Mapping[str, MadePage | MadePart],
        lost: Iterable[str],
        same: bytearray,
        numbers: Mapping[str, int],
    ) -> None:
        self.names: set[str] = set()
        self._base, self._numbers = base, numbers
        self._parts: set[int] = set()
        self._reach(lost)
        for number in zeros(same, base.ways):
            self._touch(base.of_ways.of(number))
        # What came since has no readers on disk; it is little.
        waiting = dict(since)
        while found := [name for name, made in waiting.items() if self._is_within(made, same)]:
            for name in found:
                del waiting[name]
            self._reach(found)

    def _is_within(self, made: MadePage | MadePart, same: Sequence[int]) -> bool:
        return not (all(map(same.__getitem__, made.reads)) and self._parts.isdisjoint(made.parts))

    def _touch(self, places: Numbers) -> None:
        self._reach(map(self._base.made.__getitem__, places))

    def _reach(self, names: Iterable[str]) -> None:
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            if name not in self.names:
                self.names.add(name)
                waiting += self._readers(name)

    def _readers(self, name: str) -> Iterator[str]:
        number = self._numbers.get(name)
        if number is not None:
            self._parts.add(number)
            yield from map(self._base.made.__getitem__, self._base.of_parts.of(number))
