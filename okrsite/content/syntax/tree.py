"""The plain values of a YAML file, which remember their line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

Mark = tuple[int, int]
"""Line and column, counted from 1."""


@lru_cache(1 << 14)
def same(mark: Any) -> Any:
    """An equal mark that has been met before: files of one form have the same, and each is held in memory once."""
    return mark


class NoValue(Enum):
    """What stands in a tree where there is no value; no key takes it.

    ``EMPTY`` is a null, such as after ``title:`` with nothing behind it. ``BROKEN`` is a value that has been reported
    already, so that nothing more needs to be said about it.
    """

    EMPTY = "nothing"
    BROKEN = "broken"


class PlainNumber(Decimal):
    """A number with the text it was written as, so that an id such as ``2026`` or ``010`` keeps its look."""

    __slots__ = ("text",)
    text: str


class YamlMapping(dict[str, Any]):
    """A mapping that knows where it, its keys and its values begin.

    Attributes:
        mark: Where it begins.
        marks: Key -> line and column of the key, line and column of its value.
    """

    __slots__ = ("mark", "marks")

    def __init__(
        self,
        mark: Mark,
        values: Mapping[str, Any] = MappingProxyType({}),
        marks: dict[str, tuple[int, int, int, int]] | None = None,
    ) -> None:
        super().__init__(values)
        self.mark = mark
        self.marks = {} if marks is None else marks

    def key_mark(self, key: str) -> Mark:
        """Where a key begins."""
        return self.marks[key][:2]

    def value_mark(self, key: str) -> Mark:
        """Where a key's value begins."""
        return self.marks[key][2:]


class YamlSequence(list[Any]):
    """A list that knows where it and its items begin.

    Attributes:
        mark: Where it begins.
        marks: Line and column of each item.
    """

    __slots__ = ("mark", "marks")

    def __init__(self, mark: Mark, values: Iterable[Any] = (), marks: list[Mark] | None = None) -> None:
        super().__init__(values)
        self.mark = mark
        self.marks: list[Mark] = [] if marks is None else marks


def reach(tree: object, location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """As much of a location as there is in a tree."""
    for place, step in enumerate(location):
        if (isinstance(tree, YamlMapping) and isinstance(step, str) and step in tree) or (
            isinstance(tree, YamlSequence) and isinstance(step, int) and step < len(tree)
        ):
            tree = tree[step]  # type: ignore[index]
        else:
            return location[:place]
    return location


def mark_of(tree: object, location: tuple[int | str, ...], *, key: bool = False) -> Mark:
    """Where the value at a location begins; of the nearest container where there is no such value.

    Args:
        tree: What `parse_yaml` gave.
        location: Keys and indices from the top.
        key: Whether the key is meant rather than its value.
    """
    mark: Mark = getattr(tree, "mark", (1, 1))
    last = len(location) - 1
    for place, step in enumerate(location):
        if isinstance(tree, YamlMapping) and isinstance(step, str) and step in tree:
            mark = tree.key_mark(step) if key and place == last else tree.value_mark(step)
            tree = tree[step]
        elif isinstance(tree, YamlSequence) and isinstance(step, int) and step < len(tree):
            mark = tree.marks[step]
            tree = tree[step]
        else:
            break
    return mark
