"""A process beside this one that calls functions for it."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from okrsite.crew.crew import CrewError
from okrsite.crew.processes import GONE, can_fork


class Apart:
    """Calls functions in a copy of this process, as long as there are to be more copies of it.

    What starts threads must not run here before: a process with threads cannot be copied. The process beside begins
    with the first call, and ends with `close`; afterwards, and where there can be none, functions are called here.

    Args:
        wanted: Whether there are to be copies at all.
    """

    def __init__(self, wanted: bool = True) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = not wanted

    def __call__(self, function: Callable[..., Any], *values: object) -> Any:
        """What the function gives, or what it raises.

        Raises:
            CrewError: The process beside is gone.
        """
        pipe = self._pipe
        if pipe is None:
            if self._closed or not can_fork():
                return function(*values)
            pipe = self._begin()
        try:
            pipe.send((function, values))
            well, result = pipe.recv()
        except (EOFError, ConnectionError) as error:
            raise CrewError(GONE) from error
        if not well:
            raise result
        return result

    def close(self) -> None:
        """End the process beside."""
        self._closed = True
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.join()
            self._process = self._pipe = None

    def _begin(self) -> Connection:
        fork = multiprocessing.get_context("fork")
        pipe, other = fork.Pipe()
        self._pipe = pipe
        self._process = fork.Process(target=_serve, args=(other, pipe), daemon=True)
        self._process.start()
        other.close()
        return pipe


def _serve(pipe: Connection, other: Connection) -> None:
    other.close()  # or the end of that process would not be noticed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; that process ends this one
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
