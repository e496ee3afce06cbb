"""``okrsite diff``, and ``--at`` of the commands that show goals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from gitrepos import Repo

UNIT = "content/okrs/organisation/unit.yml"


@pytest.fixture
def repo(portal: Path) -> Repo:
    """The small portal in git; its unit is called otherwise since."""
    repo = Repo(portal)
    repo.write(".gitignore", ".okrsite/\nsite/\n")
    repo.commit("first", "2026-02-01")
    text = (portal / UNIT).read_text(encoding="utf-8")
    repo.write(UNIT, text.replace("name: ", "name: The "))
    repo.commit("second", "2026-02-10")
    return repo


def test_against_the_work_tree(run: Any, repo: Repo) -> None:
    """Without arguments HEAD is compared with the files as they are."""
    result = run("diff", "--exit-code", cwd=repo.path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "No goal changed." in result.stdout
    repo.remove("content/index.md")
    assert run("diff", "--exit-code", cwd=repo.path).exit_code == 0
    repo.write(UNIT, (repo.path / UNIT).read_text(encoding="utf-8") + "visibility: public\n")
    result = run("diff", "--exit-code", cwd=repo.path)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "visibility: internal → public" in result.stdout
    assert run("diff", cwd=repo.path).exit_code == 0


def test_formats_and_day(run: Any, repo: Repo) -> None:
    """JSON for programs, Markdown for comments; the day is said."""
    data = json.loads(run("diff", "HEAD~1", "HEAD", "--format", "json", cwd=repo.path).stdout)
    assert data["schema"] == "okrsite-diff/1"
    assert [goal["id"] for goal in data["goals"]] == ["organisation"]
    assert data["after"]["as_of"] == "2026-02-10"
    shown = run("diff", "2026-02-05..HEAD", "--format", "markdown", "--as-of", "2026-03-01", cwd=repo.path).stdout
    assert shown.startswith("<!-- okrsite diff -->\n### 1 goal changed\n")
    assert "figures as of 1 Mar 2026" in shown


def test_errors(run: Any, repo: Repo, tmp_path: Path) -> None:
    """Of the side before: a failure told with its name; of the side after: the result, and a failure."""
    repo.write(UNIT, "name: [\n")
    result = run("diff", "-f", repo.path / "mkdocs.yml", "--format", "markdown", cwd=tmp_path)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "### 1 problem introduced" in result.stdout
    repo.commit("broken", "2026-02-12")
    result = run("diff", "HEAD", "HEAD~1", "-f", repo.path / "mkdocs.yml", cwd=tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"HEAD:{UNIT}:2:1: OKR104")
    assert run("diff", "nothing", cwd=repo.path).stderr.startswith("okrsite: there is no revision 'nothing'")
    assert run("diff", cwd=tmp_path).exit_code == 2


def test_files_need_no_portal(run: Any, repo: Repo, tmp_path: Path) -> None:
    """Two okrs.json are compared wherever they are."""
    for at in ("HEAD~1", "HEAD"):
        assert run("export", "--at", at, "-o", tmp_path / f"{at}.json", cwd=repo.path).exit_code == 0
    result = run("diff", "HEAD~1.json", "HEAD.json", cwd=tmp_path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "The figures are of two days, 2026-02-01 and 2026-02-10" in result.stdout


def test_any_day(run: Any, repo: Repo) -> None:
    """The files as they are do not matter, and the day is that of the commit."""
    repo.write(UNIT, "name: [\n")
    shown = run("show", "--at", "2026-02-09", "--format", "json", cwd=repo.path)
    assert shown.exit_code == 0
    data = json.loads(run("export", "--at", "2026-02-09", cwd=repo.path).stdout)
    assert (data["as_of"], "The " in data["units"][0]["name"]) == ("2026-02-01", False)
    assert json.loads(run("export", "--at", "main", cwd=repo.path).stdout)["as_of"] == "2026-02-10"
    assert run("export", "--at", "main", "--as-of", "2026-03-01", cwd=repo.path).stdout.startswith(
        '{"schema": "okrsite/1",\n "as_of": "2026-03-01"'
    )
    missing = run("build", "--at", "2026-01-31", cwd=repo.path)
    assert missing.exit_code == 1
    assert missing.stderr == "okrsite: there is no commit of 2026-01-31 or before: history begins on 2026-02-01\n"
