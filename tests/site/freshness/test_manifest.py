"""The note that a build leaves is there whole, or not at all."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from okrsite.disk import UNSURE
from okrsite.site.freshness.manifest import MadePage, MadePart, Manifest
from okrsite.site.freshness.notefile import read, write
from okrsite.site.freshness.notes import KEPT
from okrsite.site.output.signatures import Signature


def places(*numbers: int) -> Sequence[int]:
    """Where some ways or parts are."""
    return array("I", numbers)


SOME = Manifest(
    key="a key",
    grounds={"acme": b"f" * 16, "*tree": b"g" * 12},
    ways=[("portal", "objectives", "acme/2026-Q1/ü\udcff"), ("portal", "levels"), ("ledgers", "_broken", "a\nb")],
    grounded=places(0, 1, 2),
    digests=b"a" * 12 + b"b" * 12 + b"c" * 12,
    pages={
        "a/index.html": MadePage(places(0, 1), places(2), ("trend",)),
        "index.html": MadePage(places(2), places(), ()),
    },
    parts={
        "room\nlines\nacme": MadePart(places(1, 2), places(), b"\x00\nvalue"),
        "room\nrows": MadePart(places(), places(0), b""),
    },
    named=["room\nlines\nacme", "room\ngone", "room\nrows"],
    files={"a/index.html": Signature(b"d" * 12, (1, 2, 3, 4)), "index.html": Signature(b"e" * 12, (9, 8, 7, 6))},
    folders={"": (4, 3, 2, 1), "a": (5, 6, 7, 8)},
    least=3,
)


def told(value: Any) -> Any:
    """A manifest to be compared: arrays, and views of its file, as what they show."""
    if isinstance(value, Mapping):
        return {name: told(each) for name, each in value.items()}
    if isinstance(value, Manifest | MadePage | MadePart):
        return [told(getattr(value, field.name)) for field in fields(value) if field.name != "base"]
    if isinstance(value, array | memoryview):
        return bytes(value) if getattr(value, "format", "") == "B" else list(value)
    return value


def test_comes_back(tmp_path: Path) -> None:
    """What was written is read, whatever is in the names."""
    write(tmp_path / "a.build", SOME)
    assert told(read(tmp_path / "a.build")) == told(SOME)


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
    write(tmp_path / "a.build", replace(SOME, files={"a/index.html": file}, folders={"a": file.stat}))
    left = read(tmp_path / "a.build")
    assert left.files["a/index.html"] == Signature(b"d" * 12, UNSURE)
    assert left.folders["a"] == UNSURE


def test_what_nobody_reads_is_dropped() -> None:
    """Values that only pages of the past have read are not looked at for ever, and names of no part go with them."""
    left = replace(SOME, pages={"index.html": SOME.pages["index.html"]}).without_unread()
    assert (left.ways, left.digests) == (SOME.ways[1:], SOME.digests[12:])
    assert (list(left.grounded), left.least) == ([1, 2], 2)
    assert left.named == ["room\nlines\nacme", "room\nrows"]
    assert list(left.parts["room\nlines\nacme"].reads) == [0, 1]
    assert list(left.parts["room\nrows"].parts) == [0]
    assert list(left.pages["index.html"].reads) == [1]


def test_few_notes_are_kept(tmp_path: Path) -> None:
    """Folders that are built once leave nothing for ever."""
    for number in range(KEPT + 3):
        write(tmp_path / f"{number}.build", SOME)
    assert len(list(tmp_path.iterdir())) == KEPT
