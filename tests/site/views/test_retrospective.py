"""Goals through the cycles: the chain on an objective's page, and the look back on a cycle's."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from builders import make_cycle, make_key_result, make_objective, make_portal

from okrsite.model import Objective, Portal
from okrsite.scoring import score
from okrsite.site.views import Gallery
from okrsite.site.views.chain import chain
from okrsite.site.views.kept_units import standings
from okrsite.site.views.retrospective import retrospective

CYCLES = tuple(
    make_cycle(f"{year}-Q{quarter}", f"{year}-{3 * quarter - 2:02}-01", f"{year}-{3 * quarter:02}-28")
    for year in (2024, 2025, 2026)
    for quarter in (1, 2, 3, 4)
)
DAY = date(2025, 4, 5)


def goal(cycle: str, value: int, id: str = "trust", **fields: Any) -> Objective:
    """An objective with one key result from 0 to 100, read on the cycle's second day."""
    found = next(each for each in CYCLES if each.id == cycle)
    kr = make_key_result(check_ins={found.start.isoformat(): value}, cycle=found)
    return make_objective(f"acme/{cycle}/{id}", [kr], **fields)


def gallery(*objectives: Objective) -> Gallery:
    """The views of these on a day in 2025-Q2."""
    portal: Portal = make_portal(objectives, cycles=CYCLES)
    return Gallery(portal, score(portal, DAY))


def test_the_chain_leads_back_and_on() -> None:
    """The latest before it first, what carries it on afterwards, a split in full; of a long chain the nearest."""
    views = gallery(
        goal("2024-Q4", 61, "begin"),
        goal("2025-Q1", 70, continues="acme/2024-Q4/begin"),
        goal("2025-Q2", 10, continues="acme/2025-Q1/trust"),
        goal("2025-Q2", 20, "mail", continues="acme/2025-Q1/trust"),
        goal("2025-Q3", 0, continues="acme/2025-Q2/mail"),
    )
    found = chain(views, "acme/2025-Q1/trust")
    assert [view.objective.id for view in found.earlier] == ["acme/2024-Q4/begin"]
    assert [view.objective.id for view in found.later] == [
        "acme/2025-Q2/mail",
        "acme/2025-Q2/trust",
        "acme/2025-Q3/trust",
    ]
    last = chain(views, "acme/2025-Q3/trust")
    assert [view.cycle.id for view in last.earlier] == ["2025-Q2", "2025-Q1", "2024-Q4"]
    assert [link.title for link in views.objectives["acme/2025-Q1/trust"].continued_by] == ["2025-Q2", "2025-Q2"]
    ids = [cycle.id for cycle in CYCLES]
    long = gallery(
        *(goal(id, 1, continues=f"acme/{ids[place - 1]}/trust" if place else None) for place, id in enumerate(ids))
    )
    back = chain(long, "acme/2026-Q4/trust").earlier
    assert ([view.cycle.id for view in back][:2], len(back), back.more) == (["2026-Q3", "2026-Q2"], 6, 5)
    assert not chain(gallery(goal("2025-Q1", 5)), "acme/2025-Q1/trust")


def test_a_cycle_looks_back() -> None:
    """Computed grades beside the owners', promises beside stretch goals, lessons of what was missed and reached."""
    views = gallery(
        goal("2025-Q1", 90, "high", closing_note="It went well.", score="0.5", state="closed"),
        goal("2025-Q1", 80, "promise", type="committed", closing_note="Nearly."),
        goal("2025-Q1", 10, "low", closing_note="It did not."),
        goal("2025-Q1", 20, "put-off", state="postponed", closing_note="Later."),
        goal("2025-Q1", 30, "begun"),
        goal("2025-Q2", 0, "low", continues="acme/2025-Q1/low"),
        goal("2025-Q2", 0, "put-off", continues="acme/2025-Q1/put-off"),
    )
    of_cycle = standings(views, "acme", "2025-Q1")
    found = retrospective(views, of_cycle, over=True)
    assert [(row.who, row.grades, row.mean) for row in found.graded] == [
        ("computed", (1, 1, 2), Fraction(210, 400)),
        ("owner", (0, 1, 0), Fraction(1, 2)),
        ("committed", (0, 1, 0), Fraction(8, 10)),
        ("aspirational", (1, 0, 2), Fraction(130, 300)),
    ]
    assert _names(found.missed) == ["low", "promise"]
    assert _names(found.reached) == ["high"]
    assert _names(found.carried) == ["low", "put-off"]
    assert _names(found.ended) == ["begun", "promise", "high"]
    assert _names(retrospective(views, of_cycle, over=False).ended) == []
    assert retrospective(views, (), over=True).graded == ()


def _names(views: Any) -> list[str]:
    return [view.objective.id.rpartition("/")[2] for view in views]
