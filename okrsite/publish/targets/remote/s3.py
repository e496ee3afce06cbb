"""S3 and stores that speak like it: headers of each object, copies on the server, checked uploads."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import md5
from typing import Any

from okrsite.publish.target import TargetError
from okrsite.publish.targets.remote.headers import Headers
from okrsite.publish.targets.remote.retrying import Retrying
from okrsite.publish.targets.remote.store import FileSystem, Store

_AT_ONCE = 1000  # what S3 deletes in one request
_UNKNOWN = frozenset({400, 405, 501})  # what servers say that cannot create in one step


class S3Store(Store):
    """A folder in a bucket, through s3fs.

    Args:
        name: What the user calls it.
        connect: Makes s3fs' file system; it is shared by all threads, since it has a thread of its own.
        base: Bucket and folder.
        retrying: How to try again.
    """

    workers = 16
    keeps_headers = True
    has_folders = False

    def __init__(
        self, name: str, connect: Callable[[], FileSystem], base: str, retrying: Retrying | None = None
    ) -> None:
        super().__init__(name, connect, base, retrying)
        self.bucket, _, self.folder = self.base.partition("/")
        self._shared: FileSystem = None

    def connection(self) -> FileSystem:
        if self._shared is None:
            self._shared = self._connect()
        return self._shared

    def renew_connection(self) -> None:
        """The connection finds a new way by itself."""

    def check(self) -> None:
        self.do(lambda connection: connection.call_s3("list_objects_v2", Bucket=self.bucket, MaxKeys=1))

    def has(self, name: str) -> bool:
        try:
            self.do(
                lambda connection: connection.call_s3("head_object", Bucket=self.bucket, Key=self._key(name)),
                absent=(FileNotFoundError,),
            )
        except FileNotFoundError:
            return False
        return True

    def send(self, name: str, content: bytes, headers: Headers) -> None:
        digest = md5(content, usedforsecurity=False)
        told = self.do(
            lambda connection: connection.pipe_file(
                self.path(name), content, ContentMD5=b64encode(digest.digest()).decode(), **_told(headers)
            )
        )
        if told and str(told.get("ETag", "")).strip('"') != digest.hexdigest():
            self.tells_digests = False  # it was checked, but is encrypted by keys of the bucket's own

    def copy(self, old: str, new: str, headers: Headers) -> bool:
        try:
            self.do(
                lambda connection: connection.call_s3(
                    "copy_object",
                    Bucket=self.bucket,
                    Key=self._key(new),
                    CopySource={"Bucket": self.bucket, "Key": self._key(old)},
                    MetadataDirective="REPLACE",
                    **_told(headers),
                ),
                absent=(FileNotFoundError,),
            )
        except FileNotFoundError:
            return False
        return True

    def create(self, name: str, content: bytes, headers: Headers) -> bool:
        try:
            self.do(
                lambda connection: connection.pipe_file(self.path(name), content, mode="create", **_told(headers)),
                absent=(FileExistsError,),
            )
        except FileExistsError:
            return False
        except TargetError as error:
            if _status(error.__cause__) not in _UNKNOWN:
                raise
            if self.has(name):
                return False
            self.send(name, content, headers)
        return True

    def remove(self, names: Sequence[str]) -> None:
        def act(some: Sequence[str]) -> None:
            gone = {"Objects": [{"Key": self._key(name)} for name in some], "Quiet": True}
            told = self.do(lambda connection: connection.call_s3("delete_objects", Bucket=self.bucket, Delete=gone))
            for fault in told.get("Errors", ()):
                if fault.get("Code") != "NoSuchKey":
                    raise TargetError(f"{self.name} does not delete {fault.get('Key')}: {fault.get('Message')}")

        self.each(act, [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)])

    def entries(self, folder: str) -> list[dict[str, Any]]:
        prefix = f"{self._key(folder)}/".lstrip("/")

        def page(further: dict[str, str]) -> dict[str, Any]:
            asked = {"Bucket": self.bucket, "Prefix": prefix, "Delimiter": "/", **further}
            told: dict[str, Any] = self.do(lambda connection: connection.call_s3("list_objects_v2", **asked))
            return told

        found: list[dict[str, Any]] = []
        further: dict[str, str] = {}
        while True:  # s3fs' own listing asks again, one folder higher, where there is nothing
            told = page(further)
            found += [{"name": each["Prefix"], "type": "directory"} for each in told.get("CommonPrefixes", ())]
            found += [{"name": each["Key"], "type": "file", **each} for each in told.get("Contents", ())]
            if not told.get("IsTruncated"):
                return found
            further = {"ContinuationToken": told["NextContinuationToken"]}

    def _key(self, name: str) -> str:
        return f"{self.folder}/{name}".strip("/")


def _told(headers: Headers) -> dict[str, str]:
    told = {"ContentType": headers.type, "CacheControl": headers.cache}
    return {**told, "ContentEncoding": headers.encoding} if headers.encoding else told


def _status(error: BaseException | None) -> int:
    response: Any = getattr(error, "response", None) or getattr(getattr(error, "__cause__", None), "response", None)
    return int(response["ResponseMetadata"]["HTTPStatusCode"]) if isinstance(response, dict) else 0
