"""Brings a snapshot into a folder: written and linked in ``staging/``, looked at again, and only then switched to."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from okrsite.publish.files import is_intact
from okrsite.publish.manifest import FileEntry, Manifest
from okrsite.publish.target import HASHED, Content, TargetError, Transfer
from okrsite.publish.targets.folder.disk import FILE_MODE, Disk, flush
from okrsite.publish.targets.folder.manifests import FORMS, Manifests
from okrsite.publish.targets.folder.trees import Tree, link_from_root, tree_of, trees_below

ASSETS = "assets"
_EXISTS = frozenset({errno.EEXIST, errno.ENOTEMPTY})
_NO_LINK = frozenset({errno.ENOENT, errno.EINVAL})
_AT_ONCE = 8  # files that the disk is asked to keep at a time: they share the cost of one write
_MANY = 1000  # from so many on the whole disk is asked once
_Same = tuple[str, int, str]


class Bringing:
    """One snapshot on its way.

    Args:
        disk: The folder.
        manifests: Those that are in it.
        manifest: What to bring.
        content: Gives a file's bytes.
        near: Manifests of snapshots that are there, likely to have many of the same files.
    """

    def __init__(
        self, disk: Disk, manifests: Manifests, manifest: Manifest, content: Content, near: Sequence[Manifest]
    ) -> None:
        self._disk = disk
        self._manifests = manifests
        self._top = str(disk.folder)
        self._manifest = manifest
        self._content = content
        self._root = tree_of(manifest.files.values())
        self._files: dict[_Same, str] = {}  # where such a file is, relative to the target
        self._near = near
        self._sent = self._sent_bytes = 0
        self._new: list[str] = []

    def bring(self, beside: Mapping[str, bytes]) -> Transfer:
        """Bring it, unless it is there.

        Args:
            beside: What goes beside the manifest, by name.

        Raises:
            OSError: The file system failed; nothing has changed for readers.
            TargetError: What was written cannot be read back.
        """
        staged = self._disk.scratch(".snapshot")  # before anything else: it says that somebody is at work
        try:
            below = list(trees_below(self._root))
            missing = {tree.hash: tree for tree in below if not self._is_whole(tree)}
            self._look_nearby([*missing.values(), self._root])
            for tree in missing.values():  # those within come first, so that what is in place is whole
                self._place(tree)
            self._new += [f"{staged}/{name}" for name in self._fill(staged, self._root, link_from_root)]
            for name, text in sorted(beside.items()):
                self._add(f"{staged}/{name}", text)
            self._manifests.write(staged, self._manifest, self._near, self._add)
            self._pool()
            self._flush()
            self._switch(staged)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        return Transfer(self._sent, self._sent_bytes, len(self._manifest.files) - self._sent)

    def _is_whole(self, tree: Tree) -> bool:
        """Whether a tree is there. What is missing in it, or is of another size, is brought again in its place."""
        place = f"{self._top}/{tree.name}"
        damaged = [name for name, entry in tree.files.items() if not _has_size(f"{place}/{name}", entry.size)]
        astray = [name for name, below in tree.below.items() if not _leads_to(f"{place}/{name}", tree.link_to(below))]
        if (damaged or astray) and not Path(place).is_dir():
            return False
        for name in damaged:
            self._disk.put(Path(place, name), self._content(tree.files[name]))
            self._count(tree.files[name])
        for name in astray:
            self._disk.point(Path(place, name), tree.link_to(tree.below[name]))
        return True

    def _look_nearby(self, missing: Sequence[Tree]) -> None:
        """Find the files of directories to be made in snapshots nearby: at the same path first, else at any."""
        elsewhere: set[_Same] = set()
        for entry in (entry for tree in missing for entry in tree.files.values()):
            found = next((each for each in self._near if each.files.get(entry.path) == entry), None)
            if found is None:
                elsewhere.add(_same(entry))
            else:
                self._files[_same(entry)] = f"s/{found.id}/{entry.stored_as}"
        digests = {digest for digest, _, _ in elsewhere}
        for manifest in reversed(self._near):  # the nearest says it last
            for entry in manifest.files.values():
                if entry.sha256 in digests and _same(entry) in elsewhere:
                    self._files[_same(entry)] = f"s/{manifest.id}/{entry.stored_as}"

    def _place(self, tree: Tree) -> None:
        """Make a directory and put it among the trees."""
        made = self._disk.scratch(".tree")
        try:
            written = self._fill(made, tree, tree.link_to)
            place = self._disk.folder / tree.name
            self._disk.make(place.parent)
            try:
                made.rename(place)
            except OSError as error:
                if error.errno not in _EXISTS:  # else somebody was quicker
                    raise
        finally:
            shutil.rmtree(made, ignore_errors=True)
        self._new += [f"{place}/{name}" for name in written]

    def _fill(self, folder: Path, tree: Tree, link: Callable[[Tree], str]) -> list[str]:
        """Put into a folder what a tree holds; the names of the files that were written for it."""
        written = [name for name, entry in tree.files.items() if not self._is_linked(f"{folder}/{name}", entry)]
        for name in written:
            self._write_checked(f"{folder}/{name}", tree.files[name])
        for name, below in tree.below.items():
            self._link(f"{folder}/{name}", below, link(below), may_share=tree is not self._root)
        return written

    def _is_linked(self, place: str, entry: FileEntry) -> bool:
        """Link a file that is there, if there is one and it is what readers shall get."""
        old = self._files.get(_same(entry))
        if old is not None:
            with suppress(OSError):  # it may have gone, or have as many links as it can have
                os.link(f"{self._top}/{old}", place)
                if is_intact(entry, _bytes(place)):
                    return True
                Path(place).unlink()  # altered: the new one is written apart from it
        return False

    def _write_checked(self, place: str, entry: FileEntry) -> None:
        """Write a file, then read it as readers will."""
        _write(place, self._content(entry))
        if not is_intact(entry, _bytes(place)):
            raise TargetError(
                f"{entry.path} cannot be read back as it was written to {self._disk.folder}",
                "the disk may be failing, or the built site was changed meanwhile: try again",
            )
        self._count(entry)

    def _link(self, place: str, tree: Tree, to: str, *, may_share: bool) -> None:
        for near in self._near if may_share else ():
            old = f"{self._top}/s/{near.id}/{tree.path}"
            with suppress(OSError, NotImplementedError):
                if _leads_to(old, to):
                    os.link(old, place, follow_symlinks=False)
                    return
        try:
            Path(place).symlink_to(to)
        except OSError as error:
            raise self._disk.without_links(error) from error

    def _add(self, place: str, content: bytes) -> None:
        _write(place, content)
        self._new.append(place)

    def _count(self, entry: FileEntry) -> None:
        self._sent, self._sent_bytes = self._sent + 1, self._sent_bytes + entry.size

    def _pool(self) -> None:
        """Have assets whose names say what is in them stay reachable beside all snapshots."""
        for name, entry, tree in pooled(self._root):
            place = self._disk.folder / name
            if place.is_file() and place.stat().st_size == entry.size:
                continue
            self._disk.make(place.parent)
            place.unlink(missing_ok=True)
            try:
                os.link(self._disk.folder / tree.name / place.name, place)
            except OSError:
                self._disk.put(place, self._content(entry))

    def _flush(self) -> None:
        """Have the disk keep all that is new, so that a power cut leaves no pointer to what is not there."""
        folders = {os.path.dirname(name) for name in self._new}  # noqa: PTH120
        if len(self._new) > _MANY:
            os.sync()
            return
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda name: flush(Path(name)), [*self._new, *folders]))

    def _switch(self, staged: Path) -> None:
        place = self._disk.folder / "s" / self._manifest.id
        self._disk.make(place.parent)
        try:
            staged.rename(place)
        except OSError as error:
            if error.errno not in _EXISTS:
                raise
            if is_snapshot(place):
                return  # somebody else was quicker
            broken = self._disk.scratch(".broken")
            place.rename(broken / place.name)
            staged.rename(place)
            shutil.rmtree(broken, ignore_errors=True)
        flush(place.parent)


def is_snapshot(folder: Path | str) -> bool:
    """Whether a directory below ``s/`` is a whole snapshot."""
    return any(os.path.exists(f"{folder}/{name}") for name in FORMS)  # noqa: PTH110 - hundreds


def pooled(root: Tree) -> Iterator[tuple[str, FileEntry, Tree]]:
    """The assets of a snapshot that go into the pool: their place in the target, and the directory they are in."""
    waiting: list[tuple[str, Tree]] = []
    if ASSETS in root.below:
        waiting.append((ASSETS, root.below[ASSETS]))
    while waiting:
        folder, tree = waiting.pop()
        for name, entry in tree.files.items():
            if HASHED.fullmatch(f"{folder}/{name}"):
                yield f"{folder}/{name}", entry, tree
        waiting += [(f"{folder}/{name}", below) for name, below in tree.below.items()]


def _has_size(place: str, size: int) -> bool:
    """Whether there is a file, not a link, of a size."""
    try:
        found = os.lstat(place)
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == size


def _leads_to(place: str, to: str) -> bool:
    """Whether there is a link that says so."""
    try:
        return os.readlink(place) == to  # noqa: PTH115 - thousands of them
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        return False


def _same(entry: FileEntry) -> _Same:
    """What two files have in common that can be one on the disk."""
    return entry.sha256, entry.size, entry.encoding


def _write(place: str, content: bytes) -> None:
    with open(place, "xb") as file:  # noqa: PTH123 - thousands of them
        os.fchmod(file.fileno(), FILE_MODE)
        file.write(content)


def _bytes(place: str) -> bytes:
    with open(place, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
        return file.read()
