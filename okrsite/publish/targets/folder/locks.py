"""Locks on a folder: the operating system takes them back when their holder dies, however it dies."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BUSY = frozenset({errno.EAGAIN, errno.EACCES})
_EVERY = 0.02  # seconds between two tries


class Locks:
    """The lock of a folder target, which many may share or one may hold alone.

    Args:
        file: What is locked; made where there is none.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._depth = 0

    @property
    def is_held(self) -> bool:
        """Whether this very object holds it, shared."""
        return self._depth > 0

    @contextmanager
    def shared(self, seconds: float) -> Iterator[bool | None]:
        """Hold it along with others; again within is the same.

        Args:
            seconds: How long to wait for one who holds it alone.

        Yields:
            Whether it is held; False after that time, None where the file system has no locks.
        """
        if self._depth:
            yield True
            return
        with self._held(fcntl.LOCK_SH, seconds) as state:
            self._depth += 1
            try:
                yield state
            finally:
                self._depth -= 1

    @contextmanager
    def alone(self, seconds: float) -> Iterator[bool | None]:
        """Hold it as the only one.

        Args:
            seconds: How long to wait for others.

        Yields:
            Whether it is held; False after that time, None where the file system has no locks.
        """
        with self._held(fcntl.LOCK_EX, seconds) as state:
            yield state

    def make(self) -> None:
        """Make the file that is locked, unless it is there: publishing the same again must not change a thing.

        Raises:
            OSError: The folder is not there, or may not be written to.
        """
        os.close(self._opened())

    def _opened(self) -> int:
        try:
            return os.open(self.file, os.O_RDWR | os.O_CREAT, 0o666)
        except PermissionError:  # another user's: to lock it, reading is enough on most file systems
            return os.open(self.file, os.O_RDONLY)

    @contextmanager
    def _held(self, how: int, seconds: float) -> Iterator[bool | None]:
        handle = self._opened()
        try:
            yield self._taken(handle, how, seconds)
        finally:
            os.close(handle)  # which unlocks

    @staticmethod
    def _taken(handle: int, how: int, seconds: float) -> bool | None:
        end = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(handle, how | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in _BUSY:
                    return None
            else:
                return True
            if time.monotonic() >= end:
                return False
            time.sleep(_EVERY)
