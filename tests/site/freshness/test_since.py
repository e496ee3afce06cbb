"""What came since a note was written whole stands beside it, and together they say what one note would."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from okrsite.reads import Table, recording, ways_to
from okrsite.site.freshness import since
from okrsite.site.freshness.lastbuild import LastBuild
from okrsite.site.freshness.layers import Layered
from okrsite.site.freshness.numbering import Numbering
from okrsite.site.freshness.since import since_of
from okrsite.site.output.sitefolder import SiteFolder
from okrsite.site.parts import Parts

IDS = [f"goal-{number}" for number in range(30)]
MADE: list[str] = []
"""The names of what was made, in order."""


class Goals:
    """What parts and pages are made of."""

    def __init__(self, parts: Parts, values: dict[str, int]) -> None:
        self.parts = parts
        self.values = Table(("goals", "values"), values)


def half(goals: Goals, id: str) -> int:
    """A part that is the same for two values, and asks for another where it is odd."""
    MADE.append(id)
    value = goals.values.get(id, 0)
    return value // 2 + (goals.values.get(f"{id}-more", 0) if value % 2 else 0)


def sums(goals: Goals, *ids: str) -> int:
    """A part that is made of parts."""
    MADE.append("+".join(ids))
    return sum(goals.parts.of(half, goals, id) for id in ids) % 5


class Site:
    """A site that is built on and on: a page for each goal with the one after it, and one of all.

    Args:
        root: Its folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def build(self, values: dict[str, int], gone: str = "") -> tuple[list[str], dict[str, bytes]]:
        """Build with some values, without the page of a goal; gives what was made, and what the site holds."""
        MADE.clear()
        site = SiteFolder(self.root / "site")
        last = LastBuild(self.root / "builds", site, "makers")
        goals = Goals(last.parts, values)
        last.parts.begin(last.left("key"), "key", {"goals": goals}, {}, (), goals)
        pages = {f"{first}.html": (first, second) for first, second in pairwise(IDS) if first != gone}
        pages["all.html"] = tuple(IDS)
        for name, ids in pages.items():
            if last.keep(name) is None:
                MADE.append(name)
                numbering = Numbering()
                with recording() as places:
                    content = f"{last.parts.of(sums, goals, *ids)} {goals.values.get('title')}".encode()
                read = numbering.read(ways_to(places))
                numbers = last.parts.take((), tuple(numbering.ways), tuple(numbering.named))
                site.put(name, content)
                last.made(name, numbers.of(read), ())
        site.finish()
        last.end()
        return [*MADE], {file.name: file.read_bytes() for file in site.folder.iterdir()}

    @property
    def notes(self) -> tuple[Path, Path]:
        """The note, and what came since."""
        (file,) = (self.root / "builds").glob("*.build")
        return file, since_of(file)


def edits(seed: int) -> list[tuple[dict[str, int], str]]:
    """Values that change little by little, sometimes back, each with the goal whose page is not wanted."""
    chance, values = Random(seed), dict.fromkeys(IDS, 1)  # noqa: S311
    found = [(dict(values), "")]
    for _ in range(40):
        id = chance.choice([*IDS, *(f"{id}-more" for id in IDS)])
        if id in values and chance.random() < 0.3:
            del values[id]
        else:
            values[id] = chance.randint(0, 4)
        if chance.random() < 0.1:
            values["title"] = chance.randint(0, 1)
        found.append((dict(values), chance.choice(["", "", *IDS])))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_what_is_told_in_two_notes_is_what_one_would_tell(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a note is written anew each time, never, or now and then: the same pages are made, as they should be.

    Of the parts that nobody asked for a new note says nothing, so that some are made again.
    """
    told: dict[str, list[set[str]]] = {}
    sizes: set[bool] = set()
    for name, is_little in (("whole", lambda *_: False), ("mixed", since.is_little), ("since", lambda *_: True)):
        monkeypatch.setattr("okrsite.site.freshness.keptparts.is_little", is_little)
        site = Site(tmp_path / name)
        for number, (values, gone) in enumerate(edits(seed)):
            made, files = site.build(values, gone)
            assert files == Site(tmp_path / f"{name}-{number}").build(values, gone)[1]
            assert len(made) == len(set(made))
            told.setdefault(name, []).append(set(made))
            if name == "mixed":
                sizes.add(site.notes[1].exists())
    for whole, mixed, little in zip(*told.values(), strict=True):
        assert {name for name in whole ^ little if name.endswith(".html")} == set()
        assert little <= mixed <= whole
    assert sizes == {False, True}
    assert sum(map(len, told["since"][1:])) < len(told["since"][0]) * 20  # of 40 builds


def test_a_note_alone_is_an_older_one(tmp_path: Path) -> None:
    """Without what came since, or with it damaged, what was made since is made again, and nothing is wrong."""
    for damage in ("cut", "altered", "gone", "of another"):
        site = Site(tmp_path / damage)
        site.build(dict.fromkeys(IDS, 1))
        first = site.notes[0].read_bytes()
        changed = {**dict.fromkeys(IDS, 1), "goal-3": 8}
        made, files = site.build(changed)
        note, beside = site.notes
        assert note.read_bytes() == first
        said = beside.read_bytes()
        assert site.build(changed)[0] == []
        if damage == "gone":
            beside.unlink()
        elif damage == "of another":
            note.write_bytes(first)
            other = Site(tmp_path / "other")
            other.build({})
            other.build({"goal-1": 4})
            beside.write_bytes(other.notes[1].read_bytes())
        else:
            beside.write_bytes(said[:-1] if damage == "cut" else said[:60] + bytes([said[60] ^ 1]) + said[61:])
        assert site.build(changed) == (made, files), damage
        assert site.build(changed) == ([], files), damage


def test_what_came_since_hides_what_was_there() -> None:
    """By its name, until it goes; what is gone may come again."""
    layered = Layered({"a": 1, "b": 2, "c": 3}).turned({"b": 20, "d": 4}, {"c"})
    assert (dict(layered), len(layered)) == ({"a": 1, "b": 20, "d": 4}, 3)
    assert [name in layered for name in "abcd"] == [True, True, False, True]
    layered = layered.turned({"c": 30}, {"b", "d"})
    assert (dict(layered), len(layered)) == ({"a": 1, "c": 30}, 2)
    with pytest.raises(KeyError):
        layered["b"]
