"""Python's search for garbage, while very many values are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE_BETWEEN = 2_000_000  # values that are made between two looks: more than most builds make and keep


@contextmanager
def rarely_collected() -> Iterator[None]:
    """With few looks for cycles of garbage: among very many small values, few of them in one, they take a third."""
    before = gc.get_threshold()
    gc.set_threshold(_MADE_BETWEEN, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
