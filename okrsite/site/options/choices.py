"""What a configuration says of single files: which are none of the site's, and which are templates of the theme."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from okrsite.frozen import frozen
from okrsite.settings import is_hidden


class Patterns(Protocol):
    """What ``exclude_docs`` names."""

    def match_file(self, file: str) -> bool:
        """Whether a file is named, by its path below the content folder."""


@frozen
class LeftOut:
    """What MkDocs leaves out: hidden files, templates, and what ``exclude_docs`` names."""

    excluded: Patterns | None

    def __call__(self, path: str) -> bool:
        """Whether it leaves out a file, by its path below the content folder."""
        return is_hidden(path) or path == "templates" or (self.excluded is not None and self.excluded.match_file(path))


@frozen
class TemplatesOf:
    """Which templates a written page may choose: those of the theme that need nothing of okrsite's own pages."""

    folders: tuple[str, ...]

    def __call__(self, name: str) -> bool:
        """Whether it may choose the one of that name."""
        if name.startswith(("okr/", "/")) or ".." in name:
            return False
        return any(Path(folder, name).is_file() for folder in self.folders)
