"""Where the portal is, seen from where the command runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from okrsite.problems import Problem

_ROOT = "okrsite.root"


def remember_root(ctx: click.Context, root: Path) -> None:
    """Note the portal's folder for the problems that are shown later."""
    ctx.meta[_ROOT] = root


def forget_root(ctx: click.Context) -> None:
    """Leave the problems' paths as they are: they say already where they lead from."""
    ctx.meta.pop(_ROOT, None)


def shown_from_here(problems: Iterable[Problem]) -> list[Problem]:
    """The problems with paths that lead from the working folder to the files, where the portal is below it.

    Editors follow such paths and pull requests show findings by them; the content may be one folder of many.
    """
    ctx = click.get_current_context(silent=True)
    root = ctx.meta.get(_ROOT) if ctx else None
    prefix = _prefix(root) if root is not None else ""
    if not prefix:
        return list(problems)
    return [problem._replace(path=prefix + problem.path) for problem in problems]


def _prefix(root: Path) -> str:
    try:
        below = root.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return ""
    return "" if below == "." else f"{below}/"
