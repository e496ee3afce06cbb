"""Records whose reading is noted: portal, figures and history, as pages see them."""

from __future__ import annotations

from collections.abc import Mapping
from types import FunctionType, MethodType
from typing import Any, TypeVar, cast

from okrsite.day import Day
from okrsite.reads import Deferred, OnDemand, Place, Table, composed, note

Record = TypeVar("Record")


def watched(name: str, record: Record) -> Record:
    """A record that notes what is read of it; else it is the same.

    Mappings note what is taken from them, methods and properties what they read, and all other attributes are noted
    as a whole.

    Args:
        name: The first step of the way to what it holds.
        record: Frozen, so that its attributes stay what they are.
    """
    return cast(Record, _Watched(name, record))


class _Watched:
    def __init__(self, name: str, record: object) -> None:
        self._name = name
        self._record = record

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__") or attribute in (
            "_name",
            "_record",
        ):  # pickling and copying ask before it is there
            raise AttributeError(attribute)
        own = getattr(type(self._record), attribute, None)
        if isinstance(own, FunctionType):
            method = self.__dict__[attribute] = MethodType(own, self)
            return method
        if isinstance(own, property) and own.fget is not None:
            return own.fget(self)
        if isinstance(own, composed):
            made = self.__dict__[attribute] = own.func(self)
            return made
        value = getattr(self._record, attribute)
        if isinstance(value, (Table, OnDemand, Deferred, Day)):  # these note themselves what is read
            return value
        if isinstance(value, Mapping):
            # Found there from now on: whoever takes the mapping has read nothing yet.
            table = self.__dict__[attribute] = Table((self._name, attribute), value)
            return table
        note(Place((self._name, attribute)))
        return value
