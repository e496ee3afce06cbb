"""The folder beside ``mkdocs.yml`` in which okrsite keeps what it need not make twice; safe to delete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from okrsite.content import shown
from okrsite.disk import A_DAY, UNFINISHED, moment
from okrsite.history import GitError, repository_of
from okrsite.problems import Problem

NAME = ".okrsite"

_SCRATCH = "scratch-"
_WRITTEN_TO = ("builds", "content/*", "committed/*", "templates/*")
_LEFT_OVER_AFTER = A_DAY
"""What is as old as that and was to go at the end of a run is left over from one that was killed."""


def work_folder(root: Path) -> Path:
    """A portal's folder for caches: made where there is none and something may be written, and out of git's sight.

    Args:
        root: The portal's folder.
    """
    folder = root / NAME
    ignore = folder / ".gitignore"
    with suppress(OSError):
        if not ignore.exists():
            folder.mkdir(exist_ok=True)
            ignore.write_text("*\n", encoding="utf-8")
    return folder


@contextmanager
def scratch_folder(root: Path) -> Iterator[Path]:
    """A folder among the caches that goes in the end; what killed runs have left over there goes first.

    Where nothing may be written there, it is where the system has such folders.

    Args:
        root: The portal's folder.
    """
    work = work_folder(root)
    with suppress(OSError):
        _delete_left_over(work)
    try:
        scratch = TemporaryDirectory(dir=work, prefix=_SCRATCH, ignore_cleanup_errors=True)
    except OSError:
        scratch = TemporaryDirectory(prefix="okrsite-", ignore_cleanup_errors=True)
    with scratch as folder:
        yield Path(folder)


def _delete_left_over(work: Path) -> None:
    before = moment(work) - _LEFT_OVER_AFTER
    for pattern in (f"{_SCRATCH}*", *(f"{folder}/{UNFINISHED}*" for folder in _WRITTEN_TO)):
        for left in work.glob(pattern):
            with suppress(OSError):  # another run deletes it, too
                if left.lstat().st_mtime_ns < before:
                    shutil.rmtree(left) if left.is_dir() else left.unlink()


def work_folder_problems(root: Path) -> list[Problem]:
    """That caches are in git: whoever may propose a change could put there what a build runs, or what pages show.

    Args:
        root: The portal's folder.
    """
    if not (root / NAME).is_dir():
        return []
    try:
        repository = repository_of(root)
        tracked = repository.git("ls-files", "-z", "--", f"{repository.prefix}{NAME}")
    except GitError:
        return []
    if not tracked:
        return []
    first = os.fsdecode(tracked.partition(b"\0")[0]).removeprefix(repository.prefix)
    message = f"the file {shown(first)} does not belong here: okrsite's caches are under version control"
    return [Problem(NAME, 1, 1, "OKR110", message, f"take them out: git rm -r --cached {NAME}")]
