"""A check of what was checked before says what a check from nothing says, whatever was done in between."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from gitrepos import Repo

from okrsite.cli import okrsite
from okrsite.cli.opened import problems
from okrsite.site.freshness.verdict import Verdict
from okrsite.site.options.config import mkdocs_config
from okrsite.starter import create, template_files

UNIT = "content/okrs/organisation"
OPTIONS = "theme: {name: okr}\nplugins: [okrsite: {rules: {OKR522: off}}]\n"
DAY = date(2026, 2, 14)
COMMIT = ("commit", "-q", "--allow-empty", "-m", "On")


def _replaced(file: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda root: (root / file).write_text((root / file).read_text("utf-8").replace(old, new), "utf-8")


def _written(file: str, text: str) -> Callable[[Path], object]:
    def write(root: Path) -> None:
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(text, "utf-8")

    return write


EDITS: tuple[Callable[[Path], object], ...] = (
    _replaced(f"{UNIT}/2026-Q1.yml", "Customers recommend us", "Reach 45 points"),
    _replaced(f"{UNIT}/2026-Q1.yml", "Reach 45 points", "Customers recommend us"),
    _replaced(f"{UNIT}/2026-Q1.yml", "kind: increase", "kind: incraese"),
    _replaced(f"{UNIT}/2026-Q1.yml", "incraese", "increase"),
    _replaced(f"{UNIT}/kpis.yml", "owner: Your Name", "owner: TBD"),
    _written(f"{UNIT}/check-ins/2026-02-01.yml", "check_ins: {recommended/answered: {confidence: 2}}\n"),
    _written(f"{UNIT}/check-ins/2026-02-01.yml", 'check_ins: {recommended/answered: {confidence: 2, note: "Ill"}}\n'),
    lambda root: shutil.rmtree(root / UNIT / "check-ins", ignore_errors=True),
    _written(f"{UNIT}/sales/unit.yml", "name: Sales\nlevel: department\n"),
    lambda root: shutil.rmtree(root / UNIT / "sales", ignore_errors=True),
    _written("content/news.md", "# News\n\n[gone](okr:organisation/gone)\n"),
    _written("content/news.md", "# News\n\n[sales](okr:organisation/sales) and {{ okr('organisation/sales') }}\n"),
    lambda root: (root / "content/news.md").unlink(missing_ok=True),
    _written("mkdocs.yml", "site_name: Goals\ndocs_dir: content\ntheme: {name: okr}\nplugins: [okrsite]\n"),
    _replaced("mkdocs.yml", "plugins: [okrsite]", "plugins:\n  - okrsite: {rules: {OKR541: error}}"),
    lambda root: Repo(root).git("add", "-A"),
    lambda root: Repo(root).git("add", "-f", ".okrsite/.gitignore") if (root / ".okrsite").is_dir() else None,
    lambda root: Repo(root).git("rm", "-q", "--cached", "-r", "--ignore-unmatch", ".okrsite"),
    lambda root: Repo(root).git(*COMMIT),
    lambda _: None,
)


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A small portal, its goals of the first quarter."""
    create(tmp_path / "portal", template_files("blank", date(2026, 1, 5)))
    return tmp_path / "portal"


def _said(root: Path, monkeypatch: pytest.MonkeyPatch, day: date) -> tuple[str, int]:
    monkeypatch.chdir(root)
    result = CliRunner().invoke(okrsite, ["check", "--as-of", day.isoformat()])
    return result.output, result.exit_code


