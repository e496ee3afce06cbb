"""Files are put in place whole, and an entry's look tells one that was changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from okrsite.disk import moment, put, stat_of


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
