"""Workers of a Dask cluster; needs the extra ``okrsite[dask]``."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import CancelledError, Executor, Future
from pathlib import Path
from threading import Lock
from typing import Any

from okrsite.crew.crew import CrewError, Result, Shared, Task
from okrsite.crew.parcel import DIFFERS, Parcel

_NEEDS = "A Dask cluster is reached with the extra dask: pip install 'okrsite[dask]'."

PATIENCE = 15.0
"""Seconds that a scheduler may take to answer, and that it may be without workers."""

_LOOK = 1.0


class Cluster(Shared[Task, Result]):
    """All workers of a cluster. A task whose worker dies is done by another.

    Args:
        address: ``HOST:PORT`` of the scheduler. Whether it is spoken to by TLS, and with which certificates, is said by
            Dask's own configuration.
        parcel: What the workers need; it is sent to each once.
        patience: In place of `PATIENCE`.

    Raises:
        CrewError: Dask is not installed, no scheduler answers, it has no workers, or these have another okrsite.
    """

    def __init__(self, address: str, parcel: Parcel, patience: float = PATIENCE) -> None:
        try:
            from distributed import Client  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise CrewError(_NEEDS) from error
        self._address, self._patience = address, patience
        self._given: dict[Future[Result], Task] = {}
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what fails is told here
        try:
            self._client = Client(address, timeout=patience, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CrewError(f"No Dask scheduler answers at {address}: {_first_line(error)}") from error
        try:
            self._engage(parcel)
        except BaseException:
            self._client.close()
            raise

    def _engage(self, parcel: Parcel) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self._patience)
        except OSError as error:  # a timeout is one
            raise CrewError(self._no_workers()) from error
        editions: Mapping[str, Any] = self._client.run(parcel.edition_here, on_error="return")
        if any(edition != parcel.edition for edition in editions.values()):
            others = sorted(worker for worker, edition in editions.items() if edition != parcel.edition)
            raise CrewError(f"{DIFFERS} Workers: {', '.join(others)}.")
        self.ahead = 2 * max(1, sum(self._client.nthreads().values()))
        # Kept by the hash of its content: the same portal, built again, is not sent again.
        self._parcel = self._client.scatter(parcel, broadcast=True, hash=True)
        self.executor: Executor = self._client.get_executor(pure=False)

    def give(self, task: Task) -> Future[Result]:
        """Send a task to the scheduler."""
        future = self._sent(task)
        self._given[future] = task
        return future

    def take(self, future: Future[Result]) -> Result:
        """Wait for a result, as long as there are workers.

        What failed is done once more. A task fails again, as it did; but of one whose worker dies just after it was
        done, Dask's executor takes the result for a failure, and raises what comes of that.
        """
        task = self._given.pop(future)
        try:
            return self._waited_for(future)
        except CrewError:
            raise
        except Exception:  # noqa: BLE001 - whatever it is
            return self._waited_for(self._sent(task))

    def _sent(self, task: Task) -> Future[Result]:
        return self.executor.submit(_do, self._parcel, task)

    def _waited_for(self, future: Future[Result]) -> Result:
        from distributed import KilledWorker  # noqa: PLC0415

        alone = 0.0
        while True:
            try:
                return future.result(timeout=_LOOK)
            except TimeoutError:
                if future.done():
                    raise
            except CancelledError as error:
                raise CrewError(self._given_up()) from error
            except KilledWorker as error:
                raise CrewError(f"Several workers ended over the same pages: {_first_line(error)}") from error
            alone = 0.0 if self._has_workers() else alone + _LOOK
            if alone > self._patience:
                raise CrewError(self._no_workers())

    def dismiss(self) -> None:
        """Leave the cluster; what is still to be done there is given up."""
        self.executor.shutdown(wait=False)
        self._client.close()

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except OSError:
            return False

    def _given_up(self) -> str:
        """Why tasks are not done any more: who had what is needed for them is gone."""
        if not self._has_workers():
            return self._no_workers()
        return f"The workers of the Dask scheduler at {self._address} ended, and others took their places: build again."

    def _no_workers(self) -> str:
        return (
            f"There are no workers at the Dask scheduler {self._address}, or it is gone: start some with "
            f"`dask worker {self._address} --nthreads 1`."
        )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


class _Opened:
    """What this worker has opened last; pages are made one at a time, since a workshop is one process's."""

    lock = Lock()
    digest = ""
    do: Any = None


def _do(parcel: Parcel, task: Any) -> Any:
    from distributed import get_worker  # noqa: PLC0415

    with _Opened.lock:
        if _Opened.digest != parcel.digest:
            _Opened.do = parcel.open(Path(get_worker().local_directory))
            _Opened.digest = parcel.digest
        return _Opened.do(task)
