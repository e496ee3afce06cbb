"""Units and objectives as rows of tables, laid out from what is kept of them: none of their goals is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from okrsite.scoring import Grade
from okrsite.site import addresses
from okrsite.site.views.goals import ObjectiveRow, Tally, UnitRow
from okrsite.site.views.kept_units import colours, sparks, standings, sums_of
from okrsite.site.views.standing import Standing

if TYPE_CHECKING:
    from okrsite.site.views.gallery import Gallery

GRADES: tuple[Grade, ...] = ("green", "yellow", "red")
"""In the order of columns."""


def unit_row(gallery: Gallery, id: str, cycle_id: str | None) -> UnitRow:
    """A unit in a cycle; without one, or without goals in it, the row has KPIs alone."""
    portal = gallery.portal
    unit = portal.units[id]
    sums = sums_of(gallery, id, cycle_id) if cycle_id else None
    every = standings(gallery, id, cycle_id) if cycle_id and cycle_id in portal.objective_ids[id] else []
    grades = Counter(each.grade for each in every)
    return UnitRow(
        unit=unit,
        address=addresses.goal(id),
        part_of=portal.units[unit.parent].name if unit.parent else "",
        cycle=portal.cycles[cycle_id] if cycle_id else None,
        figures=gallery.figures.units[id].get(cycle_id) if cycle_id else None,
        objective_tally=Tally.of([each.status for each in every if each.rolls_up]),
        grades=tuple((grade, grades[grade]) for grade in GRADES if grades[grade]),
        key_result_tally=Tally.of(sums.statuses if sums else []),
        spread=sums.spread if sums else (),
        kpis=colours(gallery, id),
        rhythm=sums.rhythm if sums else (),
        latest=date.fromordinal(sums.latest) if sums and sums.latest is not None else None,
    )


def objective_row(gallery: Gallery, id: str) -> ObjectiveRow:
    """An objective."""
    unit_id, cycle_id, _ = id.rsplit("/", 2)
    standing = gallery.kept(_by_id, unit_id, cycle_id)[id]
    return ObjectiveRow(
        title=gallery.portal.titles[id],
        address=addresses.goal(id),
        state=standing.state,
        owner=standing.owner,
        unit_link=gallery.unit_link(unit_id),
        cycle=gallery.portal.cycles[cycle_id],
        figures=standing,
        spark=gallery.kept(sparks, unit_id, cycle_id)[id],
        supporters=len(gallery.supporters_of(id)),
    )


def _by_id(gallery: Gallery, unit_id: str, cycle_id: str) -> Mapping[str, Standing]:
    return {each.id: each for each in standings(gallery, unit_id, cycle_id)}
