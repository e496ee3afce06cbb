"""Parts of files that tell of all goals: what a file says of one unit is made anew only if something of it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

Value = TypeVar("Value")


class Parts(Protocol):
    """Who makes parts of files, or has them already."""

    def of(self, make: Callable[..., Value], given: object, *ids: str) -> Value:
        """What a function makes of something and some ids.

        Args:
            make: A function of a module, whose value is made of tuples, texts, numbers and None.
            given: What it reads, by ways that are noted.
            ids: What the part is about.
        """


class _MadeNow:
    """Makes each part when it is asked for."""

    def of(self, make: Callable[..., Value], given: object, *ids: str) -> Value:
        """As of all `Parts`."""
        return make(given, *ids)


MADE_NOW: Parts = _MadeNow()
"""Keeps nothing."""
