"""A Dask cluster on this machine: a scheduler and workers, each a process, on loopback, without a dashboard."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

HERE = Path(__file__)


@contextmanager
def dask_cluster(folder: Path, *workers: Mapping[str, str]) -> Iterator[str]:
    """The address of a scheduler, as long as the block lasts.

    Args:
        folder: Where the workers may keep things.
        workers: The variables that each finds in its environment beside the test's own.
    """
    with ExitStack() as ends:
        address = ends.enter_context(_process("scheduler", {}))
        for number, variables in enumerate(workers):  # one after the other: starting is what takes long
            ends.enter_context(_process("worker", variables, address, str(folder / str(number))))
        yield address.removeprefix("tcp://")


@contextmanager
def _process(kind: str, variables: Mapping[str, str], *arguments: str) -> Iterator[str]:
    """A process of this file, and the line that it says when it is ready."""
    paths = os.pathsep.join([str(HERE.parent), str(HERE.parents[1])])
    process = subprocess.Popen(
        [sys.executable, str(HERE), kind, *arguments],
        env={**os.environ, "PYTHONPATH": paths, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


async def _scheduler() -> None:
    from distributed import Scheduler

    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)  # noqa: T201 - read above
        await scheduler.finished()


async def _worker(address: str, folder: str) -> None:
    from distributed import Worker

    async with Worker(address, nthreads=1, host="127.0.0.1", local_directory=folder, dashboard=False) as worker:
        print(worker.address, flush=True)  # noqa: T201
        await worker.finished()


if __name__ == "__main__":
    kind, *arguments = sys.argv[1:]
    asyncio.run(_scheduler() if kind == "scheduler" else _worker(*arguments))
