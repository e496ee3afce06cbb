"""Values that nobody changes: the type checker sees to it, and they are compared by what they hold."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from okrsite.frozen import frozen

ROOT = Path(__file__).parents[2]


@frozen
class Pair:
    """Two values."""

    one: int
    other: str = ""


@frozen(order=True, kw_only=True)
class Step:
    """One that can be sorted."""

    place: int


def test_values_are_compared_and_hashed_by_what_they_hold() -> None:
    """As of any frozen dataclass."""
    assert Pair(1) == Pair(1, "") != Pair(1, "x")
    assert len({Pair(1), Pair(1), replace(Pair(1), one=2)}) == 2
    assert sorted([Step(place=2), Step(place=1)]) == [Step(place=1), Step(place=2)]
    assert is_dataclass(Pair)
    assert [field.name for field in fields(Pair)] == ["one", "other"]


def test_there_is_no_room_for_more() -> None:
    """They have slots."""
    with pytest.raises(AttributeError):
        Pair(1).another = 1  # type: ignore[attr-defined]
    assert not hasattr(Pair(1), "__dict__")


def test_the_type_checker_refuses_changes(tmp_path: Path) -> None:
    """Whoever writes one gets no further than `make lint`."""
    file = tmp_path / "changing.py"
    file.write_text(
        "from okrsite.frozen import frozen\n@frozen\nclass Pair:\n    one: int\nPair(1).one = 2\nPair('x')\n", "utf-8"
    )
    mypy = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), "--follow-imports", "silent"]
    said = subprocess.run([*mypy, str(file)], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert 'changing.py:5: error: Property "one" defined in "Pair" is read-only' in said
    assert 'changing.py:6: error: Argument 1 to "Pair" has incompatible type "str"' in said
