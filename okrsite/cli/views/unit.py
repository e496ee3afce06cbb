"""A unit: its objectives with all their key results, and its KPIs."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from okrsite.cli.views.marks import state
from okrsite.cli.views.objective import key_result_table, title
from okrsite.cli.views.tables import kpi_table
from okrsite.model import Portal, Unit
from okrsite.scoring.figures import Figures


def unit_view(portal: Portal, figures: Figures, unit: Unit) -> RenderableType:
    """The unit in every cycle that holds the day; in its current one where none does."""
    parts: list[RenderableType] = [_heading(unit)]
    if unit.mission:
        parts.append(Text(unit.mission, style="italic"))
    cycles = portal.objectives_by_unit[unit.id]
    shown = [id for id in cycles if portal.cycles[id].holds(figures.as_of)] or [
        id for id in cycles if id == figures.unit_cycle.get(unit.id)
    ]
    for id in shown:
        parts += [Text(), *_cycle(portal, figures, unit, id)]
    if not shown:
        parts += [Text(), Text("There are no objectives yet.")]
    if kpis := portal.kpis_by_unit[unit.id]:
        parts += [Text(), kpi_table(tuple((kpi, figures.kpis[kpi.id]) for kpi in kpis))]
    return Group(*parts)


def _heading(unit: Unit) -> Text:
    heading = Text(unit.name, style="bold")
    heading.append(f"  {unit.level}", style="not bold dim")
    if unit.lead:
        heading.append(f"  {unit.lead}", style="not bold dim")
    return heading


def _cycle(portal: Portal, figures: Figures, unit: Unit, id: str) -> list[RenderableType]:
    line = Text(id, style="bold")
    if own := figures.units.get(unit.id, {}).get(id):
        line = Text.assemble(line, "  ", state(own, portal.cycles[id], figures.as_of))
    parts: list[RenderableType] = [line]
    for objective in portal.objectives_by_unit[unit.id][id]:
        parts += [Text(), title(objective, figures), key_result_table(objective, figures)]
    return parts
