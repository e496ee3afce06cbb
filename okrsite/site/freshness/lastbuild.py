"""Which pages still are what the last build made of them, and the note of this build for the next."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from okrsite.site.freshness import notefile
from okrsite.site.freshness.ahead import Ahead
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.manifest import MadePage, Manifest
from okrsite.site.freshness.numbering import Read
from okrsite.site.output.sitefolder import Brought, SiteFolder
from okrsite.site.output.spares import Spares, folders_of, spares_of


class LastBuild:
    """What the last build of a site left, and what this one will.

    Attributes:
        kept: How many pages were kept.
        makers: As given.
        parts: Those that pages and other files are made of.

    Args:
        folder: Where the notes of builds are.
        site: The site's folder.
        makers: Stands for all that turns goals into pages.
        ahead: What is known already.
    """

    def __init__(self, folder: Path, site: SiteFolder, makers: str, ahead: Ahead | None = None) -> None:
        name = blake2b(_place(site.folder, folder).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        self.kept = 0
        self.makers = makers
        self._ahead = ahead or Ahead()
        self.parts = KeptParts()
        self._site = site
        self._file = folder / f"{name}.build"
        if not site.folder.is_relative_to(folder.parent):  # what is among the caches is not deleted without them
            site.spares = Spares(spares_of(self._file))
        self._has_begun = False
        self._note: Manifest | None = None
        self._pages: dict[str, MadePage] = {}
        self._kept: list[str] = []

    def read_ahead(self) -> None:
        """Read the note that it left: good to do while somebody else is waited for."""
        self._note = notefile.read(self._file)

    def left(self, key: str, *, may_copy: bool = False) -> Manifest:
        """What the last build left, for `parts` to compare; from now on there is a note of this one.

        Of a site that is not there any more the files are put back, if pages may still be what they were.

        Args:
            key: Stands for all that every page depends on.
            may_copy: Whether there may be another process.
        """
        last = self._note or notefile.read(self._file)
        self._has_begun, self._note = True, None
        site, files, folders = self._site, last.files, last.folders
        if last.key == key and site.spares is not None and _is_gone(site.folder):
            files = site.spares.put_back(site.folder, files, may_copy=may_copy)
            folders = folders_of(site.folder, folders)
            site.counts.put_back = len(files)
        site.left(files, folders, is_as_left=self._ahead.is_left(site.folder))
        return last

    def keep(self, name: str) -> tuple[str, ...] | None:
        """Note a page as it is, if its file is what it would be if it were made again.

        Args:
            name: Of its file.

        Returns:
            The names of its charts' templates; None where it has to be made.
        """
        page = self.parts.page(name)
        if page is None or not self._site.keep(name):
            return None
        self._kept.append(name)
        self.kept += 1
        return page.shown

    def keep_all(self, name: str) -> tuple[str, ...] | None:
        """Note some files that are made together as they are, if they are what they would be if they were made again.

        Args:
            name: What they are called together.

        Returns:
            Their names; None where they have to be made.
        """
        together = self.parts.page(name)
        if together is None or not self._site.keep(*together.shown):
            return None
        self._kept.append(name)
        return together.shown

    def bring(self, name: str, content: bytes) -> Brought:
        """Bring a page's file to what it should hold, in this process or a copy of it."""
        return self._site.bring(name, content)

    def take(self, brought: Mapping[str, Brought]) -> None:
        """Note files of pages that were brought, by name."""
        for name, each in brought.items():
            self._site.take(name, each)

    def made(self, name: str, read: Read | None, shown: Sequence[str]) -> None:
        """Note a page that was made, or files that were made together.

        Args:
            name: Of the page's file, or what the files are called together.
            read: All that was read for it, by the numbers of `parts`; None to make it again next time.
            shown: The names of its charts' templates, or of the files.
        """
        if read is not None:
            self._pages[name] = MadePage(*read, tuple(shown))

    def end(self) -> None:
        """Leave the note of this build, now that all is in place."""
        if self._has_begun:
            made = self.parts.manifest(self._pages, self._kept)
            notefile.write(self._file, replace(made, files=self._site.files, folders=self._site.folders))


def _place(site: Path, folder: Path) -> str:
    """Where a site is, from the folder of notes: a portal may be moved with both."""
    try:
        return os.path.relpath(site, folder)
    except ValueError:  # on another drive
        return str(site)


def _is_gone(site: Path) -> bool:
    """Whether nothing is left of a site."""
    try:
        return not any(site.iterdir())
    except OSError:
        return True
