"""What history keeps: it makes the next build fast, and can neither harm it nor make it wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from gitrepos import Repo
from ledgers import Q1, TRUST, history_of, lines, started

from okrsite.content import FileKind, FileVersion, read_version
from okrsite.history.replay import versions
from okrsite.site.freshness.digests import digest_of


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from git, as it happens."""
    found: list[str] = []

    def noting(kind: FileKind, raw: bytes, path: str) -> FileVersion:
        found.append(path)
        return read_version(kind, raw, path)

    monkeypatch.setattr(versions, "read_version", noting)
    return found


def lower(repo: Repo, target: int, day: str) -> None:
    """Commit another target."""
    repo.write(Q1, TRUST.replace("60}", f"{target}}}"))
    repo.commit("Aim lower", day)


def test_each_version_is_read_once(tmp_path: Path, parsed: list[str]) -> None:
    """The same head again reads nothing; one commit more reads its files; a branch reads what is its own."""
    repo, cache = started(tmp_path / "repo"), tmp_path / "cache"
    lower(repo, 55, "2026-02-01")
    first = history_of(repo, cache)
    assert len(parsed) == 4
    assert history_of(repo, cache) == first
    assert len(parsed) == 4
    lower(repo, 50, "2026-02-02")
    again = history_of(repo, cache)
    assert len(parsed) == 5
    assert again == history_of(repo)
    repo.git("checkout", "-q", "HEAD~1")
    repo.branch("other")
    lower(repo, 45, "2026-02-03")
    assert lines(history_of(repo, cache))[-1] == "goalpost acme/2026-Q1/trust/nps target 55 -> 45 *"


def test_kept_measurements_are_plain_numbers(tmp_path: Path) -> None:
    """What a kept version said and no longer holds is told as if it had been read from git: pages have its digest."""
    repo, cache = started(tmp_path / "repo"), tmp_path / "cache"
    for value in ("99.5", "1e2", "0.0"):
        repo.write("content/okrs/acme/kpis/uptime.csv", f"date,value\n2026-01-01,{value}\n")
        repo.commit("Measure", "2026-01-10")
        told = history_of(repo, cache)
    assert [str(each.before) for each in told.changes if each.field == "value"] == ["99.5", "1E+2"]
    assert digest_of(told.changes) == digest_of(history_of(repo).changes)


def test_rewritten_history_is_told_anew(tmp_path: Path) -> None:
    """A head that is gone is not built upon, whether it was amended or all of it was written again."""
    repo, cache = started(tmp_path / "repo"), tmp_path / "cache"
    lower(repo, 55, "2026-02-01")
    history_of(repo, cache)
    repo.write(Q1, TRUST.replace("60}", "52}"))
    repo.git("commit", "-qa", "--amend", "-m", "Amended", day="2026-02-02")
    assert lines(history_of(repo, cache)) == ["goalpost acme/2026-Q1/trust/nps target 60 -> 52 *"]
    repo.git("checkout", "-q", "--orphan", "again")
    repo.commit("All at once", "2026-03-01")
    history = history_of(repo, cache)
    assert lines(history) == []
    assert str(history.since) == "2026-03-01"


@pytest.mark.parametrize("damage", ["text", "cut", "view", "version", "values", "digits", "folder"])
def test_a_damaged_or_foreign_cache_is_noticed(tmp_path: Path, damage: str) -> None:
    """It is ignored and made anew, whatever stands in it."""
    repo, cache = started(tmp_path / "repo"), tmp_path / "cache"
    lower(repo, 55, "2026-02-01")
    whole = history_of(repo, cache)
    file = cache / "history.sqlite"
    if damage == "text":
        file.write_text("no database at all, but long enough to be looked at as one " * 100)
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:6000])
    elif damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        database = sqlite3.connect(file)
        if damage == "view":
            database.executescript("DROP TABLE kept; CREATE VIEW kept AS SELECT '' AS room, '' AS key, 1 AS text")
        elif damage == "version":
            database.execute("UPDATE kept SET text = 'another' WHERE room = ''")
        elif damage == "digits":
            database.execute("UPDATE kept SET text = replace(text, '55', '57') WHERE room <> ''")
        else:
            database.execute("UPDATE kept SET text = replace(text, 'n', '[') WHERE room <> '' AND key <> 'order'")
        database.commit()
        database.close()
    assert history_of(repo, cache) == whole
    lower(repo, 50, "2026-02-02")
    assert history_of(repo, cache) == history_of(repo)


def test_where_nothing_can_be_kept(tmp_path: Path) -> None:
    """A cache folder that is a file costs time, not the build."""
    repo = started(tmp_path / "repo")
    (tmp_path / "cache").write_text("")
    assert history_of(repo, tmp_path / "cache") == history_of(repo)
