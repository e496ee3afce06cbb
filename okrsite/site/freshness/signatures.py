"""What files of the site are, as they were left: told by a look at their entries where that is enough."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import NamedTuple

LENGTH = 12
"""Bytes of a digest."""

Stat = tuple[int, int, int, int]
"""Size, times of the last change of the content and of the entry in nanoseconds, number of the file."""

UNSURE: Stat = (-1, 0, 0, 0)
"""Of a file that was written when the note was: a later change could have left the same times behind."""


class Signature(NamedTuple):
    """A file as it was left.

    Attributes:
        digest: Of its content.
        stat: As the system says; a look at it is enough while it is the same.
    """

    digest: bytes
    stat: Stat


def stat_of(path: str) -> Stat | None:
    """What the system says of a file; None where there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def content_digest(content: bytes) -> bytes:
    """What stands for a file's content."""
    return blake2b(content, digest_size=LENGTH).digest()


def as_left(path: str, signature: Signature) -> Signature | None:
    """The signature of a file that still is as it was left, perhaps with another stat; None of one that is not."""
    stat = stat_of(path)
    if stat is None:
        return None
    if stat == signature.stat:
        return signature
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands of them
            same = content_digest(file.read()) == signature.digest
    except OSError:
        return None
    return Signature(signature.digest, stat) if same else None
