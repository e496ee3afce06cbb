"""Says what is measured, and how long each part took: a whole run may take an hour."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def part(what: str) -> Iterator[None]:
    """Tell the terminal what a part took: seconds by the clock, and of all processors together."""
    begun, cpu = time.perf_counter(), _cpu()
    yield
    seconds, cpu = time.perf_counter() - begun, _cpu() - cpu
    print(f"  {what:<44} {seconds:7.1f} s {cpu:7.1f} CPU s", file=sys.stderr, flush=True)


def _cpu() -> float:
    """What this process and those that it waited for have taken."""
    return sum(os.times()[:4])
