"""The file system below a folder target: whole files or none, modes that web servers can read, helpful errors."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from okrsite.publish.target import TargetError

STAGING = "staging"
FILE_MODE = 0o644

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset(
    {errno.ESTALE, errno.EIO, errno.ENOTCONN, errno.ENODEV, errno.ENXIO, errno.ETIMEDOUT, errno.EHOSTDOWN}
)
_NO_SUCH_THING = frozenset({errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM})


class Disk:
    """Writes below a folder. Everything that is not finished yet is in ``staging/``, and nowhere else.

    Args:
        folder: The target's.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staging = folder / STAGING

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Turn what the file system says within into a `TargetError`."""
        try:
            yield
        except OSError as error:
            place = str(error.filename or self.folder)
            if not place.startswith(str(self.folder)):
                raise TargetError(f"{place} cannot be read ({error.strerror})") from error
            raise self._told(error) from error

    def make(self, folder: Path) -> None:
        """Make a folder, with those above it up to the target's, that others may read; it may be there.

        Where the target's folder lets its group write, so does this: several users may publish then.
        """
        if folder.is_dir():
            return
        if folder != self.folder:
            self.make(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir()
            folder.chmod(self.mode)

    @property
    def mode(self) -> int:
        """Of folders."""
        return 0o755 | (self.folder.stat().st_mode & 0o2020)

    def scratch(self, suffix: str = "") -> Path:
        """A new folder in ``staging/``."""
        self.make(self.staging)
        made = Path(tempfile.mkdtemp(dir=self.staging, suffix=suffix))
        made.chmod(self.mode)
        return made

    def put(self, place: Path, content: bytes, *, new: bool = False) -> bool:
        """Write a file, so that readers see the old or the new one, never a part.

        Args:
            place: Where.
            content: What.
            new: Only where there is none.

        Returns:
            Whether it was written.
        """
        self.make(place.parent)
        beside = self._beside(content)
        try:
            if not new:
                beside.replace(place)
            else:
                _link_or_write(beside, place, content)
        except FileExistsError:
            return False
        finally:
            beside.unlink(missing_ok=True)
        return True

    def point(self, place: Path, to: str) -> None:
        """Make a symbolic link, or have the one that is there point elsewhere, in one step."""
        if place.is_dir() and not place.is_symlink():
            raise TargetError(f"{place} is a folder, where a link has to be", "move it away")
        folder = self.scratch(".link")
        try:
            (folder / "link").symlink_to(to)
            (folder / "link").replace(place)
        except OSError as error:
            raise self.without_links(error) from error
        finally:
            for left in folder.iterdir():
                left.unlink()
            folder.rmdir()
        flush(place.parent)

    def without_links(self, error: OSError) -> OSError | TargetError:
        """What to raise where a symbolic link could not be made."""
        if error.errno not in _NO_SUCH_THING:
            return error
        return TargetError(
            f"{self.folder} is on a file system without symbolic links",
            "publish to a folder on another one, such as the web server's own disk, by sftp:// for example",
        )

    def _beside(self, content: bytes) -> Path:
        self.make(self.staging)
        handle, name = tempfile.mkstemp(dir=self.staging, suffix=".file")
        try:
            with os.fdopen(handle, "wb") as file:
                os.fchmod(handle, FILE_MODE)
                file.write(content)
                file.flush()
                os.fsync(handle)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return Path(name)

    def _told(self, error: OSError) -> TargetError:
        name = self.folder
        if error.errno in _FULL:
            return TargetError(
                f"{name} is full", "make room, for example with `okrsite snapshots prune`, and publish again"
            )
        if not name.exists():
            hint = "is the disk or network share that it is on mounted? A new folder is made in one that is there"
            return TargetError(f"{name} is not there", hint)
        if error.errno in _REFUSED:
            hint = "give the user that publishes the right to write there"
            return TargetError(f"{error.filename or name} cannot be changed ({error.strerror})", hint)
        if error.errno in _GONE:
            return TargetError(f"{name} does not answer any more ({error.strerror})", "is its share still mounted?")
        return TargetError(f"{error.filename or name}: {error.strerror}")


def flush(place: Path) -> None:
    """Have the disk keep a file, or the names in a folder, before anything else relies on it."""
    handle = os.open(place, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every file system can do that for folders
            os.fsync(handle)
    finally:
        os.close(handle)


def _link_or_write(beside: Path, place: Path, content: bytes) -> None:
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:  # no hard links here
        with place.open("xb") as file:
            os.fchmod(file.fileno(), FILE_MODE)
            file.write(content)
