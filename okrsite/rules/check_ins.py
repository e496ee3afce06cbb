"""Rules on check-ins: that they come, belong to their cycle, and say why when hope is low."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from okrsite.languages import said, said_of
from okrsite.model import CheckIn, KeyResult
from okrsite.rules.case import Case
from okrsite.rules.rule import Finding, Limit, Limits, quoted, rule


@rule(
    "OKR521",
    "check-in-outside-cycle",
    "warning",
    summary="A check-in is dated before its cycle begins, or long after its end.",
    reason="A reading from before the cycle counts as progress made in it, and one from long after is mostly a typing "
    "error in the year.",
    mend="Mend the date. What was measured before the cycle is the key result's `baseline`. The last readings of a "
    "cycle may come in after its end, within `days_after`.",
    source="By definition: a cycle is the period that its goals are set for.",
    limits=(Limit("days_after", 31, "Days after the cycle's end in which its last readings may come in."),),
)
def check_in_outside_cycle(case: Case, limits: Limits) -> Iterator[Finding]:
    """A reading that its cycle does not hold."""
    days_after = limits.number("days_after")
    for objective in case.that_roll_up:
        cycle = case.cycles[objective.cycle_id]
        latest = cycle.end + timedelta(days=days_after)
        for kr in objective.key_results:
            for check_in in kr.check_ins:
                if check_in.date < cycle.start:
                    message = said(
                        "the check-in of %(title)s on %(day)s is before %(cycle)s begins on %(start)s",
                        title=quoted(kr.title),
                        day=check_in.date,
                        cycle=cycle.name,
                        start=cycle.start,
                    )
                    hint = said("mend the date; a value from before the cycle is the key result's `baseline`")
                elif check_in.date > latest:
                    message = said_of(
                        "the check-in of %(title)s on %(day)s is %(num)s day after %(cycle)s ended on %(end)s",
                        "the check-in of %(title)s on %(day)s is %(num)s days after %(cycle)s ended on %(end)s",
                        (check_in.date - cycle.end).days,
                        title=quoted(kr.title),
                        day=check_in.date,
                        cycle=cycle.name,
                        end=cycle.end,
                    )
                    hint = said("mend the date, or check in on a goal of a later cycle")
                else:
                    continue
                yield Finding(check_in.source, message, hint)


@rule(
    "OKR522",
    "check-in-overdue",
    "notice",
    summary="A key result of a running cycle has had no check-in for longer than the cycle's `check_in_every`.",
    reason="A figure that is weeks old says how it was, and help that comes then is late.",
    mend="Check in: a value where there is a new one, or just a confidence or a note.",
    source="Wodtke, Radical Focus (2016): goals live by a regular rhythm of check-ins.",
    depends_on_day=True,
)
def check_in_overdue(case: Case, _limits: Limits) -> Iterator[Finding]:
    """A key result that has not been heard of for a while."""
    figures = case.figures
    for objective in case.objectives:
        cycle = case.cycles[objective.cycle_id]
        if objective.state != "active" or not cycle.holds(figures.as_of):
            continue
        for kr in objective.key_results:
            if kr.kind != "rollup" and figures.key_results[kr.id].stale:  # a roll-up waits for no check-in
                last = figures.key_results[kr.id].last_check_in
                days = (figures.as_of - (last or kr.start)).days
                title, every = quoted(kr.title), cycle.check_in_every
                heard = said_of(
                    "key result %(title)s: last reading %(num)s day ago; every %(every)s expected",
                    "key result %(title)s: last reading %(num)s days ago; every %(every)s expected",
                    days,
                    title=title,
                    every=every,
                )
                silent = said_of(
                    "key result %(title)s: no reading yet, begun %(num)s day ago; every %(every)s expected",
                    "key result %(title)s: no reading yet, begun %(num)s days ago; every %(every)s expected",
                    days,
                    title=title,
                    every=every,
                )
                measure = said("add a measurement of its KPI")
                check_in = said("check in: a value, or just a confidence or a note")
                yield Finding(kr.source, silent if last is None else heard, measure if kr.kpi else check_in)


@rule(
    "OKR523",
    "low-confidence-without-note",
    "warning",
    summary="The latest confidence of an active key result is low, and no note says why.",
    reason="Low confidence is a call for help, and nobody can help who does not know with what.",
    mend="Add a `note` to the next check-in: what is in the way, and what would help. Only the latest confidence "
    "counts, since check-ins are never edited, and any note since then will do.",
    source="Wodtke, Radical Focus (2016): confidence out of ten opens the conversation about a key result.",
    limits=(Limit("confidence", 3, "A confidence, 0 to 10, that is low: this one or less."),),
)
def low_confidence_without_note(case: Case, limits: Limits) -> Iterator[Finding]:
    """Low hope without a word."""
    low = limits.number("confidence")
    for objective in case.objectives:
        if objective.state != "active":
            continue
        for kr in objective.key_results:
            check_in = _unexplained(kr)
            if check_in is not None and check_in.confidence is not None and check_in.confidence <= low:
                yield Finding(
                    check_in.source,
                    said(
                        "key result %(title)s has a confidence of %(confidence)s out of 10 since %(day)s, "
                        "without a note",
                        title=quoted(kr.title),
                        confidence=f"{check_in.confidence:f}",
                        day=check_in.date,
                    ),
                    said("say in a `note` what is in the way, and what would help"),
                )


def _unexplained(kr: KeyResult) -> CheckIn | None:
    """The latest check-in with a confidence, unless it or a later one has a note."""
    for check_in in reversed(kr.check_ins):
        if check_in.note.strip():
            return None
        if check_in.confidence is not None:
            return check_in
    return None


RULES = (check_in_outside_cycle, check_in_overdue, low_confidence_without_note)
