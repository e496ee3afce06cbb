"""Short stand-ins for values: equal values have the same, and others have another."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from hashlib import blake2b
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from okrsite.crew import meanwhile
from okrsite.day import Day
from okrsite.disk import NO_REFERENCES
from okrsite.languages import Saying
from okrsite.model import KeyResult, Kpi, Objective, Unit
from okrsite.reads import EVERYTHING, Way, unheard
from okrsite.site.output.signatures import LENGTH

ABSENT = bytes(LENGTH)
"""In place of the digest of what is not there."""

_IN_TURN = 12
"""How many packs of ways a process finds out, before its memory is given back."""

_THERE = b"1" * LENGTH
_NOTHING = object()


class Digests:
    """The digests of values that can be read, by the way to them.

    Args:
        roots: What each way may begin with.
        known: Digests that need not be found out, by the way.
    """

    def __init__(self, roots: Mapping[str, object], known: Mapping[Way, bytes]) -> None:
        self._roots = roots
        self._known = known
        self._goals: dict[str, bytes] = {}
        self._holders: dict[Way, Any] = {}

    def at(self, way: Way) -> bytes:
        """The digest of what is there now; of a mapping only that it is there, since what is read of it has its own."""
        if way in self._known:
            return self._known[way]
        holder, last = way[:-1], way[-1]
        with unheard():
            value = self._holders.get(holder)
            if value is None:
                value = self._holders[holder] = self._holder(holder)
            if last == EVERYTHING:
                return self._all(value) if isinstance(value, Mapping) else ABSENT
            value = value.get(last, _NOTHING) if isinstance(value, Mapping) else getattr(value, last, _NOTHING)
            if value is _NOTHING:
                return ABSENT
            return _THERE if isinstance(value, Mapping) else self._of(value)

    def in_turn(self, some: Sequence[bytes]) -> bytes:
        """The digests of very many values, one after the other.

        One process after the other finds out a few, since it looks at very many goals for them.

        Args:
            some: The ways, some of them packed in each.
        """
        found = b""
        while some:
            few, some = some[:_IN_TURN], some[_IN_TURN:]
            with meanwhile(partial(self._each, few)) as digests:
                found += digests()
        return found

    def _each(self, some: Iterable[bytes]) -> bytes:
        return b"".join(self.at(way) for each in some for way in marshal.loads(each))  # noqa: S302 - packed by this build

    def _holder(self, way: Way) -> Any:
        """What holds the value at the end of a way: a root, or a mapping; where it is gone, one of nothing."""
        value: Any = self._roots.get(way[0], {})
        for place, step in enumerate(way[1:]):
            value = getattr(value, step, {}) if place == 0 else value.get(step, {})
            if not isinstance(value, Mapping):
                return {}
        return value

    def _of(self, value: object) -> bytes:
        if isinstance(value, (tuple, list)) and value and isinstance(value[0], (Objective, KeyResult, Kpi, Unit)):
            return digest_of(tuple(map(self._goal, value)))
        return self._goal(value)

    def _goal(self, goal: object) -> bytes:
        """The digest of a goal, found once since it stands in many lists; of a part of one that of the whole."""
        if isinstance(goal, KeyResult):
            portal: Any = self._roots["portal"]
            return digest_of((goal.id, self._goal(portal.objectives[goal.objective_id])))
        if not isinstance(goal, (Objective, Kpi)):
            return digest_of(goal)
        known = self._goals.get(goal.id)
        if known is None:
            known = self._goals[goal.id] = digest_of(goal)
        return known

    def _all(self, values: Mapping[str, Any]) -> bytes:
        each = (self._all(value) if isinstance(value, Mapping) else self._of(value) for value in values.values())
        return digest_of((tuple(values), tuple(each)))


def digest_of(value: object) -> bytes:
    """The digest of a value made of records, numbers, texts and days.

    Raises:
        TypeError: It is made of anything else.
    """
    return blake2b(marshal.dumps(_plain(value), NO_REFERENCES), digest_size=LENGTH).digest()


def _plain(value: Any) -> Any:
    """A value as tuples of what marshal knows."""
    kind = type(value)
    plain = _PLAIN.get(kind)
    if plain is None:
        plain = _PLAIN[kind] = _of_record(kind)
    return plain(value)


def _as_it_is(value: Any) -> Any:
    return value


def _sequence(value: Any) -> Any:
    return tuple([_plain(each) for each in value])


def _of_record(kind: type) -> Callable[[Any], Any]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__qualname__} has no digest")
    name, names = kind.__qualname__, [field.name for field in fields(kind)]
    if len(names) == 1:  # of one alone the getter gives no tuple
        return lambda value: (name, _plain(getattr(value, names[0])))
    taken = attrgetter(*names)
    return lambda value: (name, *_sequence(taken(value)))


_PLAIN: dict[type, Callable[[Any], Any]] = {
    **dict.fromkeys((str, bytes, int, bool, float, type(None)), _as_it_is),
    **dict.fromkeys((date, Day), lambda value: ("date", value.toordinal())),
    datetime: lambda value: ("datetime", value.isoformat()),
    Decimal: lambda value: ("Decimal", str(value)),
    Fraction: lambda value: ("Fraction", value.numerator, value.denominator),
    tuple: _sequence,
    list: _sequence,
    **dict.fromkeys((dict, MappingProxyType), lambda value: ("dict", _sequence(value.items()))),
    Saying: lambda value: ("said", str(value), value.one, value.many, value.n, _plain(value.values)),
    frozenset: lambda value: ("set", tuple(sorted(map(repr, value)))),
}
"""How each kind of value is taken apart; those of records are found out when they are met."""
