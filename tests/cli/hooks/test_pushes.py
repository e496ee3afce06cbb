"""Real pushes to real repositories with the hooks that ``okrsite hook install`` writes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from gitrepos import Repo, environment
from portalfiles import warm

from okrsite.starter import create, template_files

OBJECTIVES = "okrs goals/content/okrs/organisation/2026-Q1.yml"


class Server:
    """A bare repository with hooks, a clone of it with a portal in a folder, and where it publishes to.

    Every name has what a careless script stumbles over.
    """

    def __init__(self, folder: Path) -> None:
        self.bare = folder / 'it\'s a "server".git'
        self.target = folder / "what's $(published)"
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(self.bare)], check=True)
        self.repo = Repo(folder / "clone")
        create(self.repo.path / "okrs goals", template_files("blank", date(2026, 1, 5)))
        self.repo.commit("Begin", "2026-02-10")
        self.install("--check")
        self.first = (0, "")

    def install(self, *options: str) -> None:
        """Install the hooks."""
        words = ["hook", "install", str(self.bare), str(self.target), "--portal", "okrs goals", *options]
        subprocess.run([sys.executable, "-m", "okrsite", *words], check=True, capture_output=True)

    def pushing(self, *words: str) -> subprocess.Popen[str]:
        """A push under way."""
        return subprocess.Popen(
            ["git", "push", str(self.bare), *words],
            cwd=self.repo.path,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def push(self, *words: str) -> tuple[int, str]:
        """The exit status of a push, and what the pusher is told."""
        process = self.pushing(*words)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    def change(self, before: str, after: str, day: str = "2026-02-11") -> str:
        """Change the objectives; gives the new commit."""
        file = self.repo.path / OBJECTIVES
        text = file.read_text(encoding="utf-8")
        assert before in text
        self.repo.write(OBJECTIVES, text.replace(before, after, 1))
        return self.repo.commit("Change \x1b[31mthe goals", day)

    def snapshots(self) -> list[dict[str, object]]:
        """The list of versions, the newest first."""
        listed: list[dict[str, object]] = json.loads((self.target / "versions.json").read_text())["snapshots"]
        return listed


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server with a first push; tests push to it in any order, and leave it such that others can."""
    server = Server(tmp_path_factory.mktemp("a server"))
    warm(server.bare)
    server.repo.git("branch", "other")
    server.repo.git("tag", "v1")
    server.first = server.push("other", "v1", "main")
    return server


def test_a_push_is_published(server: Server) -> None:
    """The first push, with another branch and a tag beside it: main alone is published; the pusher is told where."""
    status, said = server.first
    assert status == 0, said
    (snapshot,) = server.snapshots()
    assert snapshot["commit"] == server.repo.head()
    assert said.count("publishing") == 1
    assert '"Begin" is published' in said
    assert f"{server.target}/current/index.html" in said
    assert f"{server.target}/s/{snapshot['id']}/index.html" in said
    page = (server.target / "current" / "index.html").read_text(encoding="utf-8")
    assert "10 Feb 2026" in page


def test_errors_are_refused(server: Server) -> None:
    """With --check the push is refused with every problem; nothing arrives, and nothing published changes."""
    good = server.repo.head()
    server.change("kind: increase", "kind: incraese")
    status, said = server.push("main")
    assert status != 0
    assert "okrs/organisation/2026-Q1.yml:" in said
    assert "did you mean 'increase'?" in said
    assert "okrsite: refused" in said
    assert subprocess.check_output(["git", "-C", str(server.bare), "rev-parse", "main"], text=True).strip() == good
    assert len(server.snapshots()) == 1
    server.repo.git("reset", "-q", "--hard", good)


def test_two_pushes_at_once(server: Server) -> None:
    """The second comes while the first is still being published: both arrive, the later one is the newest."""
    server.install()  # without --check, so that its hook is taken away
    assert not (server.bare / "hooks" / "pre-receive").exists()
    first = server.change("owner: Your Name", "owner: Ada")
    earlier = server.pushing("main")
    end = time.monotonic() + 120
    while (server.bare / "refs/heads/main").read_text().strip() != first:
        assert time.monotonic() < end
        time.sleep(0.02)
    second = server.change("owner: Ada", "owner: Grace", "2026-02-12")
    status, said = server.push("main")
    assert (status, earlier.wait(120)) == (0, 0), said
    assert earlier.stdout is not None
    told = earlier.stdout.read()
    earlier.stdout.close()
    assert "is published" in told + said
    assert [each["commit"] for each in server.snapshots()][:2] == [second, first], told + said
    assert (server.target / "current").readlink().name == server.snapshots()[0]["id"]
    assert f"Since {first[:10]}:" in said
    assert "→" in said
    assert "\x1b" not in said
    assert not list((server.bare / ".okrsite").glob("*-*"))  # nothing is left lying in the repository


def test_errors_without_the_check(server: Server) -> None:
    """The push itself succeeds; the pusher is told what is wrong, and readers see what they saw."""
    server.install()
    before = server.snapshots()
    server.change("kind: increase", "kind: incraese", "2026-02-13")
    status, said = server.push("main")
    assert status == 0
    assert "did you mean 'increase'?" in said
    assert "not published: 1 error" in said
    assert f"Readers go on seeing {before[0]['id']}" in said
    assert server.snapshots() == before


def test_a_branch_is_deleted(server: Server) -> None:
    """Its snapshots stay."""
    before = server.snapshots()
    subprocess.run(["git", "-C", str(server.bare), "symbolic-ref", "HEAD", "refs/heads/other"], check=True)
    status, said = server.push("--delete", "main")
    assert status == 0
    assert "main is gone" in said
    assert server.snapshots() == before
