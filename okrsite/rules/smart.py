"""The SMART marks of a KPI: specific, measurable, achievable, relevant, time-bound."""

from __future__ import annotations

from okrsite.frozen import frozen
from okrsite.model import Kpi, Portal


@frozen
class SmartMark:
    """One of the five marks.

    Attributes:
        letter: ``S``, ``M``, ``A``, ``R`` or ``T``.
        word: What it stands for, e.g. ``specific``.
        ok: Whether nothing is missing.
        missing: What is, e.g. ``no data source``.
    """

    letter: str
    word: str
    ok: bool
    missing: tuple[str, ...]


def smart_marks(portal: Portal, kpi: Kpi) -> tuple[SmartMark, ...]:
    """The five marks of a KPI, in the order of the letters.

    Specific is a definition; measurable a unit of measure, a target and a source of the data; achievable a baseline;
    relevant a key result, not postponed or cancelled, that takes its value from the KPI; time-bound a due date and a
    cadence. Name, target and cadence are required of every KPI and so never missing here.

    Source: Doran, "There's a S.M.A.R.T. way to write management's goals and objectives", Management Review, 1981;
    his A is assignable and his R realistic, the words here are the ones in use since.
    """
    used = any(
        portal.objectives[kr.objective_id].state not in ("postponed", "cancelled")
        for kr in portal.key_results_by_kpi.get(kpi.id, ())
    )
    measurable = {"no unit": bool(kpi.unit_of_measure), "no source": bool(kpi.data_source)}
    return (
        _mark("specific", {"no definition": bool(kpi.definition.strip())}),
        _mark("measurable", measurable),
        _mark("achievable", {"no baseline": kpi.baseline is not None}),
        _mark("relevant", {"no key result takes its value from it": used}),
        _mark("time-bound", {"no due date": kpi.due is not None}),
    )


def _mark(word: str, checks: dict[str, bool]) -> SmartMark:
    missing = tuple(what for what, there in checks.items() if not there)
    return SmartMark(word[0].upper(), word, not missing, missing)
