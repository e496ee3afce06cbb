"""Versions of files by what they hold: each is read once, and kept as JSON of its plain values."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from okrsite.content import DOCUMENTS, FileKind, FileVersion, parse_day, read_version
from okrsite.content.syntax.scalars import bounded, resolve
from okrsite.content.syntax.tree import PlainNumber
from okrsite.history.git import Repository
from okrsite.history.replay.shelf import Shelf
from okrsite.model import Measurement, Source

Key = tuple[FileKind, str]
"""What a file is, and the id of its blob."""

_Each = TypeVar("_Each")
_ROOM = "versions"
_NUMBER = "#"
_LEFT_OUT = frozenset({"description", "closing_note"})  # long, and never part of a goalpost
_NOWHERE = Source("")
_MISSING = FileVersion(None, {}, "what it held is not in the repository")


class Versions:
    """Versions of files, from the shelf where they were read before, else from git. The last ones stay in memory.

    Args:
        repository: Has the blobs.
        shelf: Keeps what was read.
    """

    at_once = 1000
    """How many should be asked for together; four times as many stay in memory."""

    def __init__(self, repository: Repository, shelf: Shelf) -> None:
        self._repository = repository
        self._shelf = shelf
        self._held: dict[Key, FileVersion] = {}

    def load(self, wanted: Mapping[Key, str]) -> None:
        """Read versions ahead, all at once.

        Args:
            wanted: Each with a name that the file has or had.
        """
        new = {key: path for key, path in wanted.items() if key not in self._held}
        if not new:
            return
        kept = self._shelf.get(_ROOM, (_name(key) for key in new))
        missing: dict[str, list[Key]] = {}
        for key in new:
            text = kept.get(_name(key))
            version = None if text is None else _restored(key[0], text)
            if version is None:
                missing.setdefault(key[1], []).append(key)
            else:
                self._held[key] = version
        if missing:
            self._read(missing, new)
        for key in list(islice(self._held, max(len(self._held) - 4 * self.at_once, 0))):
            del self._held[key]

    def _read(self, missing: Mapping[str, Sequence[Key]], paths: Mapping[Key, str]) -> None:
        """Read versions from git, by their blobs, and put them on the shelf."""
        written: dict[str, str] = {}
        for blob, raw in self._repository.blobs(missing):
            for key in missing[blob]:
                version = _MISSING if raw is None else read_version(key[0], raw, paths[key])
                if raw is not None:
                    written[_name(key)] = _text(key[0], version)
                self._held[key] = replace(version, tree={})  # which takes more than all else
        self._shelf.put(_ROOM, written)

    def portions(self, things: Sequence[_Each]) -> Iterator[Sequence[_Each]]:
        """Things with a version each, as many at a time as should be asked for together."""
        return (things[begin : begin + self.at_once] for begin in range(0, len(things), self.at_once))

    def get(self, key: Key, path: str) -> FileVersion:
        """A version of a file of some name."""
        if key not in self._held:
            self.load({key: path})
        return self._held[key]


def _name(key: Key) -> str:
    return f"{key[0]}:{key[1]}"


def _text(kind: FileKind, version: FileVersion) -> str:
    """A version as JSON."""
    said: dict[str, object] = {}
    if version.content is None:
        said["problem"] = version.problem
    elif kind == "measurements":
        said["rows"] = [[str(each.date), str(each.value)] for each in _measured(version)]
    else:
        tree = dict(version.tree)
        if kind == "objectives":
            entries: Any = tree["objectives"]
            tree["objectives"] = [_shortened(entry) for entry in entries]
        said["tree"] = _shortened(tree)
    return json.dumps(said, default=_number, ensure_ascii=False, separators=(",", ":"))


def _shortened(entry: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in entry.items() if key not in _LEFT_OUT}


def _number(value: object) -> int | float | dict[str, str]:
    """A number as JSON has it, where that keeps each of its characters."""
    text = value.text if isinstance(value, PlainNumber) else str(value)
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            if str(number := kind(text)) == text:
                return number
    return {_NUMBER: text}


def _measured(version: FileVersion) -> tuple[Measurement, ...]:
    return version.content if isinstance(version.content, tuple) else ()


def _restored(kind: FileKind, text: str) -> FileVersion | None:
    """A version from its JSON; None where it is none that okrsite has written."""
    try:
        hook = _with_numbers if f'{{"{_NUMBER}":' in text else None
        said = json.loads(text, object_hook=hook, parse_int=_plain, parse_float=_plain)
        if not isinstance(said, dict):
            return None
        if isinstance(said.get("problem"), str):
            return FileVersion(None, {}, said["problem"])
        if kind == "measurements":
            return FileVersion(tuple(_measurement(*row) for row in said["rows"]), {})
        return FileVersion(DOCUMENTS[kind].model_validate(said["tree"]), {})
    except (ValidationError, PydanticCustomError, ValueError, ArithmeticError, KeyError, TypeError, RecursionError):
        return None


def _measurement(day: object, value: str) -> Measurement:
    number = bounded(value)
    if number is None:
        raise ValueError(value)
    return Measurement(parse_day(day), number, "", _NOWHERE)


def _plain(digits: str) -> PlainNumber:
    number = PlainNumber(Decimal(digits) or 0)  # 0.0 is 0, as in what is read from content
    number.text = digits
    return number


def _with_numbers(mapping: dict[str, Any]) -> Any:
    if len(mapping) == 1 and isinstance(text := mapping.get(_NUMBER), str):
        return resolve(text)
    return mapping
