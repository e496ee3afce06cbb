"""A crew of one: the process itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from okrsite.crew.crew import Crew, Result, Task


class Alone(Crew[Task, Result]):
    """Does each task when its result is asked for.

    Args:
        do: The work on one task.
    """

    def __init__(self, do: Callable[[Task], Result]) -> None:
        self._do = do

    def work(self, tasks: Iterable[Task], life: int | None = None) -> Iterator[Result]:  # noqa: ARG002 - needs no others
        """The results, one by one."""
        return map(self._do, tasks)

    def dismiss(self) -> None:
        """Nobody was engaged."""
