"""One pass over the commits that touched the goals' folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from okrsite.frozen import frozen
from okrsite.history.git import Repository
from okrsite.history.ledger import Commit

_FORMAT = "%H%x00%P%x00%ct%x00%an%x00%B"
_DIFF = ("--raw", "-z", "-M", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv")
_WHICH = ("--topo-order", "--full-history", "--parents", "--diff-merges=first-parent")
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_REQUEST = re.compile(
    r"""
    ^Merge\ pull\ request\ \#(\d{1,9})\b          # GitHub
    | \bSee\ merge\ request\ \S*!(\d{1,9})\b      # GitLab
    | \(pull\ request\ \#(\d{1,9})\)              # Bitbucket
    | \((?:\#|!)(\d{1,9})\)[ ]*$                  # squashed
    """,
    re.VERBOSE | re.MULTILINE,
)


@frozen
class FileChange:
    """What a commit did to one file.

    Attributes:
        before: Its name before, relative to the goals' folder; None where it was not there.
        after: Its name after; None where it is gone, or is no file of its own any more but a link.
        blob: The id of what it holds after; empty where it is gone.
    """

    before: str | None
    after: str | None
    blob: str

    @property
    def is_renamed(self) -> bool:
        """Whether git takes it for the same file under another name."""
        return self.before is not None and self.after is not None and self.before != self.after


@frozen
class Logged:
    """A commit that touched the goals' folder, or merged one that did.

    Attributes:
        id: In full.
        parents: The nearest such commits before it; not always its first parent.
        at: Its committer date, in UTC.
        author: By name.
        message: In full, safe to show as text.
        files: What differs from its first parent.
        folder: What the names of files are relative to, as the goals' folder was called then; with a slash at its end.
    """

    id: str
    parents: tuple[str, ...]
    at: datetime
    author: str
    message: str
    files: Sequence[FileChange]
    folder: str


def line_of(repository: Repository, head: str) -> list[str]:
    """The ids of the first-parent line, newest first."""
    return repository.git("rev-list", "--first-parent", head, "--").decode().split()


def log_of(repository: Repository, revisions: Sequence[str], folder: str) -> list[Logged]:
    """The commits that touched a folder, children before their parents.

    Args:
        repository: Where to look.
        revisions: Ids of commits; with ``^`` before it what it leads to is left out.
        folder: Relative to the repository's top, with a slash at its end; empty for the top.
    """
    told = repository.git("log", *_WHICH, *_DIFF, f"--format={_FORMAT}", *revisions, "--", folder or ".")
    return list(_commits(told.split(b"\0"), os.fsencode(folder)))


def differing(repository: Repository, before: str, after: str, folder: str = "") -> list[FileChange]:
    """How the files of two trees differ.

    Args:
        repository: Where to look.
        before: The earlier tree, by any name that git knows, such as ``COMMIT:FOLDER``.
        after: The later one.
        folder: The names of files are relative to it; files outside keep theirs, in full.
    """
    told = repository.git("diff-tree", "-r", *_DIFF, before, after, "--").split(b"\0")
    return [_relative(change, os.fsencode(folder)) for change in _changes(iter(told), [])]


def commit_of(logged: Logged, merge: Logged | None = None) -> Commit:
    """Who made a change that took effect by a commit of the portal's own line, or by its merge into that line."""
    request = _request(logged.message) or (_request(merge.message) if merge else None)
    at = (merge or logged).at
    return Commit(logged.id, logged.author, at, logged.message, request, merge.id if merge else None)


def branches(log: Sequence[Logged], line: Sequence[Logged]) -> Mapping[str, Sequence[Logged]]:
    """Merge on the line -> the commits that it brought, oldest first; linear in all commits.

    Args:
        log: What `log_of` gave.
        line: Those of it that are on the portal's own line, oldest first.
    """
    known = {each.id: each for each in log}
    order = {each.id: -place for place, each in enumerate(log)}
    seen: set[str] = set()
    found: dict[str, Sequence[Logged]] = {}
    on_line = {each.id for each in line}
    for merge in line:
        seen.add(merge.id)
        waiting = [parent for parent in merge.parents if parent in known and parent not in on_line]
        brought = []
        while waiting:
            id = waiting.pop()
            if id not in seen:
                seen.add(id)
                brought.append(known[id])
                waiting += [each for each in known[id].parents if each in known and each not in on_line]
        if brought:
            found[merge.id] = sorted(brought, key=lambda each: order[each.id])
    return found


def _commits(parts: Sequence[bytes], folder: bytes) -> Iterator[Logged]:
    """Takes apart what ``git log -z`` says: five fields a commit, then its files."""
    told = iter(parts)
    head = next(told, b"")
    while head:
        parents, at, author, message = (next(told) for _ in range(4))
        following: list[bytes] = []
        files = tuple(_relative(change, folder) for change in _changes(told, following))
        yield Logged(
            head.decode(),
            tuple(parents.decode().split()),
            _moment(at),
            " ".join(_safe(author).split()),
            _safe(message).strip("\n"),
            files,
            os.fsdecode(folder),
        )
        head = following[0] if following else b""


_Raw = tuple[bytes | None, bytes | None, str]


def _changes(told: Iterator[bytes], following: list[bytes]) -> Iterator[_Raw]:
    """The files of one commit; what is no file any more is put aside."""
    for part in told:
        if not part.lstrip(b"\n").startswith(b":"):
            following.append(part)
            return
        old_mode, mode, _, blob, status = part.lstrip(b"\n:").split(b" ")
        before: bytes | None = next(told)
        after = next(told) if status[:1] in (b"R", b"C") else before
        if status[:1] in (b"A", b"C") or not old_mode.startswith(b"100"):
            before = None
        if not mode.startswith(b"100"):  # deleted, or a link, or another repository
            after = None
        if before is not None or after is not None:
            yield before, after, blob.decode() if after is not None else ""


def _relative(change: _Raw, folder: bytes) -> FileChange:
    before, after, blob = change
    return FileChange(
        None if before is None else os.fsdecode(before.removeprefix(folder)),
        None if after is None else os.fsdecode(after.removeprefix(folder)),
        blob,
    )


def _moment(seconds: bytes) -> datetime:
    """A committer date; one that no calendar has becomes the nearest that one has."""
    try:
        return datetime.fromtimestamp(min(max(int(seconds), 0), 253402300799), UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def _safe(text: bytes) -> str:
    """A message or name as text that can be shown: what controls a terminal or the direction of text is replaced."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text.decode("utf-8", "replace").replace("\r\n", "\n"))


def _request(message: str) -> int | None:
    found = _REQUEST.search(message)
    return int(next(filter(None, found.groups()))) if found else None
