"""The portals that benchmarks measure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from okrsite.content import read_portal
from okrsite.model import Portal
from okrsite.settings import Settings

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "portal.py"
PAGES = 400


def _written(folder: Path) -> dict[str, bytes]:
    subprocess.run([sys.executable, SCRIPT, str(PAGES), folder], check=True)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _portal(folder: Path) -> Portal:
    reading = read_portal(folder, Settings(site_name="Measured"))
    assert reading.problems == ()
    assert reading.portal is not None
    return reading.portal


def test_the_same_bytes_again(tmp_path: Path) -> None:
    """Runs on different days and machines measure the same portal."""
    assert _written(tmp_path / "one") == _written(tmp_path / "two")


def test_it_holds_what_a_portal_may_hold(tmp_path: Path) -> None:
    """The content is free of errors and about as large as asked; all levels and kinds are there, and a plan."""
    _written(tmp_path)
    portal = _portal(tmp_path)
    assert 0.95 * PAGES <= len(portal.units) + len(portal.objectives) + len(portal.kpis) <= PAGES
    assert all(portal.units_by_level.values())
    kinds = {kr.kind for kr in portal.key_results.values()}
    assert kinds == {"increase", "decrease", "at_least", "at_most", "between", "milestones", "done", "rollup"}
    assert len(portal.key_results) == 4 * len(portal.objectives)
    assert sum(len(kr.check_ins) for kr in portal.key_results.values()) > 2.5 * len(portal.key_results)
    assert any(kr.sustained for kr in portal.key_results.values())
    assert portal.key_results_by_kpi
    assert portal.rollouts
