"""What files say of units that did not change is taken from the last build."""

from __future__ import annotations

from pathlib import Path

from okrsite.reads import Table
from okrsite.site.freshness.lastbuild import LastBuild

MADE: list[str] = []
"""The ids of what was made, in order."""


class Goals:
    """What parts are made of."""

    def __init__(self, **values: int) -> None:
        self.values = Table(("goals", "values"), values)


def part(goals: Goals, id: str) -> tuple[str, int | None]:
    """A part that shows one value."""
    MADE.append(id)
    return id, goals.values.get(id)


def built(folder: Path, *, key: str = "same", **values: int) -> list[str]:
    """Make the parts of some values as a build does; gives the ids of those that were made anew."""
    MADE.clear()
    goals = Goals(**values)
    last = LastBuild(folder / "builds", folder / "site", "makers")
    last.begin(key, {"goals": goals}, {})
    assert [last.of(part, goals, id) for id in "abc"] == [(id, values.get(id)) for id in "abc"]
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
