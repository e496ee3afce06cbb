"""A process beside this one that calls functions for it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from okrsite.crew.crew import CrewError
from okrsite.crew.fork import can_fork, copied
from okrsite.crew.processes import GONE


class Apart:
    """Calls functions in a copy of this process, as long as there are to be more copies of it.

    What starts threads must not run here before: a process with threads cannot be copied. The process beside begins
    with the first call, and ends with `close`; afterwards, and where there can be none, functions are called here.

    Args:
        wanted: Whether there may be copies at all.
    """

    def __init__(self, wanted: bool = True) -> None:
        self._early: BaseProcess | None = None
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = not wanted

    def __call__(self, function: Callable[..., Any], *values: object) -> Any:
        """What the function gives, or what it raises.

        Raises:
            CrewError: The process beside is gone.
        """
        pipe = self._beside()
        if pipe is None:
            return function(*values)
        try:
            pipe.send((function, values))
            well, result = pipe.recv()
        except (EOFError, ConnectionError) as error:
            raise CrewError(GONE) from error
        if not well:
            raise result
        return result

    def ahead(self, function: Callable[[], object]) -> None:
        """Have a function called meanwhile, for what it keeps on the disk: in a copy of its own, which ends with it.

        Nobody hears what comes of it, and where there is to be no copy, it is not called.
        """
        if self._early is None and not self._closed and can_fork():
            self._early = copied(_quietly, function)

    def wait(self) -> None:
        """Wait for what is done ahead."""
        if self._early is not None:
            self._early.join()

    def close(self) -> None:
        """End the processes beside, whatever they are at."""
        self._closed = True
        if self._early is not None:
            self._early.kill()
            self._early.join()
            self._early = None
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._process = self._pipe = None

    def _beside(self) -> Connection | None:
        """The way to the process beside, which begins when it is first asked for; None where there is to be none."""
        if self._pipe is None and not self._closed and can_fork():
            self._pipe = self._begin()
        return self._pipe

    def _begin(self) -> Connection:
        pipe, other = Pipe()
        self._process = copied(_serve, other, pipe)
        other.close()
        return pipe


def _quietly(function: Callable[[], object]) -> None:
    with contextlib.suppress(Exception):  # whoever needs what it makes, makes it again and is told
        function()


def _serve(pipe: Connection, other: Connection) -> None:
    other.close()  # or the end of that process would not be noticed
    while True:
        try:
            function, values = pipe.recv()
        except EOFError:
            return
        try:
            result = True, function(*values)
        except Exception as error:  # noqa: BLE001 - raised there
            result = False, error
        pipe.send(result)
