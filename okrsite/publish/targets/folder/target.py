"""A folder, also on a network mount: what did not change is linked, and ``current`` is a symbolic link."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from okrsite.publish.files import uncompressed
from okrsite.publish.manifest import Manifest
from okrsite.publish.redirect import redirect_page
from okrsite.publish.target import Content, Fault, TargetError, Transfer
from okrsite.publish.targets.folder.bringing import Bringing, is_snapshot
from okrsite.publish.targets.folder.cleaning import leftovers, sweep
from okrsite.publish.targets.folder.disk import STAGING, Disk
from okrsite.publish.targets.folder.faults import Inspection
from okrsite.publish.targets.folder.locks import Locks
from okrsite.publish.targets.folder.manifests import FORMS, Manifests
from okrsite.publish.targets.folder.trees import TREES

CURRENT, INDEX = "current", "index.html"
_OURS = frozenset({"s", "versions.json", STAGING, "lock"})
_PATIENCE = 600.0  # seconds for whole snapshots to come or go
_LIST_PATIENCE = 60.0  # seconds for a list to be renewed; without the lock it comes out right too


class FolderTarget:
    """Publishes into a folder.

    Args:
        folder: Made where there is none, but not the folders above it: those may be a share that is not mounted.
    """

    newest_at = f"{CURRENT}/"

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.abspath(folder))  # noqa: PTH100 - without following links
        self.name = str(folder)
        self._disk = Disk(self.folder)
        self._lock = Locks(self.folder / "lock")
        self._list_lock = Locks(self.folder / "lock.list")
        self._inspection = Inspection()
        self._manifests = Manifests(self.folder)
        self._titles: dict[str, str] = {}

    def read(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise TargetError(f"{self.folder / name} cannot be read ({error.strerror})") from error

    def write(self, name: str, content: bytes) -> None:
        with self._working():
            self._disk.put(self.folder / name, content)

    def create(self, name: str, content: bytes) -> bool:
        with self._working():
            return self._disk.put(self.folder / name, content, new=True)

    def remove(self, name: str) -> None:
        with self._disk.telling():
            (self.folder / name).unlink(missing_ok=True)

    def names(self, folder: str) -> Sequence[str]:
        with self._disk.telling():
            place = self.folder / folder
            return sorted(each.name for each in place.iterdir() if each.is_file()) if place.is_dir() else ()

    def snapshots(self) -> Sequence[str]:
        place = self.folder / "s"
        with self._disk.telling():
            return sorted(each.name for each in place.iterdir() if is_snapshot(each)) if place.is_dir() else ()

    def manifest(self, id: str) -> Manifest:
        with self._disk.telling():
            manifest = self._manifests.read(id)
        self._titles[id] = manifest.origin.portal
        return manifest

    def published(self, id: str) -> datetime:
        for name in FORMS:
            with suppress(FileNotFoundError):
                return datetime.fromtimestamp((self.folder / "s" / id / name).stat().st_mtime, tz=UTC)
        raise TargetError(f"there is no snapshot {id} in {self.name}")

    def put(
        self, manifest: Manifest, content: Content, near: Sequence[Manifest], beside: Mapping[str, bytes] | None = None
    ) -> Transfer:
        with self._working():
            if is_snapshot(self.folder / "s" / manifest.id):
                return Transfer()
            return Bringing(self._disk, self._manifests, manifest, content, near).bring(beside or {})

    def file(self, id: str, path: str) -> bytes | None:
        plain = self.read(f"s/{id}/{path}")
        if plain is not None:
            return plain
        packed = self.read(f"s/{id}/{path}.gz")
        try:
            return uncompressed(packed) if packed is not None else None
        except ValueError:  # `faults` names it
            return None

    def faults(self, id: str) -> Iterator[Fault]:
        with self._disk.telling():
            yield from self._inspection.faults(id, self.manifest(id), self.folder / "s" / id)

    def drop(self, id: str) -> None:
        with self._alone(), self._disk.telling():
            place = self.folder / "s" / id
            if not place.is_dir():
                raise TargetError(f"there is no snapshot {id} in {self.name}")
            out = self._disk.scratch(".gone")
            place.rename(out / id)
            shutil.rmtree(out)

    def pointer(self) -> str | None:
        try:
            return (self.folder / CURRENT).readlink().name
        except OSError:
            return None

    def point(self, id: str) -> None:
        page = redirect_page(f"{CURRENT}/{INDEX}", self._title(id))
        with self._working():
            self._disk.point(self.folder / CURRENT, f"s/{id}")
            if self.read(INDEX) != page:
                self._disk.put(self.folder / INDEX, page)

    def show_channel(self, channel: str, id: str | None) -> None:
        place = self.folder / "channels" / channel
        if id is not None:
            up = "../" * (2 + channel.count("/"))
            page = redirect_page(f"{up}s/{id}/{INDEX}", f"{self._title(id)}: {channel}")
            with self._working():
                if self.read(f"channels/{channel}/{INDEX}") != page:
                    self._disk.put(place / INDEX, page)
            return
        with self._working():
            (place / INDEX).unlink(missing_ok=True)
            with suppress(OSError):  # another channel is below it
                for _ in range(2 + channel.count("/")):
                    place.rmdir()
                    place = place.parent

    @contextmanager
    def publishing(self) -> Iterator[None]:
        with self._disk.telling():
            self._prepare()
            self._clear()
        try:
            with self._shared():
                yield
        finally:
            with suppress(OSError, TargetError):
                self._clear()

    @contextmanager
    def listing(self) -> Iterator[None]:
        with self._disk.telling():
            lock = self._list_lock.alone(_LIST_PATIENCE)
            lock.__enter__()
        try:
            yield
        finally:
            lock.__exit__(None, None, None)

    def clean(self, before: datetime) -> int:
        with self._alone() as has_locks, self._disk.telling():
            if has_locks:
                return sweep(self.folder, lambda _: True)
            return sweep(self.folder, lambda each: each.lstat().st_mtime < before.timestamp())

    def _title(self, id: str) -> str:
        """What the portal of a snapshot is called."""
        return self._titles[id] if id in self._titles else self.manifest(id).origin.portal

    def _prepare(self) -> None:
        """See that this is a folder to publish into, and make it.

        Raises:
            OSError: It cannot be made, or not be written to.
            TargetError: It holds other things.
        """
        if not self.folder.exists() and self.folder.parent.is_dir():
            with suppress(FileExistsError):  # somebody else was quicker
                self.folder.mkdir()
                self.folder.chmod(0o755)
        if self.folder.exists() and not self.folder.is_dir():
            raise TargetError(f"{self.name} is not a folder", "name a new or empty folder")
        found = {each.name for each in self.folder.iterdir() if not each.name.startswith(".")} - {"lost+found"}
        if found and not found & _OURS:
            some = ", ".join(sorted(found)[:3])
            raise TargetError(
                f"{self.name} holds other things ({some}) and nothing that was published",
                "name a new or empty folder, or one that was published into before",
            )
        for name in ("s", TREES):
            if (self.folder / name).is_symlink():
                raise TargetError(
                    f"{self.folder / name} is a link: what snapshots share is found from where it really is",
                    "make the whole target a link, or mount the other disk there",
                )
        self._lock.make()

    def _clear(self) -> None:
        """Delete what publishers that were killed have left, if it is certain that nobody is at work."""
        if leftovers(self.folder):
            with self._lock.alone(0) as is_held:
                if is_held:
                    sweep(self.folder, lambda _: True)

    @contextmanager
    def _working(self) -> Iterator[None]:
        with self._shared(), self._disk.telling():
            yield

    @contextmanager
    def _shared(self) -> Iterator[None]:
        with self._disk.telling():
            self._lock.make()
        with self._lock.shared(_PATIENCE) as is_held:
            if is_held is False:
                raise self._busy("somebody has been deleting snapshots")
            yield

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Gives whether the file system has locks."""
        assert not self._lock.is_held, "whoever publishes cannot delete"  # noqa: S101 - it would wait for itself
        with self._disk.telling():
            self._lock.make()
        with self._lock.alone(_PATIENCE) as is_held:
            if is_held is False:
                raise self._busy("somebody has been publishing")
            yield is_held is True

    def _busy(self, what: str) -> TargetError:
        return TargetError(f"{what} in {self.name} for ten minutes", "see which process that is, and try again")
