"""Reads the history of a portal's goals from git.

What reads versions of files takes long to load, so it is imported where there are commits that were not read before.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from okrsite import __version__
from okrsite.content.garbage import rarely_collected
from okrsite.history.git import GitError, Repository, repository_of
from okrsite.history.ledger import NO_HISTORY, Gap, History
from okrsite.history.replay import record
from okrsite.history.replay.commits import Logged, branches, differing, line_of, log_of
from okrsite.history.replay.course import Course
from okrsite.history.replay.shelf import Shelf
from okrsite.history.revisions import revision_of
from okrsite.settings import Settings

_ROOM = "ledgers"
_KEPT = 4  # ledgers: those of the last few commits that were built, on one branch or another


def read_history(
    root: Path, settings: Settings, cache: Path | None = None, revision: str = "HEAD", known: History = NO_HISTORY
) -> History:
    """How the goals of a portal moved, up to a commit.

    Never fails: what cannot be known is the history's ``gap``.

    Args:
        root: The portal's folder in its work tree.
        settings: Where the content is.
        cache: A folder for what was read before; None to keep nothing.
        revision: The last commit, by any name that git knows, of the repository that holds the goals.
        known: The same portal's history as it was told earlier; it still is that where there is no other commit.
    """
    try:
        repository, folder = _place(root / settings.content / settings.source)
        head = revision_of(repository, revision).id
        if head == known.head:
            return known
        with rarely_collected(), Shelf(cache, __version__) as shelf:
            return _history(repository, folder, head, shelf)
    except GitError as error:
        return History(gap=Gap(error.kind, error.message, error.hint))


def _place(goals: Path) -> tuple[Repository, str]:
    """The repository that holds the goals' folder, and the folder in it, with a slash at its end.

    The folder need not be there now: it may have been at an earlier commit.
    """
    there = goals
    while not there.is_dir() and there != there.parent:
        there = there.parent
    repository = repository_of(there)
    below = goals.relative_to(there).as_posix()
    return repository, repository.prefix + ("" if below == "." else f"{below}/")


def _history(repository: Repository, folder: str, head: str, shelf: Shelf) -> History:
    line = line_of(repository, head)
    name = f"{line[-1]}:{folder}"
    course, base = _kept(shelf, name, line)
    if base != head:
        from okrsite.history.replay.versions import Versions
        from okrsite.history.replay.walk import Walk

        boundary = _boundary(repository, line)
        versions = Versions(repository, shelf)
        if base:
            log = log_of(repository, (head, f"^{base}"), folder)
            steps = _on_line(log, line)
            Walk(course, versions).go(steps, branches(log, steps))
        else:
            steps, brought = _whole(repository, folder, line)
            Walk(course, versions).go(steps, brought, silent=boundary)
        _keep(shelf, f"{head}:{name}", course)
    return _told(repository, head, line, course)


def _told(repository: Repository, head: str, line: Sequence[str], course: Course) -> History:
    gap = None
    since = course.since
    if repository.is_shallow and (boundary := _boundary(repository, line)):
        since = revision_of(repository, boundary).day
        gap = Gap(
            "shallow",
            "the clone is shallow",
            "run `git fetch --unshallow`; in CI set `fetch-depth: 0` where the repository is checked out",
        )
    elif since is None:
        gap = Gap("no_commit", "the goals are in no commit yet", "`git add` and `git commit` begin their history")
    known = {id: tuple(each) for id, each in course.known.items()}
    return History(head, since, tuple(course.changes), tuple(course.broken), known, gap)


def _boundary(repository: Repository, line: Sequence[str]) -> str:
    """The commit at which a shallow clone was cut off on the portal's own line; empty where that is whole."""
    if not repository.is_shallow:
        return ""
    header = repository.git("cat-file", "commit", line[-1]).partition(b"\n\n")[0]
    return line[-1] if b"\nparent " in header else ""


def _on_line(log: Sequence[Logged], line: Sequence[str]) -> list[Logged]:
    """Those commits that are on the portal's own line, oldest first."""
    own = set(line)
    return [each for each in reversed(log) if each.id in own]


def _whole(
    repository: Repository, folder: str, line: Sequence[str]
) -> tuple[list[Logged], dict[str, Sequence[Logged]]]:
    """All steps of history, oldest first, and what merges brought, wherever the goals' folder was."""
    parent = dict(itertools.pairwise(line))
    head = line[0]
    steps: list[Logged] = []
    brought: dict[str, Sequence[Logged]] = {}
    while True:
        log = log_of(repository, (head,), folder)
        own = _on_line(log, line)
        brought.update(branches(log, own))
        later, steps = steps, [*own, *steps]
        for place in _beginnings(own):
            first = own[place]
            before = parent.get(first.id)
            earlier = None if before is None else _earlier(repository, folder, before, first)
            if before is not None and earlier is not None:
                trees = f"{before}:{earlier.rstrip('/')}", f"{first.id}:{folder.rstrip('/')}"
                joined = replace(first, files=tuple(differing(repository, *trees)))
                steps = [joined, *own[place + 1 :], *later]
                break
        else:
            return steps, brought
        head, folder = before, earlier


def _beginnings(steps: Sequence[Logged]) -> list[int]:
    """The places of the steps before which there was no file at all, the last one first."""
    found: list[int] = []
    count = 0
    for place, step in enumerate(steps):
        if not count:
            found.append(place)
        count += sum((each.after is not None) - (each.before is not None) for each in step.files)
    return found[::-1]


def _earlier(repository: Repository, folder: str, before: str, first: Logged) -> str | None:
    """Where the goals' folder was before a commit that has it at its place anew; None where it was nowhere."""
    moved: Counter[str] = Counter()
    for each in differing(repository, before, first.id):
        if each.is_renamed and each.before and each.after and each.after.startswith(folder):
            name = each.after.removeprefix(folder)
            if each.before == name or each.before.endswith(f"/{name}"):
                moved[each.before.removesuffix(name)] += 1
    place, count = max(moved.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return place if count and count * 2 >= len(first.files) else None


def _kept(shelf: Shelf, name: str, line: Sequence[str]) -> tuple[Course, str]:
    """What is known already, and up to which commit of the line: the last one that there is something of."""
    ends = {f"{id}:{name}": id for id in line}
    for key in sorted((key for key in _order(shelf) if key in ends), key=lambda key: line.index(ends[key])):
        text = shelf.get(_ROOM, [key]).get(key)
        course = record.read(text) if text is not None else None
        if course is not None:
            return course, ends[key]
    return Course(), ""


def _keep(shelf: Shelf, key: str, course: Course) -> None:
    keys = [key, *(each for each in _order(shelf) if each != key)]
    shelf.put(_ROOM, {key: record.written(course), "order": json.dumps(keys[:_KEPT])})
    shelf.drop(_ROOM, [each for each in shelf.keys(_ROOM) if each not in (*keys[:_KEPT], "order")])


def _order(shelf: Shelf) -> list[str]:
    """The keys of the ledgers that are kept, the last one first."""
    try:
        keys = json.loads(shelf.get(_ROOM, ["order"]).get("order", "[]"))
    except ValueError:
        return []
    return [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []
