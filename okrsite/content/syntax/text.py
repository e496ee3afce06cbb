"""Bytes of a content file to text: UTF-8, bounded in size, free of characters that deceive or break things."""

from __future__ import annotations

import os
import re
from pathlib import Path

from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.wording import named
from okrsite.model import Source

MAX_BYTES = 20_000_000
"""Larger files are refused: 200,000 check-ins fit in."""

# Control characters, overrides of the direction of text, surrogates and noncharacters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def read_text(file: Path, path: str, log: ProblemLog) -> str | None:
    r"""The text of a file with line ends as ``\\n``; None, with the problem noted, where it cannot be used.

    Args:
        file: The file to read.
        path: Its name in problems.
        log: Takes the problems.
    """
    try:
        with file.open("rb") as opened:
            large = os.fstat(opened.fileno()).st_size > MAX_BYTES
            raw = b"" if large else opened.read()
    except OSError as error:
        note_unreadable(error, path, log)
        return None
    if large:
        note_size(path, log)
        return None
    return decoded(raw, path, log)


def decoded(raw: bytes, path: str, log: ProblemLog) -> str | None:
    """The text that the bytes of a file are, as `read_text` gives it.

    Args:
        raw: All that is in the file.
        path: Its name in problems.
        log: Takes the problems.
    """
    if len(raw) > MAX_BYTES:
        note_size(path, log)
        return None
    try:
        text = raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = Source(path, *_end_of(raw[: error.start].decode().removeprefix("\ufeff")))
        log.add("OKR101", place, "the file is not UTF-8 from here on", "save it with the encoding UTF-8")
        return None
    text = _with_line_feeds(text)
    found = _FORBIDDEN.search(text)
    if found is not None:
        place = Source(path, *_end_of(text[: found.start()]))
        log.add("OKR102", place, f"the character {named(found[0])} may not be used", "delete it")
        return None
    return text


def note_unreadable(error: OSError, path: str, log: ProblemLog) -> None:
    """Note that a file cannot be read."""
    log.add("OKR110", Source(path), f"the file cannot be read: {error.strerror}", "check its permissions")


def note_size(path: str, log: ProblemLog) -> None:
    """Note that a file is larger than any may be."""
    hint = "split it: one file a check-in meeting, measurements in CSV files"
    log.add("OKR103", Source(path), f"the file is larger than {MAX_BYTES // 1_000_000} MB", hint)


def forbidden_character(text: str) -> str | None:
    """The first character of a text that content may not hold, e.g. written as an escape; None if all are fine."""
    found = _FORBIDDEN.search(text)
    return found[0] if found else None


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _end_of(before: str) -> tuple[int, int]:
    """The line and column that follow a text."""
    before = _with_line_feeds(before)
    return before.count("\n") + 1, len(before) - before.rfind("\n")
