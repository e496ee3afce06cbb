"""``api/okrs.csv``: a row a key result, with its objective's and unit's fields, for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence

from okrsite.exchange.values import day_or_none, number, number_or_none, reading, share, share_or_none
from okrsite.frozen import frozen
from okrsite.model import KeyResult, Objective, Portal, Unit
from okrsite.scoring.figures import CycleFigures, Figures, KeyResultFigures, ObjectiveFigures

Cell = str | int | float | bool | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection)."""


@frozen
class _Above:
    """What the cells of an objective and its unit are taken from; ``cycle`` is the unit in the objective's cycle."""

    figures: Figures
    unit: Unit
    cycle: CycleFigures | None
    objective: Objective
    objective_figures: ObjectiveFigures


@frozen
class _Own:
    """What the cells of a key result are taken from."""

    kr: KeyResult
    figures: KeyResultFigures


_ABOVE: tuple[tuple[str, Callable[[_Above], Cell]], ...] = (
    ("as_of", lambda row: row.figures.as_of.isoformat()),
    ("unit_id", lambda row: row.unit.id),
    ("unit_name", lambda row: row.unit.name),
    ("unit_level", lambda row: row.unit.level),
    ("unit_parent", lambda row: row.unit.parent),
    ("unit_lead", lambda row: row.unit.lead),
    ("cycle", lambda row: row.objective.cycle_id),
    ("unit_progress", lambda row: share(row.cycle.progress) if row.cycle else None),
    ("unit_expected", lambda row: share(row.cycle.expected) if row.cycle else None),
    ("unit_status", lambda row: row.cycle.status if row.cycle else None),
    ("unit_confidence", lambda row: share_or_none(row.cycle.confidence) if row.cycle else None),
    ("unit_alignment", lambda row: share_or_none(row.cycle.alignment) if row.cycle else None),
    ("objective_id", lambda row: row.objective.id),
    ("objective_title", lambda row: row.objective.title),
    ("objective_owner", lambda row: row.objective.owner),
    ("objective_type", lambda row: row.objective.type),
    ("objective_state", lambda row: row.objective.state),
    ("objective_weight", lambda row: number(row.objective.weight)),
    ("objective_supports", lambda row: " ".join(sorted(row.objective.supports))),
    ("objective_covered", lambda row: row.objective_figures.covered),
    ("objective_progress", lambda row: share(row.objective_figures.progress)),
    ("objective_expected", lambda row: share(row.objective_figures.expected)),
    ("objective_status", lambda row: row.objective_figures.status),
    ("objective_grade", lambda row: row.objective_figures.grade),
    ("objective_score", lambda row: number_or_none(row.objective.score)),
    ("objective_confidence", lambda row: share_or_none(row.objective_figures.confidence)),
    ("objective_stale", lambda row: row.objective_figures.stale),
)
_OWN: tuple[tuple[str, Callable[[_Own], Cell]], ...] = (
    ("key_result_id", lambda row: row.kr.id),
    ("key_result_title", lambda row: row.kr.title),
    ("key_result_owner", lambda row: row.kr.owner),
    ("key_result_kind", lambda row: row.kr.kind),
    ("key_result_unit", lambda row: row.kr.unit_of_measure),
    ("key_result_baseline", lambda row: number_or_none(row.kr.baseline)),
    ("key_result_target", lambda row: number_or_none(row.kr.target)),
    ("key_result_target_low", lambda row: number(row.kr.target_range[0]) if row.kr.target_range else None),
    ("key_result_target_high", lambda row: number(row.kr.target_range[1]) if row.kr.target_range else None),
    ("key_result_current", lambda row: reading(row.figures.current)),
    ("key_result_weight", lambda row: number(row.kr.weight)),
    ("key_result_start", lambda row: row.kr.start.isoformat()),
    ("key_result_due", lambda row: row.kr.due.isoformat()),
    ("key_result_progress_raw", lambda row: share(row.figures.progress_raw)),
    ("key_result_progress", lambda row: share(row.figures.progress)),
    ("key_result_expected", lambda row: share(row.figures.expected)),
    ("key_result_status", lambda row: row.figures.status),
    ("key_result_stale", lambda row: row.figures.stale),
    ("key_result_confidence", lambda row: number_or_none(row.figures.confidence)),
    ("key_result_last_check_in", lambda row: day_or_none(row.figures.last_check_in)),
    ("key_result_kpi", lambda row: row.kr.kpi),
)
COLUMNS = (*(name for name, _ in _ABOVE), *(name for name, _ in _OWN))
"""The names of the columns, left to right. New ones go to the right end of their group."""


Rows = tuple[tuple[str, str], ...]
"""The rows of some key results as they are written, each with the key result's id."""


def okrs_csv(portal: Portal, figures: Figures, rows: Callable[[str], Rows] | None = None) -> str:
    """A heading and a row for each key result, sorted by id; cells without a value are empty.

    Numbers are unrounded and negative ones stay numbers; a text that a spreadsheet would run as a formula
    gets an apostrophe in front.

    Args:
        portal: The portal.
        figures: Of the portal on a day.
        rows: Gives the rows of a unit by its id, where somebody has them already.
    """
    return "".join(okrs_csv_lines(portal, figures, rows))


def okrs_csv_lines(portal: Portal, figures: Figures, rows: Callable[[str], Rows] | None = None) -> Iterator[str]:
    """The same line by line: as a whole it is large, and may be needed in bytes."""
    written = [each for id in portal.units for each in (rows(id) if rows else unit_rows(portal, figures, id))]
    written.sort()
    yield from _lines([COLUMNS])
    yield from (text for _, text in written)


def unit_rows(portal: Portal, figures: Figures, id: str) -> Rows:
    """What `okrs_csv` has of a unit."""
    ids: list[str] = []
    rows: list[list[str | int | float]] = []
    for objective in (each for of_cycle in portal.objectives_by_unit[id].values() for each in of_cycle):
        row = _above(portal, figures, objective)
        above = [_written(cell(row)) for _, cell in _ABOVE]  # all of its key results have these cells in common
        for kr in objective.key_results:
            own = _Own(kr, figures.key_results[kr.id])
            ids.append(kr.id)
            rows.append([*above, *(_written(cell(own)) for _, cell in _OWN)])
    return tuple(zip(ids, _lines(rows), strict=True))


class _Lines(list[str]):
    """Takes what is written line by line."""

    write = list.append


def _lines(rows: Iterable[Sequence[str | int | float]]) -> list[str]:
    lines = _Lines()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines


def _above(portal: Portal, figures: Figures, objective: Objective) -> _Above:
    return _Above(
        figures=figures,
        unit=portal.units[objective.unit_id],
        cycle=figures.units.get(objective.unit_id, {}).get(objective.cycle_id),
        objective=objective,
        objective_figures=figures.objectives[objective.id],
    )


def _written(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell
