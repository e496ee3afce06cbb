"""Values of the model and of trees as bytes, of which nothing else can be made."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from okrsite.content.calendar import FiscalYear
from okrsite.content.syntax.scalars import resolve
from okrsite.content.syntax.tree import NoValue, PlainNumber, YamlMapping, YamlSequence
from okrsite.model import (
    CheckIn,
    Cycle,
    Evidence,
    KeyResult,
    Kpi,
    Measurement,
    Milestone,
    Objective,
    Outline,
    Rollout,
    RolloutMonth,
    RolloutTask,
    Source,
    Unit,
)

_RECORDS = (
    *(CheckIn, Cycle, Evidence, KeyResult, Kpi, Measurement, Milestone, Objective),
    *(FiscalYear, Outline, Rollout, RolloutMonth, RolloutTask, Source, Unit),
)
_CALLED = {
    (callee.__module__, callee.__qualname__): callee
    for callee in (*_RECORDS, Decimal, date, NoValue, YamlMapping, YamlSequence, resolve)
}
"""All that a kept value may be made of: nothing else is ever called, whoever wrote the file."""


def digest_of(content: bytes) -> str:
    """What stands for some bytes: the same for the same bytes alone."""
    return blake2b(content, digest_size=16).hexdigest()


def packed(value: object) -> bytes:
    """A value of the model, or of a content file's tree, as bytes."""
    into = BytesIO()
    pickler = pickle.Pickler(into, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _TAKEN_APART
    pickler.dump(value)
    return into.getvalue()


def unpacked(blob: bytes) -> Any:
    """The value that `packed` was given.

    Raises:
        pickle.UnpicklingError: The bytes ask for something else than such values are made of.
    """
    return _Unpacker(BytesIO(blob)).load()


class _Unpacker(pickle.Unpickler):
    """Makes nothing but values of the model and of trees."""

    def find_class(self, module: str, name: str) -> Any:
        callee = _CALLED.get((module, name))
        if callee is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of what is kept")
        return callee


def _of_fields(record: type) -> Callable[[Any], tuple[Any, ...]]:
    """How a record is taken apart: into its class and the values of its fields, which make it again."""
    fields = attrgetter(*record.__slots__)  # type: ignore[attr-defined]
    return lambda value: (record, fields(value))


_TAKEN_APART: Mapping[type, Callable[[Any], tuple[Any, ...]]] = MappingProxyType(
    {
        **{record: _of_fields(record) for record in _RECORDS},
        PlainNumber: lambda number: (resolve, (number.text,)),
        YamlMapping: lambda mapping: (YamlMapping, (mapping.mark, dict(mapping), mapping.marks)),
        YamlSequence: lambda sequence: (YamlSequence, (sequence.mark, list(sequence), sequence.marks)),
        NoValue: lambda value: (NoValue, (value.value,)),
    }
)
