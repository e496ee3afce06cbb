"""Files on disk: put in place whole or not at all, and told from what they were by a look at their entries."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

Stat = tuple[int, int, int, int]
"""A file's size, the times of the last change of its content and of its entry in nanoseconds, and its number.

It stands for content only where both times were past when the content was read: whatever is done to the file later
leaves another time of change of the entry behind, which no program can set.
"""

UNSURE: Stat = (-1, 0, 0, 0)
"""Of a file whose times were not past yet: a later change could have left the same behind."""


def stat_of(path: str) -> Stat | None:
    """What the system says of a file or link; None where there is none."""
    try:
        return told(os.lstat(path))
    except OSError:
        return None


def told(found: os.stat_result) -> Stat:
    """What counts of all that the system says of a file."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


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


def put(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: readers see the old one or the new one, and a killed program leaves the old.

    Raises:
        OSError: The folder cannot be made or written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(content)
        os.replace(beside, file)  # noqa: PTH105 - thousands of them
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise
