"""``okrsite digest``: what changed, as a message."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from okrsite.cli.digesting import first_day
from tests.cli.conftest import OBJECTIVES, Run

UNIT = "organisation"


@pytest.fixture
def active(portal: Path) -> Path:
    """A portal with an objective that had two check-ins within a month."""
    owned = "  - {id: own, title: Ours, owner: Grace, key_results: [{id: kr, title: A result, kind: done}]}\n"
    goals = portal / OBJECTIVES
    goals.write_text(f"{goals.read_text('utf-8').rstrip()}\n{owned}", "utf-8")
    for day, value in (("2026-01-30", "false"), ("2026-02-12", "true")):
        note = f"by: Grace\ncheck_ins:\n  own/kr: {{value: {value}, note: 'Now <{value}> & *more*'}}\n"
        file = portal / f"content/okrs/{UNIT}/check-ins/{day}.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(note, "utf-8")
    return portal


def test_the_formats_say_the_same(run: Run, active: Path) -> None:
    """Text, Markdown, HTML and JSON; seven days unless something else is asked for."""
    said = {name: run("digest", "--format", name, cwd=active) for name in ("text", "markdown", "html", "json")}
    assert {result.exit_code for result in said.values()} == {0}
    assert "8 Feb to 14 Feb 2026\n\n1 check-in" in said["text"].stdout
    assert "Now <true> & *more*\n" in said["text"].stdout
    assert r"Now \<true\> & \*more\*" in said["markdown"].stdout
    assert "Now &lt;true&gt; &amp; *more*</li>" in said["html"].stdout
    assert not set(re.findall(r"</?(\w+)", said["html"].stdout)) - {"p", "b", "i", "ul", "li"}
    told = json.loads(said["json"].stdout)
    assert (told["since"], told["until"], told["url"]) == ("2026-02-08", "2026-02-14", None)
    month = run("digest", "--since", "1m", "--unit", UNIT, cwd=active).stdout
    assert "15 Jan to 14 Feb 2026\n\n2 check-ins" in month
    assert "15 Dec 2025 to 14 Feb 2026\n" in run("digest", "--since", "2m", cwd=active).stdout


def test_links_are_there_with_a_site_url(run: Run, active: Path) -> None:
    """In every format, absolute, without index.html; in the portal's language."""
    config = active / "mkdocs.yml"
    text = config.read_text("utf-8").replace("- okrsite", "- okrsite: {locale: de}", 1)
    config.write_text(f"{text}\nsite_url: https://goals.example/okr\n", "utf-8")
    page = f"https://goals.example/okr/{UNIT}/"
    assert run("digest", "--unit", UNIT, cwd=active).stdout.endswith(f"\n{page}\n")
    assert f'<a href="{page}">' in run("digest", "--unit", UNIT, "--format", "html", cwd=active).stdout
    assert f"](<{page}2026-Q1/" in run("digest", "--format", "markdown", cwd=active).stdout
    assert "8. Feb. bis 14. Feb. 2026" in run("digest", cwd=active).stdout


def test_wrong_usage_says_what_is_right(run: Run, active: Path) -> None:
    """A time that is none, and a unit that is not there: with the nearest."""
    wrong = run("digest", "--since", "7 days", cwd=active)
    assert (wrong.exit_code, "neither a time such as 7d" in wrong.stderr) == (2, True)
    missing = run("digest", "--unit", "organisatoin", cwd=active)
    assert missing.exit_code == 1
    assert "Did you mean organisation?" in missing.stderr


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("1d", "2026-03-31"),
        ("7d", "2026-03-25"),
        ("2w", "2026-03-18"),
        ("1m", "2026-03-01"),
        ("13m", "2025-03-01"),
        ("2026-02-01", "2026-02-01"),
    ],
)
def test_how_far_back(since: str, expected: str) -> None:
    """So many days end with the day; a month goes to the same day of the one before, or its last."""
    assert str(first_day(since, date(2026, 3, 31))) == expected


@pytest.mark.parametrize("since", ["", "7", "d", "0d", "7y", "-1d", "2026-02-30", "2026-2-1", "9999w9", "9999m"])
def test_what_is_no_time(since: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"is neither a time|before all time"):
        first_day(since, date(700, 1, 1))
