"""Options that several commands have."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from okrsite.cli.places import remember_root

if TYPE_CHECKING:
    from okrsite.crew import Hands
from okrsite.settings import CONFIG_NAMES

_Function = TypeVar("_Function", bound=Callable[..., Any])


def examples(*lines: str) -> str:
    """The end of a command's help: what may be typed, line by line, not joined as click joins paragraphs."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A callback for options that take a day: ``YYYY-MM-DD`` and no other way to write it."""
    if value is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:  # such as 2026-02-30
        pass
    raise click.BadParameter(f"{value!r} is not a day; write it like 2026-02-14.", ctx, param)


def _perhaps_found(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    candidates = (value,) if value else tuple(map(Path, CONFIG_NAMES))
    for candidate in candidates:
        if candidate.is_file():
            remember_root(ctx, candidate.parent)
            return candidate
    if value:
        raise click.BadParameter(f"there is no file {str(value)!r}.", ctx, param)
    return None


def _found(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path:
    return needed_config(ctx, _perhaps_found(ctx, param, value))


def needed_config(ctx: click.Context, config_file: Path | None) -> Path:
    """The portal's configuration, where a command cannot do without.

    Raises:
        UsageError: There is none.
    """
    if config_file is None:
        raise click.UsageError(
            "there is no mkdocs.yml in this folder. Name the portal's with -f, or make a portal: okrsite init.", ctx
        )
    return config_file


def config_file(function: _Function) -> _Function:
    """``-f``: the portal's configuration."""
    return _config_option(_found)(function)


def optional_config_file(function: _Function) -> _Function:
    """``-f``: the same where the command may do without; see `needed_config`."""
    return _config_option(_perhaps_found)(function)


def _config_option(callback: Callable[..., Path | None]) -> Callable[[_Function], _Function]:
    return click.option(
        "-f",
        "--config-file",
        type=click.Path(path_type=Path),
        callback=callback,
        metavar="FILE",
        help="The portal's configuration; default: mkdocs.yml in this folder.",
    )


def as_of(function: _Function) -> _Function:
    """``--as-of``: the day that figures are computed for."""
    return click.option(
        "--as-of",
        callback=day,
        metavar="DATE",
        help="The day that figures are computed for; default: SOURCE_DATE_EPOCH, then the portal's as_of, then today.",
    )(function)


def at(function: _Function) -> _Function:
    """``--at``: the commit to look at instead of the work tree."""
    return click.option(
        "--at",
        metavar="REV_OR_DATE",
        help="Take the portal from a commit: by any name that git knows, or by a day (YYYY-MM-DD), its last commit or "
        "the last before. Figures are as of that commit's day. Default: the files as they are.",
    )(function)


def output_format(function: _Function) -> _Function:
    """``--format``: text for people or JSON for programs, as ``format_name``."""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(("text", "json")),
        default="text",
        show_default=True,
        help="json: for programs, to standard output.",
    )(function)


def hands(function: _Function) -> _Function:
    """``--jobs`` and ``--executor``: who makes the pages, as ``jobs`` and ``executor``; see `hands_of`."""
    jobs = click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many processes make pages and charts; default: as many as there are processors, where there is "
        "enough to do. The site is the same.",
    )
    executor = click.option(
        "--executor",
        metavar="dask://HOST:PORT",
        help="Have a Dask cluster make pages and charts: its scheduler's address. Needs okrsite[dask] here and there.",
    )
    return jobs(executor(function))


def hands_of(ctx: click.Context, jobs: int | None, executor: str | None) -> Hands | None:
    """Who may be asked to make pages; None where nobody was named, which takes no loading.

    Raises:
        UsageError: The address is none, or both options are given.
    """
    if jobs is None and executor is None:
        return None
    from okrsite.crew import Hands

    if executor is None:
        return Hands(jobs or 0)
    if jobs is not None:
        raise click.UsageError("--jobs is about processes on this machine, --executor about a cluster: name one.", ctx)
    if not re.fullmatch(r"dask://(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}", executor):
        raise click.BadParameter(f"{executor!r} is no address; write dask://HOST:PORT.", ctx, param_hint="--executor")
    return Hands(cluster=executor.removeprefix("dask://"))
