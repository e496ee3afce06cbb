"""Progress bars on a terminal; nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from okrsite.cli.streams import on_terminal

Report = Callable[[int, int], None]
"""Called with what is done and how much there is to do."""


@contextmanager
def progress_bar(doing: str = "building", what: str = "pages") -> Iterator[Report | None]:
    """A function to report progress to, or None where nobody watches.

    Args:
        doing: What is being done.
        what: What is counted.
    """
    with progress_bars((doing, what)) as reports:
        yield reports[0]


@contextmanager
def progress_bars(*steps: tuple[str, str]) -> Iterator[tuple[Report | None, ...]]:
    """The same for steps one after the other, each with what is being done and what is counted."""
    if not on_terminal("stderr"):
        yield (None,) * len(steps)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        *(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()),
        *(TextColumn("{task.fields[what]}"), TimeRemainingColumn()),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bars = [
            progress.add_task(doing, total=None, visible=not number, what=what)
            for number, (doing, what) in enumerate(steps)
        ]

        def report_of(number: int) -> Report:
            def report(done: int, total: int) -> None:
                for other, bar in enumerate(bars):
                    progress.update(bar, visible=other == number)
                progress.update(bars[number], completed=done, total=total)

            return report

        yield tuple(map(report_of, range(len(steps))))
