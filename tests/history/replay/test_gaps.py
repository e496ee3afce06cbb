"""What is missing is said: no git, no repository, no commit, a shallow clone, a cut-off submodule."""

from __future__ import annotations

from pathlib import Path

import pytest
from gitrepos import Repo
from ledgers import MEETING, Q1, TRUST, history_of, lines, started

from okrsite.history import History, read_history
from okrsite.settings import Settings


def kind(history: History) -> str:
    """Which gap there is."""
    return history.gap.kind if history.gap else ""


def test_no_git_no_repository_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The portal builds; history says what is missing and what to do about it."""
    bare = tmp_path / "bare"
    bare.mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert kind(read_history(bare, Settings())) == "no_repository"
    repo = Repo(tmp_path / "empty")
    assert kind(history_of(repo)) == "no_commit"
    repo.write("content/index.md", "# Goals\n")
    repo.commit("No goals")
    assert kind(history_of(repo)) == "no_commit"
    assert kind(history_of(repo, revision="nothing")) == "failed"
    monkeypatch.setenv("PATH", "")
    gap = history_of(repo).gap
    assert gap is not None
    assert (gap.kind, bool(gap.hint)) == ("no_git", True)


def test_a_shallow_clone_says_since_when(tmp_path: Path) -> None:
    """Goals at the boundary are not new; what follows is told; the whole history is told once it is there."""
    repo = started(tmp_path / "whole")
    for day, target in (("2026-01-10", 58), ("2026-01-20", 56), ("2026-01-30", 54)):
        repo.write(Q1, TRUST.replace("60}", f"{target}}}"))
        repo.commit("Aim lower", day)
    cache = tmp_path / "cache"
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.path}", str(tmp_path / "shallow"))
    clone = Repo(tmp_path / "shallow")
    history = history_of(clone, cache)
    assert lines(history, setup=True) == ["goalpost acme/2026-Q1/trust/nps target 56 -> 54 *"]
    assert str(history.since) == "2026-01-20"
    assert history.gap is not None
    assert history.gap.kind == "shallow"
    assert "fetch-depth: 0" in history.gap.hint
    clone.git("fetch", "-q", "--unshallow")
    history = history_of(clone, cache)
    assert history.gap is None
    assert len(lines(history)) == 3
    assert str(history.since) == "2026-01-02"


def test_work_trees_submodules_and_portals_within(tmp_path: Path) -> None:
    """A linked work tree, a content folder that is a repository of its own, a portal in a larger repository."""
    inner = started(tmp_path / "inner")
    inner.write(Q1, TRUST.replace("60}", "50}"))
    inner.commit("Aim lower", "2026-02-01")
    inner.git("worktree", "add", "-q", str(tmp_path / "linked"), "HEAD")
    told = ["goalpost acme/2026-Q1/trust/nps target 60 -> 50 *"]
    assert lines(read_history(tmp_path / "linked", Settings())) == told
    outer = Repo(tmp_path / "outer")
    outer.write("README.md", "Outer\n")
    outer.commit("Outer")
    outer.git("submodule", "--quiet", "add", f"file://{inner.path}", "portal")
    outer.commit("Add goals")
    assert lines(read_history(outer.path / "portal", Settings())) == told
    large = Repo(tmp_path / "large")
    large.write("code/main.c", "int main;\n")
    large.commit("Code")
    large.write("docs/goals/content/okrs/acme/unit.yml", "name: A\nlevel: corporate\n")
    large.write("content/okrs/other/unit.yml", "name: Other\nlevel: corporate\n")
    large.commit("Goals", "2026-01-02")
    large.write(f"docs/goals/{MEETING}", "check_ins: {}\n")
    large.commit("Nothing", "2026-01-03")
    history = history_of(large, folder="docs/goals")
    assert lines(history, setup=True) == ["added acme"]


def test_another_owner_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git refuses a repository that somebody else owns; the hint is how to trust it."""
    repo = started(tmp_path)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    gap = history_of(repo).gap
    assert gap is not None
    assert gap.kind == "refused"
    assert "safe.directory" in gap.hint
