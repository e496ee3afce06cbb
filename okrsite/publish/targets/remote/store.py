"""A server's objects by name: sent, read, copied, listed and deleted, several at once, tried again where that helps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from functools import partial
from posixpath import basename, dirname, join
from typing import Any, TypeVar

from okrsite.frozen import frozen
from okrsite.publish.target import TargetError
from okrsite.publish.targets.remote.failures import failure
from okrsite.publish.targets.remote.headers import Headers
from okrsite.publish.targets.remote.retrying import Retrying

T = TypeVar("T")
R = TypeVar("R")
FileSystem = Any
"""A file system of fsspec, which has no types."""

UNFINISHED = ".okrsite-"
"""How the names of files begin that are renamed once they are whole."""


@frozen
class Stored:
    """What a listing says of an object.

    Attributes:
        size: In bytes.
        digest: The MD5 of its bytes in hexadecimal; empty where the server does not tell it.
        modified: When it was put, by the server's clock; None where that is not told.
    """

    size: int
    digest: str
    modified: datetime | None


class Store:
    """A folder at any server that fsspec has a driver for. Names are relative to it.

    Args:
        name: What the user calls it, without credentials.
        connect: Makes a connection, each time a new one. Drivers that wait by themselves get one, since they bear
            threads; others one a thread.
        base: The folder, as the driver calls it.
        retrying: How to try again.
    """

    workers = 4
    """How many files are on their way at once: an SSH server accepts ten new connections at a time."""
    keeps_headers = False
    """Whether objects have a content encoding: else packed files have ``.gz`` at the end of their names."""
    has_folders = True
    """Whether files need folders that are there, and a file that is being written can be seen."""

    def __init__(
        self, name: str, connect: Callable[[], FileSystem], base: str, retrying: Retrying | None = None
    ) -> None:
        self.name = name
        self.base = base.rstrip("/")
        self._connect = connect
        self._retrying = retrying or Retrying()
        self._connections = threading.local()
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="okrsite-store")
        self._folders: set[str] = set()
        self.can_copy = True
        """Whether the server copies by itself; found out at the first copy."""
        self.tells_digests = True
        """Whether what a listing calls a digest is the MD5 of the bytes."""

    # What a driver may do better.

    def connection(self) -> FileSystem:
        """This thread's connection."""
        if getattr(self._connections, "own", None) is None:
            self._connections.own = self._connect()
        return self._connections.own

    def renew_connection(self) -> None:
        """Drop this thread's connection: the next one is new."""
        self._connections.own = None

    def check(self) -> None:
        """Find out whether the server is there and knows the user.

        Raises:
            TargetError: It is not, or does not.
        """
        self.do(lambda connection: connection.invalidate_cache())  # connecting is what counts

    def send(self, name: str, content: bytes, headers: Headers) -> None:
        """Put an object where nobody looks yet."""
        del headers  # no way to say it
        self.do(lambda connection: connection.pipe_file(self.path(name), content))

    def copy(self, old: str, new: str, headers: Headers) -> bool:
        """Copy an object on the server; False where that cannot be done, or there is no such object."""
        del headers
        if not self.can_copy:
            return False
        try:
            self.do(lambda connection: connection.cp_file(self.path(old), self.path(new)), absent=(FileNotFoundError,))
        except FileNotFoundError:
            return False
        except (NotImplementedError, TargetError) as error:
            if isinstance(error, TargetError) and not isinstance(error.__cause__, NotImplementedError):
                raise
            self.can_copy = False
            return False
        return True

    def write(self, name: str, content: bytes, headers: Headers) -> None:
        """Put an object that readers look at: they see the old or the new one."""
        self.make_folders([name])
        if not self.has_folders:
            self.send(name, content, headers)
            return
        beside = join(dirname(name), f"{UNFINISHED}{basename(name)}-{threading.get_native_id()}")
        self.send(beside, content, headers)
        self.do(lambda connection: connection.mv(self.path(beside), self.path(name)))

    def create(self, name: str, content: bytes, headers: Headers) -> bool:
        """Put an object where there is none, in one step where the driver can; False where there is one already."""
        del headers
        self.make_folders([name])
        try:
            self.do(
                lambda connection: connection.pipe_file(self.path(name), content, mode="create"),
                absent=(FileExistsError,),
            )
        except FileExistsError:
            return False
        return True

    def remove(self, names: Sequence[str]) -> None:
        """Delete objects; those that are not there are no failure."""

        def act(name: str) -> None:
            try:
                self.do(lambda connection: connection.rm_file(self.path(name)), absent=(FileNotFoundError,))
            except FileNotFoundError:
                return

        self.each(act, names)

    def remove_folder(self, folder: str) -> None:
        """Delete a folder with all that is in it."""
        if not self.has_folders:
            self.remove(list(self.listing(folder)))
            return
        self._folders.clear()
        try:
            self.do(lambda connection: connection.rm(self.path(folder), recursive=True), absent=(FileNotFoundError,))
        except FileNotFoundError:
            return

    # What is the same everywhere.

    def read(self, name: str) -> bytes | None:
        """An object's bytes as they are stored; None where there is none."""
        try:
            return bytes(self.do(lambda connection: connection.cat_file(self.path(name)), absent=(FileNotFoundError,)))
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Whether there is an object."""
        try:  # drivers' own `exists` says no when they cannot tell
            self.do(lambda connection: connection.info(self.path(name)), absent=(FileNotFoundError,))
        except FileNotFoundError:
            return False
        return True

    def modified(self, name: str) -> datetime:
        """When an object was put, in UTC.

        Raises:
            FileNotFoundError: There is none.
        """
        moment = self.do(lambda connection: connection.modified(self.path(name)), absent=(FileNotFoundError,))
        return _moment(moment) or datetime.fromtimestamp(0, tz=UTC)

    def inside(self, folder: str) -> tuple[list[str], list[str]]:
        """The names of the folders and of the files directly in a folder, sorted; none where there is none."""
        names: tuple[list[str], list[str]] = ([], [])
        for each in self.entries(folder):
            name = basename(each["name"].rstrip("/"))
            if name and not name.startswith(UNFINISHED):
                names[each["type"] != "directory"].append(name)
        return sorted(names[0]), sorted(names[1])

    def unfinished(self, folder: str, before: datetime) -> list[str]:
        """Files directly in a folder that somebody began to write and has not renamed, all older than a moment."""
        found = []
        for each in self.entries(folder) if self.has_folders else ():
            name, modified = basename(each["name"]), _modified(each)
            if name.startswith(UNFINISHED) and modified is not None and modified < before:
                found.append(join(folder, name))
        return found

    def entries(self, folder: str) -> list[dict[str, Any]]:
        """What fsspec says of everything directly in a folder; nothing where there is no such folder."""

        def act(connection: FileSystem) -> list[dict[str, Any]]:
            connection.invalidate_cache()
            found: list[dict[str, Any]] = connection.ls(self.path(folder), detail=True)
            return found

        try:
            return self.do(act, absent=(FileNotFoundError, NotADirectoryError))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def listing(self, folder: str) -> Mapping[str, Stored]:
        """Every object below a folder, by name."""

        def act(connection: FileSystem) -> dict[str, dict[str, Any]]:
            connection.invalidate_cache()
            found: dict[str, dict[str, Any]] = connection.find(self.path(folder), detail=True)
            return found

        try:
            found = self.do(act, absent=(FileNotFoundError,))
        except FileNotFoundError:
            return {}
        cut = len(self.path("")) if self.base else 0
        return {
            path[cut:].lstrip("/"): Stored(int(each["size"]), _digest(each), _modified(each))
            for path, each in found.items()
            if each.get("type", "file") == "file"
        }

    def make_folders(self, names: Iterable[str]) -> None:
        """Make the folders that some files will be in."""
        if not self.has_folders:
            return
        wanted: dict[str, None] = {}  # in order, each above those in it
        for name in names:
            folder, above = dirname(name), []
            while folder and folder not in self._folders and folder not in wanted:
                above.append(folder)
                folder = dirname(folder)
            wanted.update(dict.fromkeys(reversed(above)))
        if "" not in self._folders:
            self.do(lambda connection: connection.makedirs(self.base, exist_ok=True))
            self._folders.add("")
        for folder in wanted:
            self.do(partial(_make, folder=self.path(folder)))
            self._folders.add(folder)

    def each(self, action: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """Do something with each of some items, several at once, and give what came of it in their order.

        Raises:
            Exception: The first that an action raised; those that had not begun are left out.
        """
        futures = [self._threads.submit(action, item) for item in items]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
            failed = next((each for each in futures if each.done() and each.exception() is not None), None)
            if failed is not None:
                failed.result()
            return [each.result() for each in futures]
        finally:
            for future in futures:
                future.cancel()
            wait(futures)

    def ordered(self, action: Callable[[T], R], items: Sequence[T], at_once: int = 256) -> Iterator[R]:
        """The same, but given one after the other, and never much more in memory than is asked for."""
        for start in range(0, len(items), at_once):
            yield from self.each(action, items[start : start + at_once])

    def path(self, name: str) -> str:
        """A name as the driver wants it."""
        return f"{self.base}/{name}"

    def do(self, action: Callable[[FileSystem], R], absent: tuple[type[Exception], ...] = ()) -> R:
        """Do something with a connection, and again if it fails on the way.

        Args:
            action: What to do.
            absent: What means that something is not there: raised as it is.

        Raises:
            TargetError: It failed.
        """
        try:
            return self._retrying(lambda: action(self.connection()), self.renew_connection)
        except absent as error:
            if _is_no_bucket(error):
                raise failure(error, self.name) from error
            raise
        except TargetError:
            raise
        except Exception as error:  # drivers raise whatever they like
            raise failure(error, self.name) from error


def _make(connection: FileSystem, folder: str) -> None:
    try:
        connection.mkdir(folder, create_parents=False)
    except OSError:
        if not connection.isdir(folder):
            raise


def _is_no_bucket(error: Exception) -> bool:
    return type(error.__cause__).__name__ == "NoSuchBucket"


def _digest(told: Mapping[str, Any]) -> str:
    """The MD5 that S3 and what is like it call an ETag; that of an object in parts is another thing."""
    tag = str(told.get("ETag", "")).strip('"')
    return tag if len(tag) == 32 and "-" not in tag else ""


def _modified(told: Mapping[str, Any]) -> datetime | None:
    for name in ("LastModified", "mtime", "modified", "last_modified", "updated", "created"):
        if (moment := _moment(told.get(name))) is not None:
            return moment
    return None


def _moment(told: object) -> datetime | None:
    """A moment in UTC from what drivers give: a datetime, seconds since 1970, or ISO 8601."""
    try:
        if isinstance(told, str):
            told = datetime.fromisoformat(told)
        if isinstance(told, datetime):
            return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
        if isinstance(told, int | float):
            return datetime.fromtimestamp(told, tz=UTC)
    except ValueError:
        return None
    return None
