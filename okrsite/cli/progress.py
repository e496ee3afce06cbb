"""Progress bars on a terminal; nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from okrsite.cli.streams import on_terminal

Report = Callable[[int, int], None]
"""Called with what is done and how much there is to do."""

_PAUSE = 0.1
"""Seconds between two looks of a bar."""


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
    # By hand: what refreshes it by itself is a thread, and a process with threads cannot be copied to share the work.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        bars = [
            progress.add_task(doing, total=None, visible=not number, what=what)
            for number, (doing, what) in enumerate(steps)
        ]

        shown = [0.0]

        def report_of(number: int) -> Report:
            def report(done: int, total: int) -> None:
                if perf_counter() - shown[0] < _PAUSE and done < total:
                    return
                shown[0] = perf_counter()
                for other, bar in enumerate(bars):
                    progress.update(bar, visible=other == number)
                progress.update(bars[number], completed=done, total=total)
                progress.refresh()

            return report

        yield tuple(map(report_of, range(len(steps))))
