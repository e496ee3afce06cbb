"""A call that another process does while this one goes on."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from okrsite.crew.crew import CrewError
from okrsite.crew.fork import can_fork, copied
from okrsite.crew.processes import GONE

Value = TypeVar("Value")


@contextmanager
def meanwhile(
    function: Callable[[], Value], wanted: bool = True, *, has_own: bool = False
) -> Iterator[Callable[[], Value]]:
    """Have a copy of this process call a function, which finds in its memory all that it needs.

    Args:
        function: Called there; where there can be no copy, here, when its value is asked for.
        wanted: Whether there may be a copy.
        has_own: Whether the function has another copy do something, and waits for that.

    Yields:
        What waits for the value and gives it, or raises what the function raised; to be called once. `CrewError` if
        the process is gone. At the end of the context the process ends, whatever it is at.
    """
    if not (wanted and can_fork()):
        yield function
        return
    pipe, other = Pipe(duplex=False)
    process = copied(_call, function, other, pipe, has_own=has_own)
    other.close()

    def value() -> Value:
        try:
            well, result = pipe.recv()
        except EOFError as error:
            raise CrewError(GONE) from error
        if not well:
            raise result
        return result  # type: ignore[no-any-return]

    try:
        yield value
    finally:
        pipe.close()
        process.kill()
        process.join()


def _call(function: Callable[[], Any], pipe: Connection, other: Connection) -> None:
    other.close()
    try:
        result = True, function()
    except Exception as error:  # noqa: BLE001 - raised there
        result = False, error
    with contextlib.suppress(OSError):  # nobody waits for it any more
        pipe.send(result)
