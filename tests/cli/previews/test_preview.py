"""``okrsite preview``: built by one job, offered by another that believes nothing of what it gets."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gitrepos import Repo
from portalfiles import warm

from okrsite.cli.previews.bundle import read_bundle
from okrsite.cli.previews.forges import Forge
from okrsite.exchange.differences.as_markdown import MARKER
from okrsite.problems import OkrsiteError
from okrsite.starter import create, template_files

OBJECTIVES = "content/okrs/organisation/2026-Q1.yml"
COMMIT, TOKEN = "a" * 40, "t"


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A portal on main, and a branch that proposes another owner."""
    repo = Repo(tmp_path_factory.mktemp("proposed") / "goals")
    create(repo.path, template_files("blank", date(2026, 1, 5)))
    repo.commit("Begin", "2026-02-10")
    repo.branch("proposal")
    text = (repo.path / OBJECTIVES).read_text(encoding="utf-8")
    repo.write(OBJECTIVES, text.replace("owner: Your Name", "owner: Ada"))
    repo.commit("Ada takes it", "2026-02-11")
    warm(repo.path)
    return repo


@pytest.fixture(scope="module")
def bundle(proposed: Repo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first job hands over."""
    from click.testing import CliRunner

    from okrsite.cli import okrsite

    folder = tmp_path_factory.mktemp("handed") / "preview"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(proposed.path)
        words = ["preview", "build", str(folder), "--against", "main", "--number", "7"]
        done = CliRunner().invoke(okrsite, words)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A forge that knows request 7, and what was written there."""
    written: list[str] = []
    monkeypatch.setattr("okrsite.site.clock.today", lambda: date(2026, 2, 14))
    monkeypatch.setattr(Forge, "head", lambda _, number: COMMIT if number == 7 else "b" * 40)
    monkeypatch.setattr(Forge, "put_comment", lambda _, __, text, ___: written.append(text) or "written")
    return written


def _environment(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_REPOSITORY", "GITHUB_API_URL", "CI_PROJECT_ID", "CI_API_V4_URL", "CI_COMMIT_SHA"):
        monkeypatch.delenv(name, raising=False)


def test_what_is_built(bundle: Path) -> None:
    """The site as of the commit's day, the comment, and whose it is."""
    read = read_bundle(bundle)
    assert (read.about.number, read.about.as_of, read.has_site) == (7, date(2026, 2, 11), True)
    assert read.comment.startswith(MARKER)
    assert "Ada" in read.comment
    assert json.loads((bundle / "site/api/okrs.json").read_text())["as_of"] == "2026-02-11"


def test_what_is_offered(
    bundle: Path, run: Any, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As CI calls it, all but the forge from the environment: a channel, and a comment that leads there."""
    _environment(
        monkeypatch,
        OKRSITE_TOKEN=TOKEN,
        OKRSITE_COMMIT=COMMIT,
        OKRSITE_PREVIEWS=str(tmp_path / "previews"),
        OKRSITE_PREVIEWS_URL="https://previews.example.com",
        GITHUB_REPOSITORY="acme/goals",
        GITHUB_API_URL="https://api.example.com",
    )
    done = run("preview", "offer", bundle, "--forge", "github", cwd=tmp_path)
    assert (done.exit_code, done.stdout) == (0, "https://previews.example.com/channels/previews/pr-7/\n"), done.stderr
    assert (tmp_path / "previews/channels/previews/pr-7/index.html").is_file()
    listed = json.loads((tmp_path / "previews/versions.json").read_text())
    assert (listed["snapshots"], listed["newest"]) == ([], None)
    assert listed["channels"]["previews/pr-7"]["expires"] == "2026-03-16"
    (comment,) = asked
    assert comment.startswith(
        f"{MARKER}\n**[Preview of aaaaaaaaaa](https://previews.example.com/channels/previews/pr-7/)**"
    )
    assert comment.count(MARKER) == 1
    assert "Ada" in comment


def test_another_request(
    bundle: Path, run: Any, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bundle that names a request of somebody else's: nothing is published, nothing is written."""
    mine = tmp_path / "preview"
    shutil.copytree(bundle, mine)
    told = json.loads((mine / "preview.json").read_text())
    (mine / "preview.json").write_text(json.dumps({**told, "number": 8}))
    _environment(monkeypatch, OKRSITE_TOKEN=TOKEN)
    words = ["preview", "offer", mine, tmp_path / "previews", "--forge", "github", "--commit", COMMIT]
    done = run(*words, "--repository", "acme/goals", "--api", "https://api.example.com", cwd=tmp_path)
    assert done.exit_code == 1
    assert "request 8 proposes bbbbbbbbbb and not aaaaaaaaaa" in done.stderr
    assert asked == []
    assert not (tmp_path / "previews").exists()


def test_without_a_token(bundle: Path, run: Any, tmp_path: Path) -> None:
    """Nobody can be asked whose it is: CI has to say; then it is published, without a comment."""
    words = ["preview", "offer", bundle, tmp_path / "previews", "--forge", "gitlab", "--commit", COMMIT]
    done = run(*words, cwd=tmp_path)
    assert (done.exit_code, "name it with --number" in done.stderr) == (1, True)
    done = run(*words, "--number", "9", cwd=tmp_path)
    assert (done.exit_code, "no comment" in done.stderr) == (0, True), done.stderr
    assert done.stdout.endswith("/previews/channels/previews/pr-9/\n")
    assert run(*words[:-1], "main", "--number", "9", cwd=tmp_path).exit_code == 2


def test_content_with_errors(proposed: Repo, run: Any, tmp_path: Path, asked: list[str]) -> None:
    """No site, exit status 1, but the comment says what is wrong and can be written."""
    repo = Repo(tmp_path / "goals")
    repo.git("pull", "-q", str(proposed.path), "main")
    text = (repo.path / OBJECTIVES).read_text(encoding="utf-8")
    repo.write(OBJECTIVES, text.replace("kind: increase", "kind: incraese"))
    repo.git("branch", "before")
    repo.commit("Slip")
    done = run("preview", "build", tmp_path / "preview", "--against", "before", "--number", "7", cwd=repo.path)
    assert done.exit_code == 1
    assert "incraese" in done.stderr
    words = ["preview", "offer", tmp_path / "preview", tmp_path / "previews", "--forge", "github", "--commit", COMMIT]
    words += ["--token", "t", "--repository", "acme/goals", "--api", "https://api.example.com"]
    assert run(*words, cwd=tmp_path).exit_code == 0
    assert "incraese" in asked[0]
    assert not (tmp_path / "previews").exists()


def _linked(folder: Path) -> None:
    (folder / "site" / "secret.html").symlink_to("/etc/passwd")


def _linked_folder(folder: Path) -> None:
    (folder / "site" / "secrets").symlink_to("/etc")


def _numbered(folder: Path) -> None:
    told = json.loads((folder / "preview.json").read_text())
    (folder / "preview.json").write_text(json.dumps({**told, "number": "7; rm"}))


def _damaged(folder: Path) -> None:
    (folder / "preview.json").write_text("[")


def _without(folder: Path) -> None:
    (folder / "comment.md").unlink()


@pytest.mark.parametrize("spoil", [_linked, _linked_folder, _numbered, _damaged, _without])
def test_bundles_that_are_none(bundle: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """What a build does not write is refused: a link might publish this job's secrets."""
    mine = tmp_path / "preview"
    shutil.copytree(bundle, mine)
    spoil(mine)
    with pytest.raises(OkrsiteError):
        read_bundle(mine)


def test_sites_that_are_none(bundle: Path, run: Any, tmp_path: Path) -> None:
    """Data that is no data ends in a message, not in a traceback; long comments are cut."""
    mine = tmp_path / "preview"
    shutil.copytree(bundle, mine)
    (mine / "comment.md").write_text("x" * 100_000)
    assert len(read_bundle(mine).comment) < 61_000
    for text in ("[", "[]", '{"cycle": 1, "portal": 2}'):
        (mine / "site/api/okrs.json").write_text(text)
        words = ["preview", "offer", mine, tmp_path / "previews", "--forge", "gitlab", "--commit", COMMIT]
        done = run(*words, "--number", "7", cwd=tmp_path)
        assert done.exit_code == 1
        assert "damaged" in done.stderr
