"""``okrsite check-in``, ``close`` and ``open``: by options, by questions, and without a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cycleportal import GOALS
from portalfiles import MKDOCS, put, run

from okrsite.cli import okrsite

Command = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portal on the last day of 2026-Q1, and the folder that commands run in."""
    put(tmp_path, {**GOALS, "mkdocs.yml": MKDOCS.replace("2026-02-14", "2026-03-31")})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to answer."""
    monkeypatch.setattr("okrsite.cli.streams.can_ask", lambda: True)


def okr(*words: str, answers: str = "") -> Result:
    """Run a command; every line of the answers is one."""
    return CliRunner().invoke(okrsite, list(words), input=answers)


def held(root: Path) -> dict[str, str]:
    """What all content files say."""
    return {path.relative_to(root).as_posix(): path.read_text() for path in (root / "content").rglob("*.*")}


def test_check_in_by_options(root: Path) -> None:
    """Writes one file, says what it does; the same again on that day is refused and changes nothing."""
    done = okr("check-in", "it", "--by", "Grace", "--set", "uptime=97.5,8,Fine, so far", "--set", "calls=,6")
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert done.stderr == (
        "checked in 2 key results of IT\n  We are up: 52% → 59%, off track\n  IT in 2026-Q1: 52% → 59%, off track\n"
        "added content/okrs/acme/it/check-ins/2026-03-31.yml\n"
    )
    text = (root / "content/okrs/acme/it/check-ins/2026-03-31.yml").read_text()
    assert text == (
        "by: Grace\ncheck_ins:\n"
        '  up/uptime: {value: 97.5, confidence: 8, note: "Fine, so far"}\n  up/calls: {confidence: 6}\n'
    )
    before = held(root)
    again = okr("check-in", "it", "--set", "uptime=98", "--set", "cals=3")
    assert again.exit_code == 1
    assert "uptime has a check-in of 2026-03-31 already" in again.stderr
    assert "there is no key result of acme/it to check in 'cals'\n    hint: did you mean 'calls'?" in again.stderr
    assert held(root) == before


def test_check_in_dry_run_and_json(root: Path) -> None:
    """A dry run prints the file and writes nothing; JSON says the same to programs."""
    before = held(root)
    dry = okr("check-in", "it", "--date", "2026-03-09", "--set", "calls=4", "--dry-run")
    assert dry.stdout == (
        "--- /dev/null\n+++ b/content/okrs/acme/it/check-ins/2026-03-09.yml\n@@ -0,0 +1,2 @@\n"
        "+check_ins:\n+  up/calls: 4\n"
    )
    assert "would check in 1 key result of IT" in dry.stderr
    assert held(root) == before
    told = json.loads(okr("check-in", "it", "--set", "calls=4", "--format", "json").stdout)
    assert told["key_results"] == ["acme/it/2026-Q1/up/calls"]
    assert told["effects"][0] == {
        "id": "acme/it/2026-Q1/up",
        "cycle": "2026-Q1",
        "progress": [0.518518519, 0.768518519],
        "status": ["off_track", "at_risk"],
    }
    assert told["files"] == [{"path": "content/okrs/acme/it/check-ins/2026-03-31.yml", "new": True}]


@pytest.mark.usefixtures("at_terminal")
def test_check_in_by_questions(root: Path) -> None:
    """An answer that cannot be taken is asked again; Enter skips; a hyphen gives a confidence alone."""
    done = okr("check-in", "it", answers="97 %\n97\n11\n7\nGood: week\n\n-\n5\n\nGrace\n\n")
    assert done.exit_code == 0, done.output
    assert "1 of 3  Uptime" in done.stderr
    assert "95.50% on 2 Mar 2026: 56% done, 100% expected, confidence 7" in done.stderr.replace("\u00a0", " ")
    assert "'97 %' is not a number; write the number alone" in done.stderr
    assert "11 is not from 0 to 10" in done.stderr
    assert (root / "content/okrs/acme/it/check-ins/2026-03-31.yml").read_text() == (
        'by: Grace\ncheck_ins:\n  up/uptime: {value: 97, confidence: 7, note: "Good: week"}\n'
        "  up/calm: {confidence: 5}\n"
    )


@pytest.mark.usefixtures("at_terminal")
def test_nothing_is_written_unless_agreed(root: Path) -> None:
    """Leaving in the middle, or saying no at the end, leaves every file as it was."""
    before = held(root)
    for answers in ("97\n7\n", "97\n\n\n\n\n\nn\n"):
        assert okr("check-in", "it", answers=answers).exit_code == 1
    for answers in ("0.5\n", "\n\n\n\nn\n"):
        assert okr("close", "2026-Q1", answers=answers).exit_code == 1
    assert held(root) == before


def test_close_refuses_with_all_reasons(root: Path) -> None:
    """Too early and without notes: both are said, with hints, and nothing is written."""
    before = held(root)
    refused = okr("close", "2026-Q1", "--as-of", "2026-03-01")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "okrsite: 2026-Q1 runs until 2026-03-31\n    hint: add --early to close it before its last day\n"
        "an objective needs a closing note, as committed to and missed:\n      acme/2026-Q1/trust, at 50%\n"
        '    hint: say what got in the way and what was learned: --note ID="...", or --from FILE\n'
    )
    assert held(root) == before


@pytest.mark.usefixtures("root")
def test_close_by_options() -> None:
    """Closes with notes and scores; a second time there is nothing left."""
    done = okr("close", "2026-Q1", "--note", "trust=Too late.", "--score", "up=0.9", "--dry-run")
    assert "+    closing_note: Too late.\n" in done.stdout
    done = okr("close", "2026-Q1", "--note", "trust=Too late.", "--score", "up=0.9")
    assert done.exit_code == 0, done.output
    assert done.stderr == (
        "closed 2 objectives of 2026-Q1\n  acme/2026-Q1/trust: 68%, red\n"
        "  acme/it/2026-Q1/up: 52%, yellow; the owner's own score 0.9\nleft as they are: 1 draft, 1 postponed\n"
        "changed content/okrs/acme/2026-Q1.yml\nchanged content/okrs/acme/it/2026-Q1/up.md\n"
    )
    again = okr("close", "2026-Q1")
    assert (again.exit_code, again.stderr) == (
        0,
        "nothing to close in 2026-Q1\nleft as they are: 2 closed, 1 draft, 1 postponed\n",
    )
    told = json.loads(okr("close", "2026-Q1", "--format", "json").stdout)
    assert told == {"cycle": "2026-Q1", "closed": [], "left": {"closed": 2, "postponed": 1, "draft": 1}, "files": [],
                    "written": True}  # fmt: skip


@pytest.mark.usefixtures("at_terminal")
def test_close_by_questions(root: Path) -> None:
    """Scores and notes are asked for; without the note that is wanted, an objective stays active."""
    done = okr("close", "2026-Q1", answers="2\n0.5\n\n0.75\nKeep *going*\n\n")
    assert done.exit_code == 0, done.output
    assert "2 is not from 0 to 1" in done.stderr
    assert "It stays active" in done.stderr
    assert "state: closed" not in (root / "content/okrs/acme/2026-Q1.yml").read_text()
    assert "score: 0.75\nclosing_note: Keep *going*\n---" in (root / "content/okrs/acme/it/2026-Q1/up.md").read_text()


def test_open_carries_over(root: Path) -> None:
    """Says what goes on and what does not; what it wrote passes the check; a second time changes nothing."""
    done = okr("open", "2026-Q2", "--from", "2026-Q1")
    assert done.exit_code == 0, done.output
    assert done.stderr == (
        "carried over 3 objectives from 2026-Q1 to 2026-Q2\n"
        "  acme/2026-Q2/trust: 2 key results\n      achieved and left: done\n  acme/2026-Q2/later: 1 key result\n"
        "  acme/it/2026-Q2/up: 2 key results\n      achieved and left: calm\n"
        "left, draft or cancelled: acme/2026-Q1/idea\n"
        "look through titles, targets and notes: they are still those of the earlier cycle\n"
        "added content/okrs/acme/2026-Q2.yml\nadded content/okrs/acme/it/2026-Q2/up.md\n"
    )
    assert okr("check").exit_code == 0
    before = held(root)
    again = okr("open", "2026-Q2", "--from", "2026-Q1")
    assert again.stderr.startswith("nothing to carry over from 2026-Q1 to 2026-Q2\nleft, in 2026-Q2 already: acme/")
    assert held(root) == before
    told = json.loads(okr("open", "2026-Q3", "--from", "2026-Q1", "--format", "json", "--dry-run").stdout)
    assert told["carried_over"][0]["continues"] == "acme/2026-Q1/trust"
    assert okr("open", "2026-Q9", "--from", "2026-Q1").stderr.startswith("okrsite: unknown cycle '2026-Q9'\n    hint:")


def test_a_portal_with_errors_is_left_alone(root: Path) -> None:
    """All three show the errors and write nothing."""
    put(root, {"content/okrs/acme/unit.yml": "name: Acme\nlevle: corporate\n"})
    for words in ("check-in it --set calls=4", "close 2026-Q1", "open 2026-Q2 --from 2026-Q1"):
        refused = okr(*words.split())
        assert refused.exit_code == 1
        assert "OKR202 unknown key 'levle'" in refused.stderr


def test_without_a_terminal(root: Path) -> None:
    """Run as a program would: nobody is asked, and the way out is said."""
    asked = run("okrsite", "check-in", "it", cwd=root)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr.startswith("okrsite: there is nobody to ask\n    hint: give --set ID=VALUE")
    which = okr("check-in").stderr
    assert which.startswith("okrsite: which unit checks in?\n    hint: name it:\n      okrsite check-in acme\n")
