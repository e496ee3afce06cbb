"""Files on disk: put in place whole or not at all, and told from what they were by a look at their entries."""

from __future__ import annotations

import contextlib
import marshal
import os
import tempfile
from collections.abc import Callable, Iterable
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

Stat = tuple[int, int, int, int]
"""A file's size, the times of the last change of its content and of its entry in nanoseconds, and its number.

It stands for content only where both times were past when the content was read: whatever is done to the file later
leaves another time of change of the entry behind, which no program can set.
"""

UNSURE: Stat = (-1, 0, 0, 0)
"""Of a file whose times were not past yet: a later change could have left the same behind."""


A_DAY = 24 * 60 * 60 * 10**9
"""In nanoseconds, as the times of files are."""

told: Callable[[os.stat_result], Stat] = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
"""What counts of all that the system says of a file."""

UNFINISHED = ".new-"
"""What the names of files begin with that `put` is still writing; one that is left over is nobody's."""

NO_REFERENCES = 2
"""The version of marshal's format in which equal values are written alike, whether they are one object or several."""


def stat_of(path: str) -> Stat | None:
    """What the system says of a file or link; None where there is none."""
    try:
        return told(os.lstat(path))
    except OSError:
        return None


class Look(NamedTuple):
    """All that there is below a folder, by the paths.

    Attributes:
        folders: The folder itself first.
        files: Links too.
    """

    folders: dict[str, Stat]
    files: dict[str, Stat]


def look_at(folder: str) -> Look:
    """All files and folders below one.

    Raises:
        OSError: It is none, or something was deleted meanwhile.
    """
    found = Look({}, {})
    waiting = [folder]
    while waiting:
        each = waiting.pop()
        found.folders[each] = told(os.lstat(each))
        with os.scandir(each) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    found.files[entry.path] = told(entry.stat(follow_symlinks=False))
    return found


def look_again(before: Look) -> Look:
    """What `look_at` gives now, in half the time: only folders that changed are listed.

    Args:
        before: What it gave, all times in it past by then.

    Raises:
        OSError: As there.
    """
    now = Look(_stats(before.folders), _stats(before.files))
    for folder, stat in [*now.folders.items()]:
        if stat == before.folders[folder]:
            continue
        with os.scandir(folder) as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if entry.path in (now.files if is_folder else now.folders):  # one in place of the other
                    return look_at(next(iter(before.folders)))
                if not is_folder:
                    now.files[entry.path] = told(entry.stat(follow_symlinks=False))
                elif entry.path not in now.folders:
                    new = look_at(entry.path)
                    now.folders.update(new.folders)
                    now.files.update(new.files)
    return now


def _stats(names: Iterable[str]) -> dict[str, Stat]:
    """What the system says of those that are still there."""
    known = list(names)
    try:
        return dict(zip(known, map(told, map(os.lstat, known)), strict=True))
    except OSError:
        return {name: stat for name in known if (stat := stat_of(name)) is not None}


def seal(looks: Iterable[object]) -> str:
    """What stands for some files as they are.

    Args:
        looks: What the system says of each, with their names where these are not known.
    """
    return blake2b(marshal.dumps([*looks], NO_REFERENCES), digest_size=16).hexdigest()


def seal_of(names: Iterable[str]) -> str:
    """What stands for files and folders as they are now.

    With a folder among them, a file that came to it or left it is noticed: that changes the folder's own times.

    Args:
        names: In the order in which they were sealed.

    Raises:
        OSError: One of them is gone.
    """
    return seal(map(told, map(os.lstat, names)))


def moment(folder: Path) -> int:
    """The file system's time now, in nanoseconds; its clock may be coarser than the machine's.

    Args:
        folder: Made where it does not exist.

    Raises:
        OSError: Nothing can be written there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as probe:
        return os.fstat(probe.fileno()).st_mtime_ns


def put(file: Path, *content: bytes | memoryview) -> None:
    """As `put_all`."""
    put_all(file, content)


def put_all(file: Path, content: Iterable[bytes | memoryview]) -> None:
    """Write a file whole or not at all: readers see the old one or the new one, and a killed program leaves the old.

    Args:
        file: Where.
        content: What it shall hold, one after the other.

    Raises:
        OSError: The folder cannot be made or written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as new:
            new.writelines(content)
        os.replace(beside, file)  # noqa: PTH105 - thousands of them
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise
