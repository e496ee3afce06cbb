"""The content folder without the goals: MkDocs looks at every file below its folder, and goals are most of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def links_to_written(content: Path, source: str, folder: Path) -> Path:
    """A folder that shows what MkDocs makes pages of: links to all in the content folder but the goals.

    Where no links can be made, as on some systems, that is the content folder itself, and only takes longer.

    Args:
        content: The content folder.
        source: The goals' folder, relative to that.
        folder: Where to make it; there is nothing yet.
    """
    try:
        _link(content, folder, source.split("/"))
    except OSError:
        return content
    return folder


def _link(content: Path, folder: Path, left_out: Iterable[str]) -> None:
    """Link all in a folder, but what lies at the end of a path below it."""
    first, *rest = left_out
    folder.mkdir()
    with os.scandir(content) as entries:
        for entry in entries:
            if entry.name != first:
                (folder / entry.name).symlink_to(entry.path, entry.is_dir())
            elif rest and entry.is_dir():
                _link(Path(entry.path), folder / entry.name, rest)
