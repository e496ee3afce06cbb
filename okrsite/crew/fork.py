"""Copies of this process, where the system makes any."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable
from multiprocessing.process import BaseProcess
from typing import Any

HAS_FORK = sys.platform == "linux"
"""Elsewhere a copy of a process is not to be relied on, or there is none."""

_ENDING = frozenset({signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])})


def can_fork() -> bool:
    """Whether this process can be copied: it must have no other thread, for a lock that one holds stays locked.

    Threads of libraries count too, which Python does not know; where the system does not tell, the answer is no.
    """
    try:
        return HAS_FORK and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - names are enough
    except OSError:
        return False


def copied(function: Callable[..., None], *values: object, has_own: bool = False) -> BaseProcess:
    """Begin a copy of this process that calls a function, and ends with it.

    Ctrl-C reaches all processes. The first one ends the others, so they do not heed it, from their first moment on.
    What ends a process ends a copy without what the first one does then, and what that one ignores it ignores.

    Args:
        function: Called there.
        values: What it is called with.
        has_own: Whether there may be copies of the copy; whoever ends it ends none of these.
    """
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *_ENDING})
    try:
        process = multiprocessing.get_context("fork").Process(
            target=_deaf, args=(heard, function, *values), daemon=not has_own
        )
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
    return process


def _deaf(heard: Iterable[int], function: Callable[..., Any], *values: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _ENDING:
        if signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, signal.SIG_DFL)  # what there is to delete is the first one's
    signal.pthread_sigmask(signal.SIG_SETMASK, heard)
    function(*values)
