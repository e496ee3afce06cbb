"""Which pages still are what the last build made of them, and the note of this build for the next."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

from okrsite.disk import stat_of
from okrsite.reads import Way, recording, ways_to
from okrsite.site.freshness import manifest
from okrsite.site.freshness.digests import Digests
from okrsite.site.freshness.manifest import MadePage, MadePart, Manifest
from okrsite.site.freshness.signatures import Signature, as_left, content_digest

Value = TypeVar("Value")

_BETWEEN = "\n"


class LastBuild:
    """What the last build of a site left, and what this one will.

    Attributes:
        kept: How many pages were kept.
        makers: As given.

    Args:
        folder: Where the notes of builds are.
        site: The site's folder.
        makers: Stands for all that turns goals into pages.
    """

    def __init__(self, folder: Path, site: Path, makers: str) -> None:
        name = blake2b(str(site).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        self.kept = 0
        self.makers = makers
        self._site = str(site)
        self._file = folder / f"{name}.build"
        self._last = Manifest()
        self._key = ""
        self._units: Mapping[str, bytes] = {}
        self._digests: Digests | None = None
        self._same = b""
        self._ways: dict[Way, int] = {}
        self._pages: dict[str, MadePage] = {}
        self._parts: dict[str, MadePart] = {}
        self._files: dict[str, Signature] = {}

    def begin(self, key: str, roots: Mapping[str, object], units: Mapping[str, bytes]) -> None:
        """Compare what was read then with what is there now.

        Args:
            key: Stands for all that every page depends on.
            roots: What is read, by the first step of the ways to it.
            units: Ids of units, each with what stands for all its objectives and KPIs, where that is known.
        """
        last = manifest.read(self._file)
        self._last = last if last.key == key else Manifest()
        self._key, self._units = key, units
        self._digests = Digests(roots, self._last.goals_of(self._unchanged(units)))
        at = self._digests.at
        pairs = zip(self._last.ways, self._last.digests, strict=True)
        self._same = bytes(at(way) == digest for way, digest in pairs)
        self._ways = {way: place for place, way in enumerate(self._last.ways)}

    def _unchanged(self, units: Mapping[str, bytes]) -> set[str]:
        before = self._last.units
        return {id for id, digest in units.items() if before.get(id) == digest}

    def keep(self, name: str) -> tuple[str, ...] | None:
        """Note a page as it is, if its file is what it would be if it were made again.

        Args:
            name: Of its file.

        Returns:
            The names of its charts' templates; None where it has to be made.
        """
        page = self._last.pages.get(name)
        if page is None or not self._holds(page.reads):
            return None
        signature = as_left(f"{self._site}/{name}", self._last.files[name])
        if signature is None:
            return None
        self._pages[name], self._files[name] = page, signature
        self.kept += 1
        return page.charts

    def made(self, name: str, content: bytes, reads: Collection[Way] | None, charts: Sequence[str]) -> None:
        """Note a page that was made and is in its place.

        Args:
            name: Of its file.
            content: What it holds.
            reads: The ways to all that was read for it; None to make it again next time.
            charts: The names of its charts' templates.
        """
        stat = stat_of(f"{self._site}/{name}")
        places = None if reads is None else self._places(reads)
        if places is not None and stat is not None:
            self._pages[name] = MadePage(places, tuple(charts))
            self._files[name] = Signature(content_digest(content), stat)

    def of(self, make: Callable[..., Value], given: object, *ids: str) -> Value:
        """What a function makes of something and some ids; from the last build, if all that was read is the same.

        Args:
            make: A function of a module, whose value is made of tuples, texts, numbers and None.
            given: What it reads.
            ids: What it is about.
        """
        name = _BETWEEN.join((make.__module__, make.__qualname__, *ids))
        known = self._last.parts.get(name)
        if known is not None and self._holds(known.reads):
            self._parts[name] = known
            value: Value = marshal.loads(known.value)  # noqa: S302 - of a file that okrsite wrote, with a checksum
            return value
        with recording() as read:
            value = make(given, *ids)
        places = self._places(ways_to(read))
        if places is not None:
            self._parts[name] = MadePart(places, marshal.dumps(cast(Any, value)))
        return value

    def _holds(self, reads: Iterable[int]) -> bool:
        return all(map(self._same.__getitem__, reads))

    def _places(self, reads: Collection[Way]) -> array[int] | None:
        """Where the note has some ways; None where it cannot hold one of them."""
        ways = self._ways
        new = sorted(way for way in reads if way not in ways)
        if not manifest.can_name(new):
            return None
        for way in new:
            ways[way] = len(ways)
        return array("I", sorted(map(ways.__getitem__, reads)))

    def end(self) -> None:
        """Leave the note of this build, now that all is in place."""
        if self._digests is None:
            return
        ways, last, at = list(self._ways), self._last, self._digests.at
        old = [last.digests[place] if same else at(ways[place]) for place, same in enumerate(self._same)]
        digests = old + [at(way) for way in ways[len(old) :]]
        made = Manifest(self._key, ways, digests, self._pages, self._files, self._units, self._parts)
        manifest.write(self._file, made.without_unread())
