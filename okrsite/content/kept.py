"""Values that are kept in one file between two runs: by name, checked before they are used, put in place at once."""

from __future__ import annotations

import contextlib
import json
import pickle
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from okrsite.content.calendar import FiscalYear
from okrsite.content.scalars import resolve
from okrsite.content.yamltree import NoValue, PlainNumber, YamlMapping, YamlSequence
from okrsite.disk import put
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


class KeptFile:
    """Blobs by name in one file.

    It may be deleted, cut or altered at any time: what does not fit counts as absent. The first line says whose it is
    and holds a checksum of the second, which is JSON of where each blob is and its checksum.

    Args:
        file: Need not exist.
        key: Of what wrote the file; one with another key counts as absent.
    """

    def __init__(self, file: Path, key: str) -> None:
        self._file = file
        self._key = key
        self._content = b""
        self._places: dict[str, tuple[int, int, str]] = {}
        with contextlib.suppress(OSError):
            self._content = file.read_bytes()
        with contextlib.suppress(ValueError, TypeError):
            self._places = self._index()

    def get(self, name: str) -> bytes | None:
        """A blob; None where there is none, or it is damaged."""
        place = self._places.get(name)
        if place is None:
            return None
        begin, length, checksum = place
        blob = self._content[begin : begin + length]
        return blob if digest_of(blob) == checksum else None

    def digest(self, name: str) -> str:
        """What stands for a blob that is there: as `digest_of` has it."""
        return self._places[name][2]

    def replace(self, blobs: Mapping[str, bytes], names: Iterable[str]) -> None:
        """Write the file anew, whole or not at all; where that cannot be, the next run takes longer, so it is no error.

        Args:
            blobs: New ones.
            names: Of the blobs that shall be there afterwards; those that are not new are taken over.
        """
        known: dict[str, tuple[bytes, str]] = {}
        for name in names:
            new, place = blobs.get(name), self._places.get(name)
            if new is not None:
                known[name] = new, digest_of(new)
            elif place is not None:
                begin, length, checksum = place
                known[name] = self._content[begin : begin + length], checksum
        self._content = write_kept(self._file, self._key, known)
        self._places = self._index()

    def _index(self) -> dict[str, tuple[int, int, str]]:
        begin = self._content.find(b"\n") + 1
        end = self._content.find(b"\n", begin)
        head = self._content[begin:end]
        if self._content[:begin] != f"{self._key} {digest_of(head)}\n".encode():
            return {}
        return {
            name: (end + 1 + place, length, checksum) for name, (place, length, checksum) in json.loads(head).items()
        }


def write_kept(file: Path, key: str, blobs: Mapping[str, tuple[bytes, str]]) -> bytes:
    """Write blobs as a `KeptFile` finds them, as that does; gives what the file holds.

    Args:
        file: Where.
        key: Of what writes it.
        blobs: By name, each with its digest.
    """
    index: dict[str, tuple[int, int, str]] = {}
    begin = 0
    for name, (blob, checksum) in blobs.items():
        index[name] = (begin, len(blob), checksum)
        begin += len(blob)
    head = json.dumps(index, separators=(",", ":")).encode()
    content = b"".join((f"{key} {digest_of(head)}\n".encode(), head, b"\n", *(blob for blob, _ in blobs.values())))
    with contextlib.suppress(OSError):
        put(file, content)
    return content


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
