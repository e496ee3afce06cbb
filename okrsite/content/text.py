"""Bytes of a content file to text: UTF-8, bounded in size, free of characters that deceive or break things."""

from __future__ import annotations

import re
from pathlib import Path

from okrsite.content.log import ProblemLog
from okrsite.model import Source

MAX_BYTES = 20_000_000
"""Larger files are refused: 200,000 check-ins fit in."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def read_text(file: Path, path: str, log: ProblemLog) -> str | None:
    r"""The text of a file with line ends as ``\\n``; None, with the problem noted, where it cannot be used.

    Args:
        file: The file to read.
        path: Its name in problems.
        log: Takes the problems.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            log.add("OKR103", Source(path), f"the file is larger than {MAX_BYTES // 1_000_000} MB", "split it")
            return None
        raw = file.read_bytes()
    except OSError as error:
        log.add("OKR110", Source(path), f"the file cannot be read: {error.strerror}", "check its permissions")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - before.rfind(b"\n")
        log.add("OKR101", Source(path, line, column), "the file is not UTF-8", "save it with the encoding UTF-8")
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _FORBIDDEN.search(text)
    if found is not None:
        before_text = text[: found.start()]
        place = Source(path, before_text.count("\n") + 1, len(before_text) - before_text.rfind("\n"))
        log.add("OKR102", place, f"the character U+{ord(found[0]):04X} may not be used", "delete it")
        return None
    return text


def forbidden_character(text: str) -> str | None:
    """The first character of a text that content may not hold, e.g. written as an escape; None if all are fine."""
    found = _FORBIDDEN.search(text)
    return found[0] if found else None
