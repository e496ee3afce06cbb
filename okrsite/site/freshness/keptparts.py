"""What was made of goals, and what was read for it: whether it still is what it would be if it were made again.

Pages and parts are made of values, found by their ways, and of other parts. They hold while all of these are the same.
A part that does not hold is made anew; where it has the same value nevertheless, what is made of it holds.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from itertools import islice
from typing import Any, TypeVar, cast

from okrsite.crew import meanwhile
from okrsite.reads import Place, Way, note, recording, ways_to
from okrsite.site.freshness.asked import Asked, asked_for
from okrsite.site.freshness.digests import Digests
from okrsite.site.freshness.grounds import ALL_GOALS, GOALS, ground_of
from okrsite.site.freshness.layers import Layered
from okrsite.site.freshness.manifest import MadePage, MadePart, Manifest, Unwritten
from okrsite.site.freshness.numbering import Numbering, Read, Translation
from okrsite.site.freshness.since import is_little
from okrsite.site.freshness.touching import touched, zeros
from okrsite.site.output.signatures import LENGTH
from okrsite.site.parts import PARTS, Newly, name_of, packed, told_by, unpacked

Value = TypeVar("Value")

_CONTENT = ("portal", "history")
"""What ways to what was read begin with."""

_SMALL = 2000
"""Bytes that a part has at most to be held in memory unpacked as well: larger ones are asked for once, by files."""

_MANY = 5000
"""From how many ways on another process is worth it that finds out what is at their ends."""

_MOST = 1.25
"""How many ways there may be for each that was there when those that nobody read were left out last; and how many names
for each part, since some that are of a day come and go with it."""


class KeptParts:
    """The parts that were made before, and those that are made now; and of pages, whether they hold.

    Until it is told what there is to read, it makes every part anew.

    Args:
        ahead: Called before the first part is asked for.
    """

    def __init__(self, ahead: Callable[[KeptParts], None] = lambda _: None) -> None:
        self._ahead: Callable[[KeptParts], None] | None = ahead
        self._last = Manifest()
        self._key = ""
        self._given: object = None
        self._units: Collection[str] = ()
        self._grounds: Mapping[str, bytes] = {}
        self._digests = Digests({}, {})
        self._same = bytearray()
        self._numbering = Numbering()
        self._parts: dict[str, MadePart | Newly] = {}
        self._values: dict[str, tuple[Place, Any]] = {}
        self._standing: set[str] = set()
        self._untouched: set[str] = set()
        self._touched: Collection[str] | None = None
        self._verdicts: dict[str, bool] = {}
        self._newly: list[Newly] = []
        self._looked = b""

    def begin(
        self,
        last: Manifest,
        key: str,
        roots: Mapping[str, object],
        grounds: Mapping[str, bytes],
        units: Collection[str] = (),
        given: object = None,
    ) -> None:
        """Compare what was read for all that was made with what there is now.

        Args:
            last: All that was made.
            key: Stands for all that everything depends on.
            roots: What is read, by the first step of the ways to it.
            grounds: By name, what stands for all that some ways lead to.
            units: The ids of all units.
            given: What those parts are made of that pages or other parts read.
        """
        self._ahead, self._looked = None, b""
        self._last = last = last if last.key == key else Manifest()
        if grounds.keys() == last.grounds.keys():
            grounds = {name: grounds[name] for name in last.grounds}
        self._key, self._units, self._grounds, self._given = key, units, grounds, given
        whole = grounds.get(GOALS)
        self._digests = Digests(roots, {} if whole is None else dict.fromkeys(ALL_GOALS, whole))
        firm = bytes(grounds.get(name) == digest for name, digest in last.grounds.items())
        self._numbering = Numbering(last.ways, last.named)
        self._same = bytearray(map((firm + b"\0").__getitem__, last.grounded))
        # What is not of the content itself may be made of parts, which hold if all that they read there is the same.
        for at in sorted(zeros(self._same), key=lambda at: last.ways[at][0] not in _CONTENT):
            self._same[at] = self._digests.at(last.ways[at]) == last.digest(at)
        self._touched = touched(last, self._same, self._numbering.named)

    def page(self, name: str) -> MadePage | None:
        """How a page was made; None where it has to be made again."""
        page = self._last.pages.get(name)
        return page if page is not None and self._holds(name, page) else None

    def of(self, make: Callable[..., Value], given: object, *ids: str) -> Value:
        """As of all `Parts`."""
        if self._ahead is not None:
            ahead, self._ahead = self._ahead, None
            ahead(self)
        name = name_of(make, ids)
        known = self._values.get(name)
        if known is None:
            value = self._known(name) if self._stands(name) else self._make(name, make, given, ids)
            known = Place((PARTS, name)), value
            if len(self._parts[name].value) <= _SMALL:
                self._values[name] = known
        note(known[0])
        return cast(Value, known[1])

    def newly(self) -> tuple[Newly, ...]:
        """The parts that were made since this was asked for last."""
        found, self._newly = self._newly, []
        return tuple(found)

    def take(
        self, parts: Iterable[tuple[str, Read, bytes]], ways: Collection[Way], named: Collection[str]
    ) -> Translation:
        """Note parts that were made, here or in another process.

        Args:
            parts: The name of each, what was read for it, and its value, packed.
            ways: Those that were read, in the order of the numbers that they have in `parts`.
            named: The names of parts that were read, likewise.

        Returns:
            How to get from these numbers to those that are known here.
        """
        numbers = self._numbering.taking(ways, named)
        for name, read, value in parts:
            if not isinstance(self._parts.get(name), MadePart):
                self._parts[name] = MadePart(*numbers.of(read), value)
        return numbers

    def asked(self) -> Asked:
        """In a copy of a process: what the other has to `take_asked`."""
        found_out = self._standing if self._touched is None else self._standing.intersection(self._touched)
        return asked_for(self.newly(), found_out, self._standing - found_out)

    @property
    def holds_mostly(self) -> bool:
        """Whether nearly all of the last build is as it was."""
        return self._touched is not None and len(self._touched) <= _MANY

    def look_apart(self, pages: Sequence[str], wanted: bool) -> None:
        """Have another process find out which pages hold: it may make very many parts, of most goals.

        What is known of these is known here then, and what they were made of is not in the memory of this process, nor
        in that of others which are copies of it.

        Args:
            pages: The names of their files.
            wanted: Whether there may be another, should it be worth it.
        """

        def found() -> Asked:
            for name in pages:
                self.page(name)
            return self.asked()

        if wanted and not self.holds_mostly:
            with meanwhile(found) as asked:
                self.take_asked(asked())

    def take_asked(self, asked: Asked) -> None:
        """Note the parts that a copy of this process has asked for, as if it had been this one."""
        self.take(asked.made, asked.ways, asked.named)
        for name in asked.standing:
            self._stands(name)
        self._untouched.update(asked.untouched)

    @contextmanager
    def looking(self, wanted: bool) -> Iterator[None]:
        """Meanwhile, have another process find out what stands for all that was read so far: `manifest` needs it.

        Args:
            wanted: Whether there may be another, should it be worth it.
        """
        ways = list(islice(self._numbering.ways, len(self._last.ways), None))
        if not wanted or len(ways) < _MANY:
            yield
            return
        # As bytes, of which a copy of this process takes some at a time: to look at what it shares would be to copy it.
        some = [marshal.dumps(ways[first : first + _MANY]) for first in range(0, len(ways), _MANY)]
        with meanwhile(lambda: self._digests.in_turn(some), has_own=True) as found:
            yield
            self._looked = found()

    def manifest(self, made: Mapping[str, MadePage], kept: Collection[str] = ()) -> Manifest:
        """All that is known now; where little of it is new, with what is on disk as its base.

        Args:
            made: How each page was made that was.
            kept: The names of those that were kept.
        """
        new = {name: self._numbered(part) for name, part in self._parts.items() if name not in self._standing}
        self._need([*made.values(), *new.values()], self._touched)
        return self._since(made, kept, new) or self._whole(made, kept, new)

    def _since(
        self, made: Mapping[str, MadePage], kept: Collection[str], new: Mapping[str, MadePart]
    ) -> Manifest | None:
        """What is known now as what came since; None where that is much."""
        last = self._last
        base, pages, parts = last.base, last.pages, last.parts
        if base is None or self._touched is None or (*self._grounds,) != base.grounds:
            return None
        assert isinstance(pages, Layered) and isinstance(parts, Layered)  # noqa: S101, PT018
        pages = pages.turned(made, pages.keys() - made.keys() - set(kept))
        parts = parts.turned(new, {name for name in self._touched if name in parts and name not in self._parts})
        numbering = self._numbering
        is_grown = len(numbering.ways) > last.least * _MOST
        if is_grown or not is_little(base, [*pages.since, *pages.gone, *parts.since, *parts.gone]):
            return None
        ways = list(numbering.ways)
        grounded = array("I", last.grounded)
        grounded.extend(self._grounded(ways[len(last.ways) :]))
        moved = set(zeros(self._same, base.ways))
        return Manifest(
            key=self._key,
            grounds=self._grounds,
            ways=ways,
            grounded=grounded,
            digests=self._all_digests(ways),
            pages=pages,
            parts=parts,
            named=list(numbering.named),
            least=last.least,
            base=replace(base, changed=moved.union(base.changed)),
        )

    def _whole(self, made: Mapping[str, MadePage], kept: Collection[str], new: Mapping[str, MadePart]) -> Manifest:
        """What is known now, by itself."""
        pages = {name: self._last.pages[name] for name in kept}
        for name in self._untouched:
            self._stands(name)
        standing = [self._last.parts[name] for name in self._standing]
        self._need([*pages.values(), *made.values(), *new.values(), *standing])
        pages.update(made)
        found = self._all()
        shared = {each.name: getattr(found, each.name) for each in fields(Manifest)}
        found = Manifest(**{**shared, "digests": self._all_digests(found.ways), "pages": pages})
        is_grown = len(found.ways) > found.least * _MOST or len(found.named) > len(found.parts) * _MOST
        return found.without_unread() if is_grown else found

    def _need(self, made: Iterable[MadePage | MadePart], among: Collection[str] | None = None) -> None:
        """Have all parts that some things are made of among those that are known, though nobody asked for them here.

        Args:
            made: The things.
            among: Which parts; None for all.
        """
        named, parts = self._last.named, self._last.parts
        waiting, found = [each.parts for each in made] if parts else [], set[int]()
        while waiting:
            for number in set(waiting.pop()).difference(found):
                found.add(number)
                name = named[number] if number < len(named) else ""
                if (among is None or name in among) and self._stands(name) and name in self._standing:
                    waiting.append(parts[name].parts)

    def _all_digests(self, ways: Sequence[Way]) -> bytes:
        """Of the values, in the order of all ways that are known."""
        last = self._last
        digests = bytearray(last.digests)
        for at in zeros(self._same):
            digests[at * LENGTH : (at + 1) * LENGTH] = self._digests.at(ways[at])
        known = len(last.ways) + len(self._looked) // LENGTH
        return bytes(digests) + self._looked + b"".join(map(self._digests.at, ways[known:]))

    def unwritten(self) -> Manifest:
        """All that is known of parts now, for another reading in this process; also of those that nobody asked for."""
        for name in self._last.parts:
            self._is_untouched(name)
        return self._all()

    def _is_untouched(self, name: str) -> bool:
        """Whether a part is as it was, as far as can be told without making any; then it is known."""
        last = self._last.parts.get(name)
        if last is None or name in self._parts:
            return last is not None and self._parts[name].value == last.value
        if all(map(self._same.__getitem__, last.reads)) and all(
            self._is_untouched(self._last.named[at]) for at in last.parts
        ):
            self._parts[name] = last
            self._standing.add(name)
            return True
        return False

    def _all(self) -> Manifest:
        parts = {name: self._numbered(part) for name, part in self._parts.items()}
        last, ways = self._last, list(self._numbering.ways)
        place = {name: at for at, name in enumerate(self._grounds)}
        none = len(place)
        moved = [*(place.get(name, none) for name in last.grounds), none]
        grounded = array("I", map(moved.__getitem__, last.grounded))
        grounded.extend(self._grounded(ways[len(last.ways) :]))
        return Unwritten(
            key=self._key,
            grounds=self._grounds,
            ways=ways,
            grounded=grounded,
            parts=parts,
            named=list(self._numbering.named),
            least=last.least or len(ways),
            looks=self._digests.at,
        )

    def _grounded(self, ways: Iterable[Way]) -> Iterator[int]:
        """The place of what decides the value of each of some ways."""
        place = {name: at for at, name in enumerate(self._grounds)}
        return (place.get(ground_of(way, self._units), len(place)) for way in ways)

    def _numbered(self, part: MadePart | Newly) -> MadePart:
        return part if isinstance(part, MadePart) else MadePart(*self._numbering.read(part.reads), part.value)

    @property
    def has_begun(self) -> bool:
        """Whether parts were asked for, or it was told what there is to read."""
        return self._ahead is None

    def _holds(self, name: str, made: MadePage | MadePart) -> bool:
        if self._touched is not None and name not in self._touched:
            return True
        named = self._last.named
        return all(map(self._same.__getitem__, made.reads)) and all(self._is_same(named[at]) for at in made.parts)

    def _stands(self, name: str) -> bool:
        """Whether a part is known as it is now: made already, or as it was."""
        if name not in self._parts:
            part = self._last.parts.get(name)
            if part is None or not self._holds(name, part):
                return False
            self._parts[name] = part
            self._standing.add(name)
        return True

    def _is_same(self, name: str) -> bool:
        """Whether a part has the value that it had; it is made where that is not known."""
        if self._touched is not None and name not in self._touched:
            return name in self._last.parts
        if name not in self._verdicts:
            self._verdicts[name] = self._has_old_value(name)
        return self._verdicts[name]

    def _has_old_value(self, name: str) -> bool:
        last = self._last.parts.get(name)
        if last is None:
            return False
        if not self._stands(name):
            make, ids = told_by(name)
            try:
                self._make(name, make, self._given, ids)
            except LookupError:  # what it is about is gone
                return False
        return self._parts[name].value == last.value

    def _known(self, name: str) -> Any:
        return unpacked(self._parts[name].value)

    def _make(self, name: str, make: Callable[..., Any], given: object, ids: Sequence[str]) -> Any:
        with recording() as read:
            value = make(given, *ids)
        self._standing.discard(name)
        new = self._parts[name] = Newly(name, ways_to(read), packed(value))
        self._newly.append(new)
        return value
