"""Problems as text and in the formats of tools."""

from __future__ import annotations

import json
import re
from typing import Any, cast

import pytest

from okrsite.codes import CODES
from okrsite.exchange.problems import FORMATS, Report
from okrsite.problems import Problem

NASTY = Problem("content/okrs/a,b:c.yml", 3, 7, "OKR106", "100% of\r\nit, see: here", "drop one", "warning")
PROBLEMS = (
    Problem("content/okrs/acme/unit.yml", 1, 1, "OKR104", "mapping values are not allowed here"),
    NASTY,
    NASTY,
    Problem("content/okrs/acme/ü b.yml", 12, 2, "OKR999", "stale", severity="notice"),
)


def _written(format_name: str, problems: tuple[Problem, ...] = PROBLEMS, *, colour: bool = False) -> str:
    return FORMATS[format_name](Report(problems, CODES.get, colour))


def test_text() -> None:
    """A line a problem that editors follow, the hint below, and the numbers at the end."""
    assert _written("text") == (
        "content/okrs/acme/unit.yml:1:1: OKR104 mapping values are not allowed here\n"
        "content/okrs/a,b:c.yml:3:7: OKR106 100% of\\x0d\\x0ait, see: here (warning)\n"
        "    drop one\n"
        "content/okrs/a,b:c.yml:3:7: OKR106 100% of\\x0d\\x0ait, see: here (warning)\n"
        "    drop one\n"
        "content/okrs/acme/ü b.yml:12:2: OKR999 stale (notice)\n"
        "1 error, 2 warnings, 1 notice\n"
    )


def test_text_without_problems() -> None:
    """Good news is said too."""
    assert _written("text", ()) == "no problems\n"


def test_text_in_colour_is_the_same_text() -> None:
    """Colour adds to the words and takes none away, and content cannot colour the terminal itself."""
    evil = (Problem("content/\x1b[31m.yml", 1, 1, "OKR104", "\x1b]0;title\x07"),)
    coloured = _written("text", evil, colour=True)
    assert re.sub(r"\x1b\[[0-9;]+m", "", coloured) == _written("text", evil)
    assert "\x1b" not in _written("text", evil)


def test_json() -> None:
    """Every field of every problem, and the numbers."""
    data = json.loads(_written("json"))
    assert data["schema"] == "okrsite/problems/1"
    assert data["counts"] == {"error": 1, "warning": 2, "notice": 1}
    assert data["problems"][1] == {
        "path": NASTY.path,
        "line": 3,
        "column": 7,
        "code": "OKR106",
        "severity": "warning",
        "message": NASTY.message,
        "hint": "drop one",
    }
    assert json.loads(_written("json", ()))["problems"] == []


def test_github_escapes() -> None:
    """A message cannot end its command or begin another one, a path cannot add properties."""
    lines = _written("github").splitlines()
    assert len(lines) == len(PROBLEMS)
    assert lines[0] == (
        "::error file=content/okrs/acme/unit.yml,line=1,col=1,title=OKR104::mapping values are not allowed here"
    )
    assert lines[1] == (
        "::warning file=content/okrs/a%2Cb%3Ac.yml,line=3,col=7,title=OKR106::100%25 of%0D%0Ait, see: here%0Adrop one"
    )
    assert lines[3].startswith("::notice ")
    assert _written("github", ()) == ""


def test_gitlab_fingerprints() -> None:
    """They differ for each problem and stay when lines move."""
    entries = json.loads(_written("gitlab"))
    assert [entry["severity"] for entry in entries] == ["critical", "minor", "minor", "info"]
    assert entries[1]["location"] == {"path": NASTY.path, "lines": {"begin": 3}}
    prints = [entry["fingerprint"] for entry in entries]
    assert len(set(prints)) == len(PROBLEMS)
    moved = tuple(Problem(p.path, p.line + 9, p.column, p.code, p.message, p.hint, p.severity) for p in PROBLEMS)
    assert [entry["fingerprint"] for entry in json.loads(_written("gitlab", moved))] == prints


def test_sarif() -> None:
    """Levels, places as URIs, and a description of each code that is known."""
    log = json.loads(_written("sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = cast(list[dict[str, Any]], run["tool"]["driver"]["rules"])
    assert [rule["id"] for rule in rules] == ["OKR104", "OKR106", "OKR999"]
    assert rules[1]["shortDescription"]["text"] == CODES["OKR106"].title
    assert rules[1]["help"]["text"] == CODES["OKR106"].mend
    assert rules[2] == {"id": "OKR999"}
    assert [result["level"] for result in run["results"]] == ["error", "warning", "warning", "note"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    place = run["results"][3]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/okrs/acme/%C3%BC%20b.yml"
    assert place["region"] == {"startLine": 12, "startColumn": 2}


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_file_name_that_is_no_unicode(format_name: str) -> None:
    """Any name a file system holds can be reported, and the result can be written."""
    name = b"content/\xff.yml".decode("utf-8", "surrogateescape")
    assert _written(format_name, (Problem(name, 1, 1, "OKR104", f"{name} is odd"),)).encode(errors="backslashreplace")


@pytest.mark.parametrize("format_name", FORMATS)
def test_same_problems_same_bytes(format_name: str) -> None:
    """Nothing of the moment is in a report."""
    assert _written(format_name) == _written(format_name)
