"""Which pages still are what the last build made of them, and the note of this build for the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from okrsite.disk import stat_of
from okrsite.site.freshness import manifest
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.manifest import MadePage, Manifest
from okrsite.site.freshness.numbering import Read
from okrsite.site.freshness.signatures import Signature, as_left, content_digest


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
    """

    def __init__(self, folder: Path, site: Path, makers: str) -> None:
        name = blake2b(str(site).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        self.kept = 0
        self.makers = makers
        self.parts = KeptParts()
        self._site = str(site)
        self._file = folder / f"{name}.build"
        self._left: Mapping[str, Signature] = {}
        self._has_begun = False
        self._pages: dict[str, MadePage] = {}
        self._files: dict[str, Signature] = {}

    def left(self) -> Manifest:
        """What the last build left, for `parts` to compare; from now on there is a note of this one."""
        last = manifest.read(self._file)
        self._left, self._has_begun = last.files, True
        return last

    def keep(self, name: str) -> tuple[str, ...] | None:
        """Note a page as it is, if its file is what it would be if it were made again.

        Args:
            name: Of its file.

        Returns:
            The names of its charts' templates; None where it has to be made.
        """
        page = self.parts.page(name)
        if page is None:
            return None
        signature = as_left(f"{self._site}/{name}", self._left[name])
        if signature is None:
            return None
        self._pages[name], self._files[name] = page, signature
        self.kept += 1
        return page.charts

    def made(self, name: str, content: bytes, read: Read | None, charts: Sequence[str]) -> None:
        """Note a page that was made and is in its place.

        Args:
            name: Of its file.
            content: What it holds.
            read: All that was read for it, by the numbers of `parts`; None to make it again next time.
            charts: The names of its charts' templates.
        """
        stat = stat_of(f"{self._site}/{name}")
        if read is not None and stat is not None:
            self._pages[name] = MadePage(*read, tuple(charts))
            self._files[name] = Signature(content_digest(content), stat)

    def end(self) -> None:
        """Leave the note of this build, now that all is in place."""
        if self._has_begun:
            manifest.write(self._file, replace(self.parts.manifest(self._pages), files=self._files))
