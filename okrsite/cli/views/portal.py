"""The whole portal: how it stands in its current cycle, unit by unit, and where its introduction stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from okrsite.cli.views.bullet import Bullet
from okrsite.cli.views.marks import state, status
from okrsite.cli.views.tables import plain_table
from okrsite.model import Portal
from okrsite.scoring import STATUSES, Figures, Status
from okrsite.site.words import ENGLISH_WORDS as WORDS


def portal_view(portal: Portal, figures: Figures, name: str) -> RenderableType:
    """The portal in its current cycle."""
    cycle = figures.cycle
    parts: list[RenderableType] = [_heading(name, cycle, figures)]
    if cycle is None:
        parts.append(Text("There are no objectives yet."))
    elif cycle in figures.portal:
        parts.append(state(figures.portal[cycle], portal.cycles[cycle], figures.as_of))
    if cycle is not None:
        parts += [Text(), _units(portal, figures, cycle), Text(), _counts(portal, figures, cycle)]
    parts += _rollouts(figures)
    return Group(*parts)


def _heading(name: str, cycle: str | None, figures: Figures) -> Text:
    heading = Text(name, style="bold")
    heading.append(f"  {cycle or ''}  as of {WORDS.day(figures.as_of)}", style="not bold dim")
    return heading


def _units(portal: Portal, figures: Figures, cycle: str) -> RenderableType:
    table = plain_table("unit", "progress", ">", "expected>", "status", "conf>", "objectives>")
    for unit in portal.units.values():
        name = Padding(Text(unit.name), (0, 0, 0, 2 * unit.id.count("/")), expand=False)
        own = figures.units.get(unit.id, {}).get(cycle)
        objectives = portal.objectives_by_unit[unit.id].get(cycle, ())
        if own is None:
            table.add_row(name, Text("no figures", style="dim"), "", "", "", "", str(len(objectives)), style="dim")
        else:
            table.add_row(
                name,
                Bullet(own.progress, own.expected, own.status),
                WORDS.percent(own.progress),
                WORDS.percent(own.expected),
                status(own.status),
                WORDS.confidence(own.confidence),
                str(len(objectives)),
            )
    return table


def _counts(portal: Portal, figures: Figures, cycle: str) -> Text:
    objectives = [
        figures.objectives[objective.id]
        for objective in portal.objectives.values()
        if objective.cycle_id == cycle and objective.rolls_up
    ]
    found = Counter(own.status for own in objectives)
    line = Text(WORDS.count(len(objectives), "objective"))
    if found:
        line.append(": ").append(Text(", ").join(_counted(found)))
    overdue = sum(own.stale for own in objectives)
    if overdue:
        line.append(f"; {overdue} with an overdue check-in", style="yellow")
    return line


def _counted(found: Counter[Status]) -> Iterator[Text]:
    for value in STATUSES:
        if found[value]:
            yield Text.assemble(f"{found[value]} ", status(value))


def _rollouts(figures: Figures) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for own in figures.plans:
        line = Text.assemble((f"{own.rollout.title}: ", "bold"), status(own.status))
        line.append(f", {WORDS.percent(own.progress)} done, {WORDS.percent(own.expected)} expected")
        line.append(f" ({WORDS.day(own.rollout.start)} to {WORDS.day(own.rollout.end)})", style="dim")
        parts += [Text(), line]
    return parts
