"""Reading with what was kept of the last time gives what reading everything gives, whatever happened in between."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.content import ContentCache, Reading, read_portal
from okrsite.content.folder import UnitFolder
from okrsite.content.goals.check_ins import CheckIns
from okrsite.content.kept.cache import made_by
from okrsite.content.kept.folder import KeptFolder
from okrsite.content.kept.packing import unpacked
from okrsite.disk import Look, look_at
from okrsite.settings import Settings

KR = "key_results: [{id: k, title: K, kind: increase, baseline: 0, target: 9%s}]"


def objective(id: str = "o", more: str = "", kr: str = "") -> str:
    """An objective of a cycle's file."""
    return f"objectives:\n  - {{id: {id}, title: O, owner: Ada, {more}{KR % kr}}}\n"


UNIT = "name: U\nlevel: team\n"
PAGE = f"---\ntitle: P\nowner: Ada\n%s{KR % ''}\n---\nWhy.\n"
KPI = "kpis: [{id: up, name: Up, direction: up, target: 9, cadence: monthly%s}]\n"
PLAN = "title: T\nstart: 2026-01-05\nmonths: [{title: M, tasks: [{title: T, weeks: 1, evidence: {measure: %s}}]}]\n"
MEETING = "check_ins: {%s: {value: 3}}\n"

VARIANTS: Mapping[str, tuple[str, ...]] = {
    "cycles.yml": ("", "cycles: {2026-Q1: {end: 2026-04-15}}", "cycles: {odd: {start: 2026-01-01}}", "cycles: ["),
    "a/unit.yml": (UNIT, f"{UNIT}visibility: public\n", "name: A\nlevel: guild\n", ""),
    "a/index.md": ("", "Words.\n"),
    "a/2026-Q1.yml": (
        objective(more="supports: [c/2026-Q1/o], ", kr=", kpi: up"),
        objective(more="supports: [b/2026-Q1/o], "),
        objective(more="supports: [odd], "),
        objective(kr=", check_ins: [{date: 2026-02-13, value: 1}]"),
        objective("p"),
        objective("c"),
        objective(more="colour: red, "),
        "objectives: {",
    ),
    "a/2026-Q1/p.md": (PAGE % "supports: [o]\n", PAGE % "", "No front matter.\n", ""),
    "a/2025-Q4.yml": (objective("before"), ""),
    "a/check-ins/2026-02-13.yml": (MEETING % "c/2026-Q1/o/k", MEETING % "o/k", MEETING % "k", "check_ins: 1\n", ""),
    "a/kpis.yml": (KPI % "", KPI % ", unit: min", KPI % ", amber: 12", ""),
    "a/kpis/up.csv": ("date,value\n2026-01-31,8\n", "date;value\n", ""),
    "a/b/unit.yml": (UNIT, ""),
    "a/b/2026-Q1.yml": (
        objective(more="supports: [a/2026-Q1/o/k], continues: a/2025-Q4/before, "),
        objective(kr=", kpi: a/kpis/up"),
        "",
    ),
    "c/unit.yml": (UNIT, ""),
    "c/2026-Q1.yml": (
        objective(),
        objective(more="supports: [a/2026-Q1/o], "),
        objective(more="supports: [d/2026-Q1/x], "),
        objective("p"),
        "",
    ),
    "c/check-ins/2026-02-13.yml": ("", MEETING % "o/k", MEETING % "p/k", MEETING % "c/2026-Q1/o/k"),
    "d/unit.yml": ("", UNIT),
    "d/2026-Q1.yml": ("", objective("x", "supports: [a/2026-Q1/p], "), objective("x", "supports: [c/2026-Q1/o], ")),
    "../rollout.yml": (PLAN % "'kpi:a/kpis/up', at_least: 80", PLAN % "units_with_kpis", PLAN % "none", ""),
}
"""What each file may say, or that it is not there; where all say the first, the portal has no problem."""

HOW = ("another", "looked", "same", "told")
STATES = st.lists(st.sampled_from([(name, text) for name, texts in VARIANTS.items() for text in texts[1:]]), max_size=3)


