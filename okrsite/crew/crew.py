"""What a crew is: it does the same work on many tasks, and hands the results over in the order of the tasks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from okrsite.problems import OkrsiteError

Task = TypeVar("Task")
Result = TypeVar("Result")


class CrewError(OkrsiteError):
    """Who should have done the work cannot, or is gone."""


class Kit(Protocol):
    """All that a worker elsewhere needs; it can be pickled."""

    @staticmethod
    def edition() -> str:
        """Stands for the code here that decides what comes of a task."""

    def open(self, folder: Path | None) -> Callable[[Any], Any]:
        """What does the work on one task.

        Args:
            folder: Where it may keep things.
        """


class Crew(ABC, Generic[Task, Result]):
    """Workers, for as long as the ``with`` block lasts.

    Attributes:
        ahead: How many tasks are given out before the result of the first is taken: results wait in memory.
    """

    ahead: int = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.dismiss()

    @abstractmethod
    def work(self, tasks: Iterable[Task], life: int | None = None) -> Iterator[Result]:
        """The results of all tasks, in their order; workers may begin before the first is asked for.

        Args:
            tasks: The work.
            life: How many tasks a worker does before another takes its place, if they need much memory; who has no
                others to send pays no heed.

        Raises:
            CrewError: A worker is gone, or cannot do the work.
            Exception: What the work on a task raised.
        """

    @abstractmethod
    def dismiss(self) -> None:
        """End the work, and the workers that were engaged for it."""


class Shared(Crew[Task, Result]):
    """A crew whose work goes through an executor.

    Attributes:
        executor: Of the standard library's kind.
    """

    executor: Executor

    def work(self, tasks: Iterable[Task], life: int | None = None) -> Iterator[Result]:  # noqa: ARG002 - they stay
        """The results of all tasks; the first tasks are given out at once."""
        waiting = iter(tasks)
        given = deque(map(self.give, islice(waiting, self.ahead)))
        return self._results(given, waiting)

    def _results(self, given: deque[Future[Result]], waiting: Iterator[Task]) -> Iterator[Result]:
        while given:
            result = self.take(given.popleft())
            given.extend(map(self.give, islice(waiting, 1)))
            yield result

    @abstractmethod
    def give(self, task: Task) -> Future[Result]:
        """Have a task worked on."""

    @abstractmethod
    def take(self, future: Future[Result]) -> Result:
        """What came of a task, as soon as it is there."""
