"""What is sound in a file with problems: it is looked at too, so that all problems are found at once."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from okrsite.content.syntax.tree import YamlMapping, YamlSequence, reach

Document = TypeVar("Document", bound=BaseModel)
Location = tuple[int | str, ...]

_TRIES = 6
"""How far up a fault may reach: a value, its entry, the entry's list, ..."""


def sound_part(
    kind: type[Document], tree: YamlMapping, located: Callable[[ErrorDetails], Location]
) -> tuple[Document, YamlMapping] | None:
    """The document that is left when everything that does not fit is taken out, and its tree; None if nothing is.

    Args:
        kind: What the file should be.
        tree: What the file says; it stays as it is.
        located: Where in the tree something is wrong.
    """
    for _ in range(_TRIES):
        try:
            return kind.model_validate(tree), tree
        except ValidationError as error:
            faults = {_whole_fault(detail, located(detail), tree) for detail in error.errors(include_url=False)}
        if () in faults:
            return None
        tree = _without(tree, faults, ())
    return None


def _whole_fault(detail: ErrorDetails, location: Location, tree: YamlMapping) -> Location:
    """What has to go: the value that is wrong, or the entry in which one is missing."""
    there = reach(tree, location)
    return there if len(there) < len(location) or detail["type"] != "missing" else there[:-1]


def _without(tree: Any, faults: AbstractSet[Location], here: Location) -> Any:
    """A copy of a tree without what is at some locations."""
    if isinstance(tree, YamlMapping):
        mapping = YamlMapping(tree.mark)
        for key, value in tree.items():
            if (*here, key) not in faults:
                mapping[key] = _without(value, faults, (*here, key))
                mapping.marks[key] = tree.marks[key]
        return mapping
    if isinstance(tree, YamlSequence):
        sequence = YamlSequence(tree.mark)
        for place, value in enumerate(tree):
            if (*here, place) not in faults:
                sequence.append(_without(value, faults, (*here, place)))
                sequence.marks.append(tree.marks[place])
        return sequence
    return tree
