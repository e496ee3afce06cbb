"""What nearly all classes here are: a few named values that belong together, and that nobody changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform, overload

_Kind = TypeVar("_Kind", bound=type)


@overload
def frozen(kind: _Kind, /) -> _Kind: ...
@overload
def frozen(*, order: bool = False, kw_only: bool = False) -> Callable[[_Kind], _Kind]: ...
@dataclass_transform(frozen_default=True)
def frozen(kind: Any = None, /, **options: bool) -> Any:
    """A dataclass with slots, compared and hashed by its values, that the type checker lets nobody change.

    At run time nothing sees to it: dataclasses that do take three times as long to make, and a build makes millions.

    Args:
        kind: The class.
        options: As of dataclasses.
    """
    made = dataclass(slots=True, unsafe_hash=True, **options)
    return made if kind is None else made(kind)
