"""Notices that files were saved: by the system's events at once, and by looking at all of them now and then."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Condition
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

SETTLED = 0.015
"""Seconds of silence after which a save is over: an editor writes a file beside, renames it, deletes another."""

_LEAST = 0.5
"""Seconds between two looks at all files, at least."""

_SHARE = 50
"""A look may take this part of the time: at thousands of files it is seldom."""

_EVENTS: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
]
"""Not the opening of files: reading a portal would tell of itself."""

_State = tuple[int, int, int]


class Watch(FileSystemEventHandler):
    """Watches files and folders with all below.

    The system's events come at once, but not for every file system: what another machine or container writes tells of
    itself on few. So all files are looked at as well, as often as costs little.

    Args:
        places: What to watch; what does not exist is watched for.
        events: Whether to ask the system for events.
    """

    def __init__(self, places: Iterable[Path], *, events: bool = True) -> None:
        self._places = [place.resolve() for place in places]
        self._changed: set[str] = set()
        self._news = Condition()
        self._known: dict[str, _State] = {}
        self._next_look = 0.0
        self._look()
        self._observer = Observer()
        if events:
            self._ask_for_events()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def wait(self, timeout: float) -> frozenset[str]:
        """The files that changed, once it is quiet again; empty if none did in some seconds."""
        end = time.monotonic() + timeout
        with self._news:
            while not self._changed and (now := time.monotonic()) < end:
                self._news.wait(max(0.0, min(end, self._next_look) - now))
                if not self._changed and time.monotonic() >= self._next_look:
                    self._changed |= self._look()
            if not self._changed:
                return frozenset()
            while self._news.wait(SETTLED):
                pass
            changed, self._changed = frozenset(self._changed), set()
        self._remember(changed)
        return changed

    def dispatch(self, event: FileSystemEvent) -> None:
        """Note an event; called by the observer's thread."""
        with self._news:
            for path in (event.src_path, event.dest_path):
                if path and self._is_watched(name := os.fsdecode(path)):
                    self._changed.add(name)
            self._news.notify_all()

    def _is_watched(self, name: str) -> bool:
        return any(name == str(place) or name.startswith(f"{place}{os.sep}") for place in self._places)

    def _ask_for_events(self) -> None:
        """Where the system has no events left to give, looking has to do."""
        try:
            self._observer.start()
            for folder, deep in self._folders():
                self._observer.schedule(self, folder, recursive=deep, event_filter=_EVENTS)
        except OSError:
            self._observer.unschedule_all()

    def _folders(self) -> Iterator[tuple[str, bool]]:
        """The folders to ask about, and whether with all below: editors replace a file, so its folder is asked."""
        asked = {str(place): True for place in self._places if place.is_dir()}
        for place in self._places:
            if not place.is_dir() and place.parent.is_dir():
                asked.setdefault(str(place.parent), False)
        yield from asked.items()

    def _remember(self, changed: Iterable[str]) -> None:
        """What an event told of is no news to the next look."""
        for name in changed:
            try:
                self._known[name] = _state(os.stat(name))  # noqa: PTH116 - as below
            except OSError:
                self._known.pop(name, None)

    def _look(self) -> set[str]:
        """The files that differ from the last look."""
        begun = time.monotonic()
        known, found = self._known, dict(_files(self._places))
        self._known = found
        self._next_look = time.monotonic() + max(_LEAST, _SHARE * (time.monotonic() - begun))
        return {name for name in known.keys() | found.keys() if known.get(name) != found.get(name)}


def _files(places: Iterable[Path]) -> Iterator[tuple[str, _State]]:
    """Every file, with what changes when it does."""
    waiting = []
    for place in places:
        if place.is_dir():
            waiting.append(str(place))
        elif place.exists():
            yield str(place), _state(place.stat())
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        yield entry.path, _state(entry.stat(follow_symlinks=False))
        except OSError:  # gone meanwhile
            continue


def _state(stat: os.stat_result) -> _State:
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
