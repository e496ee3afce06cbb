"""``okrsite init``: new portals that pass their own check, and nothing overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from okrsite.content import read_portal
from okrsite.rules import check
from okrsite.scoring import score
from okrsite.settings import Settings
from okrsite.starter import TEMPLATES, create, next_monday, template_files

ROOT = Path(__file__).parents[2]


def test_templates_are_those_of_the_starter() -> None:
    """The command offers every template there is."""
    from okrsite.cli.commands.starting import TEMPLATES as OFFERED

    assert OFFERED == TEMPLATES


def test_the_example_is_the_checkouts_own(run: Any, tmp_path: Path) -> None:
    """One source of truth: byte for byte what the repository shows, beside a .gitignore."""
    result = run("init", "goals", cwd=tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "cd goals" in result.stderr
    made = {
        path.relative_to(tmp_path / "goals").as_posix() for path in (tmp_path / "goals").rglob("*") if path.is_file()
    }
    content = {path.relative_to(ROOT).as_posix() for path in (ROOT / "content").rglob("*") if path.is_file()}
    assert made == content | {"mkdocs.yml", ".gitignore"}
    assert all((tmp_path / "goals" / name).read_bytes() == (ROOT / name).read_bytes() for name in content)


@pytest.mark.parametrize("start", [date(2026, 1, 5), date(2026, 3, 30), date(2026, 12, 28), date(2027, 2, 1)])
def test_the_blank_portal_is_good(tmp_path: Path, start: date) -> None:
    """No errors and no warnings, whenever it begins; its plan is the usual three months."""
    create(tmp_path, template_files("blank", start))
    reading = read_portal(tmp_path, Settings())
    assert reading.problems == ()
    portal = reading.portal
    assert portal is not None
    assert [p for p in check(portal, score(portal, start), Settings()) if p.severity != "notice"] == []
    (plan,) = portal.rollouts
    assert (plan.start, len(plan.months)) == (start, 3)
    (objective,) = portal.objectives.values()
    cycle = portal.cycles[objective.cycle_id]
    assert cycle.end > start


def test_default_start_is_a_monday() -> None:
    """The plan counts weeks from a Monday, the next one after the day."""
    assert next_monday(date(2026, 1, 1)) == date(2026, 1, 5)
    assert next_monday(date(2026, 1, 5)) == date(2026, 1, 12)
    assert next_monday(date(2026, 1, 4)) == date(2026, 1, 5)


def test_blank_by_the_command(run: Any, tmp_path: Path) -> None:
    """In the folder it stands in, with a start of the user's own."""
    result = run("init", "--template", "blank", "--start", "2026-04-06", cwd=tmp_path)
    assert result.exit_code == 0
    assert "start: 2026-04-06\n" in (tmp_path / "content/rollout.yml").read_text(encoding="utf-8")
    assert (tmp_path / "content/okrs/organisation/2026-Q2.yml").is_file()
    assert "@" not in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "content").rglob("*.yml"))
    assert run("check", "--strict", cwd=tmp_path).exit_code == 0


def test_nothing_is_overwritten(run: Any, tmp_path: Path) -> None:
    """Where one of the files exists, all that exist are named and none is written."""
    (tmp_path / "mkdocs.yml").write_text("mine", encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/index.md").symlink_to(tmp_path / "nowhere")
    result = run("init", "--template", "blank", cwd=tmp_path)
    assert result.exit_code == 1
    assert [line.strip() for line in result.stderr.splitlines()[1:]] == ["content/index.md", "mkdocs.yml"]
    assert (tmp_path / "mkdocs.yml").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / ".gitignore").exists()


def test_a_folder_that_cannot_be(run: Any, tmp_path: Path) -> None:
    """A file where a folder has to be is said in a line."""
    (tmp_path / "content").write_text("", encoding="utf-8")
    result = run("init", "--template", "blank", cwd=tmp_path)
    assert result.exit_code == 1
    assert "cannot write content" in result.stderr


def test_start_is_for_the_blank_one(run: Any, tmp_path: Path) -> None:
    """The example has dates of its own; asking otherwise is wrong usage."""
    result = run("init", "--start", "2026-01-05", cwd=tmp_path)
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []
