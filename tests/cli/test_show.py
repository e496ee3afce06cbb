"""``okrsite show``: the portal, a unit, an objective, a KPI in the terminal."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from okrsite.cli.views.bullet import Bullet
from okrsite.cli.views.goal import goal_view
from okrsite.cli.views.portal import portal_view
from okrsite.scoring import score
from tests.builders import (
    make_check_in,
    make_key_result,
    make_kpi,
    make_objective,
    make_portal,
    make_rollout,
    make_task,
    make_unit,
)

DAY = date(2026, 2, 14)
PORTAL = make_portal(
    [
        make_objective(
            "acme/it/2026-Q1/up",
            [
                make_key_result("uptime", title="[b]Systems[/b] stay up", kpi="acme/it/kpis/up", unit_of_measure="%"),
                make_key_result(
                    "drills",
                    check_ins=[
                        make_check_in("2026-01-20", 10, 6, "went well", "Grace"),
                        make_check_in("2026-03-01", 99, 9, "not yet"),
                    ],
                ),
            ],
            title="Nothing goes down",
            supports=["acme/2026-Q1/trust"],
        ),
        make_objective("acme/2026-Q1/trust", [make_key_result("nps", check_ins={"2026-02-10": 20})], state="closed"),
        make_objective("acme/2026-Q1/draft", state="draft"),
    ],
    units=[
        make_unit("acme", name="Acme"),
        make_unit("acme/it", name="IT", lead="Grace"),
        make_unit("acme/pmo", name="PMO"),
    ],
    kpis=[make_kpi("acme/it/kpis/up", name="Uptime", measurements={"2026-01-31": 98, "2026-02-28": 11})],
    rollouts=[make_rollout([make_task(done=True)])],
)
FIGURES = score(PORTAL, DAY)


def _shown(view: Any, width: int = 100) -> str:
    """A view as a plain terminal of that width shows it."""
    console = Console(width=width, highlight=False, markup=False, file=io.StringIO())
    with console.capture() as capture:
        console.print(view)
    return capture.get()


def test_portal() -> None:
    """The state in a sentence, every unit below its parent, the objectives by status, the rollout."""
    text = _shown(portal_view(PORTAL, FIGURES, "Goals"))
    lines = text.splitlines()
    assert lines[0].split() == ["Goals", "2026-Q1", "as", "of", "14", "Feb", "2026"]
    assert re.fullmatch(r". off track: 20% done, 49% expected \(day 45 of 90\)", lines[1])
    assert [line.split()[0] for line in lines if re.match(r"(Acme|  IT|  PMO) ", line)] == ["Acme", "IT", "PMO"]
    assert re.search(r"PMO +no figures +0", text)
    assert "2 objectives: " in text
    assert "The plan: ✓ achieved, 100% done" in text


def test_unit() -> None:
    """All objectives with all their key results, and the KPIs."""
    text = _shown(goal_view(PORTAL, FIGURES, "acme/it"))
    for words in ("Nothing goes down", "[b]Systems[/b] stay up", "Key result drills", "Uptime", "98%"):
        assert words in text


def test_objective_as_of_a_day() -> None:
    """Readings after the day do not exist yet, of key results and of KPIs."""
    text = _shown(goal_view(PORTAL, FIGURES, "acme/it/2026-Q1/up"))
    assert "went well" in text
    assert "(from 0 to 100)" in text
    assert "not yet" not in text
    assert "28 Feb" not in text
    assert "supports: acme/2026-Q1/trust" in text
    assert "supported by: acme/it/2026-Q1/up" in _shown(goal_view(PORTAL, FIGURES, "acme/2026-Q1/trust"))


def test_a_key_result_shows_its_objective() -> None:
    """Its readings are part of that view."""
    objective = _shown(goal_view(PORTAL, FIGURES, "acme/it/2026-Q1/up"))
    assert _shown(goal_view(PORTAL, FIGURES, "acme/it/2026-Q1/up/drills/")) == objective


def test_kpi() -> None:
    """What it is, where it stands, who uses it."""
    text = _shown(goal_view(PORTAL, FIGURES, "acme/it/kpis/up"))
    assert "at least 100" in text
    assert "acme/it/2026-Q1/up/uptime" in text
    assert "31 Jan 2026" in text


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("id", [None, "acme", "acme/it", "acme/pmo", "acme/it/2026-Q1/up", "acme/it/kpis/up"])
def test_any_width(width: int, id: str | None) -> None:
    """No line is wider than the terminal."""
    view = portal_view(PORTAL, FIGURES, "Goals") if id is None else goal_view(PORTAL, FIGURES, id)
    assert max(map(len, _shown(view, width).splitlines())) <= width


def test_a_portal_without_goals() -> None:
    """It says so."""
    empty = make_portal(units=[make_unit()])
    assert "no objectives yet" in _shown(portal_view(empty, score(empty, DAY), "Goals"))
    assert "no objectives yet" in _shown(goal_view(empty, score(empty, DAY), "acme"))


@pytest.mark.parametrize(
    ("progress", "expected", "bar"),
    [
        (Fraction(0), Fraction(0), "│░░░░░░░"),
        (Fraction(1), Fraction(1), "███████│"),
        (Fraction(1, 2), Fraction(3, 4), "████░░│░"),
        (Fraction(1), Fraction(0), "│███████"),
    ],
)
def test_bullet(progress: Fraction, expected: Fraction, bar: str) -> None:
    """Filled as far as the progress goes, with a tick where it should be."""
    assert Bullet(progress, expected, "on_track").text(8).plain == bar


def test_command(run: Any, portal: Path) -> None:
    """The whole way from files, piped: plain text."""
    result = run("show", cwd=portal)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Our organisation" in result.stdout
    assert "\x1b" not in result.stdout
    assert "Answer 90% of questions" in run("show", "organisation", cwd=portal).stdout


@pytest.mark.parametrize(
    ("id", "near"),
    [("organisatoin", "organisation"), ("recommended", "organisation/2026-Q1/recommended"), ("xyz", "lists the units")],
)
def test_unknown_id(run: Any, portal: Path, id: str, near: str) -> None:
    """The nearest ids are offered; the status is 1."""
    result = run("show", id, cwd=portal)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"nothing has the id '{id}'" in result.stderr
    assert near in result.stderr


def test_json_is_what_the_export_has(run: Any, portal: Path) -> None:
    """``--format json`` gives one goal in the shape of the export, and the whole export without an id."""
    whole = json.loads(run("export", cwd=portal).stdout)
    assert json.loads(run("show", "--format", "json", cwd=portal).stdout) == whole
    unit, objective = whole["units"][0], whole["objectives"][0]
    key_result, kpi = objective["key_results"][0], whole["kpis"][0]
    for goal in (objective, key_result, kpi):
        assert json.loads(run("show", goal["id"], "--format", "json", cwd=portal).stdout) == goal
    shown = json.loads(run("show", unit["id"], "--format", "json", cwd=portal).stdout)
    assert shown == {**unit, "objectives": whole["objectives"], "kpis": whole["kpis"]}
    assert run("show", "nothing", "--format", "json", cwd=portal).exit_code == 1
