"""A progress bar on a terminal; nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from okrsite.cli.streams import on_terminal

Report = Callable[[int, int], None]
"""Called with what is done and how much there is to do."""


@contextmanager
def progress_bar() -> Iterator[Report | None]:
    """A function to report progress to, or None where nobody watches."""
    if not on_terminal("stderr"):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("building"), BarColumn(), MofNCompleteColumn(), TextColumn("pages"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("building", total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)
