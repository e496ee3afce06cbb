"""What publishing asks of a place to publish to. Each kind of place is one file of ``targets/``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError
from okrsite.publish.manifest import NAME, FileEntry, Manifest

Content = Callable[[FileEntry], bytes]
"""Gives the bytes of a file that is to be published."""


BESIDE = frozenset({NAME, "attestation.json"})
"""Files of a snapshot that its manifest does not list."""
HASHED = re.compile(r"(?:assets/.+\.[0-9a-f]{10}\.[a-z0-9]+|.+\.[0-9a-f]{10}\.css)(?:\.gz)?")
"""Paths of a snapshot whose content never changes, since a hash of it is in their names: browsers may keep them.

Such are the theme's files, ``assets/okr.1a2b3c4d5e.css``, and style sheets of the portal, ``house.0a1b2c3d4e.css``.
"""


class TargetError(OkrsiteError):
    """The target is not there, is full, or said no; what readers see has not changed.

    Attributes:
        message: What is the case, as a sentence without its full stop.
        hint: What to do about it; empty where nothing is known.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message}: {hint}" if hint else message)


@frozen
class Transfer:
    """How the files of a snapshot came to the target.

    Attributes:
        sent: Files whose bytes were sent.
        sent_bytes: How many bytes that was.
        shared: Files that an earlier snapshot had already: links in a folder, copies on the server elsewhere.
    """

    sent: int = 0
    sent_bytes: int = 0
    shared: int = 0


@frozen
class Fault:
    """What is wrong with a file of a snapshot.

    Attributes:
        id: The snapshot's.
        path: The file's, relative to it.
        what: ``missing``, ``altered`` or ``unexpected``.
    """

    id: str
    path: str
    what: str


class Target(Protocol):
    """A place that snapshots are published to. Names are relative to it, with forward slashes.

    Every method may raise `TargetError`.

    Attributes:
        name: As the user wrote it, without credentials.
        newest_at: Where the newest snapshot is reached: ``current/``; empty where only its own address leads there.
    """

    name: str
    newest_at: str

    def read(self, name: str) -> bytes | None:
        """A small file of the target itself, such as ``versions.json``; None where there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Write such a file: readers see the old or the new one, never a part."""

    def create(self, name: str, content: bytes) -> bool:
        """Write it only where there is none, as one step where the target can; False where there is one already."""

    def remove(self, name: str) -> None:
        """Delete it; nothing happens where there is none."""

    def names(self, folder: str) -> Sequence[str]:
        """The names of the files directly in a folder, sorted; none where there is no such folder."""

    def snapshots(self) -> Sequence[str]:
        """The ids of all snapshots that are whole, sorted."""

    def manifest(self, id: str) -> Manifest:
        """A snapshot's manifest.

        Raises:
            ManifestError: It is damaged.
        """

    def published(self, id: str) -> datetime:
        """When a snapshot came to the target, by the target's clock, in UTC."""

    def put(
        self, manifest: Manifest, content: Content, near: Sequence[Manifest], beside: Mapping[str, bytes] | None = None
    ) -> Transfer:
        """Bring a snapshot: all of it, verified, and only then under its id. One that is there is left as it is.

        Args:
            manifest: What to bring.
            content: Gives a file's bytes; asked only for those that no snapshot nearby has.
            near: Manifests of snapshots at the target that are likely to have many of the same files.
            beside: Small files, by name, that go beside the manifest, before it, and are in no manifest: its
                attestation. They are never compressed (of a snapshot that is kept compressed only a folder has the
                manifest so too), and no faults: see `BESIDE`.
        """

    def file(self, id: str, path: str) -> bytes | None:
        """A file of a snapshot, uncompressed; None where there is none."""

    def faults(self, id: str) -> Iterator[Fault]:
        """Every file of a snapshot that is not what its manifest says."""

    def drop(self, id: str) -> None:
        """Delete a snapshot; what other snapshots might share with it goes with the next `clean`."""

    def pointer(self) -> str | None:
        """The id of the snapshot that readers see as the newest; None for none."""

    def point(self, id: str) -> None:
        """Have readers see a snapshot as the newest."""

    def show_channel(self, channel: str, id: str | None) -> None:
        """Have the address of a channel lead to a snapshot; None to take the address away."""

    def publishing(self) -> AbstractContextManager[None]:
        """Held while a snapshot is brought: what it shares is not deleted meanwhile, as far as the target can do that.

        Whoever holds it can neither `drop` nor `clean`: both wait until nobody does.

        Raises:
            TargetError: Nothing can be published here: it holds other things, cannot be written to, or is not there.
        """

    def listing(self) -> AbstractContextManager[None]:
        """Held by one at a time, as far as the target can do that, while the list of versions is renewed."""

    def clean(self, before: datetime) -> int:
        """Delete what publishers that were killed have left behind, and what no snapshot needs any more.

        Args:
            before: Where nothing says whether somebody still works on it, only what is older than this goes.

        Returns:
            How many files or folders that was.
        """
