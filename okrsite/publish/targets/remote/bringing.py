"""Brings the files of a snapshot to a server, and looks whether they have arrived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import md5

from okrsite.publish.files import is_intact
from okrsite.publish.manifest import NAME, FileEntry, Manifest
from okrsite.publish.target import Content, TargetError, Transfer
from okrsite.publish.targets.remote.headers import headers_of
from okrsite.publish.targets.remote.store import Store, Stored

_SAMPLE = 32
"""How many files are read back where the server tells no digests of them."""


def object_name(store: Store, id: str, entry: FileEntry) -> str:
    """What a file of a snapshot is called at a server.

    A packed file has its plain name where the server tells browsers that it is packed, else ``.gz`` behind it.
    """
    packed = ".gz" if entry.encoding and not store.keeps_headers else ""
    return f"s/{id}/{entry.path}{packed}"


class Bringing:
    """One snapshot on its way.

    What an earlier snapshot has is copied on the server, if it stands there as it did when that snapshot was finished:
    of the same size, and not put again since. All else is sent.

    Args:
        store: Where to.
        manifest: What to bring.
        content: Gives the bytes of a file.
        near: Snapshots that may have some of them.
    """

    def __init__(self, store: Store, manifest: Manifest, content: Content, near: Sequence[Manifest]) -> None:
        self._store, self._manifest, self._content, self._near = store, manifest, content, near
        self._digests: dict[str, str] = {}
        """The MD5 that each object of the snapshot should have, as far as it is known."""

    def bring(self) -> Transfer:
        """Send or copy all of it.

        Raises:
            TargetError: That failed.
        """
        id, files = self._manifest.id, self._manifest.files.values()
        self._store.make_folders(object_name(self._store, id, entry) for entry in files)
        sources = self._sources()
        ways = self._store.each(lambda entry: self._bring(entry, sources.get(entry.sha256)), files)
        sent = [entry for entry, was_copied in zip(files, ways, strict=True) if not was_copied]
        return Transfer(len(sent), sum(entry.size for entry in sent), len(files) - len(sent))

    def verify(self) -> None:
        """Compare what is there with the manifest; what is not right is sent once more.

        Sizes and, where the server tells them, digests come from one listing. Where it does not, some files, spread
        evenly, are read back.

        Raises:
            TargetError: It is not right then either.
        """
        wrong = list(self._wrong())
        if not wrong:
            return
        self._store.make_folders(object_name(self._store, self._manifest.id, entry) for entry in wrong)
        self._store.each(self._send, wrong)
        wrong = list(self._wrong())
        if wrong:
            raise TargetError(
                f"{self._store.name} does not keep what it is sent: {wrong[0].path} "
                f"and {len(wrong) - 1} other files are not there as they should be"
                if len(wrong) > 1
                else f"{self._store.name} does not keep what it is sent: {wrong[0].path} is not there as it should be"
            )

    def _bring(self, entry: FileEntry, source: tuple[str, Stored] | None) -> bool:
        """Bring a file; True if it was copied."""
        name = object_name(self._store, self._manifest.id, entry)
        if source is not None and self._store.copy(source[0], name, headers_of(name, entry.encoding)):
            if source[1].digest:
                self._digests[name] = source[1].digest
            return True
        self._send(entry)
        return False

    def _send(self, entry: FileEntry) -> None:
        name, content = object_name(self._store, self._manifest.id, entry), self._content(entry)
        if not is_intact(entry, content):
            raise TargetError(f"{entry.path} has changed while it was published", "build and publish again")
        self._digests[name] = md5(content, usedforsecurity=False).hexdigest()
        self._store.send(name, content, headers_of(name, entry.encoding))

    def _sources(self) -> Mapping[str, tuple[str, Stored]]:
        """Where the files of the snapshot can be copied from, by SHA-256."""
        if not self._store.can_copy:
            return {}
        wanted = {entry.sha256 for entry in self._manifest.files.values()}
        found: dict[str, tuple[str, Stored]] = {}
        for manifest in self._near:
            useful = [each for each in manifest.files.values() if each.sha256 in wanted and each.sha256 not in found]
            if not useful:
                continue
            there = self._store.listing(f"s/{manifest.id}")
            finished = there.get(f"s/{manifest.id}/{NAME}")
            for entry in useful:
                name = object_name(self._store, manifest.id, entry)
                stored = there.get(name)
                if stored is not None and stored.size == entry.size and _is_as_it_was(stored, finished):
                    found.setdefault(entry.sha256, (name, stored))
        return found

    def _wrong(self) -> Iterator[FileEntry]:
        id, files = self._manifest.id, self._manifest.files
        there = self._store.listing(f"s/{id}")
        unsure: list[FileEntry] = []
        for _, entry in sorted(files.items()):
            name = object_name(self._store, id, entry)
            stored, digest = there.get(name), self._digests.get(name, "")
            if stored is None or stored.size != entry.size:
                yield entry
            elif not (self._store.tells_digests and stored.digest and digest):
                unsure.append(entry)
            elif stored.digest != digest:
                yield entry
        sample = unsure[:: max(1, len(unsure) // _SAMPLE)]
        for entry, content in zip(sample, self._store.each(self._read_back, sample), strict=True):
            if content is None or not is_intact(entry, content):
                yield entry

    def _read_back(self, entry: FileEntry) -> bytes | None:
        return self._store.read(object_name(self._store, self._manifest.id, entry))


def _is_as_it_was(stored: Stored, finished: Stored | None) -> bool:
    """Whether an object has not been put again since its snapshot was finished."""
    if finished is None or finished.modified is None or stored.modified is None:
        return finished is not None
    return stored.modified <= finished.modified
