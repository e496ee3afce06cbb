"""What is kept of drawings, and for how long."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from okrsite.charts.cache import Cache
from okrsite.disk import A_DAY

AA1, AA2, BB1, CC1 = (f"{letters:<064}" for letters in ("aa1", "aa2", "bb1", "cc1"))
KEYS = (AA1, AA2, BB1)
WEEK = 7 * A_DAY

Later = Callable[[int], None]


@pytest.fixture
def later(tmp_path: Path) -> Later:
    """Lets so many weeks pass: all that is kept is so much older."""

    def pass_by(weeks: int) -> None:
        for file in filter(Path.is_file, tmp_path.rglob("*")):
            then = file.stat().st_mtime_ns - weeks * WEEK
            os.utime(file, ns=(then, then))

    return pass_by


def kept(folder: Path) -> set[str]:
    """The keys of all that is kept."""
    return {key for key in KEYS if Cache(folder).get(key) == f"drawing {key}"}


def full(folder: Path) -> Cache:
    """A cache with something for each key, in which was looked for old things for the first time."""
    cache = Cache(folder)
    for key in KEYS:
        cache.put(key, f"drawing {key}")
    cache.let_go(KEYS)
    return cache


def test_what_is_not_used_for_long_goes(tmp_path: Path, later: Later) -> None:
    """With a build every second week, a drawing is kept for eight weeks after the last build that used it."""
    cache = full(tmp_path)
    for weeks in (2, 4, 6, 8):
        later(2)
        cache.let_go([AA1])
        assert kept(tmp_path) == {*KEYS}, weeks
    later(4)
    cache.let_go([AA1])
    assert kept(tmp_path) == {AA1}


def test_nothing_gets_old_while_nobody_builds(tmp_path: Path, later: Later) -> None:
    """After half a year without a build the first one finds all that there was, and so does the second."""
    cache = full(tmp_path)
    later(26)
    cache.let_go([AA1])
    assert kept(tmp_path) == {*KEYS}
    later(2)
    cache.let_go([AA1, BB1])
    assert kept(tmp_path) == {AA1, BB1}


def test_times_are_looked_at_once_a_week(tmp_path: Path, later: Later, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build within days looks at no drawing but those that it used."""
    cache = full(tmp_path)
    later(1)
    cache.let_go([])
    monkeypatch.setattr("okrsite.charts.cache.os.scandir", lambda folder: pytest.fail(f"looked into {folder}"))
    cache.let_go([AA1])


def test_what_is_gone_is_no_failure(tmp_path: Path, later: Later) -> None:
    """Neither a key that is not there, nor a folder that another process deletes meanwhile."""
    cache = full(tmp_path)
    (tmp_path / BB1[:2] / BB1[2:]).unlink()
    later(20)
    cache.let_go([BB1, CC1])
    assert kept(tmp_path) == {AA1, AA2}
    Cache(None).let_go([AA1])


def test_nothing_else_goes(tmp_path: Path, later: Later) -> None:
    """A folder of caches that leads to another one, or holds other files, loses no file but drawings."""
    elsewhere = tmp_path / "elsewhere"
    others = ["aa/notes.txt", f"aa/{'g' * 62}", f"photos/{AA1[2:]}", "README"]
    for name in others:
        (elsewhere / name).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / name).write_text("mine")
    (tmp_path / "charts").symlink_to(elsewhere)
    cache = full(tmp_path / "charts")
    (tmp_path / "far/off").mkdir(parents=True)
    (tmp_path / "far/off" / AA1[2:]).write_text("mine")
    (elsewhere / "dd").symlink_to(tmp_path / "far/off")
    for _ in range(2):
        later(20)
        cache.let_go([])
    assert kept(tmp_path / "charts") == set()
    assert [name for name in others if (elsewhere / name).exists()] == others
    assert (tmp_path / "far/off" / AA1[2:]).exists()