def put(root: Path, name: str, text: str) -> None:
    """Write a file below the goals' folder; delete it where there is no text, and its folder if nothing is left."""
    file = Path(os.path.normpath(root / "content/okrs" / name))
    if text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return
    file.unlink(missing_ok=True)
    while file.parent.is_dir() and not any(file.parent.iterdir()) and file.parent.name != "okrs":
        file = file.parent
        file.rmdir()


def said(reading: Reading) -> object:
    """All that a reading gave, in its order."""
    portal = reading.portal
    if portal is None:
        return reading.problems
    goals = (portal.units, portal.objectives, portal.kpis, portal.cycles)
    ids = (portal.key_result_ids, portal.kpi_ids, portal.supporter_ids, portal.continuing_ids, portal.measured_ids)
    outlined = (
        [*ids, portal.titles, portal.owners, portal.rolls_up],
        portal.linking,
        [(id, [*of.items()]) for id, of in portal.objective_ids.items()],
    )
    return [list(each.items()) for each in goals], portal.rollouts, portal.levels, outlined


def test_what_a_unit_says_is_held_as_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of one unit are let go of before the check-ins of the next are read; what they say is kept for all."""
    for name, texts in VARIANTS.items():
        put(tmp_path, name, texts[0])
    held: dict[str, set[str]] = {}
    read = CheckIns.read

    def noting(check_ins: CheckIns, folder: UnitFolder) -> None:
        read(check_ins, folder)
        held[folder.id] = {Path(file).relative_to(tmp_path / "content/okrs").parts[0] for file in check_ins.files.sound}

    monkeypatch.setattr(CheckIns, "read", noting)
    cache = tmp_path / "cache"
    first = read_portal(tmp_path, Settings(), ContentCache(cache))
    assert held == {"a": {"a", "c"}, "a/b": {"a", "c"}, "c": {"c"}}
    put(tmp_path, "cycles.yml", "cycles: {2026-Q1: {end: 2026-03-31}}")  # which all depends on
    again = read_portal(tmp_path, Settings(), ContentCache(cache))
    assert first.parsed > again.parsed == 2  # that, and the plan of the rollout
    assert first.problems == again.problems == ()


class Kept:
    """A portal that changes, and a cache of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cache = ContentCache(root / "kept")
        self._now: dict[str, str] = {}
        self.turn({})

    def turn(self, differences: Mapping[str, str], how: str = "same") -> Reading:
        """Have some files say something else than they first did, all others that; what is read with the cache.

        Args:
            differences: Name -> what the file says.
            how: By "another" process, or one that "looked" at all files before, in the "same", or there by one that is
                "told" which files were saved.
        """
        now = {name: texts[0] for name, texts in VARIANTS.items()} | differences
        saved = [name for name, text in now.items() if self._now.get(name, "") != text]
        for name in saved:
            put(self.root, name, now[name])
        self._now = now
        if how in ("another", "looked"):
            self.leave()
        if how == "looked":
            return self.read(look=look_at(str(self.root / "content")))
        return self.read(
            [os.path.normpath(self.root / "content/okrs" / name) for name in saved] if how == "told" else None
        )

    def read(self, changed: Sequence[str] | None = None, look: Look | None = None) -> Reading:
        """What is read with the cache."""
        return read_portal(self.root, Settings(), self.cache, changed, look)

    def leave(self) -> None:
        """Go on as another process would."""
        self.cache = ContentCache(self.root / "kept")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """The portal without a problem, read once."""
    return Kept(tmp_path)


@pytest.mark.parametrize("how", HOW)
def test_each_edit_there_and_back(kept: Kept, how: str) -> None:
    """Whatever one file says instead, and when it says the first again: with a cache the same is read as without."""
    for name, texts in VARIANTS.items():
        for text in texts[1:]:
            for differences in ({name: text}, {}):
                assert said(kept.turn(differences, how)) == said(read_portal(kept.root, Settings())), (name, text)


