"""Notes that runs leave for the next ones: checked before they are used, put in place whole, and only the last few."""

from __future__ import annotations

import contextlib
import marshal
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from okrsite.disk import put

KEPT = 4
"""Of how many folders a note is kept."""

_BEGIN = f"okrsite note 4, {platform.python_version()}"


class Note:
    """A mapping in a file, below a line with its name and checksum; made of tuples, texts, numbers and None.

    Args:
        file: Need not exist.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> dict[str, Any]:
        """What it says.

        Raises:
            OSError: There is none.
            ValueError: It is damaged, cut, another's, or of another version.
        """
        head, _, text = self._file.read_bytes().partition(b"\n")
        if head != self._head(text):
            raise ValueError(self._file)
        said: dict[str, Any] = marshal.loads(text)  # noqa: S302 - of a file with a checksum
        return said

    def write(self, said: Mapping[str, Any]) -> None:
        """Put it in place; where that cannot be, the next run takes longer, so it is no error."""
        text = marshal.dumps(dict(said))
        with contextlib.suppress(OSError):
            put(self._file, self._head(text), b"\n", text)
            let_go(self._file)

    def drop(self) -> None:
        """Delete it."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _head(self, text: bytes) -> bytes:
        return f"{_BEGIN} {self._file.name} {crc32(text):08x} {len(text)}".encode()


def let_go(file: Path) -> Sequence[Path]:
    """Delete the notes of folders that nothing was noted of for long.

    Args:
        file: The note of one that was.

    Returns:
        Where those were.
    """
    known = sorted(file.parent.glob(f"*{file.suffix}"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for old in known[KEPT:]:
        old.unlink()
    return known[KEPT:]
