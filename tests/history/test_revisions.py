"""Commits by what people call them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from gitrepos import Repo

from okrsite.history import (
    GitError,
    Repository,
    fork_of,
    head_files,
    is_revision,
    renamed_files,
    repository_of,
    revision_of,
)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Three commits on main, the middle one with a branch beside it; a branch is called like a day."""
    repo = Repo(tmp_path_factory.mktemp("repo"))
    repo.write("a.txt", "one\ntwo\nthree\nfour\n")
    repo.commit("first", "2026-01-10T23:30:00-0500")  # 11 January in UTC
    repo.branch("side")
    repo.write("b.txt", "b")
    repo.commit("beside", "2026-01-12")
    repo.checkout("main")
    repo.move("a.txt", "c d.txt")
    repo.commit("second", "2026-01-14")
    repo.merge("side", "merge", "2026-01-16")
    repo.git("branch", "2026-01-12", "side")
    repo.git("tag", "-a", "-m", "a tag", "v1")
    return repo


@pytest.fixture
def repository(repo: Repo) -> Repository:
    """The same as the package sees it."""
    return repository_of(repo.path)


@pytest.mark.parametrize(
    ("day", "subject"),
    [
        ("2026-01-11", "first"),
        ("2026-01-12", "first"),
        ("2026-01-14", "second"),
        ("2026-01-15", "second"),
        ("2026-12-31", "merge"),
    ],
)
def test_a_day_is_its_last_commit_or_the_one_before(repo: Repo, repository: Repository, day: str, subject: str) -> None:
    """Days are UTC, what a merge brought is as old as the merge, and a branch's name does not hide a day."""
    found = revision_of(repository, day)
    assert repo.git("log", "-1", "--format=%s", found.id) == subject
    assert found.day.isoformat() <= day


def test_anything_else_is_what_git_takes_it_for(repo: Repo, repository: Repository) -> None:
    """Branches, tags, ids and what leads on from them."""
    assert revision_of(repository, "v1").id == repo.head()
    assert revision_of(repository, "HEAD^2").id == repo.git("rev-parse", "side")
    assert revision_of(repository, repo.head()[:8]).id == repo.head()
    assert fork_of(repository, "side", "main").id == repo.git("rev-parse", "side")
    assert is_revision(repository, "side")
    assert not is_revision(repository, "nowhere")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2026-01-10", "there is no commit of 2026-01-10 or before: history begins on 2026-01-11"),
        ("nowhere", "there is no revision 'nowhere': name a day"),
        ("2026-02-30", "there is no revision '2026-02-30'"),
        ("--all", "there is no revision '--all'"),
        ("HEAD:a.txt", "there is no revision 'HEAD:a.txt'"),
        ("", "there is no revision ''"),
        ("a\nb", "there is no revision 'a\\nb'"),
    ],
)
def test_what_is_no_commit_is_said(repository: Repository, name: str, told: str) -> None:
    """With what to do about it, and never as an option of git."""
    with pytest.raises(GitError) as failure:
        revision_of(repository, name)
    assert told in str(failure.value)


def test_no_commit_yet(tmp_path: Path) -> None:
    """An empty repository says so."""
    repo = Repo(tmp_path)
    for name in ("HEAD", "2026-01-01"):
        with pytest.raises(GitError, match="no commit yet"):
            revision_of(repository_of(repo.path), name)


def test_a_shallow_clone_says_what_is_missing(repo: Repo, tmp_path: Path) -> None:
    """A day before its beginning leads to the way to fetch the rest."""
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{repo.path}", tmp_path / "c"], check=True)
    shallow = repository_of(tmp_path / "c")
    assert revision_of(shallow, "2026-01-20").id == repo.head()
    for name in ("2026-01-14", "HEAD~1"):
        with pytest.raises(GitError, match="fetch-depth: 0"):
            revision_of(shallow, name)


def test_renamed_files(repo: Repo, repository: Repository) -> None:
    """As git has them, between commits and against the work tree."""
    first = repo.git("rev-parse", "HEAD~2")
    assert renamed_files(repository, first, repo.head()) == {"a.txt": "c d.txt"}
    assert renamed_files(repository, first, None) == {"a.txt": "c d.txt"}
    assert renamed_files(repository, first, None, "elsewhere") == {}


def test_files_that_tell_of_another_commit(tmp_path: Path) -> None:
    """Those of the repository that holds a folder, whatever is moved to; none outside of one, or without a log."""
    repo = Repo(tmp_path / "repo")
    repo.write("portal/mkdocs.yml", "")
    assert head_files(tmp_path / "repo") == (), "no commit yet"
    repo.commit("Begin")
    files = head_files(tmp_path / "repo/portal")
    before = [file.read_bytes() for file in files]
    repo.commit("More")
    assert len(files) == 2
    assert before != [file.read_bytes() for file in files]
    (files[1]).unlink()
    assert head_files(tmp_path / "repo") == head_files(tmp_path) == ()
