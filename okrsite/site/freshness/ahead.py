"""What a build asks for first, found out by a copy of this process from before MkDocs and the pages are loaded."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from okrsite.disk import Look, seal_of
from okrsite.history import NO_HISTORY, History, read_history
from okrsite.settings import Settings
from okrsite.site.freshness.grounds import known_grounds, told_grounds

Told = tuple[History, Mapping[str, bytes]]
"""A history, and what stands for it, by the names of grounds."""


class Found(NamedTuple):
    """What a copy of this process found out.

    Attributes:
        told: The portal's history.
        left: The site's folder, if all in it is as the last build left it; else None.
    """

    told: Told
    left: str | None


class Ahead:
    """What is known before a build begins; without anything, whoever asks has to find it out.

    Args:
        settings: The portal's options, as `found` took them.
        found: Waits for what was found out.

    Attributes:
        look: At all that is in the content folder, as it was just now; None where nobody looked.
    """

    def __init__(self, settings: Settings | None = None, found: Callable[[], Found] | None = None) -> None:
        self.look: Look | None = None
        self._settings = settings
        self._wait = found
        self._found: Found | None = None

    def has_told(self, settings: Settings) -> bool:
        """Whether there will be an answer to `told`."""
        return self._wait is not None and settings == self._settings

    def told(self, settings: Settings) -> Told | None:
        """The portal's history; None where it was not read, or with other options.

        Args:
            settings: The options to read it with.
        """
        found = self._waited()
        return found.told if found is not None and settings == self._settings else None

    def is_left(self, site: Path) -> bool:
        """Whether all in a site's folder is known to be as the last build left it.

        Args:
            site: The folder.
        """
        found = self._waited()
        return found is not None and found.left == str(site)

    def _waited(self) -> Found | None:
        if self._wait is not None:
            self._found, self._wait = self._wait(), None
        return self._found


def find_out(root: Path, settings: Settings, outcome: bytes) -> Found:
    """What a build asks for first.

    Args:
        root: The portal's folder.
        settings: Its options.
        outcome: What came of the last build, as its note has it.
    """
    return Found(told(root, settings, root / ".okrsite" / "history"), _left(outcome))


def told(root: Path, settings: Settings, cache: Path, revision: str = "HEAD", known: History = NO_HISTORY) -> Told:
    """A portal's history, and what stands for it.

    Args:
        root: The portal's folder.
        settings: Its options.
        cache: A folder for what was read before.
        revision: The last commit, by any name that git knows.
        known: As it was told earlier.
    """
    history = read_history(root, settings, cache, revision, known)
    return history, told_grounds(history) | known_grounds(history)


def _left(outcome: bytes) -> str | None:
    """The folder of a site in which all is as it was left."""
    said = marshal.loads(outcome)  # noqa: S302 - of a note with a checksum
    try:
        return str(said["result"]["site_dir"]) if seal_of(said["outputs"]) == said["left"] else None
    except OSError:  # something of it is gone
        return None
