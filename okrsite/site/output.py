"""Writes the site: what differs is written, what is left over deleted, and what did not change stays untouched."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from okrsite.disk import Stat, told


@dataclass(slots=True)
class Written:
    """What writing did, counted in files."""

    written: int = 0
    unchanged: int = 0
    deleted: int = 0


class SiteFolder:
    """A folder that files are brought to.

    Attributes:
        counts: What was done.
        looks: What the system says of all that is there in the end, by its path.

    Args:
        folder: The site's folder; made where it does not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts = Written()
        self.looks: dict[str, Stat] = {}
        self._kept: set[str] = set()
        self._folders: set[str] = set()

    def put(self, name: str, content: bytes) -> None:
        """Bring a file, named relative to the folder with forward slashes, to what it should hold."""
        self._kept.add(name)
        target = os.path.join(self.folder, name)  # noqa: PTH118 - measured: pathlib costs as much as the comparison
        try:
            with open(target, "rb") as file:  # noqa: PTH123
                if file.read() == content:
                    self.counts.unchanged += 1
                    return
        except FileNotFoundError:
            self._make_folder(os.path.dirname(target))  # noqa: PTH120
        except (IsADirectoryError, NotADirectoryError):
            self._clear_way(target)
        _replace(target, content)
        self.counts.written += 1

    def keep(self, name: str) -> None:
        """Leave a file as it is, for whoever knows that it holds what it should."""
        self._kept.add(name)
        self.counts.unchanged += 1

    def put_folder(self, source: Path) -> None:
        """Bring every file below another folder, but those that have been brought already."""
        for file in sorted(source.rglob("*")):
            if file.is_file() and (name := file.relative_to(source).as_posix()) not in self._kept:
                self.put(name, file.read_bytes())

    def finish(self) -> Written:
        """Delete what was not put, and folders that are empty then."""
        if os.path.isdir(self.folder):  # noqa: PTH112
            self._tidy(str(self.folder), "")
        return self.counts

    def _tidy(self, folder: str, prefix: str) -> bool:
        """Delete what was not put below a folder, and look at the rest; gives whether it is empty then.

        Args:
            folder: Where it is on disk.
            prefix: Its name as that of files begins with it.
        """
        is_empty = True
        with os.scandir(folder) as found:
            entries = list(found)
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if self._tidy(entry.path, f"{name}/"):
                    os.rmdir(entry.path)  # noqa: PTH106
                else:
                    is_empty = False
            elif name in self._kept or entry.is_dir():  # a link to a folder is nobody's but its owner's
                is_empty = False
                self.looks[entry.path] = told(entry.stat(follow_symlinks=False))
            else:
                os.unlink(entry.path)  # noqa: PTH108
                self.counts.deleted += 1
        if not is_empty or not prefix:
            self.looks[folder] = told(os.lstat(folder))
        return is_empty

    def _make_folder(self, folder: str) -> None:
        if folder not in self._folders:
            try:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            except (FileExistsError, NotADirectoryError):
                self._clear_way(folder)
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)

    def _clear_way(self, target: str) -> None:
        """A page stands where a folder has to be, or the other way round: what was there last time gives way."""
        path = Path(target)
        if path.is_dir():
            for file in sorted(path.rglob("*"), reverse=True):
                file.rmdir() if file.is_dir() else file.unlink()
            path.rmdir()
        for parent in path.parents:
            if parent.is_file():
                parent.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)


def _replace(target: str, content: bytes) -> None:
    """Write a file so that readers see the old or the new one, never a part."""
    handle, beside = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".okrsite-")  # noqa: PTH120
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(beside, 0o644)  # noqa: PTH101
        os.replace(beside, target)  # noqa: PTH105
    except BaseException:
        os.unlink(beside)  # noqa: PTH108
        raise


def write_all(folder: Path, files: Iterable[tuple[str, bytes | None]]) -> int:
    """Write files into a folder that somebody else looks after; returns how many there were."""
    site = SiteFolder(folder)
    for name, content in files:
        if content is not None:
            site.put(name, content)
    return site.counts.written + site.counts.unchanged
