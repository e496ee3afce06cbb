"""Real git repositories for tests: built with plain git, the same bytes everywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_QUIET = (
    *("-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false", "-c", "core.autocrlf=false"),
    *("-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0", "-c", "protocol.file.allow=always"),
    *("-c", "advice.detachedHead=false", "-c", "core.fsync=none"),
)


def environment(day: str = "2026-01-01", author: str = "Ada Chief") -> dict[str, str]:
    """An environment in which git depends on nothing of this machine.

    Args:
        day: When what is made is made: a day (noon, UTC), or a whole moment such as ``2026-01-01T23:30:00-0500``.
        author: Who makes it.
    """
    at = f"{day}T12:00:00+0000" if len(day) == 10 else day
    address = f"{author.lower().replace(' ', '.')}@example.com"
    left = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    of_author = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": address, "GIT_AUTHOR_DATE": at}
    of_committer = {"GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": address, "GIT_COMMITTER_DATE": at}
    return {**left, **plain, **of_author, **of_committer}


class Repo:
    """A repository under construction.

    Args:
        path: Its folder; made, with an empty repository, where there is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not (path / ".git").exists():
            path.mkdir(parents=True, exist_ok=True)
            self.git("init", "-q")

    def git(
        self, *arguments: str, day: str = "2026-01-01", author: str = "Ada Chief", given: bytes | None = None
    ) -> str:
        """What git prints.

        Raises:
            AssertionError: Git failed; with what it said.
        """
        done = subprocess.run(
            ["git", *_QUIET, *arguments],
            cwd=self.path,
            env=environment(day, author),
            input=given,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            said = (done.stdout + done.stderr).decode("utf-8", "replace")
            raise AssertionError(f"git {' '.join(arguments)}: {said}")
        return done.stdout.decode("utf-8", "replace").rstrip("\n")

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file, with its folders, as it is given: no line end is changed."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def write_all(self, files: Mapping[str, str | bytes]) -> None:
        """Write several files."""
        for name, content in files.items():
            self.write(name, content)

    def remove(self, name: str) -> None:
        """Remove a file or folder."""
        path = self.path / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()

    def move(self, before: str, after: str) -> None:
        """Move a file or folder."""
        (self.path / after).parent.mkdir(parents=True, exist_ok=True)
        (self.path / before).rename(self.path / after)

    def commit(self, message: str, day: str = "2026-01-10", author: str = "Ada Chief") -> str:
        """Commit all that stands in the work tree but okrsite's caches, be it nothing new, and give the commit's id."""
        self.git("add", "-A", "-f", "--", ".", ":(exclude,glob)**/.okrsite/**")
        self.git(
            *("commit", "-q", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-m", message),
            day=day,
            author=author,
        )
        return self.head()

    def head(self) -> str:
        """The id of the commit that is checked out."""
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str) -> None:
        """Make a branch here and change to it."""
        self.git("checkout", "-q", "-b", name)

    def checkout(self, name: str) -> None:
        """Change to a branch or commit."""
        self.git("checkout", "-q", name)

    def merge(self, name: str, message: str = "Merge", day: str = "2026-01-10", author: str = "Ada Chief") -> str:
        """Merge a branch (or several, by their names with blanks between), always with a merge commit."""
        self.git("merge", "-q", "--no-ff", "-m", message, *name.split(), day=day, author=author)
        return self.head()


def imported(path: Path, stream: bytes) -> Repo:
    """A repository from a stream of ``git fast-import``: for long histories. Its work tree stays empty."""
    repo = Repo(path)
    repo.git("fast-import", "--quiet", "--force", given=stream)
    return repo
