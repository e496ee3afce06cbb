"""Workers that are processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.synchronize import Event
from typing import Any

from okrsite.crew.copies import Copies
from okrsite.crew.crew import CrewError, Result, Shared, Task

GONE = (
    "A worker process ended before its work was done; perhaps there was not enough memory. "
    "With --jobs 1 one process does everything, with less."
)

_AHEAD = 4
"""Tasks for each process before a result is taken: enough for the while that this process has something else to do."""

LIFE = 24
"""Tasks that a copy does, where nobody says otherwise."""

Open = Callable[[], Callable[[Any], Any]]


class OnThisMachine(Shared[Task, Result]):
    """Processes here, of whatever origin."""

    def give(self, task: Task) -> Future[Result]:
        """Put a task into the queue."""
        try:
            return self.executor.submit(_do, task)
        except BrokenProcessPool as error:
            raise CrewError(GONE) from error

    def take(self, future: Future[Result]) -> Result:
        """Wait for a result."""
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise CrewError(GONE) from error


class NewProcesses(OnThisMachine[Task, Result]):
    """Processes that begin with nothing, each of which gets the same to work with.

    Args:
        number: How many.
        open_kit: Gives what does the work; pickled, and called in each process.
    """

    def __init__(self, number: int, open_kit: Open) -> None:
        context = multiprocessing.get_context("spawn")
        self.ahead = _AHEAD * number
        self._stop = context.Event()
        self.executor = ProcessPoolExecutor(number, context, _begin, (open_kit, self._stop))

    def dismiss(self) -> None:
        """Let the processes finish the tasks they are at, and end."""
        self._stop.set()
        self.executor.shutdown(cancel_futures=True)


class Generations(OnThisMachine[Task, Result]):
    """Copies of this process, and after some tasks new copies. Tasks that are neighbours look at much the same.

    Args:
        number: How many at a time.
        do: The work on one task.
    """

    def __init__(self, number: int, do: Callable[[Task], Result]) -> None:
        self.ahead = _AHEAD * number
        self._number, self._do = number, do
        self.executor = self._copies(LIFE)

    def work(self, tasks: Iterable[Task], life: int | None = None) -> Iterator[Result]:
        """The results of all tasks; the first tasks are given out at once, to copies of what this process is now."""
        self.dismiss()
        self.executor = self._copies(life or LIFE)
        return super().work(tasks)

    def dismiss(self) -> None:
        """End the copies, whatever they are at."""
        self.executor.shutdown(cancel_futures=True)

    def _copies(self, life: int) -> Copies:
        do = self._do
        return Copies(self._number, life, lambda: _equip(lambda: do))


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    """What this process is, if it is one of the workers."""

    open_kit: Open
    do: Callable[[Any], Any] | None = None
    stop: Event | None = None


def _equip(open_kit: Open) -> None:
    """Make this process a worker. Opening its kit is left to the first task: what fails there reaches the others."""
    _Worker.open_kit, _Worker.do = staticmethod(open_kit), None


def _begin(open_kit: Open, stop: Event) -> None:
    """The same of a process that begins with nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one ends the others
    _equip(open_kit)
    _Worker.stop = stop
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Nobody else would tell a worker that the process it works for was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: Any) -> Any:
    if _Worker.stop is not None and _Worker.stop.is_set():
        return None  # nobody waits for it
    if _Worker.do is None:
        _Worker.do = _Worker.open_kit()
    return _Worker.do(task)
