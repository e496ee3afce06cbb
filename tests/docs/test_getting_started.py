"""The first steps of docs/getting-started.md and the README: their files are a portal, their output is real."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from docpages import DOCS, ROOT, put, sections
from portalfiles import warm

from okrsite.cli import okrsite
from okrsite.starter import create, template_files

STEPS = {section.title: section for section in sections(DOCS / "getting-started.md")}
OBJECTIVES = "content/okrs/acme/it/2026-Q1.yml"


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The portal of the page: the blank one without its sample, and every file that is shown."""
    create(tmp_path, template_files("blank", date(2026, 1, 5)))
    warm(tmp_path)
    for path in sorted((tmp_path / "content" / "okrs" / "organisation").iterdir()):
        path.unlink()
    (tmp_path / "content" / "okrs" / "organisation").rmdir()
    (tmp_path / "content" / "rollout.yml").unlink()
    for section in STEPS.values():
        put(section.files, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1771027200")  # 2026-02-14
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def _shown(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _text(title: str) -> str:
    (block,) = [block for block in STEPS[title].blocks if block.language == "text"]
    return _shown(block.text)


@pytest.mark.usefixtures("portal")
def test_the_files_are_a_portal() -> None:
    """A newcomer who types them has no error."""
    result = CliRunner().invoke(okrsite, ["check"])
    assert result.exit_code == 0, result.output
    assert "(error)" not in result.output


@pytest.mark.usefixtures("portal")
def test_the_unit_is_shown_as_printed() -> None:
    """``okrsite show`` prints what the page prints."""
    result = CliRunner().invoke(okrsite, ["show", "acme/it", "--as-of", "2026-02-14"])
    assert _shown(result.stdout) == _text("See where you stand")


def test_the_problems_are_reported_as_printed(portal: Path) -> None:
    """The page's mistakes give the page's messages."""
    text = (portal / OBJECTIVES).read_text(encoding="utf-8")
    (change,) = [block for block in STEPS["Reading problems"].blocks if block.language == "diff"]
    for old, new in re.findall(r"^-(.*)\n\+(.*)$", change.text, re.MULTILINE):
        assert text.count(old) == 1 or old.strip().startswith("kind"), old
        text = text.replace(old, new, 1)
    (portal / OBJECTIVES).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(okrsite, ["check"])
    assert result.exit_code == 1
    *problems, total = _shown(result.stdout).splitlines()
    assert "\n".join(problems) == _text("Reading problems")
    assert total == "3 errors"


def test_the_example_of_the_readme_is_a_portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the README shows can be checked and scored, and its figures come out."""
    readme = {section.title: section for section in sections(ROOT / "README.md")}
    files = {name: text for section in readme.values() for name, text in section.files.items()}
    put({"content/index.md": "# Goals\n", **files}, tmp_path)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(okrsite, ["check", "--as-of", "2026-02-14"])
    assert result.exit_code == 0, result.output
    result = CliRunner().invoke(okrsite, ["show", "acme/it/2026-Q1/reliability", "--as-of", "2026-02-14"])
    assert "43% done, 49% expected" in result.stdout
