"""The SHA-256 of a kept site's files: noted beside it, so that publishing it again reads only files that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from okrsite.disk import Stat, moment
from okrsite.publish.digests import Digests
from okrsite.site.freshness.notes import Note


@contextmanager
def kept_digests(site: Path, there: Mapping[str, Stat] | None = None) -> Iterator[Digests]:
    """What is known of a site's files; what is found out within is known the next time.

    Args:
        site: The built folder. The note is beside it, so both have one clock.
        there: What the system says of all its files, where whoever built it has just asked.
    """
    note = Note(site.with_name(f"{site.name}.note"))
    known: dict[str, Any] = {}
    with suppress(OSError, ValueError, EOFError, TypeError):
        known = note.read()
    digests = Digests(known, moment(site.parent), there)
    yield digests
    note.write(digests.found)
