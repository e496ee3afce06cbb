"""An executor whose processes are copies of this one, and after some calls new copies.

It has no threads, since a process with threads cannot be copied: whoever waits for a result takes in those of others
meanwhile, and hands out what is to be done next.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from okrsite.crew.fork import copied

Value = TypeVar("Value")
_Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]

_GIVEN = 2
"""Calls that a copy has at a time: one that it is at, and the next, so that it need not wait for it."""


class Copies(Executor):
    """Copies of this process, made when they are needed.

    They share with it what none has looked at yet. Looking is writing, since Python counts references within its
    objects; so what a copy needs grows with what it did, and what it keeps for later comes on top. That is why it ends
    after some calls.

    Args:
        number: How many at a time.
        life: How many calls each does at most.
        begin: Called first in each.
    """

    def __init__(self, number: int, life: int, begin: Callable[[], None] = lambda: None) -> None:
        self._number, self._life, self._begin = number, life, begin
        self._waiting: deque[tuple[Future[Any], _Call]] = deque()
        self._copies: list[_Copy] = []
        self._begun = 0

    def submit(self, function: Callable[..., Value], /, *values: Any, **named: Any) -> Future[Value]:
        """Have a function called: one that is found by its name. Its value has to be picklable, and what it raises."""
        future: Future[Value] = _Awaited(self)
        self._waiting.append((future, (function, values, named)))
        self._hand_out()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the copies, once all that was submitted is done if that is not cancelled."""
        while wait and not cancel_futures and self._undone():
            self.turn()
        for future in self._end():
            future.cancel()

    def turn(self) -> None:
        """Wait until a copy has done something, or is gone, and go on."""
        for ready in wait([copy.pipe for copy in self._copies]):
            self._take(next(copy for copy in self._copies if copy.pipe is ready))
        self._hand_out()

    def _take(self, copy: _Copy) -> None:
        """Take a result in."""
        try:
            well, result = copy.pipe.recv()
        except (EOFError, ConnectionError):
            self._break()
            return
        future = copy.given.popleft()
        if well:
            future.set_result(result)
        else:
            future.set_exception(result)
        if not copy.left and not copy.given:
            self._copies.remove(copy)
            copy.end()

    def _hand_out(self) -> None:
        """Give calls to those who have the fewest; who has had all that it may do gets none."""
        while self._waiting:
            free = [copy for copy in self._copies if copy.left and len(copy.given) < _GIVEN]
            copy = min(free, key=lambda copy: len(copy.given), default=None)
            if len(self._copies) < self._number and (copy is None or copy.given):
                copy = _Copy(self._life_of_next(), self._begin, [each.pipe for each in self._copies])
                self._copies.append(copy)
            if copy is None:
                return
            future, call = self._waiting.popleft()
            copy.give(future, call)

    def _life_of_next(self) -> int:
        """How many calls the next copy does: the first ones fewer, so that not all are old, and large, at once."""
        self._begun += 1
        return max(1, self._life * min(self._begun, self._number) // self._number)

    def _break(self) -> None:
        """Have all that is not done fail: a copy is gone, and with it what it was at."""
        for future in self._end():
            future.set_exception(BrokenProcessPool("a process ended before its work was done"))

    def _end(self) -> Sequence[Future[Any]]:
        """End the copies, whatever they are at, and give up what is not done."""
        undone = self._undone()
        self._waiting.clear()
        while self._copies:
            self._copies.pop().end()
        return undone

    def _undone(self) -> Sequence[Future[Any]]:
        """What was submitted and is not done."""
        return [*(future for copy in self._copies for future in copy.given), *(future for future, _ in self._waiting)]


class _Copy:
    """One of the copies.

    Attributes:
        pipe: The way to it.
        given: What it is at, and then will be.
        left: How many more calls it may be given.

    Args:
        life: How many at all.
        begin: What it does first.
        others: The ways to other copies, which it has too, as a copy, and lets go of.
    """

    def __init__(self, life: int, begin: Callable[[], None], others: Iterable[Connection]) -> None:
        self.given: deque[Future[Any]] = deque()
        self.left = life
        self.pipe, other = Pipe()
        self._process = copied(_serve, other, [self.pipe, *others], begin)
        other.close()

    def give(self, future: Future[Any], call: _Call) -> None:
        """Have it called."""
        self.left -= 1
        self.given.append(future)
        with contextlib.suppress(ConnectionError):  # it is gone, which is noticed when results are asked for
            self.pipe.send(call)

    def end(self) -> None:
        """End it, whatever it is at."""
        self.pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _serve(pipe: Connection, ways: Iterable[Connection], begin: Callable[[], None]) -> None:
    """What a copy does."""
    for way in ways:  # or the end of that process would not be noticed
        way.close()
    gc.freeze()  # what a copy shares with the others stays shared where nobody touches it
    begin()
    calls: SimpleQueue[_Call] = SimpleQueue()
    Thread(target=_listen, args=(pipe, calls), daemon=True).start()
    while True:
        function, values, named = calls.get()
        try:
            result = ForkingPickler.dumps((True, function(*values, **named)))
        except Exception as error:  # noqa: BLE001 - raised there
            result = ForkingPickler.dumps((False, error))
        with contextlib.suppress(ConnectionError):  # nobody waits for it any more, and this process ends
            pipe.send_bytes(result)


def _listen(pipe: Connection, calls: SimpleQueue[_Call]) -> None:
    """Take calls in as soon as they come, and end this process with the one that it works for, killed or not."""
    while True:
        try:
            calls.put(pipe.recv())
        except (EOFError, ConnectionError):
            os._exit(1)


class _Awaited(Future[Value]):
    """The value of a call, which whoever asks for it helps to get."""

    def __init__(self, copies: Copies) -> None:
        super().__init__()
        self._from = copies

    def result(self, timeout: float | None = None) -> Value:
        while not self.done():
            self._from.turn()
        return super().result(timeout)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        while not self.done():
            self._from.turn()
        return super().exception(timeout)
