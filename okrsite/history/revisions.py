"""Commits by what people call them: a day, a branch, a tag, an id; and what lies between two of them."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, time
from typing import Literal

from okrsite.frozen import frozen
from okrsite.history.git import GitError, Repository

Relation = Literal["before", "same", "after", "apart", "unknown"]
"""How one commit stands to another."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FETCH_ALL = "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in the checkout step of CI"


@frozen
class Revision:
    """A commit.

    Attributes:
        id: In full.
        at: Its committer date, in UTC.
        name: What it was asked for by.
    """

    id: str
    at: datetime
    name: str

    @property
    def day(self) -> date:
        """The day of its committer date, in UTC."""
        return self.at.date()

    @property
    def short(self) -> str:
        """Its id as people write it."""
        return self.id[:10]


def revision_of(repository: Repository, name: str, head: str = "HEAD") -> Revision:
    """The commit that somebody means.

    A day, written YYYY-MM-DD, is the last commit of that day in UTC, or before, on the first-parent line of the head;
    it is a day even where a branch is called like it. Anything else is what git takes it for.

    Args:
        repository: Where to look.
        name: A day, or any name of a commit that git knows.
        head: The commit whose line a day is looked up on.

    Raises:
        GitError: There is no such commit.
    """
    if (day := _day(name)) is not None:
        return _on(repository, day, head)
    id = _id(repository, name)
    return Revision(id, _committed(repository, id), name)


def is_revision(repository: Repository, name: str) -> bool:
    """Whether `revision_of` would find a commit, however the name is meant."""
    if _day(name) is not None:
        return True
    try:
        _id(repository, name)
    except GitError:
        return False
    return True


def fork_of(repository: Repository, one: str, other: str) -> Revision:
    """The commit at which two lines of commits parted.

    Raises:
        GitError: One of them does not exist, or they have nothing in common.
    """
    ids = [_id(repository, one), _id(repository, other)]
    try:
        found = repository.git("merge-base", *ids).decode().split()
    except GitError as error:
        hint = FETCH_ALL if repository.is_shallow else "name the two commits one by one"
        raise GitError("failed", f"'{one}' and '{other}' have no commit in common", hint) from error
    return Revision(found[0], _committed(repository, found[0]), f"{one}...{other}")


def renamed_files(repository: Repository, before: str, after: str | None, below: str = "") -> dict[str, str]:
    """The files that git takes for renamed between two commits, old name to new, relative to the repository's top.

    Args:
        repository: Where the commits are.
        before: A commit's id.
        after: Another one's; None for the work tree, of which git knows what has been added to the index.
        below: The folder to look at, relative to the repository's top; empty for all.

    Raises:
        GitError: Git failed.
    """
    how = ("-z", "--name-status", "--diff-filter=R", "--find-renames", "--no-ext-diff", "--ignore-submodules=all")
    command = ("diff-index", *how, before) if after is None else ("diff-tree", "-r", *how, before, after)
    parts = os.fsdecode(repository.git(*command, "--", *([below] if below else []))).split("\0")
    return {parts[place + 1]: parts[place + 2] for place in range(0, len(parts) - 2, 3)}


def _day(name: str) -> date | None:
    if not _DAY.fullmatch(name):
        return None
    try:
        return date.fromisoformat(name)
    except ValueError:  # such as 2026-02-30: perhaps a branch
        return None


def _on(repository: Repository, day: date, head: str) -> Revision:
    """The last commit of a day, or before."""
    line = _id(repository, head)
    last = int(datetime.combine(day, time(23, 59, 59), UTC).timestamp())
    found = repository.git("rev-list", "--first-parent", "--max-count=1", f"--min-age={last}", line, "--").decode()
    if found:
        id = found.strip()
        return Revision(id, _committed(repository, id), day.isoformat())
    first = repository.git("rev-list", "--first-parent", line, "--").decode().split()[-1]
    begins = _committed(repository, first).date()
    if repository.is_shallow:
        raise GitError("shallow", f"this clone has no commit of {day} or before: it begins on {begins}", FETCH_ALL)
    raise GitError("failed", f"there is no commit of {day} or before", f"history begins on {begins}")


def _id(repository: Repository, name: str) -> str:
    """The full id of a commit."""
    unknown = f"there is no revision {name!r}"
    if not name or name.startswith("-") or not name.isprintable():
        raise GitError("failed", unknown, "name a day, a branch, a tag or a commit")
    try:
        return repository.git("rev-parse", "--verify", f"{name}^{{commit}}").decode().strip()
    except GitError as error:
        if error.kind != "failed":
            raise
        if "ambiguous" in error.message:
            raise GitError("failed", f"{name!r} may mean several commits", "write more of its id") from error
        if name == "HEAD":
            raise GitError(
                "no_commit", "the repository has no commit yet", "`git commit` begins its history"
            ) from error
        hint = "name a day, a branch, a tag or a commit; `git log --oneline` lists commits"
        if repository.is_shallow:
            hint = f"the clone is shallow; {FETCH_ALL}"
        raise GitError("failed", unknown, hint) from error


def _committed(repository: Repository, id: str) -> datetime:
    # Not "show": of a large commit that takes several times as long, though it shows no more.
    told = repository.git("log", "--max-count=1", "--no-show-signature", "--format=%ct", id, "--").decode()
    return datetime.fromtimestamp(int(told), tz=UTC)


@frozen
class Details:
    """What else a snapshot of a commit tells of it.

    Attributes:
        subject: The first line of its message, with a blank for each character that cannot be printed.
        count: How many commits it rests on, itself among them: strictly more than any commit before it.
    """

    subject: str
    count: int


def details_of(repository: Repository, id: str) -> Details:
    """What else there is to say of a commit.

    Raises:
        GitError: There is no such commit.
    """
    subject = repository.git("show", "--no-patch", "--no-show-signature", "--format=%s", id).decode("utf-8", "replace")
    printable = "".join(each if each.isprintable() else " " for each in subject.rstrip("\n"))
    return Details(printable.strip(), int(repository.git("rev-list", "--count", id, "--")))


def relation_of(repository: Repository, other: str, id: str) -> Relation:
    """How another commit stands to one: before it in its history, after it, apart from it; unknown where git lacks it.

    Raises:
        GitError: The one is not there.
    """
    if other == id:
        return "same"
    try:
        repository.git("rev-parse", "--verify", "--quiet", f"{other}^{{commit}}")
    except GitError:
        return "unknown"
    # What one commit rests on and the other does not: none of it means that the other rests on all of it.
    if not repository.git("rev-list", "--max-count=1", other, f"^{id}", "--"):
        return "before"
    if not repository.git("rev-list", "--max-count=1", id, f"^{other}", "--"):
        return "after"
    return "apart"


def is_dirty(repository: Repository, below: str, apart: str = "") -> bool:
    """Whether a work tree has changes below a folder that no commit has; files that git ignores are none.

    Args:
        repository: Not a bare one.
        below: Relative to its top; empty for all.
        apart: What counts not, likewise; empty for nothing.
    """
    listed = repository.git(
        "status", "--porcelain", "-z", "--untracked-files=normal", "--", *([below] if below else [])
    )
    names = [os.fsdecode(each)[3:].rstrip("/") + "/" for each in listed.split(b"\0") if each]
    return any(not apart or not (f"{apart}/".startswith(name) or name.startswith(f"{apart}/")) for name in names)
