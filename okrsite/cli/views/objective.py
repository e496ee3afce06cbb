"""An objective: its state, what it supports, its key results and their readings."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from okrsite.cli.views.bullet import Bullet
from okrsite.cli.views.kpi import measurement_table
from okrsite.cli.views.marks import state, status
from okrsite.cli.views.tables import LATEST, plain_table
from okrsite.model import KeyResult, Objective, Portal
from okrsite.scoring import Figures
from okrsite.site.words import ENGLISH_WORDS as WORDS


def objective_view(portal: Portal, figures: Figures, objective: Objective) -> RenderableType:
    """The objective on its day; readings after it do not exist yet."""
    unit = portal.units[objective.unit_id]
    own = figures.objectives[objective.id]
    about = f"{unit.name}, {objective.cycle_id}, {objective.type}, {objective.state}, {objective.owner}"
    parts: list[RenderableType] = [
        Text(objective.title, style="bold"),
        Text(about, style="dim"),
        state(own, portal.cycles[objective.cycle_id], figures.as_of),
    ]
    if own.grade is not None:
        parts.append(Text(f"grade: {own.grade}" + _owner_score(objective, own.owner_grade)))
    parts += _references("supports", objective.supports)
    parts += _references("supported by", (other.id for other in _supporters(portal, objective)))
    parts += [Text(), key_result_table(objective, figures, aims=True)]
    for kr in objective.key_results:
        readings = _readings(portal, kr, figures)
        if readings is not None:
            parts += [Text(), Text(kr.title, style="bold"), Padding(readings, (0, 0, 0, 2), expand=False)]
    return Group(*parts)


def title(objective: Objective, figures: Figures) -> Text:
    """A line for an objective in a list: status, title, progress, owner."""
    own = figures.objectives[objective.id]
    line = Text.assemble(status(own.status), "  ", (objective.title, "bold"))
    line.no_wrap = False
    line.append(f"  {WORDS.percent(own.progress)} done, {WORDS.percent(own.expected)} expected", style="default")
    line.append(f"  {objective.owner}  {objective.id}", style="dim")
    return line


def key_result_table(objective: Objective, figures: Figures, *, aims: bool = False) -> RenderableType:
    """The key results with value, bullet bar and status, and if asked for what each aims at beside its title."""
    table = plain_table("key result", "now>", "progress", ">", "status", "conf>")
    for kr in objective.key_results:
        own = figures.key_results[kr.id]
        table.add_row(
            Text.assemble(kr.title, (f" ({WORDS.kind_in_words(kr)})" if aims else "", "dim")),
            WORDS.measured(own.current, kr.unit_of_measure),
            Bullet(own.progress, own.expected, own.status),
            WORDS.percent(own.progress_raw),
            Text.assemble(status(own.status), (", overdue" if own.stale else "", "yellow")),
            WORDS.confidence(own.confidence),
        )
    return Padding(table, (0, 0, 0, 2), expand=False)


def _owner_score(objective: Objective, grade: str | None) -> str:
    return "" if objective.score is None else f" (the owner's own score: {objective.score}, {grade})"


def _references(words: str, ids: Iterable[str]) -> list[RenderableType]:
    listed = ", ".join(ids)
    return [Text(f"{words}: {listed}")] if listed else []


def _supporters(portal: Portal, objective: Objective) -> list[Objective]:
    ids = (objective.id, *(kr.id for kr in objective.key_results))
    found = {other.id: other for id in ids for other in portal.supporters.get(id, ())}
    return [found[id] for id in sorted(found)]


def _readings(portal: Portal, kr: KeyResult, figures: Figures) -> RenderableType | None:
    if kr.kpi is not None:
        return measurement_table(portal.kpis[kr.kpi], figures.as_of)
    known = [check_in for check_in in kr.check_ins if check_in.date <= figures.as_of]
    table = plain_table("date", "value>", "conf>", "by", "note")
    for check_in in reversed(known[-LATEST:]):
        table.add_row(
            WORDS.day(check_in.date),
            WORDS.measured(check_in.value, kr.unit_of_measure),
            WORDS.confidence(check_in.confidence),
            Text(check_in.by),
            Text(check_in.note),
        )
    return table if known else None
