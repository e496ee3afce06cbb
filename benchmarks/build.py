"""How fast portals of several sizes are built and checked, as a Markdown table.

    python benchmarks/build.py                 # 100, 1,000 and 10,000 goal pages: about ten minutes
    python benchmarks/build.py 100 1000        # these sizes only

Every measurement is a run of the command line as a process of its own, start and end included. Memory is the peak of
all its processes together. Compare the columns "a page": they stay the same where the cost is linear.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal import new_check_in, write_portal

SIZES = (100, 1_000, 10_000)
_SAMPLE_EVERY = 0.05  # seconds
_HEAD = ("goal pages", "run", "seconds", "CPU seconds", "ms a page", "pages a second", "MB at most", "files")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took.

    Attributes:
        seconds: By the clock.
        cpu: Of all processors together, in the program and in the kernel.
        memory: The peak of all its processes together, in bytes.
    """

    seconds: float
    cpu: float
    memory: int


def measure(command: list[str], folder: Path) -> Run:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: It failed; what it said is printed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        peak = _Peak(process.pid)
        code = process.wait()
        seconds = time.perf_counter() - begun
        memory = peak.stop()
        if code:
            said.seek(0)
            print(said.read().decode(errors="replace"), file=sys.stderr)
            raise subprocess.CalledProcessError(code, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, cpu, memory or after.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


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
        while not self._end.wait(_SAMPLE_EVERY):
            self._peak = max(self._peak, sum(map(_resident, _tree(self._pid))))


def _tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        yield one
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += map(int, children.read_text().split())
            except OSError:  # it has just ended
                continue


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def runs(portal: Path) -> Iterator[tuple[str, Run]]:
    """The runs over one portal, each named; they build upon each other."""
    okrsite = [sys.executable, "-m", "okrsite"]
    yield "cold", measure([*okrsite, "build"], portal)
    shutil.rmtree(portal / "site")
    yield "charts cached", measure([*okrsite, "build"], portal)
    yield "nothing changed", measure([*okrsite, "build"], portal)
    name, text = new_check_in()
    (portal / name).write_text(text, "utf-8")
    yield "one check-in added", measure([*okrsite, "build"], portal)
    yield "check", measure([*okrsite, "check"], portal)


def rows(sizes: list[int], keep: Path | None) -> Iterator[tuple[str, ...]]:
    """The table's rows, one by one.

    Args:
        sizes: Numbers of goal pages.
        keep: Where the portals are left; None to delete them.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            portal = (keep or Path(scratch)) / f"portal-{size}"
            write_portal(portal, size)
            for name, run in runs(portal):
                files = sum(1 for _ in (portal / "site").rglob("*.html"))
                yield (
                    f"{size:,}",
                    name,
                    f"{run.seconds:.2f}",
                    f"{run.cpu:.2f}",
                    f"{run.cpu * 1000 / size:.2f}",
                    f"{size / run.seconds:,.0f}",
                    f"{run.memory / 1e6:.0f}",
                    f"{files:,}",
                )
            if keep is None:
                shutil.rmtree(portal)


def main() -> None:
    """Measure the sizes that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure builds of portals of several sizes.")
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES), metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the portals there")
    given = parser.parse_args()
    print(_row(_HEAD))
    print(_row(tuple("---" if head == "run" else "---:" for head in _HEAD)))
    for row in rows(given.sizes, given.keep):
        print(_row(row), flush=True)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
