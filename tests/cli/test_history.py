"""``okrsite history``: what happened to goals, in the terminal and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gitrepos import Repo
from movedgoals import RELIABILITY, moved_goals

from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A portal whose goals moved, and whose objective got another id at the end."""
    repo = moved_goals(tmp_path_factory.mktemp("moved"))
    goals = "content/okrs/acme/2026-Q1.yml"
    repo.write(goals, (repo.path / goals).read_text(encoding="utf-8").replace("      - {id: drills", "#"))
    repo.commit("No drills", "2026-03-03")
    for name in (goals, "content/okrs/acme/check-ins/2026-02-13.yml"):
        text = (repo.path / name).read_text(encoding="utf-8")
        repo.write(name, text.replace("reliability", "trusted"))
    repo.commit("Another name", "2026-03-04")
    return repo


def test_of_one_goal(run: Run, repo: Repo) -> None:
    """Newest first: who, when, what, why; check-ins from the content, changes from git, planning told as such."""
    result = run("history", "acme/2026-Q1/trusted", cwd=repo.path)
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[:2] == ["People can rely on our systems", "acme/2026-Q1/trusted"]
    first, last = lines.index("20 Feb 2026  Katherine Example  #17 " + _short(result.stdout)), len(lines)
    assert lines[first + 1 : first + 7] == [
        "  Promoters from 20 to 36  key result",
        "  target 45 → 36  easier",
        "  title Promoters from 20 to 45 → Promoters from 20 to 36",
        "  progress 28% → 44%",
        "  “The survey has a new scale (#17)”",
        "  <b>36</b> there is what 45 was.",
    ]
    text = "\n".join(lines)
    assert "13 Feb 2026  checked in\n  Uptime from 99.2% to 99.9% 99.6%\n  Promoters from 20 to 36 27" in text
    assert "target 50 → 45  easier  while planning" in text
    assert "until 4 Mar 2026" in text
    assert "Drills held  key result\n  removed" in text
    assert "15 Feb 2026  content/okrs/acme/2026-Q1.yml: not valid YAML" in text
    assert lines[last - 1] == "History begins on 10 Dec 2025."


def _short(text: str) -> str:
    """The commit of the request, as it is printed."""
    return text.partition("#17 ")[2].partition("\n")[0]


def test_of_the_whole_portal(run: Run, repo: Repo) -> None:
    """From a day on, and only so many; goals with their ids, since titles alone do not tell them apart."""
    result = run("history", "--since", "2026-02-24", "--limit", "2", cwd=repo.path)
    assert result.stdout.startswith("4 Mar 2026  Ada Chief")
    assert "earlier; --limit 0 shows all" in result.stdout
    whole = run("history", "--limit", "0", cwd=repo.path).stdout
    assert "Health 86  acme/kpis/health\n" in whole
    assert "Drills held  key result  acme/2026-Q1/trusted/drills\n" in whole.replace("reliability", "trusted")
    assert "earlier" not in whole


def test_former_ids_and_goals_that_are_gone(run: Run, repo: Repo) -> None:
    """Both are found, with what they are called now; what never was is an error with what is near."""
    former = run("history", RELIABILITY, cwd=repo.path)
    assert f"{RELIABILITY} is called acme/2026-Q1/trusted now" in former.stdout
    gone = run("history", f"{RELIABILITY}/drills", cwd=repo.path)
    assert "no longer there" in gone.stdout
    missing = run("history", "acme/2026-Q1/trustde", cwd=repo.path)
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "nothing has or had the id 'acme/2026-Q1/trustde'. Did you mean acme/2026-Q1/trusted" in missing.stderr


def test_for_programs(run: Run, repo: Repo) -> None:
    """The keys that docs/history.md lists; numbers as numbers, days as ISO texts."""
    told = json.loads(run("history", "acme/kpis/health", "--format", "json", cwd=repo.path).stdout)
    assert [told[key] for key in ("schema", "id", "asked_as", "title", "gone", "since", "gap", "more", "broken")] == [
        *("okrsite/history/1", "acme/kpis/health", None, "Health", False, "2025-12-10", None, 0, [])
    ]
    assert [(each["type"], each["date"]) for each in told["events"]] == [
        ("measurement", "2026-02-28"),
        ("goalpost", "2026-02-24"),
        ("measurement", "2026-01-05"),
        ("added", "2025-12-10"),
    ]
    moved = told["events"][1]
    assert [moved[key] for key in ("field", "before", "after", "easier", "in_cycle")] == ["target", 90, 85, True, True]
    assert (moved["commit"]["author"], moved["commit"]["at"]) == ("Linus Example", "2026-02-24T12:00:00+00:00")
    page = (Path(__file__).parents[2] / "docs/history.md").read_text(encoding="utf-8")
    assert [key for key in (*told, *moved, *moved["commit"]) if f"`{key}`" not in page] == []


def test_without_a_repository(run: Run, portal: Path, repo: Repo, tmp_path: Path) -> None:
    """Check-ins are told, and that there is nothing else."""
    result = run("history", "--format", "json", cwd=portal)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["gap"]["kind"] == "no_repository"
    assert result.stderr.startswith("history is not known: the portal is in no git repository")
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(clone))
    assert "fetch-depth: 0" in run("history", cwd=clone).stderr
