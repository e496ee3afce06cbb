"""Notes that runs leave for the next ones: checked before they are used, put in place whole, and only the last few."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from okrsite.disk import put

KEPT = 4
"""Of how many folders a note is kept."""

_BEGIN = "okrsite note 2"


class Note:
    """A mapping in a file, as JSON below a line with its checksum.

    Args:
        file: Need not exist.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> dict[str, Any]:
        """What it says.

        Raises:
            OSError: There is none.
            ValueError: It is damaged, cut, or of another version.
        """
        head, _, text = self._file.read_bytes().partition(b"\n")
        if head != _head(text):
            raise ValueError(self._file)
        said: dict[str, Any] = json.loads(text)
        return said

    def write(self, said: Mapping[str, Any]) -> None:
        """Put it in place; where that cannot be, the next run takes longer, so it is no error."""
        text = json.dumps(said, separators=(",", ":")).encode()
        with contextlib.suppress(OSError):
            put(self._file, b"%s\n%s" % (_head(text), text))
            let_go(self._file)

    def drop(self) -> None:
        """Delete it."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)


def let_go(file: Path) -> None:
    """Delete the notes of folders that nothing was noted of for long.

    Args:
        file: The note of one that was.
    """
    known = sorted(file.parent.glob(f"*{file.suffix}"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for old in known[KEPT:]:
        old.unlink()


def _head(text: bytes) -> bytes:
    return f"{_BEGIN} {blake2b(text, digest_size=16).hexdigest()}".encode()
