"""Writes the site: what differs is written, what is left over deleted, and what did not change stays untouched."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from okrsite.disk import UNSURE, Stat, stat_of, told
from okrsite.site.output.signatures import Signature, as_left, content_digest
from okrsite.site.output.spares import Spares

_MOST = 4
"""One file in so many is written: a good time to look through all spares."""


@dataclass(slots=True)
class Written:
    """What writing did, counted in files."""

    written: int = 0
    unchanged: int = 0
    deleted: int = 0
    put_back: int = 0


class Brought(NamedTuple):
    """A file that holds what it should.

    Attributes:
        signature: Of the file now.
        is_same: Whether it did before.
    """

    signature: Signature
    is_same: bool


class SiteFolder:
    """A folder that files are brought to.

    Where it is known how they were left the last time, a look at their entries tells that they still are: neither is a
    file read then, nor a folder listed.

    Attributes:
        counts: What was done.
        files: The files as they were left, by name; relative to the folder with forward slashes, as all names are.
        folders: What the system says in the end of each folder, by name, empty of itself; `UNSURE` of one that holds
            something else, too.
        looks: What the system says in the end of all that is there, by its path.
        spares: Second names for its files; None for none.

    Args:
        folder: The site's folder; made where it does not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.spares: Spares | None = None
        self.counts = Written()
        self.files: dict[str, Signature] = {}
        self.folders: dict[str, Stat] = {}
        self.looks: dict[str, Stat] = {}
        self._path = str(folder)
        self._beside = f"{folder}/.okrsite-{secrets.token_hex(4)}"
        self._left: Mapping[str, Signature] = {}
        self._left_folders: Mapping[str, Stat] = {}
        self._there: dict[str, list[str]] = {}
        self._is_as_left = False
        self._written_in: set[str] = set()
        self._made: set[str] = set()

    def left(self, files: Mapping[str, Signature], folders: Mapping[str, Stat], *, is_as_left: bool = False) -> None:
        """Tell how all was left the last time.

        Args:
            files: As `files` was then.
            folders: As `folders` was.
            is_as_left: Whether somebody has looked at all of it already, and it still is.
        """
        self._left, self._left_folders, self._is_as_left = files, folders, is_as_left

    def keep(self, *names: str) -> bool:
        """Leave files as they are, if all are as they were left: for whoever knows that they held what they should.

        Returns:
            Whether they are; else they have to be put.
        """
        found = {}
        for name in names:
            signature = self._as_left(name)
            if signature is None:
                return False
            found[name] = signature
        self.files.update(found)
        self.counts.unchanged += len(found)
        return True

    def put(self, name: str, content: bytes) -> None:
        """Bring a file to what it should hold."""
        self.take(name, self.bring(name, content))

    def bring(self, name: str, content: bytes) -> Brought:
        """The same in a copy of this process: what comes of it has still to be taken by the one that counts."""
        left = self._as_left(name)
        digest = content_digest(content)
        if left is not None and left.digest == digest:
            return Brought(left, is_same=True)
        target = f"{self._path}/{name}"
        is_same = self._bring(target, content)
        if self.spares is not None:
            self.spares.keep(digest, target)
        return Brought(Signature(digest, told(os.lstat(target))), is_same)

    def take(self, name: str, brought: Brought) -> None:
        """Note a file that was brought."""
        self.files[name] = brought.signature
        if brought.is_same:
            self.counts.unchanged += 1
        else:
            self.counts.written += 1
            self._written_in.add(name.rpartition("/")[0])

    def put_folder(self, source: Path) -> None:
        """Bring every file below another folder, but those that have been brought already."""
        for file in sorted(source.rglob("*")):
            if file.is_file() and (name := file.relative_to(source).as_posix()) not in self.files:
                self.put(name, file.read_bytes())

    def finish(self) -> Written:
        """Delete what was not put, and folders that are empty then."""
        if os.path.isdir(self.folder):  # noqa: PTH112
            is_known = self._is_as_left and UNSURE not in self._left_folders.values()
            if is_known and self.files.keys() == self._left.keys():
                self._look_at_written()
            else:
                for name in (*self._left, *filter(None, self._left_folders)):
                    self._there.setdefault(name.rpartition("/")[0], []).append(name)
                self._tidy("")
            self.looks |= {f"{self._path}/{name}": file.stat for name, file in self.files.items()}
        if self.spares is not None:
            self._tidy_spares(self.spares)
        return self.counts

    def _tidy_spares(self, spares: Spares) -> None:
        digests = {file.digest for file in self.files.values()}
        if self.counts.written * _MOST > len(self.files):
            spares.drop_others(digests)
        else:
            spares.drop({file.digest for file in self._left.values()} - digests)

    def _as_left(self, name: str) -> Signature | None:
        left = self._left.get(name)
        if left is None or (self._is_as_left and left.stat != UNSURE):
            return left
        return as_left(f"{self._path}/{name}", left)

    def _bring(self, target: str, content: bytes) -> bool:
        """Whether a file held already what it holds now."""
        try:
            with open(target, "rb") as file:  # noqa: PTH123
                if os.fstat(file.fileno()).st_size == len(content) and file.read() == content:
                    return True
        except FileNotFoundError:
            self._make_folder(os.path.dirname(target))  # noqa: PTH120
        except (IsADirectoryError, NotADirectoryError):
            self._clear_way(target)
        try:
            self._replace(target, content)
        except FileNotFoundError:  # another build of this site took the file, or an empty folder, for left over
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
            self._replace(target, content)
        return False

    def _replace(self, target: str, content: bytes) -> None:
        """Write a file so that readers see the old or the new one, never a part.

        What is new is written into a file of the folder itself: making files in one place takes a fraction of the time.
        """
        beside = f"{self._beside}-{os.getpid()}"
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                os.fchmod(handle, 0o644)
            os.replace(beside, target)  # noqa: PTH105
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(beside)  # noqa: PTH108
            raise

    def _look_at_written(self) -> None:
        """Look at folders in which something was written; no other has changed."""
        folders = {*self._written_in, ""}  # in which all new files are written first
        self.folders = {**self._left_folders, **{each: stat_of(self._at(each)) or UNSURE for each in folders}}
        self.looks = {self._at(folder): stat for folder, stat in self.folders.items()}

    def _at(self, folder: str) -> str:
        return f"{self._path}/{folder}" if folder else self._path

    def _tidy(self, folder: str) -> bool:
        """Delete what was not put below a folder, and look at the rest; gives whether it is empty then."""
        path = self._at(folder)
        look = told(os.lstat(path))
        is_empty, is_ours, is_same = True, True, look == self._left_folders.get(folder)
        for name, is_folder in self._known(folder) if is_same else _listed(path, folder):
            place = f"{self._path}/{name}"
            if name in self.files or (is_folder and not self._tidy(name)):
                is_empty = False
            elif is_folder:
                is_same = False
                with suppress(OSError):  # gone, or another build of this site needs it
                    os.rmdir(place)  # noqa: PTH106
            elif os.path.isdir(place):  # noqa: PTH112 - a link: nobody's but its owner's
                is_empty = is_ours = False
                self.looks[place] = told(os.lstat(place))
            else:
                is_same = False
                with suppress(FileNotFoundError):
                    os.unlink(place)  # noqa: PTH108
                    self.counts.deleted += 1
        if not is_empty or not folder:
            self.looks[path] = look if is_same else told(os.lstat(path))
            self.folders[folder] = self.looks[path] if is_ours else UNSURE
        return is_empty

    def _known(self, folder: str) -> Iterator[tuple[str, bool]]:
        """What is in a folder that is as it was left."""
        for name in self._there.get(folder, ()):
            yield name, name not in self._left

    def _make_folder(self, folder: str) -> None:
        if folder not in self._made:
            try:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            except (FileExistsError, NotADirectoryError):
                self._clear_way(folder)
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._made.add(folder)

    def _clear_way(self, target: str) -> None:
        """A page stands where a folder has to be, or the other way round: what was there last time gives way."""
        path = Path(target)
        if path.is_dir():
            for file in sorted(path.rglob("*"), reverse=True):
                file.rmdir() if file.is_dir() else file.unlink()
            path.rmdir()
        for parent in path.parents:
            if parent.is_file():
                parent.unlink(missing_ok=True)  # another process may need it out of its way, too
        path.parent.mkdir(parents=True, exist_ok=True)


def _listed(path: str, folder: str) -> Iterator[tuple[str, bool]]:
    """What is in a folder, by its name in the site's; each with whether it is a folder."""
    with os.scandir(path) as found:
        for entry in list(found):
            yield f"{folder}/{entry.name}" if folder else entry.name, entry.is_dir(follow_symlinks=False)


def write_all(folder: Path, files: Iterable[tuple[str, bytes | None]]) -> int:
    """Write files into a folder that somebody else looks after; returns how many there were."""
    site = SiteFolder(folder)
    for name, content in files:
        if content is not None:
            site.put(name, content)
    return site.counts.written + site.counts.unchanged
