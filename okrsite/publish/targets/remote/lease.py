"""Takes turns at a server that has no locks: whoever makes the object of that name may go on until it is deleted.

One who is killed leaves it behind. So its holder writes it anew again and again, and who has seen it unchanged for long
enough, by the own clock and not by anybody else's, deletes it. It spares readers a step back and work done twice; that
nothing is lost does not depend on it, since the list of versions converges without.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from uuid import uuid4

from okrsite.publish.target import TargetError
from okrsite.publish.targets.remote.headers import headers_of
from okrsite.publish.targets.remote.store import Store

NAME = "lease"


class Lease:
    """The right to change what all publishers change.

    Args:
        store: Where.
        seconds: For how long one who does not move is believed to work.
        patience: Seconds after which one goes on without it.
        clock: Gives seconds that only go forward.
        wait: Waits for some seconds.
    """

    def __init__(
        self,
        store: Store,
        seconds: float = 20.0,
        patience: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store, self._seconds, self._patience = store, seconds, patience
        self._clock, self._wait = clock, wait
        self._depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it; one who holds it already goes on."""
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        token = uuid4().hex
        is_held = self._take(token)
        over = Event()
        beating = Thread(target=self._beat, args=(token, over), daemon=True)
        self._depth = 1
        if is_held:
            beating.start()
        try:
            yield
        finally:
            self._depth = 0
            over.set()
            if is_held:
                beating.join()
                with suppress(TargetError):
                    if _holder(self._store.read(NAME)) == token:
                        self._store.remove([NAME])

    def _take(self, token: str) -> bool:
        """Wait for it; False where nobody gives it up."""
        began = since = self._clock()
        seen: bytes | None = None
        pause = 0.1
        while True:
            self._store.create(NAME, f"{token} 0\n".encode(), headers_of(NAME))
            now, told = self._clock(), self._store.read(NAME)  # a server without that step lets two of them in
            if _holder(told) == token:
                return True
            if now - began >= self._patience:
                return False
            if told != seen:
                seen, since = told, now
            elif told is not None and now - since >= self._seconds:
                self._store.remove([NAME])  # the holder was killed
                continue
            self._wait(pause)
            pause = min(1.0, pause * 1.5)

    def _beat(self, token: str, over: Event) -> None:
        beats = 0
        while not over.wait(self._seconds / 4):
            beats += 1
            with suppress(TargetError):
                if _holder(self._store.read(NAME)) != token:
                    return
                self._store.write(NAME, f"{token} {beats}\n".encode(), headers_of(NAME))


def _holder(told: bytes | None) -> str:
    return (told or b"").decode("utf-8", "replace").partition(" ")[0]
