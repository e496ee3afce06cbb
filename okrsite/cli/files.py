"""Files that commands write."""

from __future__ import annotations

from pathlib import Path

from okrsite.problems import OkrsiteError


def write(path: Path, text: str) -> None:
    """Write a file in UTF-8 with line ends as they are, making the folders above it.

    Raises:
        OkrsiteError: It cannot be written; the text says why.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(errors="backslashreplace"))
    except OSError as error:
        raise OkrsiteError(f"cannot write {path}: {error.strerror or error}") from error
