"""The files that objectives stand in, opened once and changed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from okrsite.content.syntax.wording import printable
from okrsite.editing.filechanges import FileChange
from okrsite.editing.fragments import Fragment
from okrsite.editing.yamltext import UneditableError, YamlText
from okrsite.model import Objective
from okrsite.problems import OkrsiteError

MARKDOWN = ".md"


class Files:
    """Files of objectives and what shall become of them.

    Args:
        root: The portal's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._opened: dict[str, tuple[bytes, YamlText]] = {}

    def set(self, objective: Objective, values: Mapping[str, Fragment], order: Sequence[str]) -> None:
        """Give an objective's keys new values; see `YamlText.set`.

        Raises:
            OkrsiteError: Its file cannot be read or changed.
        """
        name = objective.source.path
        text = self.text(name)
        try:
            place = () if name.endswith(MARKDOWN) else text.item(("objectives",), "id", short_id(objective.id))
            text.set(place, values, order)
        except UneditableError as error:
            raise OkrsiteError(f"{printable(name)}: {error}") from error

    def text(self, name: str) -> YamlText:
        """The text of a file by its name in the portal."""
        if name not in self._opened:
            raw = self.raw(name)
            try:
                self._opened[name] = raw, YamlText(raw, markdown=name.endswith(MARKDOWN))
            except UneditableError as error:
                raise OkrsiteError(f"{printable(name)}: {error}") from error
        return self._opened[name][1]

    def raw(self, name: str) -> bytes:
        """What a file holds."""
        try:
            return (self._root / name).read_bytes()
        except OSError as error:
            raise OkrsiteError(f"cannot read {printable(name)}: {error.strerror or error}") from error

    def changes(self) -> list[FileChange]:
        """Every file that was changed, by name."""
        found = (FileChange(name, raw, text.text()) for name, (raw, text) in sorted(self._opened.items()))
        return [change for change in found if change.before != change.after]


def short_id(id: str) -> str:
    """The last part of an id, as a file of the cycle has it."""
    return id.rpartition("/")[2]
