"""What was read while something was made, so that it need not be made again until one of these changes.

Tables note each value that is taken from them. What is made once and used by many notes, for each that uses it, all
that was read when it was made. Nothing here changes a value, and where nobody records, nothing is noted.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, ItemsView, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

Key = TypeVar("Key")
Value = TypeVar("Value")
Owner = TypeVar("Owner")

Way = tuple[str, ...]
"""The way to a value: what it is taken from, then attribute and keys."""

EVERYTHING = "*"
"""The last step of the way to all values of a mapping, and to which there are."""


class Place:
    """Where a value was read; there is one for each, so that sets of them are quick.

    Attributes:
        path: The way to it.
        all: Where all values of its mapping are read, this among them; None where it is in none.
        size: How many values are read there, if it is where all values of a mapping are.
        is_value: Whether there is a value, and no mapping; that there is none, or a mapping, is read as well.
    """

    __slots__ = ("all", "is_value", "path", "size")

    def __init__(self, path: Way, all: Place | None = None, size: int = 1, *, is_value: bool = True) -> None:
        self.path = path
        self.all = all
        self.size = size
        self.is_value = is_value


class _Now(threading.local):
    places: set[Place] | None = None


_now = _Now()


@contextmanager
def recording() -> Iterator[set[Place]]:
    """Whatever is read within, it alone; what surrounds it is not told."""
    before = _now.places
    places: set[Place] = set()
    _now.places = places
    try:
        yield places
    finally:
        _now.places = before


@contextmanager
def unheard() -> Iterator[None]:
    """Nothing that is read within is noted."""
    before, _now.places = _now.places, None
    try:
        yield
    finally:
        _now.places = before


DAY, SINCE, BEFORE = "day", "since", "before"
"""The steps of the ways to what was asked of a day: whether it is a certain day or later, or is before one."""

MANY = 500
"""From how many values of a mapping on they count as all of it, where they are most of it."""

_MOST = 0.75


def ways_to(places: set[Place]) -> frozenset[Way]:
    """The ways to what was read, without parts of what was read as a whole, or followed from it of the day."""
    if len(places) >= MANY:
        places = _widened(places)
    # Places are many, the mappings that they are in few.
    wholes = {whole for whole in {place.all for place in places} if whole and _is_read(whole, places)}
    ways = {place.path for place in places if place.all not in wholes}
    of_day = [way for way in ways if way[0] == DAY]
    return frozenset(ways.difference(_implied(of_day)) if of_day else ways)


def _widened(places: set[Place]) -> set[Place]:
    """With all values of a mapping in place of most of them."""
    while wide := {
        place
        for place, count in Counter(each.all for each in places if each.is_value).items()
        if place and count >= max(MANY, place.size * _MOST)
    }:
        places = {each for each in places if each.all not in wide} | wide
    return places


def _implied(of_day: Collection[Way]) -> Iterator[Way]:
    """Of ways to what was asked of a day those whose answers follow from others."""
    sides = {side: sorted(way for way in of_day if way[1] == side) for side in (SINCE, BEFORE)}
    is_known = sum(map(len, sides.values())) < len(of_day)
    # A day that is since the latest of some is since all of them, and one that is before the earliest before all.
    yield from sides[SINCE] if is_known else sides[SINCE][:-1]
    yield from sides[BEFORE] if is_known else sides[BEFORE][1:]


def _is_read(whole: Place, places: set[Place]) -> bool:
    """Whether all values of a mapping are read there, or all of one that it is in."""
    above: Place | None = whole
    while above is not None:
        if above in places:
            return True
        above = above.all
    return False


def note(place: Place) -> None:
    """Note that a value was read."""
    if _now.places is not None:
        _now.places.add(place)


class Once(Generic[Key, Value]):
    """Values by key, each made when it is first asked for, and kept with all that was read for it.

    Args:
        make: Makes the value of a key.

    Attributes:
        made: Those that have been asked for.
    """

    __slots__ = ("_make", "_places", "made")

    def __init__(self, make: Callable[[Key], Value]) -> None:
        self._make = make
        self._places: dict[Key, tuple[Place, ...]] = {}
        self.made: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        places = _now.places
        try:
            value = self.made[key]
        except KeyError:
            read: set[Place] = set()
            _now.places = read  # as `recording` does it, which takes longer
            try:
                value = self._make(key)
            finally:
                _now.places = places
            self.made[key] = value
            if read:
                self._places[key] = tuple(read)
        if places is not None and (own := self._places.get(key)) is not None:
            places.update(own)
        return value


class OnDemand(Mapping[str, Value]):
    """Values by id, each made when it is first asked for, and kept with all that was read for it.

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

    def get(self, id: str, default: Any = None) -> Any:
        """The value of an id; another where there is none."""
        return self._once[id] if id in self._ids else default

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


