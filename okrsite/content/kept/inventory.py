"""Which content the files have: their digests, found out without reading what cannot have changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from okrsite.content.kept.packing import digest_of
from okrsite.content.syntax.text import MAX_BYTES
from okrsite.disk import UNSURE, Stat, told

Signature = tuple[Stat, str]
"""What a look at a file tells, and the digest of its content then."""

_UNSURE: Signature = (UNSURE, "")


class Inventory:
    """The digests of files, each found out once.

    A signature stands for content only where the file was older than the moment at which it was read: whatever is done
    to it later leaves another time of change behind, which no program can set. A file that was changed at about that
    moment, or that has been copied or restored since, is read again. So the digest decides, a time alone never.

    Args:
        known: File -> its signature and digest when it was last read.
        moment: The time of the file system now, in nanoseconds; None where it cannot be told.
        looked: File -> what a look at it told; others are looked at.
    """

    def __init__(
        self,
        known: Mapping[str, Signature] = MappingProxyType({}),
        moment: Callable[[], int | None] = lambda: None,
        looked: Mapping[str, Stat] = MappingProxyType({}),
    ) -> None:
        self.known = known
        """What was handed to this one."""
        self._moment = moment
        self._looked = looked
        self._began: int | None = None
        self._raw: dict[str, bytes] = {}
        self.digests: dict[str, str] = {}
        """File -> digest; empty for a file that cannot be used."""
        self.signatures: dict[str, Signature] = {}
        """What may be handed to the next inventory."""

    def again(self, changed: Collection[str]) -> Inventory:
        """For another look at the same files, when no others than some can have changed."""
        later = Inventory(self.signatures, self._moment)
        later.digests = {file: digest for file, digest in self.digests.items() if file not in changed}
        later.signatures = dict(self.signatures)
        return later

    def signatures_of(self, files: Iterable[str]) -> dict[str, Signature]:
        """What may be handed on of some files; of those that no signature stands for that they were there."""
        return {file: self.signatures.get(file, _UNSURE) for file in files}

    def digest(self, file: str) -> str:
        """The digest of a file's content; empty where it cannot be read or is too large."""
        found = self.digests.get(file)
        if found is not None:
            return found
        try:
            signature = self._looked.get(file) or told(os.stat(file))  # noqa: PTH116 - a path object for each file takes longer
        except OSError:
            return self._note(file, "")
        known = self.known.get(file)
        if known is not None and known[0] == signature:
            self.signatures[file] = known
            return self._note(file, known[1])
        return self._read(file)

    def raw(self, file: str) -> bytes | None:
        """The content whose digest is given; None where the file is too large.

        Raises:
            OSError: It cannot be read.
        """
        raw = self._raw.pop(file, None)
        return self._fresh(file) if raw is None else raw

    def _read(self, file: str) -> str:
        try:
            raw = self._fresh(file)
        except OSError:
            raw = None
        if raw is not None:
            self._raw[file] = raw
        return self.digests.get(file) or self._note(file, "")

    def _fresh(self, file: str) -> bytes | None:
        if self._began is None:
            self._began = self._moment() or 0
        with open(file, "rb") as opened:  # noqa: PTH123 - as above
            stat = os.fstat(opened.fileno())
            raw = opened.read() if stat.st_size <= MAX_BYTES else b""
        if stat.st_size > MAX_BYTES:
            self._note(file, "")
            return None
        digest = self._note(file, digest_of(raw))
        signature = told(stat)
        if max(signature[1:3]) < self._began:
            self.signatures[file] = (signature, digest)
        else:
            self.signatures.pop(file, None)
        return raw

    def _note(self, file: str, digest: str) -> str:
        self.digests[file] = digest
        return digest
