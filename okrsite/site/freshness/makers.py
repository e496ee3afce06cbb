"""All that turns goals into pages: okrsite, the theme, and the packages that they use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from stat import S_ISREG

import okrsite
from okrsite.disk import Stat, stat_of, told

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
    for folder in _folders(themes):
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
    for folder in _folders(themes):
        places |= {name: told(said) for name, said in _below(folder) if not _is_compiled(name)}
    return places


def _folders(themes: Sequence[str]) -> Sequence[str]:
    return str(Path(okrsite.__file__).parent), *themes


def _below(folder: str, above: tuple[os.stat_result, ...] = ()) -> Iterator[tuple[str, os.stat_result]]:
    """A folder and all below it: also what links lead to, unless that is a folder that they are in.

    Args:
        folder: Its path.
        above: What the system says of those that it is in.
    """
    here = os.stat(folder)  # noqa: PTH116 - hundreds of files, at the beginning of each run
    yield folder, here
    if any(os.path.samestat(here, each) for each in above):
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _below(entry.path, (*above, here))
            else:
                leads_somewhere = not entry.is_symlink() or Path(entry).exists()
                yield entry.path, entry.stat(follow_symlinks=leads_somewhere)


def _is_compiled(name: str) -> bool:
    return name.endswith((".pyc", "__pycache__"))


def _take(found: blake2b, folder: str) -> None:
    """Take in all files below a folder with their names; what Python compiles is made of the others."""
    for name, said in sorted(_below(folder), key=itemgetter(0)):
        if S_ISREG(said.st_mode) and not _is_compiled(name):
            content = Path(name).read_bytes()
            inside = os.path.relpath(name, folder)
            found.update(f"{inside}\0{len(content)}\0".encode(errors="surrogateescape"))
            found.update(content)