class Deferred(Mapping[str, Value]):
    """A mapping that is made when it is first looked into.

    Args:
        make: Makes it.
    """

    __slots__ = ("_once",)

    def __init__(self, make: Callable[[], Mapping[str, Value]]) -> None:
        self._once = Once[None, Mapping[str, Value]](lambda _: make())

    def __getitem__(self, id: str) -> Value:
        return self._once[None][id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._once[None])

    def __len__(self) -> int:
        return len(self._once[None])


class once_property(Generic[Owner, Value]):  # noqa: N801 - stands where cached_property would
    """A property that is made once, for whom all that was read then counts each time it is used."""

    def __init__(self, make: Callable[[Owner], Value]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = f"once {name}"

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> once_property[Owner, Value]: ...
    @overload
    def __get__(self, instance: Owner, owner: type[Any]) -> Value: ...
    def __get__(self, instance: Owner | None, owner: type[Any]) -> Value | once_property[Owner, Value]:
        if instance is None:
            return self
        kept: dict[str, Any] = instance.__dict__
        if self._name not in kept:
            kept[self._name] = Once[None, Value](lambda _: self._make(instance))
        value: Value = kept[self._name][None]
        return value


class composed(cached_property[Value]):  # noqa: N801 - as above
    """A property of a record that is made once, of others of its properties; of these is noted what is read."""


class fact(Generic[Owner, Value]):  # noqa: N801 - as above
    """A property that is made once, of which the value itself counts, and not what it was made of.

    Of a mapping each value counts by itself.

    Args:
        root: What the object that has it is called: the first step of the way to the value.
    """

    def __init__(self, root: str, make: Callable[[Owner], Value]) -> None:
        self._root = root
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._place = Place((self._root, name))

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> fact[Owner, Value]: ...
    @overload
    def __get__(self, instance: Owner, owner: type[Any]) -> Value: ...
    def __get__(self, instance: Owner | None, owner: type[Any]) -> Value | fact[Owner, Value]:
        if instance is None:
            return self
        kept: dict[str, Any] = instance.__dict__
        name = f"fact {self._place.path[-1]}"
        if name not in kept:
            with unheard():
                made: Any = self._make(instance)
            kept[name] = Table(self._place.path, made) if isinstance(made, Mapping) else made
        value: Value = kept[name]
        if not isinstance(value, Table):
            note(self._place)
        return value


def fact_of(root: str) -> Callable[[Callable[[Owner], Value]], fact[Owner, Value]]:
    """Makes a method a `fact` of what is called so."""
    return lambda make: fact(root, make)


class Table(Mapping[str, Value]):
    """A mapping that notes what is taken from it: the values, each by itself, or all of them.

    A mapping within it is a table too; of that only is noted here that it is there.

    Args:
        path: The way to it.
        values: What it holds.
        within: Where all of the mapping that it is in is read, if it is in one.
    """

    __slots__ = ("_inner", "_path", "_places", "_values", "_whole")

    def __init__(self, path: Way, values: Mapping[str, Value], within: Place | None = None) -> None:
        self._path = path
        self._values = values
        self._whole = Place((*path, EVERYTHING), within, len(values))
        self._places: dict[object, Place] = {}
        self._inner: dict[str, Table[Any]] = {}

    def __getitem__(self, key: str) -> Value:
        places = _now.places
        if places is not None:
            places.add(self._places.get(key) or self._place(key))
        value = self._values[key]
        if type(value) is dict:
            return self._within(key, value)  # type: ignore[no-any-return]
        return value

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key; another where there is none."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        if _now.places is not None:
            _now.places.add(self._places.get(key) or self._place(key))
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        note(self._whole)
        return iter(self._values)

    def values(self) -> ValuesView[Value]:
        """All values."""
        note(self._whole)
        return self._values.values()

    def items(self) -> ItemsView[str, Value]:
        """All keys with their values."""
        note(self._whole)
        return self._values.items()

    def __len__(self) -> int:
        note(self._whole)
        return len(self._values)

    def _place(self, key: object) -> Place:
        values = self._values
        is_value = key in values and not (type(values) is dict and type(values[key]) is dict)
        place = self._places[key] = Place((*self._path, str(key)), self._whole, is_value=is_value)
        return place

    def _within(self, key: str, values: Any) -> Any:
        if key not in self._inner:
            self._inner[key] = Table((*self._path, key), values, self._whole)
        return self._inner[key]
