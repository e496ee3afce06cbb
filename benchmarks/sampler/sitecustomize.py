"""Samples every Python process that is started with this folder in PYTHONPATH; see profiling.py.

Python imports a module of this name before anything else. Each hundredth of a second of processor time the stack is
looked at; what was found is kept as counts, in a file of each process. Processes that are forked begin their own.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
from collections import Counter
from pathlib import Path
from types import FrameType

_FOLDER = os.environ.get("OKRSITE_SAMPLES", "")
_EVERY = 0.01  # seconds of processor time
_KEPT_EVERY = 20  # samples: worker processes end without a word

_found: Counter[str] = Counter()


def _look(_signal: int, frame: FrameType | None) -> None:
    """Count the stack as the files on it, the innermost first."""
    files: list[str] = []
    while frame is not None:
        name = frame.f_code.co_filename
        if not files or files[-1] != name:
            files.append(name)
        frame = frame.f_back
    _found["\n".join(files)] += 1
    if _found.total() % _KEPT_EVERY == 0:
        _keep()


def _keep() -> None:
    file = Path(_FOLDER) / f"{os.getpid()}.json"
    part = file.with_suffix(".part")
    part.write_text(json.dumps(_found), "utf-8")
    part.replace(file)


def _begin() -> None:
    _found.clear()
    signal.signal(signal.SIGPROF, _look)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)


def _end() -> None:
    # The interpreter takes its handlers back before it ends, and the signal would be the end of it.
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, signal.SIG_IGN)
    _keep()


if _FOLDER:
    atexit.register(_end)
    os.register_at_fork(after_in_child=_begin)
    _begin()
