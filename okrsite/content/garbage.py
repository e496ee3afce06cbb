"""Python's search for garbage, while very many values are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE_BETWEEN = 2_000_000  # values that are made between two looks: more than most builds make and keep


@contextmanager
def rarely_collected() -> Iterator[None]:
    """With few looks for cycles of garbage: among very many small values, few of them in one, they take a third.

    What is left of them counts as old from then on, so that the next look is not at once, and at all of them.
    """
    before = gc.get_threshold()
    gc.set_threshold(_MADE_BETWEEN, *before[1:])
    try:
        yield
    finally:
        if before[0] < _MADE_BETWEEN:
            count_as_old()
        gc.set_threshold(*before)


def count_as_old() -> None:
    """Have the next look for garbage pass over all that there is now: nearly all of it is in use."""
    gc.freeze()
    gc.unfreeze()