def test_says_what_a_check_from_nothing_says(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each of many edits, in any order: the same bytes, the same exit status."""
    random, fresh = Random(6), portal.parent / "fresh"  # noqa: S311 - no secret
    day = DAY
    for _ in range(8):
        for edit in random.sample(EDITS, random.randint(1, 3)):
            edit(portal)
        day = random.choice((day, day, day, date(2026, 3, 30), DAY))
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(portal, fresh, ignore=shutil.ignore_patterns(".okrsite"))
        anew = _said(fresh, monkeypatch, day)
        assert _said(portal, monkeypatch, day) == anew
        assert _said(portal, monkeypatch, day) == anew


def test_nothing_is_read_where_nothing_changed(portal: Path) -> None:
    """What was found is in the note, with every part; of another day nothing is."""
    _written(f"{UNIT}/2026-Q2.yml", "objectives: [\n")(portal)
    found = problems(portal / "mkdocs.yml", DAY)
    assert found
    assert Verdict(portal / "mkdocs.yml").problems(DAY) == found
    assert Verdict(portal / "mkdocs.yml").problems(date(2026, 2, 15)) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda note: note.write_text("{}"),
        lambda note: note.write_bytes(note.read_bytes()[:-3]),
        lambda note: note.write_bytes(b"\xff"),
        lambda note: note.unlink(),
    ],
    ids=("another", "cut", "no text", "gone"),
)
def test_a_damaged_note_is_as_good_as_none(portal: Path, damage: Callable[[Path], object]) -> None:
    """Whatever happened to it, the next check looks again."""
    problems(portal / "mkdocs.yml", DAY)
    [note] = (portal / ".okrsite/builds").glob("*.check")
    damage(note)
    assert Verdict(portal / "mkdocs.yml").problems(DAY) is None


@pytest.mark.parametrize(
    "more", ["hooks: [hook.py]\n", "site_description: !ENV [HERE, there]\n", '"INHERIT": base.yml\n']
)
def test_what_may_read_more_is_always_checked(portal: Path, more: str) -> None:
    """Where hooks, the environment or another configuration have a say, a look at files is not enough."""
    (portal / "hook.py").write_text("")
    (portal / "base.yml").write_text("")
    (portal / "mkdocs.yml").write_text((portal / "mkdocs.yml").read_text("utf-8") + more)
    problems(portal / "mkdocs.yml", DAY)
    assert Verdict(portal / "mkdocs.yml").problems(DAY) is None


def test_a_configuration_is_understood_once(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an edit of goals MkDocs is not asked again what its file says; after one of the file it is."""
    asked: list[Path] = []
    monkeypatch.setattr(
        "okrsite.site.options.config.mkdocs_config", lambda file: [asked.append(file), mkdocs_config(file)][1]
    )
    file = portal / "mkdocs.yml"
    problems(file, DAY)
    for number in range(2):
        (portal / UNIT / "index.md").write_text(f"Words {number}.\n")
        verdict = Verdict(file)
        assert verdict.problems(DAY) is None
        assert "OKR522" in {each.code for each in problems(file, DAY, verdict)}
    assert len(asked) == 1
    file.write_text(f"site_name: Goals\ndocs_dir: content\n{OPTIONS}")
    verdict = Verdict(file)
    assert verdict.problems(DAY) is None
    assert "OKR522" not in {each.code for each in problems(file, DAY, verdict)}
    assert len(asked) == 2


def test_caches_that_come_under_version_control(portal: Path) -> None:
    """They are told of by the next check, and no longer once they are out again."""
    repo, file = Repo(portal), portal / "mkdocs.yml"
    repo.git(*COMMIT)
    for command, told in (
        ("status", False),
        ("add -f .okrsite/.gitignore", True),
        ("rm -q --cached .okrsite/.gitignore", False),
    ):
        problems(file, DAY)
        repo.git(*command.split())
        verdict = Verdict(file)
        assert (verdict.problems(DAY) is None) == (command != "status")
        found = problems(file, DAY, verdict)
        assert any("under version control" in each.message for each in found) == told


def test_goals_in_a_repository_of_their_own(portal: Path) -> None:
    """The commit of a submodule is not the portal's, and what it tells may change alone."""
    Repo(portal).git(*COMMIT)
    Repo(portal / "content/okrs").git(*COMMIT)
    problems(portal / "mkdocs.yml", DAY)
    assert Verdict(portal / "mkdocs.yml").problems(DAY) is None
