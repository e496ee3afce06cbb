"""How publishers take turns at a server without locks."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import fsspec
import pytest
from smallsites import publish_commit

from okrsite.publish.target import TargetError
from okrsite.publish.targets.remote.headers import Headers
from okrsite.publish.targets.remote.lease import NAME, Lease
from okrsite.publish.targets.remote.memory import MemoryStore
from okrsite.publish.targets.remote.target import RemoteTarget


class Time:
    """A clock that only goes on when somebody waits."""

    def __init__(self, meanwhile: Callable[[float], None] = lambda _: None) -> None:
        self.now = 0.0
        self.meanwhile = meanwhile

    def clock(self) -> float:
        """Its seconds."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Go on; others may do something meanwhile."""
        self.now += seconds
        self.meanwhile(self.now)


def store_at(folder: str) -> MemoryStore:
    """A folder in memory."""
    return MemoryStore(folder, lambda **_: fsspec.filesystem("memory"), f"/{folder}")


def lease(store: MemoryStore, at: Time) -> Lease:
    """A lease that is believed for ten seconds, and waited for a minute."""
    return Lease(store, 10, 60, at.clock, at.wait)


def test_it_is_given_back() -> None:
    """It is there while it is held, also by one who holds it twice, and gone afterwards, whatever happened."""
    store = store_at(uuid4().hex)
    own = lease(store, Time())
    with own.held():
        with own.held():
            assert store.has(NAME)
        assert store.has(NAME)
    assert not store.has(NAME)
    with pytest.raises(LookupError), own.held():
        raise LookupError
    assert not store.has(NAME)


def test_one_who_was_killed_is_passed_over() -> None:
    """What nobody has moved for its time is deleted: by the waiting one's own clock, not by anybody's date."""
    store, at = store_at(uuid4().hex), Time()
    store.write(NAME, b"killed 7\n", Headers("", ""))
    with lease(store, at).held():
        assert 10 <= at.now < 13
        assert not (store.read(NAME) or b"").startswith(b"killed")
    assert not store.has(NAME)


def test_one_who_works_is_waited_for() -> None:
    """One who moves it keeps it, for longer than its time; then the next one has it."""
    store = store_at(uuid4().hex)

    def work(now: float) -> None:
        if now < 40:
            store.write(NAME, f"busy {now}\n".encode(), Headers("", ""))
        else:
            store.remove([NAME])

    at = Time(work)
    work(0)
    with lease(store, at).held():
        assert 40 <= at.now < 42


def test_nobody_waits_for_ever() -> None:
    """Who waits in vain goes on without, and leaves the other's alone: the list of versions converges anyhow."""
    store = store_at(uuid4().hex)
    at = Time(lambda now: store.write(NAME, f"busy {now}\n".encode(), Headers("", "")))
    at.meanwhile(0)
    with lease(store, at).held():
        assert at.now >= 60
    assert (store.read(NAME) or b"").startswith(b"busy")


def test_a_holder_moves_it() -> None:
    """While it is held it changes again and again."""
    store = store_at(uuid4().hex)
    with Lease(store, seconds=0.04).held():
        first = store.read(NAME)
        while store.read(NAME) == first:
            time.sleep(0.005)


def test_a_store_that_tells_no_digests_is_read_back(tmp_path: Path) -> None:
    """Where a listing gives sizes only, a file that arrived as something else is found by reading some of them."""

    class Forgetful(MemoryStore):
        def send(self, name: str, content: bytes, headers: Headers) -> None:
            damaged = content[:-1] + b"\0" if name.endswith("acme/index.html") else content
            super().send(name, damaged, headers)

    folder = uuid4().hex
    store = Forgetful(folder, lambda **_: fsspec.filesystem("memory"), f"/{folder}")
    target = RemoteTarget(store)
    with pytest.raises(TargetError, match=r"does not keep what it is sent: acme/index\.html is not there"):
        publish_commit(target, tmp_path, 1)
    assert list(target.snapshots()) == []
