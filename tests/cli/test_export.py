"""``okrsite export``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

from okrsite.exchange import okrs_schema


def test_json_by_default(run: Any, portal: Path) -> None:
    """The goals as valid JSON on standard output, nothing else there."""
    result = run("export", cwd=portal)
    assert (result.exit_code, result.stderr) == (0, "")
    data = json.loads(result.stdout)
    jsonschema.Draft202012Validator(okrs_schema()).validate(data)
    assert data["as_of"] == "2026-02-14"


def test_the_day_may_be_said(run: Any, portal: Path) -> None:
    """--as-of comes before everything else."""
    assert json.loads(run("export", "--as-of", "2026-03-31", cwd=portal).stdout)["as_of"] == "2026-03-31"


def test_csv_into_a_file(run: Any, portal: Path) -> None:
    """-o writes a file, makes its folder, and says so on standard error."""
    result = run("export", "--format", "csv", "-o", "out/okrs.csv", cwd=portal)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "okrs.csv" in result.stderr
    lines = (portal / "out/okrs.csv").read_bytes().split(b"\n")
    assert lines[0].startswith(b"as_of,unit_id,")
    assert len(lines) == 1 + 2 + 1


def test_a_broken_portal_exports_nothing(run: Any, broken: Path) -> None:
    """Its errors are messages here: standard output stays empty."""
    result = run("export", "-o", "okrs.json", cwd=broken)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "content/okrs/organisation/2026-Q1.yml:10:15: OKR" in result.stderr
    assert not (broken / "okrs.json").exists()


def test_a_place_that_cannot_be_written(run: Any, portal: Path) -> None:
    """The reason is said in a line."""
    (portal / "blocked").write_text("", encoding="utf-8")
    result = run("export", "-o", "blocked/okrs.json", cwd=portal)
    assert result.exit_code == 1
    assert result.stderr.startswith("okrsite: cannot write")
    assert len(result.stderr.splitlines()) == 1
