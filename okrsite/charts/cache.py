"""Texts kept by key in a folder: what is drawn once need not be drawn again."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path


class Cache:
    """Texts by key, in a folder or, without one, in memory.

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

    @staticmethod
    def _file(folder: Path, key: str) -> str:
        # Folders of 256 parts: some file systems are slow with tens of thousands of files in one.
        return f"{folder}/{key[:2]}/{key[2:]}"


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
