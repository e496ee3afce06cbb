"""Workers that are processes on this machine."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.synchronize import Event
from typing import Any

from okrsite.crew.crew import Crew, CrewError, Result, Shared, Task

GONE = (
    "A worker process ended before its work was done; perhaps there was not enough memory. "
    "With --jobs 1 one process does everything, with less."
)

HAS_FORK = sys.platform == "linux"
"""Elsewhere a copy of a process is not to be relied on, or there is none."""

_AHEAD = 4
"""Tasks for each process before a result is taken: enough for the while that this process has something else to do."""

LIFE = 24
"""Tasks that a copy does, where nobody says otherwise."""

Open = Callable[[], Callable[[Any], Any]]


class Processes(Shared[Task, Result]):
    """Processes, each of which gets the same to work with.

    Args:
        number: How many.
        open_kit: Gives what does the work; called in each process. A forked process finds it in its memory, a new one
            gets it pickled.
        forked: Whether the processes are copies of this one, which is quick, or new ones.
    """

    def __init__(self, number: int, open_kit: Open, *, forked: bool) -> None:
        context = multiprocessing.get_context("fork" if forked else "spawn")
        self.ahead = _AHEAD * number
        self._stop = context.Event()
        self.executor = ProcessPoolExecutor(number, context, _begin, (open_kit, self._stop))

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

    def dismiss(self) -> None:
        """Let the processes finish the tasks they are at, and end."""
        self._stop.set()
        self.executor.shutdown(cancel_futures=True)


class Generations(Crew[Task, Result]):
    """Copies of this process, and after some tasks new copies: they share with it what none has looked at yet.

    Looking is writing, since Python counts references within its objects; so what copies need grows with what they did,
    and what they keep for later comes on top. Tasks that are neighbours look at much the same.

    Args:
        number: How many at a time.
        do: The work on one task.
    """

    def __init__(self, number: int, do: Callable[[Task], Result]) -> None:
        self._number, self._do = number, do
        self._copies: Processes[Task, Result] | None = None
        self.ahead = _AHEAD * number

    def work(self, tasks: Iterable[Task], life: int | None = None) -> Iterator[Result]:
        """The results of all tasks; the first tasks are given out at once."""
        waiting = iter(tasks)
        most = (life or LIFE) * self._number
        return self._results(self._begin(waiting, most), waiting, most)

    def dismiss(self) -> None:
        """Let the copies finish the tasks they are at, and end."""
        if self._copies is not None:
            self._copies.dismiss()
            self._copies = None

    def _results(self, results: Iterator[Result], waiting: Iterator[Task], most: int) -> Iterator[Result]:
        some = True
        while some:
            some = False
            for result in results:
                some = True
                yield result
            self.dismiss()
            if some:
                results = self._begin(waiting, most)

    def _begin(self, waiting: Iterator[Task], most: int) -> Iterator[Result]:
        some = list(islice(waiting, most))
        if not some:
            return iter(())
        do = self._do
        self._copies = Processes(self._number, lambda: do, forked=True)
        return self._copies.work(some)


def can_fork() -> bool:
    """Whether this process can be copied: it must have no other thread, for a lock that one holds stays locked.

    Threads of libraries count too, which Python does not know; where the system does not tell, the answer is no.
    """
    try:
        return HAS_FORK and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - names are enough
    except OSError:
        return False


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    """What this process is, if it is one of the workers."""

    open_kit: Open
    stop: Event
    do: Callable[[Any], Any] | None = None


def _begin(open_kit: Open, stop: Event) -> None:
    """Make this process a worker. Opening its kit is left to the first task: what fails there reaches the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one ends the others
    gc.freeze()  # what a copy shares with the others stays shared where nobody touches it
    _Worker.open_kit, _Worker.stop, _Worker.do = staticmethod(open_kit), stop, None
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Nobody else would tell a worker that the process it works for was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: Any) -> Any:
    if _Worker.stop.is_set():
        return None  # nobody waits for it
    if _Worker.do is None:
        _Worker.do = _Worker.open_kit()
    return _Worker.do(task)
