"""Options that several commands have."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from okrsite.cli.places import remember_root

_Function = TypeVar("_Function", bound=Callable[..., Any])

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""The names that MkDocs looks for."""


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


def _found(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path:
    candidates = (value,) if value else tuple(map(Path, CONFIG_NAMES))
    for candidate in candidates:
        if candidate.is_file():
            remember_root(ctx, candidate.parent)
            return candidate
    if value:
        raise click.BadParameter(f"there is no file {str(value)!r}.", ctx, param)
    raise click.UsageError(
        "there is no mkdocs.yml in this folder. Name the portal's with -f, or make a portal: okrsite init.", ctx
    )


def config_file(function: _Function) -> _Function:
    """``-f``: the portal's configuration."""
    return click.option(
        "-f",
        "--config-file",
        type=click.Path(path_type=Path),
        callback=_found,
        metavar="FILE",
        help="The portal's configuration; default: mkdocs.yml in this folder.",
    )(function)


def as_of(function: _Function) -> _Function:
    """``--as-of``: the day that figures are computed for."""
    return click.option(
        "--as-of",
        callback=day,
        metavar="DATE",
        help="The day that figures are computed for; default: SOURCE_DATE_EPOCH, then the portal's as_of, then today.",
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
