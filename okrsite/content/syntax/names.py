"""How files are called in problems and places."""

from __future__ import annotations

import os
from pathlib import Path

from okrsite.content.syntax.wording import printable


class FileNames:
    """The names of a portal's files.

    Args:
        root: The portal's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = f"{root}{os.sep}"

    def path_of(self, file: str | Path) -> str:
        """A file's name in problems: relative to the portal's folder, with forward slashes."""
        name = str(file)
        name = name[len(self._root) :] if name.startswith(self._root) else os.path.relpath(name, self._root)
        return printable(name.replace(os.sep, "/"))
