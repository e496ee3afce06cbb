"""Parts of what did not change are taken from the last build, and so is what is made of parts that stayed the same."""

from __future__ import annotations

import pickle
from pathlib import Path
from types import SimpleNamespace

import pytest

from okrsite.reads import Table
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.lastbuild import LastBuild
from okrsite.site.freshness.manifest import Manifest
from okrsite.site.output.sitefolder import SiteFolder
from okrsite.site.parts import Parts

MADE: list[str] = []
"""The names of what was made, in order."""


class Goals:
    """What parts are made of."""

    def __init__(self, parts: Parts, values: dict[str, int]) -> None:
        self.parts = parts
        self.values = Table(("goals", "values"), values)


def part(goals: Goals, id: str) -> tuple[str, int | None]:
    """A part that shows one value."""
    MADE.append(id)
    return id, goals.values.get(id)


def parity(goals: Goals, id: str) -> str:
    """A part that is the same for many values, and cannot be made without one."""
    MADE.append(f"parity of {id}")
    return "even" if goals.values[id] % 2 == 0 else "odd"


def pair(goals: Goals, first: str, second: str) -> tuple[str, ...]:
    """A part that is made of others."""
    MADE.append(f"pair {first}{second}")
    return tuple(goals.parts.of(parity, goals, id) for id in (first, second))


def begun(folder: Path, values: dict[str, int], key: str = "same") -> tuple[LastBuild, Goals]:
    """A build of some values, before any part is made."""
    MADE.clear()
    last = LastBuild(folder / "builds", SiteFolder(folder / "site"), "makers")
    goals = Goals(last.parts, values)
    last.parts.begin(last.left(key), key, {"goals": goals}, {}, (), goals)
    return last, goals


def built(folder: Path, *, key: str = "same", **values: int) -> list[str]:
    """Make the parts of some values as a build does; gives the ids of those that were made anew."""
    last, goals = begun(folder, values, key)
    assert [last.parts.of(part, goals, id) for id in "abc"] == [(id, values.get(id)) for id in "abc"]
    last.end()
    return [*MADE]


def paired(folder: Path, **values: int) -> list[str]:
    """The same with a part made of parts."""
    last, goals = begun(folder, values)
    last.parts.of(pair, goals, "a", "b")
    last.end()
    return [*MADE]


def test_parts_of_what_changed_are_made(tmp_path: Path) -> None:
    """Each by itself; also one of what was not there."""
    assert built(tmp_path, a=1, b=2) == ["a", "b", "c"]
    assert built(tmp_path, a=1, b=2) == []
    assert built(tmp_path, a=1, b=3) == ["b"]
    assert built(tmp_path, a=1, b=3, c=4) == ["c"]


def test_parts_of_another_frame_are_made(tmp_path: Path) -> None:
    """Another day, option or edition."""
    assert built(tmp_path, a=1) == built(tmp_path, key="other", a=1) == ["a", "b", "c"]


def test_parts_of_a_damaged_note_are_made(tmp_path: Path) -> None:
    """And nothing is taken from it."""
    built(tmp_path, a=1)
    (note,) = (tmp_path / "builds").glob("*.build")
    note.write_bytes(note.read_bytes()[:-1])
    assert built(tmp_path, a=1) == ["a", "b", "c"]


def test_what_is_made_of_a_part_depends_on_its_value(tmp_path: Path) -> None:
    """A part that is made anew and is what it was before changes nothing further."""
    assert paired(tmp_path, a=1, b=2) == ["pair ab", "parity of a", "parity of b"]
    assert paired(tmp_path, a=3, b=2) == ["parity of a"]
    assert paired(tmp_path, a=4, b=2) == ["parity of a", "pair ab"]
    assert paired(tmp_path, a=4, b=2) == []


def test_what_a_copy_asked_for_is_noted(tmp_path: Path) -> None:
    """By the process that it is a copy of: parts that it made, and parts that stand though something of them moved."""

    def by_copy(**values: int) -> list[str]:
        last, _ = begun(tmp_path, values)
        copy, goals = begun(tmp_path, values)
        copy.parts.of(pair, goals, "a", "b")
        last.parts.take_asked(pickle.loads(pickle.dumps(copy.parts.asked())))  # noqa: S301 - packed here
        last.end()
        return [*MADE]

    assert by_copy(a=1, b=2) == ["pair ab", "parity of a", "parity of b"]
    assert paired(tmp_path, a=1, b=2) == []
    assert by_copy(a=3, b=2) == ["parity of a"]
    assert paired(tmp_path, a=3, b=2) == []
    assert by_copy(a=3, b=3) == ["parity of b", "pair ab"]
    assert by_copy(a=3, b=3) == []


def test_a_part_of_what_is_gone_changes_what_is_made_of_it(tmp_path: Path) -> None:
    """It cannot be made: so whatever was made of it is made anew, and may do without it."""
    paired(tmp_path, a=1, b=2)
    last, goals = begun(tmp_path, {"a": 1})
    with pytest.raises(KeyError):
        last.parts.of(pair, goals, "a", "b")
    assert MADE == ["parity of b", "pair ab", "parity of b"]


def test_ways_are_not_looked_at_while_their_ground_is_the_same(tmp_path: Path) -> None:
    """What decides many values at once spares a look at each."""

    def made(ground: bytes, value: int) -> list[str]:
        MADE.clear()
        last = LastBuild(tmp_path / "builds", SiteFolder(tmp_path / "site"), "makers")
        objectives = {"acme/2026-Q1/o": value}
        goals = SimpleNamespace(values=Table(("portal", "objectives"), objectives))
        roots = {"portal": SimpleNamespace(objectives=objectives)}
        last.parts.begin(last.left("same"), "same", roots, {"acme": ground}, ("acme",), goals)
        last.parts.of(part, goals, "acme/2026-Q1/o")
        last.end()
        return [*MADE]

    assert made(b"one", 1) == ["acme/2026-Q1/o"]
    assert made(b"one", 2) == []  # nobody looked
    assert made(b"two", 1) == []  # looked at, and as it was noted
    assert made(b"three", 2) == ["acme/2026-Q1/o"]


def test_parts_stay_in_memory_while_others_are_asked_for() -> None:
    """From one reading to the next but one; what changed meanwhile is not taken for what it was."""

    def read(before: KeptParts | None, asked: str, **values: int) -> KeptParts:
        MADE.clear()
        parts = KeptParts()
        goals = Goals(parts, values)
        parts.begin(Manifest() if before is None else before.unwritten(), "", {"goals": goals}, {}, (), goals)
        for id in asked:
            parts.of(parity, goals, id)
        return parts

    first = read(None, "ab", a=1, b=2)
    second = read(first, "a", a=1, b=2)
    assert MADE == []
    third = read(second, "b", a=1, b=2)
    assert MADE == []
    fourth = read(third, "b", a=2, b=2)
    assert MADE == []
    read(fourth, "ab", a=2, b=2)
    assert MADE == ["parity of a"]
