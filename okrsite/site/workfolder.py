"""The folder beside ``mkdocs.yml`` in which okrsite keeps what it need not make twice; safe to delete."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

NAME = ".okrsite"


def work_folder(root: Path) -> Path:
    """A portal's folder for caches: made where there is none and something may be written, and out of git's sight.

    Args:
        root: The portal's folder.
    """
    folder = root / NAME
    ignore = folder / ".gitignore"
    with suppress(OSError):
        if not ignore.exists():
            folder.mkdir(exist_ok=True)
            ignore.write_text("*\n", encoding="utf-8")
    return folder
