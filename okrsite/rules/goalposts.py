"""Rules on goalposts that moved: what git tells of a goal beside what stands in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from okrsite.history import Change, Value
from okrsite.languages import Saying, joined, said
from okrsite.model import Cycle, KeyResult, Objective
from okrsite.rules.case import Case
from okrsite.rules.rule import Finding, Limit, Limits, cut, quoted, rule

_FIELDS: Mapping[str, Saying] = {
    "target": said("target"),
    "baseline": said("baseline"),
    "kind": said("kind"),
    "inclusive": said("equality meets the target"),
    "sustained": said("in every check-in period"),
    "milestones": said("milestones"),
    "weight": said("weight"),
    "start": said("start"),
    "due": said("due"),
    "type": said("type"),
    "state": said("state"),
}
"""What readers see of a field that may make a goal easier."""


@rule(
    "OKR543",
    "easier-target-late",
    "notice",
    summary="A goalpost of an active or closed objective was made easier in the later part of its cycle.",
    reason="A target may be wrong, and then it is right to move it. But late in a cycle a grade says as much about the "
    "goalpost as about the work, and whoever reads it should know.",
    mend="Nothing has to be mended: what happened stays in the ledger. Say in the commit's message why a goalpost "
    "moves, for that is shown as the reason, and in `closing_note` what it means for the grade.",
    source="Doerr, Measure What Matters (2018): goals may be revised while a cycle runs, openly and for a reason.",
    limits=(
        Limit("elapsed", 50, "Percent of the cycle's days that have passed; from then on it is late."),
        Limit("days_after", 31, "Days after the cycle's end during which it is still pointed out."),
    ),
    depends_on_day=True,
    of_history=True,
)
def easier_target_late(case: Case, limits: Limits) -> Iterator[Finding]:
    """A goal that got easier when much of its time was over."""
    elapsed, days_after = limits.number("elapsed"), timedelta(days=limits.number("days_after"))
    moved, as_of = case.history.eased.get(case.unit.id, ()), case.figures.as_of
    if not moved:
        return
    goals: dict[str, tuple[Objective | KeyResult, Cycle]] = {}
    for objective in case.that_roll_up:
        cycle = case.cycles[objective.cycle_id]
        goals[objective.id] = objective, cycle
        goals.update((kr.id, (kr, cycle)) for kr in objective.key_results)
    for change in moved:
        if change.goal not in goals or change.commit.day > as_of:
            continue
        goal, cycle = goals[change.goal]
        passed = (change.commit.day - cycle.start).days
        if as_of > cycle.end + days_after:
            continue  # it is in the ledger, and no news
        if passed * 100 >= elapsed * cycle.days:
            yield Finding(goal.source, _message(change, goal, cycle), _hint(change))


def _message(change: Change, goal: Objective | KeyResult, cycle: Cycle) -> Saying:
    values = {
        "title": quoted(goal.title),
        "field": _FIELDS.get(change.field, change.field),
        "before": _value(change, change.before),
        "after": _value(change, change.after),
        "day": change.commit.day,
        "when": _when(cycle, change.commit.day),
    }
    if isinstance(goal, Objective):
        return said(
            "objective %(title)s was made easier on %(day)s (%(when)s): %(field)s, from %(before)s to %(after)s",
            **values,
        )
    return said(
        "key result %(title)s was made easier on %(day)s (%(when)s): %(field)s, from %(before)s to %(after)s", **values
    )


def _when(cycle: Cycle, day: date) -> Saying:
    if day > cycle.end:
        return said("after the end of %(cycle)s", cycle=cycle.name)
    return said("day %(day)s of %(days)s", day=(day - cycle.start).days + 1, days=cycle.days)


def _value(change: Change, value: Value) -> str | date:
    """A value as it stands in a message; days and words are said in the portal's language later."""
    if value is None or value in ("", ()):
        return said("nothing")
    if isinstance(value, bool):
        return said("yes") if value else said("no")
    if isinstance(value, Decimal):
        return _number(value, change.unit_of_measure)
    if isinstance(value, tuple):
        if isinstance(value[0], Decimal):
            low, high = value
            return said("%(low)s to %(high)s", low=f"{low:f}", high=_number(high, change.unit_of_measure))
        return joined(map(quoted, value))
    return value


def _number(value: Decimal, unit: str) -> str:
    """The number as the content has it, with its unit of measure: ``99.9%``, ``30 min``."""
    unit = cut(unit)
    return f"{value:f}{unit if not unit or unit == '%' else f' {unit}'}"


def _hint(change: Change) -> Saying:
    if not change.commit.subject:
        return said("commit %(commit)s gives no reason", commit=change.commit.short)
    return said("the reason given: %(reason)s", reason=quoted(change.commit.subject))


RULES = (easier_target_late,)
