"""Pages of goals stay light however large the portal is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import pytest
from pagekinds import by_kind, recorded
from portalfiles import warm

from okrsite.site.build import build
from okrsite.site.pages import kpis, objectives, units
from okrsite.site.pages.page import Material, PagePlan

SCRIPT = Path(__file__).parents[2] / "benchmarks/portal.py"
PAGES = 2_000
EACH = 12
"""Pages of a kind that are looked at: the first are nearest the top, with the most below and around them."""

GOALS = ("okr/unit.html", "okr/objective.html", "okr/kpi.html")
MOST = 60_000
"""Bytes of HTML."""


def _first(material: Material) -> Iterator[PagePlan]:
    """The first pages of each kind of goals."""
    for kind in (units, objectives, kpis):
        yield from islice(kind.plans(material), EACH)


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, int]]:
    """Template -> page -> bytes, of some pages of a portal of 2,000."""
    root = tmp_path_factory.mktemp("large")
    subprocess.run([sys.executable, SCRIPT, str(PAGES), root], check=True)
    warm(root)
    with patch("okrsite.site.portal.plans", _first), recorded() as made:
        site = build(root / "mkdocs.yml").site_dir
    kinds = by_kind(site, made)
    return {kind: {name: (site / name).stat().st_size for name in kinds[kind]} for kind in GOALS}


@pytest.mark.parametrize("kind", GOALS)
def test_large_portal(sizes: dict[str, dict[str, int]], kind: str) -> None:
    """The pages of a unit with twelve others below, of its objectives and of its KPIs have at most 60 KB of HTML."""
    assert len(sizes[kind]) == EACH
    assert {name: size for name, size in sizes[kind].items() if size > MOST} == {}
