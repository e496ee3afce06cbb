"""All that turns goals into pages: okrsite, the theme, and the packages that they use."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import okrsite

_RENDERERS = (
    *("altair", "Babel", "Jinja2", "Markdown", "MarkupSafe", "mkdocs", "nh3"),
    "vl-convert-python",
)
"""The packages whose versions show in pages."""


def makers(themes: Sequence[str]) -> str:
    """Stands for all that turns goals into pages, down to each file of okrsite and the theme.

    Args:
        themes: The folders of the theme.
    """
    found = blake2b(digest_size=16)
    packages = [okrsite.__version__, platform.python_version(), *(version(name) for name in _RENDERERS)]
    found.update(" ".join(packages).encode())
    for folder in (Path(okrsite.__file__).parent, *map(Path, themes)):
        _take(found, folder)
    return found.hexdigest()


def _take(found: blake2b, folder: Path) -> None:
    """Take in all files below a folder with their names; what Python compiles is made of the others."""
    for file in sorted(folder.rglob("*")):
        if file.suffix != ".pyc" and file.is_file():
            content = file.read_bytes()
            found.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode(errors="surrogateescape"))
            found.update(content)
