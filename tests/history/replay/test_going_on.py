"""A history that goes on from what was kept is the one that is told from the beginning, whatever the files say."""

from __future__ import annotations

import gc
from pathlib import Path
from weakref import ref

import pytest
from commitstreams import Stream
from gitrepos import Repo
from wildgoals import WildAuthor

from okrsite.history import read_history
from okrsite.history.git import Repository
from okrsite.history.replay.shelf import Shelf
from okrsite.history.replay.standing import Standing
from okrsite.history.replay.versions import Versions
from okrsite.settings import Settings

COMMITS = 40
SETTINGS = Settings()


def wild_history(seed: int) -> tuple[Stream, list[int]]:
    """Commits of anything, now and then a merge, with dates that go back; the stream, and the marks of the line."""
    author, stream = WildAuthor(seed), Stream()
    line = [stream.commit(dict(author.files))]
    while stream.count < COMMITS:
        days = 2 * stream.count + author.chance.choice((0, 0, 0, 7, -9))
        if author.chance.random() < 0.1:
            beside = stream.commit(author.edit(), line[-1])
            beside = stream.commit(author.edit(), beside)
            line.append(stream.commit(author.edit(), line[-1], beside, days=days))
        else:
            line.append(stream.commit(author.edit(), line[-1], days=days))
    return stream, line


@pytest.mark.parametrize("seed", range(8))
def test_a_history_that_goes_on_is_the_same(tmp_path: Path, seed: int) -> None:
    """Stopped after every commit, or after some: meetings that name other units, roll-ups, KPIs, moved units."""
    stream, line = wild_history(seed)
    repo = Repo(tmp_path / "repo")
    ids = stream.imported(repo)
    whole = read_history(repo.path, SETTINGS, revision=ids[line[-1]])
    assert whole.changes
    for every in (1, 2, 7):
        for mark in line[(len(line) - 1) % every :: every]:
            told = read_history(repo.path, SETTINGS, tmp_path / f"cache-{every}", ids[mark])
        assert told == whole, f"stopped at every commit of {every}"


def test_what_stood_is_let_go_of(tmp_path: Path) -> None:
    """With the last one who has it, and not when garbage is looked for: a build does that hardly ever."""
    repo = Repo(tmp_path)
    with Shelf(None, "") as shelf:
        standing = Standing(Versions(Repository(repo.path, "", is_shallow=False), shelf))
        gone = ref(standing)
        gc.disable()
        try:
            del standing
            assert gone() is None
        finally:
            gc.enable()
