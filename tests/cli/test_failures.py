"""How the command line fails: exit statuses, streams, no traceback unasked."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from okrsite.cli import opened as opened_module
from okrsite.problems import OkrsiteError

HEAVY = ("altair", "jinja2", "markdown", "mkdocs", "nh3", "pydantic", "rich", "vl_convert", "yaml")


def _raise(error: BaseException) -> Any:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, run: Any, portal: Path) -> Any:
    """Run ``okrsite show`` where reading the portal raises."""

    def failing(error: BaseException, *words: str) -> Any:
        monkeypatch.setattr(opened_module, "read_portal", _raise(error))
        return run(*words, "show", cwd=portal)

    return failing


def test_what_okrsite_raises_is_its_text(failing: Any) -> None:
    """The text for the user, on standard error, status 1."""
    result = failing(OkrsiteError("there is a reason."))
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "okrsite: there is a reason.\n")


def test_the_unexpected_is_one_line(failing: Any) -> None:
    """What happened, and how to report it; no traceback."""
    result = failing(KeyError("some\nthing"))
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert "KeyError: 'some\\nthing'" in line
    assert "--debug" in line


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "/some/where"), "Permission denied: /some/where"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
    ],
)
def test_what_the_system_refuses_is_no_defect(failing: Any, error: OSError, said: str) -> None:
    """Whoever may not write there, or has a full disk, is told that and not to report it."""
    result = failing(error)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"okrsite: {said}\n")


def test_debug_shows_the_traceback(failing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for by the option or by the variable."""
    assert "Traceback (most recent call last)" in failing(ValueError("x"), "--debug").stderr
    monkeypatch.setenv("OKRSITE_DEBUG", "1")
    assert "Traceback (most recent call last)" in failing(ValueError("x")).stderr


def test_recursion_is_no_traceback(failing: Any) -> None:
    """Content that nests too deep for something is a failure like others."""
    result = failing(RecursionError("maximum recursion depth exceeded"))
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_interrupted(failing: Any) -> None:
    """Ctrl-C ends with the status that shells expect."""
    result = failing(KeyboardInterrupt())
    assert (result.exit_code, result.stderr) == (130, "interrupted\n")


def test_interrupted_at_a_question(failing: Any) -> None:
    """Ctrl-C while something is asked is Ctrl-C; the end of the input is a failure."""
    at_question = click.Abort()
    at_question.__context__ = KeyboardInterrupt()
    result = failing(at_question)
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "\ninterrupted\n")
    assert failing(click.Abort()).exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["check", "--format", "xml"],
        ["check", "-f", "missing.yml"],
        ["export", "--as-of", "2026-02-30"],
        ["export", "--as-of", "20260214"],
        ["export", "--as-of", "14.2.2026"],
        ["init", "--template", "huge"],
    ],
)
def test_wrong_usage(run: Any, portal: Path, words: list[str]) -> None:
    """Status 2, and a message on standard error alone."""
    result = run(*words, cwd=portal)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_no_portal_here(run: Any, tmp_path: Path) -> None:
    """In a folder without mkdocs.yml, what to do is said."""
    result = run("check", cwd=tmp_path)
    assert result.exit_code == 2
    assert "okrsite init" in result.stderr


def test_a_bad_epoch(run: Any, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SOURCE_DATE_EPOCH that is no time is an error with a text."""
    run("--version", cwd=portal)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    from click.testing import CliRunner

    from okrsite.cli import okrsite

    result = CliRunner().invoke(okrsite, ["export"])
    assert result.exit_code == 1
    assert "SOURCE_DATE_EPOCH is 'yesterday'" in result.stderr


def _program(*words: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """The program as users start it."""
    path = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH"))))
    return subprocess.run(
        [sys.executable, "-m", "okrsite", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "SOURCE_DATE_EPOCH": "1771027200", **environ},
    )


def test_program_on_a_broken_portal(broken: Path) -> None:
    """Every command that reads it fails with its problems and no traceback."""
    for words in (["check"], ["show"], ["export"], ["build"]):
        done = _program(*words, cwd=broken)
        assert done.returncode == 1, words
        assert "Traceback" not in done.stdout + done.stderr
        said, silent = (done.stdout, done.stderr) if words == ["check"] else (done.stderr, done.stdout)
        assert "content/okrs/organisation/2026-Q1.yml:10:15: OKR" in said
        assert silent == ""
    assert not (broken / "site").exists()


def test_program_in_a_small_locale(portal: Path) -> None:
    """A terminal that knows ASCII alone gets question marks, no failure."""
    done = _program("show", cwd=portal, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Our organisation" in done.stdout


def test_program_whose_reader_leaves(portal: Path) -> None:
    """``okrsite export | head`` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    path = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "okrsite", "export"],
        cwd=portal,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    os.close(writing)
    assert done.stderr == ""
    assert done.returncode != 0


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    """Help and version answer at once: what takes long to import is imported by the command that needs it."""
    code = (
        "import sys\n"
        "from okrsite.cli import okrsite\n"
        "for words in (['--help'], ['build', '--help'], ['--version']):\n"
        "    try: okrsite(words)\n"
        "    except SystemExit as end: assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    path = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.stderr == "[]\n"
