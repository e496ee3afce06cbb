"""The note beside a kept site that has the digests of its files."""

from __future__ import annotations

from pathlib import Path

from okrsite.disk import UNSURE
from okrsite.site.publication.digests import kept_digests

STAT = (5, 1, 1, 7)
"""Of a file that was changed long ago."""


def test_what_is_found_is_known_the_next_time(tmp_path: Path) -> None:
    """With what the system said of it; what was not asked for any more is forgotten."""
    site = tmp_path / "site"
    with kept_digests(site) as digests:
        assert digests.of("index.html", STAT) is None
        digests.tell("index.html", STAT, "a" * 64)
        digests.tell("gone.html", STAT, "b" * 64)
        digests.tell("new.html", (5, 2**62, 1, 8), "c" * 64)
    for _ in range(2):
        with kept_digests(site) as digests:
            assert digests.of("index.html", STAT) == "a" * 64
            assert digests.of("index.html", (*STAT[:3], 8)) is None
            assert digests.of("new.html", (5, 2**62, 1, 8)) is None
            assert digests.of("new.html", UNSURE) == "c" * 64  # which no file has
            digests.of("index.html", STAT)
    with kept_digests(site) as digests:
        assert digests.of("gone.html", STAT) is None


def test_a_damaged_note(tmp_path: Path) -> None:
    """Nothing is known then."""
    with kept_digests(tmp_path / "site") as digests:
        digests.tell("index.html", STAT, "a" * 64)
    note = tmp_path / "site.note"
    note.write_bytes(note.read_bytes().replace(b"aaaa", b"aaab", 1))
    with kept_digests(tmp_path / "site") as digests:
        assert digests.of("index.html", STAT) is None
