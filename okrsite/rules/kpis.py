"""Rules on KPIs: that every unit has one, and that each is SMART."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.languages import joined, said
from okrsite.rules.case import Case
from okrsite.rules.rule import Finding, Limit, Limits, quoted, rule
from okrsite.rules.smart import smart_marks

MARKS = ("specific", "measurable", "achievable", "relevant", "time-bound")

_TO_ADD = {
    "no definition": "`definition`",
    "no unit": "`unit`",
    "no source": "`source`",
    "no baseline": "`baseline`",
    "no due date": "`due`",
}


@rule(
    "OKR541",
    "unit-without-kpi",
    "warning",
    summary="A unit has no KPI.",
    reason="Objectives change things; KPIs show that what works keeps working. A unit needs one of its own to see its "
    "health, at whatever level it stands.",
    mend="Add the one number that would tell first that something is wrong to the unit's `kpis.yml`.",
    source="Kaplan and Norton, The Balanced Scorecard (1996): measures for every level of an organisation.",
    limits=(Limit("except_levels", (), "Levels whose units need none, e.g. `[individual]`."),),
)
def unit_without_kpi(case: Case, limits: Limits) -> Iterator[Finding]:
    """A unit that measures nothing."""
    unit = case.unit
    if not case.kpis and unit.level.casefold() not in limits.words("except_levels"):
        yield Finding(
            unit.source,
            said("%(level)s %(name)s has no KPI", level=said(unit.level), name=quoted(unit.name)),
            said("add a kpis.yml beside its unit.yml, with the number that tells first whether it is well"),
        )


@rule(
    "OKR542",
    "kpi-not-smart",
    "warning",
    summary="Something is missing that would make a KPI specific (a definition), measurable (a unit, a source of the "
    "data), achievable (a baseline), relevant (a key result that takes its value from it) or time-bound (a due date). "
    "Target and cadence are required of every KPI anyway.",
    reason="A KPI that leaves open what is counted, from where, by when and what for is read differently by everyone "
    "who reads it.",
    mend="Add the missing fields; for relevance, name the KPI in `kpi` of a key result. `marks` says which of the five "
    "are asked for: leave out `relevant` where some KPIs only watch over health.",
    source="Doran, There's a S.M.A.R.T. way to write management's goals and objectives, Management Review (1981).",
    limits=(Limit("marks", MARKS, "Which of the five marks a KPI needs.", choices=MARKS),),
)
def kpi_not_smart(case: Case, limits: Limits) -> Iterator[Finding]:
    """A KPI with a mark missing; one finding a KPI."""
    asked = limits.words("marks")
    for kpi in case.kpis:
        lacking = [mark for mark in smart_marks(case.portal, kpi) if not mark.ok and mark.word in asked]
        if lacking:
            marks = [
                said("%(mark)s: %(missing)s", mark=said(mark.word), missing=joined(map(said, mark.missing)))
                for mark in lacking
            ]
            missing = [what for mark in lacking for what in mark.missing]
            fields = ", ".join(_TO_ADD[what] for what in missing if what in _TO_ADD)
            steps = [said("add %(fields)s", fields=fields)] if fields else []
            if any(mark.word == "relevant" for mark in lacking):
                steps.append(said("name it in a key result: `kpi: %(id)s`", id=kpi.id.rpartition("/")[2]))
            message = said("KPI %(name)s is not SMART (%(marks)s)", name=quoted(kpi.name), marks=joined(marks, "; "))
            yield Finding(kpi.source, message, joined(steps, "; "))


RULES = (unit_without_kpi, kpi_not_smart)
