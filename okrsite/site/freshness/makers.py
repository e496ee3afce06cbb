"""All that turns goals into pages: okrsite, the theme, and the packages that they use."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import okrsite
from okrsite.disk import Stat, look_at, stat_of

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
    from importlib.metadata import version  # noqa: PLC0415 - takes longer than a look at the files

    found = blake2b(digest_size=16)
    packages = [okrsite.__version__, sys.version.split()[0], *(version(name) for name in _RENDERERS)]
    found.update(" ".join(packages).encode())
    for folder in (Path(okrsite.__file__).parent, *map(Path, themes)):
        _take(found, folder)
    return found.hexdigest()


def look_of_makers(themes: Sequence[str]) -> dict[str, Stat]:
    """The same by a look at entries: each file, and the folders in which packages come and go.

    Args:
        themes: The folders of the theme.

    Raises:
        OSError: A folder is gone.
    """
    places = {each: stat for each in (sys.executable, *sys.path) if (stat := stat_of(each)) is not None}
    for folder in (str(Path(okrsite.__file__).parent), *themes):
        look = look_at(folder)
        places |= {name: stat for each in look for name, stat in each.items() if not _is_compiled(name)}
    return places


def _is_compiled(name: str) -> bool:
    return name.endswith((".pyc", "__pycache__"))


def _take(found: blake2b, folder: Path) -> None:
    """Take in all files below a folder with their names; what Python compiles is made of the others."""
    for file in sorted(folder.rglob("*")):
        if file.suffix != ".pyc" and file.is_file():
            content = file.read_bytes()
            found.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode(errors="surrogateescape"))
            found.update(content)