@settings(deadline=None, max_examples=40)
@given(steps=st.lists(st.tuples(STATES, st.sampled_from(HOW)), min_size=2, max_size=6))
def test_nothing_kept_is_out_of_date(
    steps: list[tuple[list[tuple[str, str]], str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is edited, added, deleted, broken and mended: with a cache the same is said as without, in the order."""
    kept = Kept(tmp_path_factory.mktemp("portal"))
    for differences, how in steps:
        assert said(kept.turn(dict(differences), how)) == said(read_portal(kept.root, Settings()))


def test_only_what_was_saved_is_looked_at(kept: Kept) -> None:
    """Whoever tells which files were saved is believed, until somebody reads without that."""
    put(kept.root, "c/2026-Q1.yml", objective(kr=", unit: m"))
    put(kept.root, "a/index.md", "Words.\n")
    told = kept.read([str(kept.root / "content/okrs/a/index.md")])
    assert (told.parsed, told.problems) == (1, ())
    assert told.portal is not None
    assert told.portal.units["a"].description == "Words."
    assert told.portal.objectives["c/2026-Q1/o"].key_results[0].unit_of_measure != "m"
    assert said(kept.read()) == said(read_portal(kept.root, Settings()))


def test_rings_are_looked_for_where_links_changed(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as goals support what they did, the links of all of them are not gone through."""
    looked: list[int] = []
    monkeypatch.setattr("okrsite.content.goals.objectives.find_loops", lambda edges: [looked.append(len(edges)), []][1])
    kept.turn({"c/2026-Q1.yml": objective(kr=", unit: m"), "a/index.md": "Words.\n"}, "told")
    assert looked == []
    kept.turn({"c/2026-Q1.yml": objective(more="supports: [a/2026-Q1/o], ")}, "told")
    assert len(looked) == 1


def test_folders_bring_files_along(kept: Kept) -> None:
    """A folder that is put in the place of another, moved or deleted is all that was told of: all is looked at."""
    goals = kept.root / "content/okrs"
    shutil.copytree(goals / "c", kept.root / "new")
    (kept.root / "new/unit.yml").write_text("name: New\nlevel: team\n")
    (goals / "c").rename(kept.root / "old")
    (kept.root / "new").rename(goals / "c")
    told = kept.read([str(goals / "c")])
    assert told.portal is not None
    assert told.portal.units["c"].name == "New"
    shutil.rmtree(goals / "a/b")
    assert "a/b" not in kept.read([str(goals / "a/b")]).portal.units  # type: ignore[union-attr]
    (goals / "a/2026-Q1").rename(goals / "a/2027-Q1")
    assert said(kept.read([str(goals / "a/2026-Q1")])) == said(read_portal(kept.root, Settings()))


def test_only_what_changed_is_parsed(kept: Kept) -> None:
    """A file is parsed once; a change of one parses that one, whether in the same process or another."""
    files = sum(bool(texts[0]) for texts in VARIANTS.values())
    assert (kept.read().parsed, kept.read().kept) == (0, files)
    kept.leave()
    assert (kept.read().parsed, kept.read().kept) == (0, files)
    changed = kept.turn({"a/kpis/up.csv": "date,value\n2026-02-28,7\n"})
    assert (changed.parsed, changed.kept) == (1, files - 1)
    kept.leave()
    assert kept.turn({}).parsed == 1


def test_what_did_not_change_is_the_same_object(kept: Kept) -> None:
    """In one process, goals of units that are as they were are the very same objects."""
    before = kept.read().portal
    after = kept.turn({"c/check-ins/2026-02-13.yml": MEETING % "o/k".replace("13", "14")}).portal
    again = kept.turn({"d/unit.yml": UNIT}).portal
    assert before is not None
    assert again is not None
    for id in ("a/2026-Q1/o", "a/b/2026-Q1/o"):
        assert again.objectives[id] is before.objectives[id]
    assert again.kpis["a/kpis/up"] is before.kpis["a/kpis/up"]
    assert again.units["a"] is before.units["a"]
    assert after is None or after.objectives["a/2026-Q1/o"] is before.objectives["a/2026-Q1/o"]


@pytest.mark.parametrize("name", ["units", "files"])
def test_damage_is_noticed(kept: Kept, name: str) -> None:
    """A file of the cache that is cut, altered anywhere, empty, foreign or of another version is as good as none."""
    for file in sorted((kept.root / "kept" / name).iterdir()):
        whole = file.read_bytes()
        damaged = [
            b"",
            b"x",
            b"\n\n",
            whole[: len(whole) // 2],
            b"okrsite-other" + whole[13:],
            whole.replace(b"okrs", b"okrt"),
        ]
        places = range(0, len(whole), max(len(whole) // 20, 1))
        damaged += [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in places]
        for content in damaged:
            file.write_bytes(content)
            kept.leave()
            assert said(kept.turn({"a/index.md": f"{len(content)}"})) == said(read_portal(kept.root, Settings()))
        file.unlink(missing_ok=True)
        kept.leave()
        assert said(kept.turn({})) == said(read_portal(kept.root, Settings()))


def test_files_of_two_runs_are_told_apart(kept: Kept) -> None:
    """What a killed run brought counts only with its index: of what belongs to another one, files are read anew."""
    folder = kept.root / "kept/units"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    kept.turn({"a/2026-Q1.yml": objective(), "c/2026-Q1.yml": objective("p"), "d/unit.yml": UNIT})
    after = {file.name: file.read_bytes() for file in folder.iterdir()}
    changed = [name for name in after if before.get(name) != after[name]]
    assert len(changed) > 2
    for name in changed:
        for old in (before, after):
            for each, content in old.items():
                (folder / each).write_bytes(content)
            (folder / name).write_bytes((after if old is before else before).get(name, b""))
            kept.leave()
            assert said(kept.read()) == said(read_portal(kept.root, Settings()))


def test_little_is_written_after_an_edit(kept: Kept, tmp_path: Path) -> None:
    """A save of one file writes what is kept of its unit, what all share and the index; none writes nothing."""

    def states() -> dict[Path, int]:
        return {file: file.stat().st_mtime_ns for file in (tmp_path / "kept").rglob("*") if file.is_file()}

    for number in range(70):
        put(kept.root, f"e/u{number}/unit.yml", UNIT)
    put(kept.root, "e/unit.yml", UNIT)
    last = (tmp_path / "content/okrs/e/unit.yml").stat().st_ctime_ns
    assert any((kept.cache.moment() or 0) > last for _ in range(1000))  # from then on a look tells what files are
    kept.read()
    before = states()
    kept.leave()
    kept.read(look=look_at(str(tmp_path / "content")))
    assert states() == before
    kept.leave()
    kept.turn({"c/2026-Q1.yml": objective(kr=", unit: m")}, "looked")
    changed = [file for file, time in states().items() if before.get(file) != time]
    assert 2 <= len(changed) <= 5
    assert len(before) > 60


def test_nothing_but_values_is_made_of_what_is_kept(kept: Kept) -> None:
    """Whoever can write the cache cannot have a program run by it: other callables are refused, and goals read anew."""
    keys = KeptFolder(kept.root / "kept/units", made_by())
    for name in ("*", "a"):
        blobs = keys.get(name)
        assert blobs is not None
        keys.replace({name: (pickle.dumps(os.getcwd), *blobs[1:])}, keys.names())
        kept.leave()
        assert said(kept.read()) == said(read_portal(kept.root, Settings()))
    with pytest.raises(pickle.UnpicklingError, match=r"posix\.getcwd|nt\.getcwd"):
        unpacked(pickle.dumps(os.getcwd))


def test_what_is_gone_is_dropped(kept: Kept) -> None:
    """Nothing is kept of units and files that are no longer there."""
    kept.turn({"c/unit.yml": "", "c/2026-Q1.yml": "", "a/2026-Q1.yml": objective(), "a/check-ins/2026-02-13.yml": ""})
    for file in (kept.root / "kept").rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert b"okrs/c/" not in content
        assert b"check-ins/2026-02-13" not in content


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Without a place to keep anything, everything is read each time."""
    (tmp_path / "kept").write_text("a file")
    kept = Kept(tmp_path)
    kept.leave()
    assert kept.read().parsed > 0
    assert kept.read().problems == ()


def test_restored_elsewhere(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cache that is copied with the portal, to where files have other numbers and times, serves there."""
    there = tmp_path_factory.mktemp("there") / "portal"
    shutil.copytree(kept.root, there)
    reading = read_portal(there, Settings(), ContentCache(there / "kept"))
    assert (reading.parsed, reading.problems) == (0, ())
