"""Files that are no pages: left as they are while all that was read for them is the same, or brought by a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from okrsite.crew import meanwhile
from okrsite.reads import Place, recording, ways_to
from okrsite.site.freshness.asked import Asked
from okrsite.site.freshness.digests import digest_of
from okrsite.site.freshness.keptparts import KeptParts
from okrsite.site.freshness.lastbuild import LastBuild
from okrsite.site.freshness.numbering import Numbering
from okrsite.site.output.sitefolder import Brought


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

    @contextmanager
    def meanwhile(
        self, files: Iterator[tuple[str, bytes]], wanted: bool
    ) -> Iterator[Callable[[], Iterator[tuple[str, bytes | None]]]]:
        """Have a copy of this process bring files that are put together of parts, every time.

        Args:
            files: Makes them.
            wanted: Whether there may be a copy; else they are made when they are asked for.

        Yields:
            What waits for the files and gives them, without content as they are in place; to be called once.
        """
        last, parts = self._last, self._parts
        if last is None:
            yield lambda: files
            return

        def bring() -> tuple[Mapping[str, Brought], Asked]:
            return {name: last.bring(name, content) for name, content in files}, parts.asked()

        def taken() -> Iterator[tuple[str, bytes | None]]:
            brought, asked = made()
            last.take(brought)
            parts.take_asked(asked)
            return ((name, None) for name in brought)

        with meanwhile(bring, wanted) as made:
            yield taken
