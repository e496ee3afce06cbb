"""Tries again what fails on the way to a server, and only that: with waits that grow, and are never in step."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import SystemRandom
from typing import TypeVar

from okrsite.frozen import frozen
from okrsite.publish.targets.remote.failures import is_transient

T = TypeVar("T")


@frozen
class Retrying:
    """How often, and after which waits.

    Attributes:
        tries: How often at most, the first time among them.
        first: Seconds before the second try, at most; twice as long before each further one.
        longest: Seconds that no wait is longer than.
        wait: Waits for some seconds.
        share: A number from 0 to 1, another each time: how much of a wait's second half is waited, so that publishers
            (and the threads of one) that failed together do not come back together.
    """

    tries: int = 7
    first: float = 0.25
    longest: float = 8.0
    wait: Callable[[float], None] = time.sleep
    share: Callable[[], float] = SystemRandom().random

    def __call__(self, action: Callable[[], T], mend: Callable[[], None] | None = None) -> T:
        """What an action gives.

        Args:
            action: May be done twice.
            mend: Called before each further try, such as for a new connection.

        Raises:
            Exception: What the action raised, where trying again does not help or has not helped.
        """
        for done in range(self.tries):
            try:
                if done and mend:
                    mend()
                return action()
            except Exception as error:
                if done + 1 >= self.tries or not is_transient(error):
                    raise
            self.wait(min(self.longest, self.first * 2**done) * (1 + self.share()) / 2)
        raise AssertionError("unreachable: the last try returns or raises")
