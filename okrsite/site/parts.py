"""Parts of what is made of all goals: what is said of one unit is made anew only if something of it changed."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple, Protocol, TypeVar

from okrsite.disk import NO_REFERENCES
from okrsite.reads import Way

Value = TypeVar("Value")

PARTS = "parts"
"""The first step of the way to a part."""

_BETWEEN = "\n"


class Newly(NamedTuple):
    """A part that was made.

    Attributes:
        name: What it is called.
        reads: The ways to all that was read for it.
        value: What was made, packed.
    """

    name: str
    reads: frozenset[Way]
    value: bytes


class Parts(Protocol):
    """Who makes parts, or has them already."""

    def of(self, make: Callable[..., Value], given: object, *ids: str) -> Value:
        """What a function makes of something and some ids; whoever asks has read its value, and nothing behind it.

        Args:
            make: A function of a module, whose value is made of tuples, texts, numbers and None.
            given: What it reads, by ways that are noted; the gallery, where pages or other parts ask.
            ids: What the part is about.
        """

    def newly(self) -> tuple[Newly, ...]:
        """The parts that were made since this was asked for last."""


class _MadeNow:
    """Makes each part when it is asked for, and keeps none: whoever asks has read all that it was made of."""

    def of(self, make: Callable[..., Value], given: object, *ids: str) -> Value:
        """As of all `Parts`."""
        return make(given, *ids)

    def newly(self) -> tuple[Newly, ...]:
        """None that somebody could keep."""
        return ()


MADE_NOW: Parts = _MadeNow()
"""Keeps nothing."""


def packed(value: Any) -> bytes:
    """A part's value as bytes: the same for equal values.

    Raises:
        ValueError: It is made of something else than tuples, texts, numbers and None.
    """
    plain = marshal.dumps(value, NO_REFERENCES)
    return _PLAIN + plain if len(plain) < _LONG else _SHORTENED + zlib.compress(plain, 1)


def unpacked(blob: bytes | memoryview) -> Any:
    """The value that `packed` was given."""
    begin, rest = blob[:1], blob[1:]
    return marshal.loads(zlib.decompress(rest) if begin == _SHORTENED else rest)  # noqa: S302 - of a note with a checksum


_PLAIN, _SHORTENED = b"=", b"z"
_LONG = 1000
"""From how many bytes on a value is compressed."""


def name_of(make: Callable[..., object], ids: Sequence[str]) -> str:
    """What a part is called: by the function that makes it, and what it is about."""
    return _BETWEEN.join((make.__module__, make.__qualname__, *ids))


def told_by(name: str) -> tuple[Callable[..., Any], Sequence[str]]:
    """The function that makes a part, and what the part is about."""
    module, function, *ids = name.split(_BETWEEN)
    make: Callable[..., Any] = getattr(import_module(module), function)
    return make, ids
