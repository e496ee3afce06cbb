"""Standard output for results, standard error for messages, colour on a terminal alone."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal, TextIO

import click

if TYPE_CHECKING:
    from rich.console import Console

Stream = Literal["stdin", "stdout", "stderr"]

PIPED_WIDTH = 120
"""Characters a line of tables that no terminal shows."""


def on_terminal(stream: Stream) -> bool:
    """Whether a person reads along."""
    file: TextIO = getattr(sys, stream)
    return file.isatty()


def can_ask() -> bool:
    """Whether a person is there to answer questions."""
    return on_terminal("stdin") and on_terminal("stderr")


def colour_on(stream: Stream) -> bool:
    """Whether to colour: on a terminal that can, unless ``NO_COLOR`` is set (no-color.org)."""
    return on_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def to_stdout(result: str) -> None:
    """Print a result, byte for byte the same on every system: UTF-8, line ends untouched."""
    sys.stdout.buffer.write(result.encode(errors="backslashreplace"))
    sys.stdout.buffer.flush()


def to_stderr(message: str) -> None:
    """Print a message."""
    click.echo(message, err=True, color=colour_on("stderr"))


def console() -> Console:
    """Standard output for tables: as wide as the terminal, plain and of a fixed width elsewhere."""
    from rich.console import Console

    width = None if on_terminal("stdout") or os.environ.get("COLUMNS") else PIPED_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)
