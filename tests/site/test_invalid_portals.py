"""Every problem of a configuration, a site, or goals that break a rule, shown by a small portal that has it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from okrsite.cli.opened import problems
from okrsite.codes import CODES
from okrsite.rules import RULES

PORTALS = Path(__file__).parents[1] / "portals" / "invalid"
CONFIGURED = sorted(file.parent.name for file in PORTALS.glob("*/mkdocs.yml"))
"""Portals that are a whole site; the others are content alone and are shown where the content is tested."""


@pytest.mark.parametrize("name", CONFIGURED)
def test_has_exactly_these_problems(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A portal that can be read is reported with exact places, messages and hints too, and only for its code."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    root = tmp_path / name
    shutil.copytree(PORTALS / name, root)
    found = problems(root / "mkdocs.yml", None)
    said = "".join(f"{problem}\n    hint: {problem.hint}\n" for problem in found)
    assert said == (PORTALS / name / "expected.txt").read_text(encoding="utf-8")
    assert {problem.code for problem in found} == {name[:6]}
    assert list(found) == sorted(found)


@pytest.mark.parametrize("code", sorted({*CODES, *(rule.code for rule in RULES if not rule.of_history)}))
def test_every_code_has_a_portal(code: str) -> None:
    """No code goes without a portal that shows it, be it structural or a rule's; history is shown by repositories."""
    assert [folder.name for folder in PORTALS.iterdir() if folder.name.startswith(f"{code}-")]
