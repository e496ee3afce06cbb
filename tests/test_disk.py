"""Files are put in place whole, and an entry's look tells one that was changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from okrsite.disk import look_again, look_at, moment, put, stat_of


def test_a_file_is_there_whole(tmp_path: Path) -> None:
    """Its folder is made, what was there is replaced, and nothing is left beside it."""
    file = tmp_path / "a" / "b"
    put(file, b"one")
    put(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(file.parent.iterdir()) == [file]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """What cannot be put in place leaves what was there, and nothing beside it."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        put(tmp_path / "folder", b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_a_change_shows(tmp_path: Path) -> None:
    """A file that was past when it was looked at looks otherwise after a change, though size and time are set back."""
    file = tmp_path / "file"
    file.write_bytes(b"one")
    before = stat_of(str(file))
    assert before is not None
    while moment(tmp_path / "probes") <= max(before[1:3]):
        pass
    file.write_bytes(b"two")
    os.utime(file, ns=(before[1], before[1]))
    assert stat_of(str(file)) != before
    assert stat_of(str(tmp_path / "nothing")) is None


EDITS: tuple[Callable[[Path], object], ...] = (
    lambda top: put(top / "a/b/file", b"new"),
    lambda top: put(top / "a/new/file", b"more"),
    lambda top: put(top / "file", os.urandom(3)),
    lambda top: (top / "a/old").write_bytes(os.urandom(3)),
    lambda top: shutil.rmtree(top / "a", ignore_errors=True),
    lambda top: os.path.lexists(top / "moved") or (top / "a").rename(top / "moved"),
    lambda top: (top / "a/file").unlink(missing_ok=True),
    lambda top: shutil.rmtree(top / "moved", ignore_errors=True),
    lambda top: os.path.lexists(top / "moved") or (top / "moved").symlink_to("a"),
    lambda top: (top / "moved").is_symlink() and (top / "moved").unlink(),
)


def test_another_look_sees_what_the_first_would(tmp_path: Path) -> None:
    """Whatever came, went, was moved or put in another's place: listing only what changed, all of it is seen."""
    random = Random(7)  # noqa: S311 - no secret
    top, probes = tmp_path / "top", tmp_path / "probes"
    put(top / "a/b/file", b"one")
    put(top / "c/file", b"two")
    look = look_at(str(top))
    for _ in range(60):
        latest = max(max(stat[1:3]) for each in look for stat in each.values())
        while moment(probes) <= latest:
            pass
        for edit in random.sample(EDITS, random.randint(0, 3)):
            (top / "a").mkdir(exist_ok=True)
            edit(top)
        now = look_at(str(top))
        assert look_again(look) == now
        look = now
