"""Second names for a site's files: by them a site that was deleted is put back as it was, and not made anew.

A second name costs no room. As CI keeps caches but no sites, most builds there begin without one.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from itertools import islice
from operator import itemgetter
from pathlib import Path

from okrsite.crew import meanwhile
from okrsite.disk import Look, Stat, look_at, stat_of, told
from okrsite.site.output.signatures import Signature, content_digest

_MANY = 1000
"""Files from which on another process puts some back."""


class Spares:
    """A folder with a second name for each file of a site, by what the file holds.

    Nothing in it is trusted: whoever changes a file by one of its names changes what the other one leads to.

    Args:
        folder: Need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._can_link = not folder.is_symlink()

    def keep(self, digest: bytes, place: str) -> None:
        """Give a file a second name, where the file system has such and there is none yet.

        Args:
            digest: Of what it holds.
            place: Its path.
        """
        if not self._can_link:
            return
        spare = self._place(digest)
        try:
            _link(place, spare)
        except FileExistsError:
            pass
        except OSError:
            self._can_link = False

    def drop(self, digests: Iterable[bytes]) -> None:
        """Take names away, of files that are gone."""
        for digest in digests:
            with suppress(OSError):
                os.unlink(self._place(digest))  # noqa: PTH108

    def drop_others(self, digests: Collection[bytes]) -> None:
        """Take away all names but some: killed builds may have left more."""
        wanted = {digest.hex() for digest in digests}
        with suppress(OSError):
            look = look_at(self._folder) if self._can_link else Look({}, {})
            for place in look.files:  # links to folders are among them
                fan, _, name = place[len(self._folder) + 1 :].partition(os.sep)
                if fan + name not in wanted:
                    os.unlink(place)  # noqa: PTH108

    def put_back(self, site: Path, files: Mapping[str, Signature], *, may_copy: bool) -> dict[str, Signature]:
        """Put a site's files back, as far as they are still what they were.

        Args:
            site: The site's folder.
            files: By name.
            may_copy: Whether another process may put some of them back.

        Returns:
            Those that hold what they did, as they are now.
        """
        if not (self._can_link and os.path.isdir(self._folder)):  # noqa: PTH112
            return {}
        wanted = sorted(((name, file.digest) for name, file in files.items()), key=itemgetter(1, 0))
        half = len(wanted) // 2 if may_copy and len(wanted) > _MANY else 0
        while half and wanted[half - 1][1] == wanted[half][1]:  # which share their times
            half -= 1
        with meanwhile(lambda: self._put_back(str(site), wanted[:half]), bool(half)) as others:
            found = self._put_back(str(site), islice(wanted, half, None))
            return others() | found

    def _put_back(self, site: str, files: Iterable[tuple[str, bytes]]) -> dict[str, Signature]:
        linked = []
        for name, digest in files:
            with suppress(OSError):  # there is no such name any more
                _link(self._place(digest), f"{site}/{name}")
                linked.append((name, digest))
        return {name: Signature(digest, stat) for name, digest in linked if (stat := self._seen(site, name, digest))}

    def _seen(self, site: str, name: str, digest: bytes) -> Stat | None:
        """What the system says of a file that was put back; None, and no file, if it is not what it was."""
        place = f"{site}/{name}"
        try:
            with open(place, "rb", buffering=0) as file:  # noqa: PTH123
                if content_digest(file.read()) == digest:
                    return told(os.fstat(file.fileno()))
        except OSError:
            return None
        os.unlink(place)  # noqa: PTH108
        self.drop([digest])
        return None

    def _place(self, digest: bytes) -> str:
        name = digest.hex()
        return f"{self._folder}/{name[:2]}/{name[2:]}"


def _link(place: str, other: str) -> None:
    try:
        os.link(place, other)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(other), exist_ok=True)  # noqa: PTH103, PTH120 - of thousands
        os.link(place, other)


def spares_of(note: Path) -> Path:
    """Where the second names of a site's files are.

    Args:
        note: The file with the note of the site's last build.
    """
    return note.with_suffix(".spares")


def folders_of(site: Path, names: Iterable[str]) -> dict[str, Stat]:
    """What the system says of those folders of a site that are there, by name."""
    return {name: stat for name in names if (stat := stat_of(f"{site}/{name}" if name else str(site))) is not None}
