"""The note that a build leaves is there whole, or not at all."""

from __future__ import annotations

from array import array
from pathlib import Path

from okrsite.disk import UNSURE
from okrsite.site.freshness.manifest import MadePage, MadePart, Manifest, can_name, read, write
from okrsite.site.freshness.notes import KEPT
from okrsite.site.freshness.signatures import Signature

SOME = Manifest(
    key="a key",
    ways=[("portal", "objectives", "acme/2026-Q1/ü\udcff"), ("portal", "levels"), ("portal", "kpis", "acme/kpis/x")],
    digests=[b"a" * 12, b"b" * 12, b"c" * 12],
    pages={"a/index.html": MadePage(array("I", [0, 1]), ("trend",)), "index.html": MadePage(array("I", [2]), ())},
    files={"a/index.html": Signature(b"d" * 12, (1, 2, 3, 4)), "index.html": Signature(b"e" * 12, (9, 8, 7, 6))},
    units={"acme": b"f" * 16},
    parts={"room\nlines\nacme": MadePart(array("I", [1, 2]), b"\x00\nvalue"), "room\nrows": MadePart(array("I"), b"")},
)


def test_comes_back(tmp_path: Path) -> None:
    """What was written is read."""
    write(tmp_path / "a.build", SOME)
    assert read(tmp_path / "a.build") == SOME


def test_cut_altered_and_foreign_notes_are_ignored(tmp_path: Path) -> None:
    """Whatever happens to the file, it is the whole note or none."""
    file = tmp_path / "a.build"
    write(file, SOME)
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert read(file) == Manifest()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert read(file) == Manifest()
    file.write_bytes(whole.replace(b"okrsite build", b"another build"))
    assert read(file) == Manifest()
    file.unlink()
    assert read(file) == Manifest()


def test_files_of_the_moment_are_looked_at_again(tmp_path: Path) -> None:
    """A file that changes once more at the moment of the note may look as it did: so its look counts for nothing."""
    ahead = 2**62
    file = Signature(b"d" * 12, (1, ahead, ahead, 4))
    write(tmp_path / "a.build", Manifest("", pages=SOME.pages, files={"a/index.html": file}))
    assert read(tmp_path / "a.build").files["a/index.html"] == Signature(b"d" * 12, UNSURE)


def test_what_nobody_reads_is_dropped() -> None:
    """Values that only pages of the past have read are not looked at for ever."""
    pages, parts = {"index.html": SOME.pages["index.html"]}, {"part": MadePart(array("I", [1]), b"")}
    left = Manifest(SOME.key, SOME.ways, SOME.digests, pages, parts=parts).without_unread()
    assert (left.ways, left.digests) == ([*SOME.ways[1:]], [*SOME.digests[1:]])
    assert (left.parts["part"].reads, left.pages["index.html"].reads) == (array("I", [0]), array("I", [1]))


def test_few_notes_are_kept(tmp_path: Path) -> None:
    """Folders that are built once leave nothing for ever."""
    for number in range(KEPT + 3):
        write(tmp_path / f"{number}.build", SOME)
    assert len(list(tmp_path.iterdir())) == KEPT


def test_names_with_ends_of_lines() -> None:
    """What the file cannot hold is told before."""
    assert can_name(SOME.ways)
    assert not can_name([("ledgers", "_broken", "a\nb")])
