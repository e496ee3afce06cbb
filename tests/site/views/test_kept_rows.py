"""Rows of units and objectives from what is kept of them: as their goals have it, without looking at these again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from builders import make_check_in, make_cycle, make_key_result, make_kpi, make_objective, make_portal, make_unit

from okrsite.model import Objective, Portal
from okrsite.scoring import score
from okrsite.settings import Settings
from okrsite.site.pages import Kind, alignment, catalogue, cycles, levels, owners, pages
from okrsite.site.pages.page import Material
from okrsite.site.parts import Newly, name_of
from okrsite.site.views import Gallery, Tally
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle

BEFORE = make_cycle("2025-Q4", "2025-10-01", "2025-12-31")
NOW = make_cycle("2026-Q1", "2026-01-01", "2026-03-31")
DAY = date(2026, 2, 14)


class Kept:
    """Parts that are made once, whoever asks; those of a test alone."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def of(self, make: Callable[..., Any], given: object, *ids: str) -> Any:
        """As of all parts."""
        name = name_of(make, ids)
        if name not in self.values:
            self.values[name] = make(given, *ids)
        return self.values[name]

    def newly(self) -> tuple[Newly, ...]:
        """None that are told of."""
        return ()


def goal(unit: str, name: str, value: float, **fields: Any) -> Objective:
    """An objective of the current cycle or of the one before, read on its 40th day."""
    cycle = fields.pop("cycle", NOW)
    id = f"{unit}/{cycle.id}/{name}"
    check_in = make_check_in(cycle.start + timedelta(days=40), value, confidence=6)
    of_both: dict[str, Any] = {"cycle": cycle, "owner": fields.get("owner", "Ada")}
    krs = [make_key_result(f"{id}/kr", check_ins=[check_in], **of_both), make_key_result(f"{id}/silent", **of_both)]
    return make_objective(id, krs, **fields)


def portal() -> Portal:
    """Three teams below the top with goals in two cycles, and a team with none."""
    teams = [f"acme/team-{n}" for n in range(3)]
    goals = [goal("acme", "top", 50), goal("acme/team-0", "draft", 5, state="draft")]
    for n, team in enumerate(teams):
        goals += [
            goal(team, "up", 20 * n, supports=["acme/2026-Q1/top"] if n else (), owner=f"Owner {n}"),
            goal(team, "done", 90, cycle=BEFORE, closing_note="It went well.", score="0.5", state="closed"),
        ]
    units = [make_unit(), *(make_unit(team, lead="Ada") for team in [*teams, "acme/idle"])]
    kpis = [make_kpi("acme/team-1/kpis/nps", measurements={"2026-02-01": 3}), make_kpi("acme/team-1/kpis/new")]
    return make_portal(goals, kpis=kpis, units=units, cycles=[BEFORE, NOW])


def gallery(parts: Kept | None = None) -> Gallery:
    """The views of the portal."""
    known = portal()
    return Gallery(known, score(known, DAY), parts=parts or Kept())


@pytest.mark.parametrize("cycle", [BEFORE.id, NOW.id])
def test_a_row_tells_of_a_unit_what_its_goals_say(cycle: str) -> None:
    """Counts, spread, grades, rhythm and latest reading are those of the unit's goals; drafts are not counted."""
    stuff = gallery()
    for unit in stuff.portal.units:
        row, view = stuff.unit_row(unit, cycle), stuff.unit(unit, cycle)
        counting = [each for each in view.objectives if each.objective.rolls_up]
        krs = [kr for each in counting for kr in each.key_results]
        days = {reading.date for each in view.objectives for kr in each.key_results for reading in kr.readings}
        assert row.objective_tally == Tally.of([each.figures.status for each in counting])
        assert row.key_result_tally == Tally.of([kr.figures.status for kr in krs])
        assert row.spread == tuple((kr.figures.progress, kr.figures.status) for kr in krs)
        assert dict(row.grades).get("yellow", 0) == [each.figures.grade for each in counting].count("yellow")
        assert row.latest == max(days, default=None)
        assert any(row.rhythm) == bool(days)
        assert (row.figures is None) == (not counting)
    assert stuff.unit_row("acme/team-1", cycle).kpis == (("red", 1), ("no_data", 1))


def test_a_row_tells_of_an_objective_what_its_page_does() -> None:
    """It is that of the objective's view, whose figures have more."""
    stuff = gallery()
    for id in stuff.portal.objectives:
        row, whole = stuff.objective_row(id), stuff.objectives[id].row
        for name in ("progress", "expected", "confidence", "status"):
            assert getattr(row.figures, name) == getattr(whole.figures, name)
        assert replace(row, figures=whole.figures) == whole
    assert stuff.objective_row("acme/2026-Q1/top").supporters == 2
    assert stuff.objective_row("acme/2026-Q1/top").figures.progress == Fraction(1, 4)


def material(parts: Kept) -> Material:
    """What pages are made of."""
    views = gallery(parts)
    return Material(views, Chronicle(views), Ledgers(views), [], Settings(site_name="Acme"), {})


@pytest.mark.parametrize("kind", [alignment, levels, owners])
def test_who_sums_up_looks_at_no_goal(kind: Kind) -> None:
    """With what is kept of all units at hand, no view of an objective is made for such a page."""
    kept = Kept()
    before = list(pages(material(kept), kind))
    again = material(kept)
    assert list(pages(again, kind)) == before
    assert not again.gallery.objectives.made  # type: ignore[attr-defined]


def test_what_is_shown_in_full_is_looked_at() -> None:
    """A cycle's graded objectives and the KPIs of the catalogue; nothing of other cycles."""
    kept = Kept()
    for kind in (cycles, catalogue):
        list(pages(material(kept), kind))
    again = material(kept)
    list(pages(again, cycles))
    assert set(again.gallery.objectives.made) == {f"acme/team-{n}/2025-Q4/done" for n in range(3)}  # type: ignore[attr-defined]
    assert not again.gallery.kpis.made  # type: ignore[attr-defined]
    list(pages(again, catalogue))
    assert len(again.gallery.kpis.made) == 2  # type: ignore[attr-defined]
