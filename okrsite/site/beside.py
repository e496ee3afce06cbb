"""Files that are no pages: left as they are, all of a kind, while all that was read for them is the same."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.reads import Place, recording, ways_to
from okrsite.site.freshness.digests import digest_of
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.lastbuild import LastBuild
from okrsite.site.freshness.numbering import Numbering


class Beside:
    """Makes files, where they are not what they would be if they were made again.

    Args:
        parts: Those that files are made of.
        last: What the last build left; None to make every file.
    """

    def __init__(self, parts: KeptParts, last: LastBuild | None) -> None:
        self._parts = parts
        self._last = last

    def bring(
        self, kind: str, files: Iterator[tuple[str, bytes]], given: object = None
    ) -> Iterator[tuple[str, bytes | None]]:
        """All files of a kind; without content those that hold what they should.

        Args:
            kind: What they are called together.
            files: Makes them.
            given: What they are made of, beside what is noted when it is read.
        """
        if self._last is None:
            yield from files
            return
        name = f"{kind} {digest_of(given).hex()}"
        kept = self._last.keep_all(name)
        if kept is not None:
            yield from ((each, None) for each in kept)
            return
        read: set[Place] = set()
        names: list[str] = []
        while True:
            with recording() as places:
                file = next(files, None)
            read |= places
            if file is None:
                break
            names.append(file[0])
            yield file
        numbering = Numbering()
        numbers = numbering.read(ways_to(read))
        known = self._parts.take((), numbering.ways, numbering.named)
        self._last.made(name, known.of(numbers), names)
