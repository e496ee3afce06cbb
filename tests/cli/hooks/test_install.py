"""``okrsite hook install``: our hooks are written and renewed, others are left alone."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from gitrepos import Repo


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """An empty bare repository whose branch is called trunk."""
    Repo(tmp_path / "any").git("init", "-q", "--bare", "-b", "trunk", str(tmp_path / "goals.git"))
    return tmp_path / "goals.git"


def test_what_is_written(run: Any, bare: Path, tmp_path: Path) -> None:
    """Programs that may be run, every word in quotes; the branch is the repository's own, the folder a full path."""
    done = run("hook", "install", "goals.git", "out put", "--check", cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    post = bare / "hooks" / "post-receive"
    line = next(line for line in post.read_text().splitlines() if line.startswith((sys.executable, "'")))
    words = shlex.split(line.removesuffix(" || exit 0"))
    assert words[:6] == [sys.executable, "-P", "-m", "okrsite", "hook", "post-receive"]
    assert words[6:] == ["--repository", ".", "--branch", "trunk", "--", str(tmp_path / "out put")]
    assert all((bare / "hooks" / name).stat().st_mode & 0o111 == 0o111 for name in ("post-receive", "pre-receive"))
    assert "A push with errors is refused." in done.stderr


def test_ours_are_renewed(run: Any, bare: Path, tmp_path: Path) -> None:
    """Another target takes the first one's place; without --check the check is taken away."""
    run("hook", "install", "goals.git", "one", "--check", cwd=tmp_path)
    assert run("hook", "install", "goals.git", "s3://two/goals", "--branch", "main", cwd=tmp_path).exit_code == 0
    text = (bare / "hooks" / "post-receive").read_text()
    assert "s3://two/goals" in text
    assert f"{tmp_path}/one" not in text
    assert not (bare / "hooks" / "pre-receive").exists()


def test_others_are_left_alone(run: Any, bare: Path, tmp_path: Path) -> None:
    """A hook of somebody else's is named, with what to do, and nothing is written."""
    (bare / "hooks").mkdir(exist_ok=True)
    (bare / "hooks" / "pre-receive").write_text("#!/bin/sh\n")
    done = run("hook", "install", "goals.git", "out", "--check", cwd=tmp_path)
    assert done.exit_code == 1
    assert "hooks/pre-receive" in done.stderr
    assert "Call okrsite from them instead" in done.stderr
    assert not (bare / "hooks" / "post-receive").exists()
    assert run("hook", "install", "goals.git", "out", cwd=tmp_path).exit_code == 0
    assert (bare / "hooks" / "pre-receive").read_text() == "#!/bin/sh\n"


def test_where_it_cannot_be(run: Any, bare: Path, tmp_path: Path) -> None:
    """No folder, no repository, a folder inside one, hooks that git looks for elsewhere: each says what to do."""
    (tmp_path / "plain").mkdir()
    for name, said in (("nowhere", "there is no folder"), ("plain", "git init --bare plain")):
        done = run("hook", "install", name, "out", cwd=tmp_path)
        assert (done.exit_code, said in done.stderr) == (1, True), done.stderr
    repo = Repo(tmp_path / "work")
    repo.write("sub/file", "")
    done = run("hook", "install", "work/sub", "out", cwd=tmp_path)
    assert (done.exit_code, "is inside the repository" in done.stderr) == (1, True)
    Repo(tmp_path / "any").git("--git-dir", str(bare), "config", "core.hooksPath", str(tmp_path / "plain"))
    done = run("hook", "install", "goals.git", "out", cwd=tmp_path)
    assert (done.exit_code, "core.hooksPath" in done.stderr) == (1, True)
    assert run("hook", "install", "work", "out", "--portal", "../up", cwd=tmp_path).exit_code == 2


@pytest.mark.parametrize("name", ["work", "work/.git"])
def test_with_a_work_tree(run: Any, tmp_path: Path, name: str) -> None:
    """A repository that is not bare is named by its full path: git runs its hooks in .git."""
    repo = Repo(tmp_path / "work")
    assert run("hook", "install", name, "out", cwd=tmp_path).exit_code == 0
    text = (repo.path / ".git" / "hooks" / "post-receive").read_text()
    assert f"--repository {repo.path}" in text
