"""Rules on the goals of a unit taken together: how many, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okrsite.languages import said, said_of
from okrsite.model import Portal, Source
from okrsite.rules.case import Case
from okrsite.rules.objectives import overlap
from okrsite.rules.rule import (
    Finding,
    Limit,
    Limits,
    Spot,
    across,
    all_aspirational_objectives,
    all_objectives,
    quoted,
    rule,
    spot,
)
from okrsite.scoring.figures import Figures


@rule(
    "OKR531",
    "too-many-objectives",
    "warning",
    summary="A unit has more objectives in a cycle than it can keep in view. Active and closed ones count.",
    reason="Setting goals is choosing. Where everything is a goal, people choose on their own what to leave.",
    mend="Keep the few that matter most in this cycle; postpone the others (`state: postponed`) or make them KPIs.",
    source="Google re:Work, Set goals with OKRs: three to five objectives. Doerr, Measure What Matters (2018): focus "
    "and commit.",
    limits=(Limit("max", 5, "Objectives that a unit has at most in a cycle."),),
)
def too_many_objectives(case: Case, limits: Limits) -> Iterator[Finding]:
    """More goals than a unit can keep in view."""
    most = limits.number("max")
    for cycle, objectives in case.standing:
        if len(objectives) > most:
            yield Finding(
                sorted(objective.source for objective in objectives)[most],
                said_of(
                    "%(unit)s has %(num)s objective in %(cycle)s; %(most)s at most work well",
                    "%(unit)s has %(num)s objectives in %(cycle)s; %(most)s at most work well",
                    len(objectives),
                    unit=quoted(case.unit.name),
                    cycle=cycle.name,
                    most=most,
                ),
                said("keep what matters most and postpone the rest with `state: postponed`"),
            )


_Took = tuple[Spot, str, tuple[str, ...]]
"""Where a unit is, its name, and the ids of the cycles in which it has an objective, be it a draft."""


def _took_part(case: Case, _limits: Limits) -> _Took:
    cycles = dict.fromkeys(objective.cycle_id for objective in case.drafts_too)
    return spot(case.unit.source), case.unit.name, tuple(cycles)


@rule(
    "OKR532",
    "no-objective-in-cycle",
    "notice",
    summary="A unit has no objective in the portal's current cycle, nor in one that overlaps it, while others have. A "
    "draft is one.",
    reason="Goals work across an organisation when all of it takes part; a unit without any is often one that was "
    "not asked.",
    mend="Write one objective for a start. It may be a draft.",
    source="Google re:Work, Set goals with OKRs: goals are set at the level of the company and of its teams.",
    depends_on_day=True,
)
@across(_took_part)
def no_objective_in_cycle(
    told: Mapping[str, _Took], portal: Portal, figures: Figures, _limits: Limits
) -> Iterator[Finding]:
    """A unit that stands aside."""
    if figures.cycle is None or portal.cycles[figures.cycle].end < figures.as_of:
        return
    current = portal.cycles[figures.cycle]
    overlapping = {cycle.id for cycle in portal.cycles.values() if overlap(cycle, current)}
    without = [(place, name) for place, name, cycles in told.values() if overlapping.isdisjoint(cycles)]
    if len(without) == len(told):
        return
    for place, name in without:
        yield Finding(
            Source(*place),
            said_of(
                "%(unit)s has no objective in %(cycle)s, while %(num)s other unit has",
                "%(unit)s has no objective in %(cycle)s, while %(num)s other units have",
                len(told) - len(without),
                unit=quoted(name),
                cycle=current.name,
            ),
            said(
                "write one in %(cycle)s.yml beside its unit.yml; `state: draft` will do for a start", cycle=current.id
            ),
        )


@rule(
    "OKR533",
    "confident-but-off-track",
    "notice",
    summary="All objectives of a unit in a running cycle are off track, and its confidence is high.",
    reason="One of the two is out of date: the readings, the targets, or the confidence. Which one is worth a "
    "conversation.",
    mend="Go through the readings and the confidence together, and check in what you find.",
    source="Wodtke, Radical Focus (2016): confidence is a conversation about what the numbers do not show.",
    limits=(Limit("confidence", 7, "A confidence, 0 to 10, that is high: this one or more."),),
    depends_on_day=True,
)
def confident_but_off_track(case: Case, limits: Limits) -> Iterator[Finding]:
    """Figures and feelings that do not agree."""
    high, figures = limits.number("confidence"), case.figures
    for cycle, objectives in case.standing:
        if not cycle.holds(figures.as_of):
            continue
        if not all(figures.objectives[objective.id].status == "off_track" for objective in objectives):
            continue
        unit_figures = figures.units.get(case.unit.id, {}).get(cycle.id)
        confidence = unit_figures.confidence if unit_figures is not None else None
        if confidence is not None and confidence >= high:
            yield Finding(
                case.unit.source,
                said_of(
                    "%(all)s of %(unit)s in %(cycle)s is off track, with a confidence of %(confidence)s out of 10",
                    "%(all)s of %(unit)s in %(cycle)s are off track, with a confidence of %(confidence)s out of 10",
                    len(objectives),
                    all=all_objectives(len(objectives)),
                    unit=quoted(case.unit.name),
                    cycle=cycle.name,
                    confidence=f"{float(confidence):.1f}".removesuffix(".0"),
                ),
                said("go through readings and confidence together; one of them is out of date"),
            )


@rule(
    "OKR534",
    "always-reached",
    "notice",
    summary="All aspirational objectives of a unit reached their targets in the last cycles.",
    reason="An aspirational goal is meant to stretch. Reached every time, it shows what was safe to promise, not what "
    "was possible.",
    mend="Aim higher where it would matter, or call these objectives `committed`. The last cycles are the ones that "
    "have ended and in which the unit had an aspirational objective.",
    source="Google re:Work, Set goals with OKRs: whoever reaches all goals all the time has not set them high enough.",
    limits=(Limit("cycles", 3, "How many cycles in a row."),),
    depends_on_day=True,
)
def always_reached(case: Case, limits: Limits) -> Iterator[Finding]:
    """Goals that never stretch."""
    number = limits.number("cycles")
    ended = [
        (cycle, aspirational)
        for cycle, objectives in case.standing
        if cycle.end < case.figures.as_of
        and (aspirational := [objective for objective in objectives if objective.type == "aspirational"])
    ]
    last = sorted(ended, key=lambda pair: (pair[0].end, pair[0].id))[-number:] if number else []
    goals = [objective for _, objectives in last for objective in objectives]
    if len(last) == number > 0 and all(case.figures.objectives[goal.id].progress == 1 for goal in goals):
        yield Finding(
            case.unit.source,
            said_of(
                "%(all)s of %(unit)s in %(cycles)s reached 100%%",
                "%(all)s of %(unit)s in %(cycles)s reached 100%%",
                len(goals),
                all=all_aspirational_objectives(len(goals)),
                unit=quoted(case.unit.name),
                cycles=", ".join(cycle.name for cycle, _ in last),
            ),
            said("aim higher: 70% is a good result for a goal that stretches; or call them `type: committed`"),
        )


RULES = (too_many_objectives, no_objective_in_cycle, confident_but_off_track, always_reached)
