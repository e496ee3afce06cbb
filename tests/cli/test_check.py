"""``okrsite check``: problems on standard output, exit status by severity."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from okrsite.cli.commands.checking import FORMATS
from okrsite.exchange.problems import FORMATS as WRITERS

OBJECTIVES = "content/okrs/organisation/2026-Q1.yml"


def test_a_good_portal(run: Any, portal: Path) -> None:
    """Nothing wrong: it says so and succeeds, also under --strict."""
    result = run("check", "--strict", cwd=portal)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("no problems\n") or "0 errors" not in result.stdout


def test_all_errors_at_once(run: Any, broken: Path) -> None:
    """Every error is named with its place on standard output; the status is 1."""
    result = run("check", cwd=broken)
    assert result.exit_code == 1
    assert f"{OBJECTIVES}:10:15: OKR" in result.stdout
    assert "content/okrs/organisation/unit.yml:" in result.stdout
    assert "increase" in result.stdout
    assert result.stdout.splitlines()[-1] == "2 errors"
    assert result.stderr == ""


def test_warnings_fail_under_strict_only(run: Any, portal: Path) -> None:
    """A rule's warning is shown either way."""
    objectives = portal / OBJECTIVES
    text = objectives.read_text(encoding="utf-8").replace("Customers recommend us to others", "Reach 45 points")
    objectives.write_text(text, encoding="utf-8")
    relaxed, strict = run("check", cwd=portal), run("check", "--strict", cwd=portal)
    assert (relaxed.exit_code, strict.exit_code) == (0, 1)
    assert relaxed.stdout == strict.stdout
    assert "(warning)" in relaxed.stdout


def test_notices_never_fail(run: Any, portal: Path) -> None:
    """What depends on the day is told and fails nothing."""
    result = run("check", "--strict", "--as-of", "2026-03-01", cwd=portal)
    assert "(notice)" in result.stdout
    assert result.exit_code == 0


def test_formats_are_those_of_the_writers() -> None:
    """The option offers every format there is."""
    assert tuple(WRITERS) == FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(run: Any, broken: Path, name: str) -> None:
    """Each names the file that is broken and keeps the exit status."""
    result = run("check", "--format", name, cwd=broken)
    assert result.exit_code == 1
    assert OBJECTIVES in result.stdout
    if name in ("json", "gitlab", "sarif"):
        assert json.loads(result.stdout)


def test_paths_lead_from_the_working_folder(run: Any, broken: Path) -> None:
    """A portal in a folder of a repository: editors and pull requests find the files."""
    result = run("check", "-f", "goals/mkdocs.yml", cwd=broken.parent)
    assert f"\ngoals/{OBJECTIVES}:10:15: " in f"\n{result.stdout}"


def test_no_colours_where_no_terminal_is(run: Any, broken: Path) -> None:
    """A log stays text."""
    assert "\x1b" not in run("check", cwd=broken).output


def test_problems_of_the_configuration(run: Any, portal: Path) -> None:
    """Options that cannot be used are problems like others."""
    config = portal / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("- okrsite", "- okrsite: {as_of: someday}")
    config.write_text(text, encoding="utf-8")
    result = run("check", cwd=portal)
    assert result.exit_code == 1
    assert "mkdocs.yml:" in result.stdout
    assert "OKR401" in result.stdout


def test_problems_of_written_pages(run: Any, portal: Path) -> None:
    """A link to a goal that does not exist is found without a build."""
    (portal / "content/index.md").write_text("[there](okr:organisation/nowhere)\n", encoding="utf-8")
    result = run("check", cwd=portal)
    assert result.exit_code == 1
    assert "content/index.md:1:" in result.stdout
    assert "OKR402" in result.stdout
