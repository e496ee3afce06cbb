"""Compiled templates, kept in a folder between builds."""

from __future__ import annotations

import contextlib
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from okrsite.disk import put

_CHECKSUM = sha256().digest_size


class TemplateCache(BytecodeCache):
    """Compiled templates by where they are at home: the folder of a commit has another name each time.

    One of another edition is compiled anew, as one of another source is. What is kept is code, which an altered bit
    may have do anything; so one that is not as it was written counts as absent.

    Args:
        folder: Made when there is something to keep.
        root: Where the portal is read from.
        home: Where it is at home.
        edition: Decides, beside its source, what a template becomes.
    """

    def __init__(self, folder: Path, root: Path, home: Path, edition: str) -> None:
        self._folder, self._root, self._home, self._edition = folder, str(root), str(home), edition

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """As of every such cache."""
        return super().get_cache_key(name, filename and filename.replace(self._root, self._home))

    def get_source_checksum(self, source: str) -> str:
        """Likewise."""
        return super().get_source_checksum(f"{self._edition}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept."""
        with contextlib.suppress(OSError):
            content = self._file(bucket).read_bytes()
            checksum, code = content[:_CHECKSUM], content[_CHECKSUM:]
            if sha256(code, usedforsecurity=False).digest() == checksum:
                bucket.load_bytecode(BytesIO(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds; where that cannot be, the next build takes longer, so it is no error."""
        code = bucket.bytecode_to_string()
        with contextlib.suppress(OSError):
            put(self._file(bucket), sha256(code, usedforsecurity=False).digest(), code)

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.cache"
