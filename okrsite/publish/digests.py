"""The SHA-256 of a site's files: found out once for each file as it is, by a look at its entry from then on."""

from __future__ import annotations

from collections.abc import Mapping

from okrsite.disk import UNSURE, Stat

Said = tuple[Stat, str]
"""What the system said of a file before it was read, and its SHA-256 in hexadecimal."""


class Digests:
    """What is known of the files of one folder.

    Attributes:
        there: See below.

    Args:
        known: Of files as they were some time ago, by their paths.
        now: The time of the file system that the folder is on, before any file is looked at: what says that it
            changed then or later is read again the next time, since it may change once more without a trace.
        there: What the system says of all files of the folder, by their paths; None where nobody has asked it.
    """

    def __init__(
        self, known: Mapping[str, Said] | None = None, now: int = 0, there: Mapping[str, Stat] | None = None
    ) -> None:
        self.there = there
        self._known = known or {}
        self._now = now
        self._found: dict[str, Said] = {}

    @property
    def found(self) -> Mapping[str, Said]:
        """Of all files that were asked for or told of: what is known the next time."""
        return self._found

    def of(self, path: str, stat: Stat) -> str | None:
        """The SHA-256 of a file; None where it has to be read.

        Args:
            path: Relative to the folder.
            stat: What the system says of it now.
        """
        said = self._known.get(path)
        if said is None or said[0] != stat:
            return None
        self._found[path] = said
        return said[1]

    def tell(self, path: str, stat: Stat, sha256: str) -> None:
        """Keep what a file was found to have.

        Args:
            path: Relative to the folder.
            stat: What the system said of it before it was read.
            sha256: Of its content.
        """
        self._found[path] = (stat if max(stat[1:3]) < self._now else UNSURE, sha256)
