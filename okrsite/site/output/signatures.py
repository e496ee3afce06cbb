"""What files of the site are, as they were left: told by a look at their entries where that is enough."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

from okrsite.disk import Stat, stat_of

LENGTH = 12
"""Bytes of a digest."""


class Signature(NamedTuple):
    """A file as it was left.

    Attributes:
        digest: Of its content.
        stat: As the system says; a look at it is enough while it is the same.
    """

    digest: bytes
    stat: Stat


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
