"""Runs a program as a process of its own and tells what it took: time, processors, memory."""

from __future__ import annotations

import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_EVERY = 0.05  # seconds
_REST = 24
"""How many times as long as a look at memory takes nobody looks: the system halts a process for it, and is at work."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took.

    Attributes:
        seconds: By the clock.
        cpu: Of all processors together, in the program and in the kernel.
        memory: The peak of all its processes together, in bytes; what several of them share is counted once.
        said: What it wrote to its standard output.
    """

    seconds: float
    cpu: float
    memory: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Runs:
    """Several runs of the same."""

    runs: Sequence[Run]

    @property
    def seconds(self) -> float:
        """The median."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def least(self) -> float:
        """The seconds of the quickest."""
        return min(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def memory(self) -> int:
        """The highest peak, in bytes."""
        return max(run.memory for run in self.runs)


def on_disk(folder: Path) -> int:
    """The bytes that a folder takes on the disk, directories included, each link counted once."""
    blocks: dict[int, int] = {}
    for top, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            found = (Path(top) / name).lstat()
            blocks[found.st_ino] = found.st_blocks
    return 512 * sum(blocks.values())


def measure(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end, once the disk has all that others wrote before it.

    Raises:
        subprocess.CalledProcessError: It failed; what it said is printed.
    """
    os.sync()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=complained)
        peak = _Peak(process.pid)
        code = process.wait()
        seconds = time.perf_counter() - begun
        memory = peak.stop()
        text, complaint = map(_whole, (said, complained))
    if code:
        print(text, complaint, file=sys.stderr)
        raise subprocess.CalledProcessError(code, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, cpu, memory or after.ru_maxrss * (1 if sys.platform == "darwin" else 1024), text)


def _whole(file: tempfile._TemporaryFileWrapper[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


class _Peak:
    """Watches the memory of a process and all below it; gives 0 where there is no ``/proc``."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Stop watching; the peak in bytes."""
        self._end.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        pause = _SAMPLE_EVERY
        while not self._end.wait(pause):
            begun = time.perf_counter()
            self._peak = max(self._peak, sum(map(_memory, tree(self._pid))))
            pause = max(_SAMPLE_EVERY, _REST * (time.perf_counter() - begun))


def tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        yield one
        with contextlib.suppress(OSError):  # it has just ended, or a thread of it
            for children in Path(f"/proc/{one}/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    waiting += map(int, children.read_text().split())


def cpu_of(pid: int) -> float:
    """The CPU seconds that a running process and all below it have taken."""
    ticks = 0
    for one in tree(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    """A process's own memory and its share of what it has in common with others; all of it where that is not told."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
