"""The SHA-256 of a kept site's files: noted beside it, so that publishing it again reads only files that changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from okrsite.disk import moment
from okrsite.publish.digests import Digests
from okrsite.site.freshness.notes import Note


@contextmanager
def kept_digests(site: Path) -> Iterator[Digests]:
    """What is known of a site's files; what is found out within is known the next time.

    Args:
        site: The built folder. The note is beside it, so both have one clock.
    """
    note = Note(site.with_name(f"{site.name}.note"))
    known: dict[str, Any] = {}
    with suppress(OSError, ValueError, EOFError, TypeError):
        known = note.read()
    digests = Digests(known, moment(site.parent))
    yield digests
    note.write(digests.found)
