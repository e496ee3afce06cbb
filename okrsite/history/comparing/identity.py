"""Which goal of one state of a portal is which of another: the same id, or what it is recognised by under a new one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Literal

from okrsite.frozen import frozen

How = Literal["", "holder", "rename", "equal"]
"""By what it was recognised: its id; its name in what holds it, which has a new id itself; git's detection of a renamed
file; or what it says, an equal title and key results."""


@frozen
class Face:
    """What a goal is recognised by.

    Attributes:
        id: Full.
        holder: The id of what holds it: the unit above, an objective's unit, a key result's objective.
        name: What it is called there, e.g. ``2026-Q1/reliability``: with the holder the id follows from it.
        path: The file that it stands in, relative to the repository's top; empty where that is not known.
        alike: What it says, where another with the same in the same holder is it; None for nothing.
        alike_anywhere: The same, wherever it is.
    """

    id: str
    holder: str
    name: str
    path: str = ""
    alike: Hashable = None
    alike_anywhere: Hashable = None


@frozen
class Match:
    """A goal's id in the later state, and by what it was recognised."""

    id: str
    how: How


def matched(
    before: Iterable[Face],
    after: Iterable[Face],
    holders: Mapping[str, Match] | None = None,
    renamed: Mapping[str, str] | None = None,
) -> dict[str, Match]:
    """The goals of one sort that are in both states, by their ids before.

    The same id counts most. The others are recognised by their holder's new id, by a renamed file, and by what they
    say, in this order, and each time only where one before stands against one after.

    Args:
        before: The goals of the earlier state.
        after: Those of the later one.
        holders: What became of their holders; None for units, which hold one another.
        renamed: Files by their names before, to those after, as git has it.
    """
    matching = _Matching(before, after, renamed or {})
    while matching.recognise(matching.found if holders is None else holders):
        pass  # what was recognised may hold others
    return matching.found


class _Matching:
    def __init__(self, before: Iterable[Face], after: Iterable[Face], renamed: Mapping[str, str]) -> None:
        earlier = {face.id: face for face in before}
        later = {face.id: face for face in after}
        self.found = {id: Match(id, "") for id in earlier if id in later}
        self._lost = {id: face for id, face in earlier.items() if id not in later}
        self._new = {id: face for id, face in later.items() if id not in earlier}
        self._renamed = renamed

    def recognise(self, holders: Mapping[str, Match]) -> bool:
        """Go the first way that leads to something; returns whether any does."""

        def holder(face: Face) -> str | None:
            if not face.holder:
                return ""
            match = holders.get(face.holder)
            return None if match is None else match.id

        def file(face: Face) -> str | None:
            return self._renamed.get(face.path)

        def is_held(face: Face) -> bool:
            return holder(face) is not None

        if self._pair("holder", _key(holder, lambda face: face.name), lambda face: (face.holder, face.name)):
            return True
        # What is held by something that is still lost waits: it may move along with it.
        return any(
            self._pair("rename", _key(file, lambda face: face.name), lambda face: (face.path, face.name), which)
            or self._pair("rename", file, lambda face: face.path or None, which)
            or self._pair("equal", _key(holder, _alike), _key(lambda face: face.holder, _alike), which)
            or self._pair("equal", _alike_anywhere, _alike_anywhere, which)
            for which in (is_held, _any)
        )

    def _pair(
        self,
        how: How,
        before: Callable[[Face], Hashable],
        after: Callable[[Face], Hashable],
        which: Callable[[Face], bool] | None = None,
    ) -> bool:
        """Take those for the same that are the only ones, before and after, with a key; returns whether any are."""
        known = len(self.found)
        if self._lost and self._new:
            lost, new = _only(self._lost.values(), before), _only(self._new.values(), after)
            for key, id in lost.items():
                if key in new and (which is None or which(self._lost[id])):
                    self.found[id] = Match(new[key], how)
                    del self._lost[id]
                    del self._new[new[key]]
        return len(self.found) > known


def _any(face: Face) -> bool:
    return bool(face.id)


def _alike_anywhere(face: Face) -> Hashable:
    return face.alike_anywhere


def _alike(face: Face) -> Hashable:
    return face.alike


def _key(
    place: Callable[[Face], Hashable], name: Callable[[Face], Hashable]
) -> Callable[[Face], tuple[Hashable, Hashable] | None]:
    """A place and a name in it as one key; None where there is either not."""

    def key(face: Face) -> tuple[Hashable, Hashable] | None:
        where, what = place(face), name(face)
        return None if where is None or what is None else (where, what)

    return key


def _only(faces: Iterable[Face], key: Callable[[Face], Hashable]) -> dict[Hashable, str]:
    """The ids of those whose key no other has, by the key."""
    found: dict[Hashable, str | None] = {}
    for face in faces:
        if (own := key(face)) is not None:
            found[own] = None if own in found else face.id
    return {own: id for own, id in found.items() if id is not None}
