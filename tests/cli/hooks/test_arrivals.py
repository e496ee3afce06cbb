"""What the hooks do with what a push has moved, and what they tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gitrepos import Repo
from portalfiles import warm

from okrsite.cli.hooks.arrivals import publish_update
from okrsite.cli.hooks.refusals import is_refused
from okrsite.cli.hooks.updates import Update, update_of, updates
from okrsite.history import repository_of
from okrsite.publish.targets import open_target
from okrsite.site.publication.publishing import Place
from okrsite.starter import create, template_files

NOTHING = "0" * 40
OBJECTIVES = "content/okrs/organisation/2026-Q1.yml"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A portal with one commit, in a repository of its own."""
    repo = Repo(tmp_path / "goals")
    create(repo.path, template_files("blank", date(2026, 1, 5)))
    repo.commit("Begin", "2026-02-10")
    warm(repo.path)
    return repo


def _published(repo: Repo, old: str, new: str, folder: Path) -> tuple[bool, str]:
    said: list[str] = []
    place = Place(repository_of(repo.path), "", "mkdocs.yml", repo.path)
    done = publish_update(Update(old, new, "refs/heads/main"), "main", place, open_target(str(folder)), said.append)
    return done, "\n".join(said)


def test_what_git_tells() -> None:
    """New, moved and deleted; names with blanks; what is no such line is passed over."""
    lines = [f"{NOTHING} {'a' * 40} refs/heads/main\n", f"{'a' * 40} {NOTHING} refs/tags/v 1\n", "\n", "rubbish\n"]
    assert list(updates(lines)) == [Update("", "a" * 40, "refs/heads/main"), Update("a" * 40, "", "refs/tags/v 1")]
    assert update_of("main", lines) == Update("", "a" * 40, "refs/heads/main")
    assert update_of("v 1", lines) is None


def test_a_force_push(repo: Repo, tmp_path: Path) -> None:
    """What the new line has is published and becomes the newest; the pusher is told that history was rewritten."""
    first = repo.head()
    assert _published(repo, "", first, tmp_path / "target")[0]
    repo.git("commit", "-q", "--amend", "-m", "Begin anew", day="2026-02-11")
    done, said = _published(repo, first, repo.head(), tmp_path / "target")
    assert done
    assert "Readers see it now" in said
    assert "warning: history was rewritten" in said
    assert "Nothing changed" in said or "No goal" in said or "nothing" in said.lower()


def test_targets_that_fail(repo: Repo, tmp_path: Path) -> None:
    """One that is no folder, and a portal that is not where the hook says: told, and no traceback."""
    (tmp_path / "file").touch()
    done, said = _published(repo, "", repo.head(), tmp_path / "file")
    assert not done
    assert "okrsite: not published:" in said
    place = Place(repository_of(repo.path), "elsewhere", "mkdocs.yml", repo.path)
    told: list[str] = []
    update = Update("", repo.head(), "refs/heads/main")
    assert not publish_update(update, "main", place, open_target(str(tmp_path / "target")), told.append)
    assert "there is no elsewhere/mkdocs.yml" in told[-1]
    assert "There is no snapshot yet." in told[-1]


def test_what_is_refused(repo: Repo) -> None:
    """Errors and portals that cannot be found; not warnings, and not the end of a branch."""

    def refused(new: str, prefix: str = "") -> tuple[bool, str]:
        said: list[str] = []
        return is_refused(Update("", new, "refs/heads/main"), repo.path, prefix, said.append), "\n".join(said)

    assert refused(repo.head()) == (False, "")
    assert refused("") == (False, "")
    wrong, said = refused(repo.head(), "elsewhere")
    assert wrong
    assert "there is no elsewhere/mkdocs.yml" in said
    text = (repo.path / OBJECTIVES).read_text(encoding="utf-8")
    repo.write(OBJECTIVES, text.replace("kind: increase", "kind: incraese"))
    wrong, said = refused(repo.commit("Slip"))
    assert wrong
    assert "did you mean 'increase'?" in said
