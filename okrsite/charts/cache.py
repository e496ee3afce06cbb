"""Texts kept by key in a folder: what is drawn once need not be drawn again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from okrsite.disk import A_DAY, moment

_FAN, _REST = re.compile("[0-9a-f]{2}"), re.compile("[0-9a-f]{62}")
"""The two parts of the name of a text's file."""

_KEPT_FOR = 56 * A_DAY
"""For how long a text is kept that nobody asked for."""

_LOOKED_AFTER = 7 * A_DAY
"""How long after the last look for such texts there is another."""


class Cache:
    """Texts by key, in a folder or, without one, in memory. A key is a SHA-256, in hexadecimal.

    The folder may be deleted at any time, and several processes may use it at once. Each file begins with a line
    that holds the SHA-256 of its key and the rest, so that one that is cut, altered or another's counts as absent.

    Args:
        folder: Made when the first text is kept; None for memory only.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The text kept under the key, or None where there is none or it is damaged."""
        if self._folder is None:
            return self._memory.get(key)
        try:
            with open(self._file(self._folder, key), "rb") as file:  # noqa: PTH123 - thousands of them
                content = file.read()
        except OSError:
            return None
        checksum, _, body = content.partition(b"\n")
        if checksum != _checksum(key, body):
            return None
        return body.decode()

    def put(self, key: str, text: str) -> None:
        """Keep a text. A folder that cannot be written makes later builds slower, not wrong, so it is no error."""
        if self._folder is None:
            self._memory[key] = text
            return
        body = text.encode()
        with contextlib.suppress(OSError):
            _write(self._file(self._folder, key), _checksum(key, body) + b"\n" + body)

    def let_go(self, used: Iterable[str]) -> None:
        """Delete what nobody used for eight weeks: drawings of an older okrsite, or of goals as they were.

        When each was used last is the time of its file. These times are looked at once a week, so that this costs
        nothing on most days; and the eight weeks end with the look before, for while nobody builds nothing gets old.

        Args:
            used: The keys of what was asked for now.
        """
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            now = moment(self._folder)
            for key in used:
                with contextlib.suppress(OSError):  # kept elsewhere, or deleted
                    os.utime(self._file(self._folder, key), ns=(now, now))
            look = self._folder / "looked"
            if not look.exists():
                look.touch()
            elif (before := look.stat().st_mtime_ns) < now - _LOOKED_AFTER:
                look.touch()
                _delete_older(self._folder, before - _KEPT_FOR)

    @staticmethod
    def _file(folder: Path, key: str) -> str:
        # Folders of 256 parts: some file systems are slow with tens of thousands of files in one.
        return f"{folder}/{key[:2]}/{key[2:]}"


def _delete_older(folder: Path, than: int) -> None:
    """Delete what was put there before a moment, and nothing that is not called as it would be."""
    with os.scandir(folder) as parts:
        fans = [part.path for part in parts if _FAN.fullmatch(part.name) and part.is_dir(follow_symlinks=False)]
    for fan in fans:
        with contextlib.suppress(OSError), os.scandir(fan) as files:  # another run deletes them, too
            for file in files:
                if _REST.fullmatch(file.name) and file.stat(follow_symlinks=False).st_mtime_ns < than:
                    os.unlink(file)  # noqa: PTH108 - thousands of them


def _write(file: str, content: bytes) -> None:
    """In place: a file that is not whole is told by its checksum, and putting it beside first takes twice as long."""
    try:
        new = open(file, "wb")  # noqa: PTH123, SIM115
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
        new = open(file, "wb")  # noqa: PTH123, SIM115
    with new:
        new.write(content)


def _checksum(key: str, body: bytes) -> bytes:
    return hashlib.sha256(f"{key}\n".encode() + body).hexdigest().encode()
