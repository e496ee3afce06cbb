"""A save is noticed however an editor makes it, once, and where the system has no events for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrsite.site.serving.watch import Watch

LONG = 60.0
SHORT = 0.05


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A few files."""
    (tmp_path / "content" / "deep").mkdir(parents=True)
    (tmp_path / "content" / "deep" / "goal.md").write_text("one\n")
    (tmp_path / "mkdocs.yml").write_text("one\n")
    return tmp_path


@pytest.fixture(params=[True, False], ids=["events", "looks"])
def watch(root: Path, request: pytest.FixtureRequest) -> Watch:
    """With events of the system, and without."""
    return Watch([root / "content", root / "mkdocs.yml", root / "theme"], events=request.param)


def test_saves(root: Path, watch: Watch) -> None:
    """Written in place, written beside and renamed, made, deleted: each is told, and only once."""
    goal, deep = root / "content" / "deep" / "goal.md", root / "content" / "deep"
    with watch:
        goal.write_text("two, in place\n")
        assert str(goal) in watch.wait(LONG)
        beside = deep / ".goal.md.swp"
        beside.write_text("three, beside\n")
        beside.rename(goal)
        assert str(goal) in watch.wait(LONG)
        assert watch.wait(SHORT) == frozenset()
        (deep / "new.md").write_text("new\n")
        assert str(deep / "new.md") in watch.wait(LONG)
        (deep / "new.md").unlink()
        assert str(deep / "new.md") in watch.wait(LONG)


def test_single_files_and_new_folders(root: Path, watch: Watch) -> None:
    """A file's neighbours are nobody's business; what is in a folder that is made is."""
    with watch:
        (root / "beside.txt").write_text("not watched\n")
        (root / "mkdocs.yml").write_text("two\n")
        assert watch.wait(LONG) == {str(root / "mkdocs.yml")}
        (root / "content" / "unit").mkdir()
        (root / "content" / "unit" / "unit.yml").write_text("name: New\n")
        assert any(name.startswith(str(root / "content" / "unit")) for name in watch.wait(LONG))


def test_several_at_once(root: Path) -> None:
    """What an editor or git does to many files in a moment is one change; a few, where the machine halts meanwhile."""
    wanted = {str(root / "content" / f"{number}.md") for number in range(50)}
    with Watch([root]) as watch:
        for name in sorted(wanted):
            Path(name).write_text("new\n")
        told: list[frozenset[str]] = []
        while not wanted <= frozenset().union(*told):
            told.append(watch.wait(LONG))
            assert told[-1]
    assert len(told) < 5


def test_reading_is_no_news(root: Path) -> None:
    """Whoever reads the files is not told of it."""
    with Watch([root]) as watch:
        assert (root / "mkdocs.yml").read_text() == "one\n"
        assert watch.wait(SHORT) == frozenset()


def test_no_events_left(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no more events to give, files are looked at."""
    from watchdog.observers import Observer

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", full)
    with Watch([root]) as watch:
        (root / "mkdocs.yml").write_text("two, longer\n")
        assert watch.wait(LONG) == {str(root / "mkdocs.yml")}
