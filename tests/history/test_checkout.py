"""The files of a commit in a folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from gitrepos import Repo

from okrsite.history import GitError, repository_of
from okrsite.history.checkout import Checkout


def _checkout(repo: Repo, into: Path, commit: str = "HEAD") -> Checkout:
    repository = repository_of(repo.path)
    return Checkout(repository, repo.git("rev-parse", commit), into)


def test_bytes_are_those_of_the_commit(tmp_path: Path) -> None:
    """Line ends stay, no filter runs, odd names work, and the work tree is left alone."""
    repo = Repo(tmp_path / "repo")
    repo.write(".gitattributes", "*.md text eol=crlf ident\n*.yml filter=shout\n")
    repo.git("config", "filter.shout.smudge", "tr a-z A-Z")
    repo.git("config", "filter.shout.clean", "cat")
    repo.write("in/a.md", "one\ntwo $Id$\n")
    repo.write("in/b.yml", "name: x\r\n")
    repo.write("in/mit „Anführung“\n.txt", "odd")
    repo.write("out/c.txt", "c")
    repo.commit("all")
    repo.write("in/a.md", "changed")
    (tmp_path / "to").mkdir()
    checkout = _checkout(repo, tmp_path / "to")
    assert checkout.bring("in")
    assert not checkout.bring("nothing")
    assert (tmp_path / "to/in/a.md").read_bytes() == b"one\ntwo $Id$\n"
    assert (tmp_path / "to/in/b.yml").read_bytes().startswith(b"name: x")
    assert (tmp_path / "to/in/mit „Anführung“\n.txt").read_text() == "odd"
    assert not (tmp_path / "to/out").exists()
    assert (repo.path / "in/a.md").read_text() == "changed"
    assert checkout.bring("")
    assert (tmp_path / "to/out/c.txt").exists()


@pytest.mark.parametrize(
    ("target", "leads_out"),
    [
        ("b.txt", False),
        ("../b.txt", False),
        ("../in", False),
        ("../../b.txt", True),
        ("/etc/passwd", True),
        ("up/../../b.txt", True),
    ],
)
def test_links_stay_links_and_inside(tmp_path: Path, target: str, leads_out: bool) -> None:
    """One that would leave the folder, by whatever way, leads nowhere instead."""
    repo = Repo(tmp_path / "repo")
    repo.write("b.txt", "b")
    repo.write("in/b.txt", "b")
    (repo.path / "in/up").symlink_to("..")
    (repo.path / "in/link").symlink_to(target)
    repo.commit("links")
    (tmp_path / "to").mkdir()
    _checkout(repo, tmp_path / "to").bring("")
    link = tmp_path / "to/in/link"
    assert link.is_symlink()
    assert link.exists() != leads_out
    assert link.resolve().is_relative_to(tmp_path / "to")


@pytest.mark.parametrize("name", ["..", ".git", ".GIT"])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    """A tree may hold any name; nothing is written outside the folder."""
    repo = Repo(tmp_path / "repo")
    blob = repo.git("hash-object", "-w", "--stdin", given=b"evil")
    inner = repo.git("mktree", given=f"100644 blob {blob}\tevil\n".encode())
    tree = repo.git("mktree", given=f"040000 tree {inner}\t{name}\n".encode())
    commit = repo.git("commit-tree", "-m", "evil", tree)
    (tmp_path / "to").mkdir()
    with pytest.raises(GitError, match="cannot be written"):
        _checkout(repo, tmp_path / "to", commit).bring("")
    assert not (tmp_path / "evil").exists()
    assert list((tmp_path / "to").iterdir()) == []


def test_a_bare_repository(tmp_path: Path) -> None:
    """As a server has it."""
    repo = Repo(tmp_path / "repo")
    repo.write("in/a.txt", "a")
    repo.commit("a")
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    (tmp_path / "to").mkdir()
    Checkout(repository_of(tmp_path / "bare.git"), repo.head(), tmp_path / "to").bring("in")
    assert (tmp_path / "to/in/a.txt").read_text() == "a"


def test_submodules(tmp_path: Path) -> None:
    """Come from their own repository at the commit that they had; where that is not there, the fix is said."""
    goals = Repo(tmp_path / "goals")
    goals.write("x.yml", "old")
    old = goals.commit("old")
    repo = Repo(tmp_path / "repo")
    repo.git("submodule", "add", "-q", str(goals.path), "content/okrs")
    repo.commit("with goals")
    inside = Repo(repo.path / "content/okrs")
    inside.write("x.yml", "new")
    new = inside.commit("new")
    repo.commit("newer goals")
    (tmp_path / "to").mkdir()
    checkout = _checkout(repo, tmp_path / "to", "HEAD~1")
    checkout.bring("")
    assert (tmp_path / "to/content/okrs/x.yml").read_text() == "old"
    assert checkout.commit_of("content/okrs/x.yml") == old
    assert checkout.commit_of("content/index.md") == checkout.commit
    repo.git("clone", "-q", ".", str(tmp_path / "clone"))
    (tmp_path / "again").mkdir()
    empty = _checkout(Repo(tmp_path / "clone"), tmp_path / "again")
    empty.bring("")
    empty.need("guide")
    for path in ("content", "content/okrs", "content/okrs/acme"):
        with pytest.raises(GitError, match="git submodule update --init"):
            empty.need(path)
    assert list((tmp_path / "again/content/okrs").iterdir()) == []
    clone = Repo(tmp_path / "clone")
    clone.git("checkout", "-q", "HEAD~1")
    clone.git("submodule", "update", "--init", "-q")
    clone.git("checkout", "-q", "-")
    (tmp_path / "third").mkdir()
    other = _checkout(clone, tmp_path / "third", "main")
    other.bring("")
    with pytest.raises(GitError, match=f"does not have its commit {new[:10]}"):
        other.need("content")
