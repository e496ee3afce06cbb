"""The folder beside ``mkdocs.yml`` in which okrsite keeps what it need not make twice; safe to delete."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from okrsite.content import shown
from okrsite.history import GitError, repository_of
from okrsite.problems import Problem

NAME = ".okrsite"


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
