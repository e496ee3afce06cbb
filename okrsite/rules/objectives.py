"""Rules on single objectives: who owns them, how they read, what they support, how they end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from okrsite.languages import said, said_of
from okrsite.model import Cycle, KeyResult, Objective, Portal, Source
from okrsite.rules.case import Case
from okrsite.rules.rule import Finding, Limit, Limits, Spot, across, cut, quoted, rule, spot
from okrsite.rules.vocabulary import NUMBER_NAMES, PLACEHOLDERS, TEAM_NAMES
from okrsite.rules.wording import is_placeholder, may_be_several, number_that_measures, owners_in
from okrsite.scoring.figures import Figures

_PLAYBOOK = "Google's OKR Playbook, reprinted in Doerr, Measure What Matters (2018)"


def _owned(case: Case) -> Iterator[Objective | KeyResult]:
    """Each objective that rolls up, and each of its key results that names an owner of its own."""
    for objective in case.that_roll_up:
        yield objective
        for kr in objective.key_results:
            if kr.owner != objective.owner:
                yield kr


@rule(
    "OKR501",
    "owner-missing",
    "error",
    summary="The owner of an objective, or a key result's own owner, is a placeholder such as TBD, n/a or a question "
    "mark.",
    reason="A goal that nobody answers for is nobody's work: no one updates it, asks for help in time or learns from "
    "it.",
    mend="Name one person. Where that is not settled yet, leave the objective in state draft, and drop a key "
    "result's `owner` so that the objective's owner answers for it.",
    source="Doerr, Measure What Matters (2018): OKRs are tracked for accountability.",
    limits=(Limit("placeholders", PLACEHOLDERS, "What stands for no owner, in upper or lower case."),),
)
def owner_missing(case: Case, limits: Limits) -> Iterator[Finding]:
    """An owner that is none."""
    placeholders = limits.words("placeholders")
    for goal in _owned(case):
        if is_placeholder(goal.owner, placeholders):
            title, owner = quoted(goal.title), quoted(goal.owner)
            if isinstance(goal, Objective):
                named = said("objective %(title)s has no owner: its owner is %(owner)s", title=title, owner=owner)
                blank = said("objective %(title)s has no owner: its owner is blank", title=title)
                hint = said("name one person as its owner, or set `state: draft` until there is one")
            else:
                named = said("key result %(title)s has no owner: its owner is %(owner)s", title=title, owner=owner)
                blank = said("key result %(title)s has no owner: its owner is blank", title=title)
                hint = said("name one person, or leave `owner` out: the objective's owner then answers for it")
            yield Finding(goal.source, named if goal.owner.strip() else blank, hint)


_Named = tuple[tuple[str, ...], tuple[tuple[Spot, bool, str, str], ...]]
"""Names that stand alone in a unit, case-folded, and its goals whose owner may be several: place, whether it is an
objective, title and owner of each."""


def _names(case: Case, _limits: Limits) -> _Named:
    goals = list(_owned(case))
    people = {case.unit.lead, *(kpi.owner for kpi in case.kpis), *(goal.owner for goal in goals)}
    alone = (name for name in people if len(owners_in(name, frozenset(), frozenset())) == 1 and "," not in name)
    several = {owner for owner in people if may_be_several(owner)}
    return (
        tuple(sorted(" ".join(name.split()).casefold() for name in (*alone, case.unit.name))),
        tuple(
            (spot(goal.source), isinstance(goal, Objective), goal.title, goal.owner)
            for goal in goals
            if goal.owner in several
        ),
    )


@rule(
    "OKR502",
    "several-owners",
    "warning",
    summary="The owner of an objective, or a key result's own owner, reads like several people.",
    reason="Where two answer for a goal, each may wait for the other. Many can work on it; one keeps it in view.",
    mend="Name the one who answers for it as `owner`, and the others in the description or as owners of its key "
    "results. `A and B`, `A & B`, `A / B` and `A, B` count as several, unless the whole is the name of a unit, or "
    "has a word in it that marks a team.",
    source="Common practice: one accountable person for each piece of work (the A in a RACI chart).",
    limits=(
        Limit("team_names", TEAM_NAMES, "Words that mark the name of a team, so that an `and` may be part of it."),
    ),
)
@across(_names)
def several_owners(told: Mapping[str, _Named], _portal: Portal, _figures: Figures, limits: Limits) -> Iterator[Finding]:
    """Two owners in one field."""
    team_names = limits.words("team_names")
    known = frozenset(name for names, _ in told.values() for name in names)
    for place, is_objective, title, owner in (goal for _, goals in told.values() for goal in goals):
        owners = owners_in(owner, known, team_names)
        if len(owners) > 1:
            values = {"title": quoted(title), "n": len(owners), "owners": quoted(owner)}
            message = (
                said("objective %(title)s has %(n)s owners: %(owners)s", **values)
                if is_objective
                else said("key result %(title)s has %(n)s owners: %(owners)s", **values)
            )
            hint = said(
                "name the one who answers for it, e.g. `owner: %(owner)s`, and the others in the description",
                owner=cut(owners[0]),
            )
            yield Finding(Source(*place), message, hint)


@rule(
    "OKR503",
    "objective-title-number",
    "warning",
    summary="The title of an objective carries a number that reads like a target.",
    reason="An objective says what gets better, in words people remember; its key results say by how much. A number "
    "in the title is a key result in the wrong place, and the title is wrong as soon as the target moves.",
    mend="Say what gets better and move the number to a key result. Numbers that are part of a name do not count: "
    "24/7, ISO 27001, Q1, 2026, v2, Windows 11, 1st, phase 2, and whatever follows one of `names`.",
    source="Wodtke, Radical Focus (2016): an objective is qualitative, its key results are quantitative.",
    limits=(
        Limit("names", NUMBER_NAMES, "A number that is one of these, or stands right after one, is part of a name."),
    ),
)
def objective_title_number(case: Case, limits: Limits) -> Iterator[Finding]:
    """A target in an objective's title."""
    names = limits.words("names")
    for objective in case.drafts_too:
        number = number_that_measures(objective.title, names)
        if number is not None:
            yield Finding(
                objective.source,
                said(
                    "the title of objective %(title)s carries a number: %(number)s",
                    title=quoted(objective.title),
                    number=cut(number),
                ),
                said("say in words what gets better, and let a key result carry %(number)s", number=cut(number)),
            )


@rule(
    "OKR504",
    "objective-title-length",
    "warning",
    summary="The title of an objective runs over a line.",
    reason="A title is read in lists, charts and meetings. One that takes a breath to say is not remembered.",
    mend="Keep the one thing that gets better in the title; the rest belongs into the description.",
    source="Wodtke, Radical Focus (2016): an objective is a single sentence.",
    limits=(Limit("max_length", 90, "Characters that a title may have."),),
)
def objective_title_length(case: Case, limits: Limits) -> Iterator[Finding]:
    """A title that does not fit on a line."""
    most = limits.number("max_length")
    for objective in case.drafts_too:
        length = len(objective.title)
        if length > most or len(objective.title.strip().splitlines()) > 1:
            long = said_of(
                "%(num)s character; %(most)s at most", "%(num)s characters; %(most)s at most", length, most=most
            )
            yield Finding(
                objective.source,
                said(
                    "the title of objective %(title)s runs over a line: %(size)s",
                    title=quoted(objective.title),
                    size=long if length > most else said("more than one line"),
                ),
                said("keep what gets better in the title and move the rest into `description`"),
            )


_Lone = tuple[str, tuple[str, ...], tuple[tuple[Spot, str, str], ...]]
"""Of a unit the one above it, or nothing; the cycles in which its objectives roll up; and those of them that support
nothing: place, title and cycle of each."""


def _unsupporting(case: Case, _limits: Limits) -> _Lone:
    lone = tuple((spot(each.source), each.title, each.cycle_id) for each in case.that_roll_up if not each.supports)
    return case.unit.parent or "", tuple(cycle.id for cycle, _ in case.standing), lone


@rule(
    "OKR505",
    "supports-nothing",
    "warning",
    summary="An objective of a unit below another one supports nothing, although a unit above it has objectives at "
    "the same time.",
    reason="Work that serves none of the goals above may be good work, but nobody can see what it is for. Saying so "
    "either finds the link or shows that a goal is missing above.",
    mend="Name in `supports` the objective or key result above that this one serves. Where there is none, talk with "
    "the unit above about adding one.",
    source="Doerr, Measure What Matters (2018): OKRs align and connect teams.",
)
@across(_unsupporting)
def supports_nothing(
    told: Mapping[str, _Lone], portal: Portal, _figures: Figures, _limits: Limits
) -> Iterator[Finding]:
    """A goal without a line to a goal above."""
    cycles_above: dict[str, frozenset[str]] = {}
    overlaps: dict[tuple[frozenset[str], str], bool] = {}  # units side by side share both, so this stays small
    for id, (parent, _, lone) in told.items():
        above = cycles_above[id] = _with(told[parent][1], cycles_above[parent]) if parent else frozenset()
        for place, title, cycle_id in lone if above else ():
            key = (above, cycle_id)
            if key not in overlaps:
                cycle = portal.cycles[cycle_id]
                overlaps[key] = any(overlap(cycle, portal.cycles[each]) for each in above)
            if overlaps[key]:
                yield Finding(
                    Source(*place),
                    said(
                        "objective %(title)s supports nothing, and units above it have objectives", title=quoted(title)
                    ),
                    said("name in `supports` the objective or key result above that it serves"),
                )


def _with(own: Iterable[str], above: frozenset[str]) -> frozenset[str]:
    """Some cycles and others; the others themselves where that is all, as it mostly is."""
    return above if above.issuperset(own) else above.union(own)


def overlap(one: Cycle, other: Cycle) -> bool:
    """Whether two cycles have a day in common."""
    return one.start <= other.end and other.start <= one.end


@rule(
    "OKR506",
    "missed-without-note",
    "warning",
    summary="A committed objective is closed below its target and has no closing note.",
    reason="A committed objective is a promise. That it was missed is no shame; that nobody says why is a lesson lost.",
    mend="Write in `closing_note` what got in the way and what will be different next time.",
    source=f"{_PLAYBOOK}: a committed objective that ends below 1.0 asks for an explanation.",
)
def missed_without_note(case: Case, _limits: Limits) -> Iterator[Finding]:
    """A promise that was closed below 1 without a word."""
    for objective in case.objectives:
        if objective.state == "closed" and _missed_in_silence(objective, case.figures):
            yield Finding(
                objective.source,
                said(
                    "committed objective %(title)s was closed at %(progress)s without a closing note",
                    title=quoted(objective.title),
                    progress=_percent(objective, case.figures),
                ),
                said("say in `closing_note` what got in the way and what was learned"),
            )


@rule(
    "OKR507",
    "ended-without-note",
    "notice",
    summary="The cycle of a committed objective is over, the objective is still active and below its target, and it "
    "has no closing note.",
    reason="The reasons are freshest right after the end, and the next cycle is planned on them.",
    mend="Write the `closing_note`, and set `state: closed`.",
    source=f"{_PLAYBOOK}: a committed objective that ends below 1.0 asks for an explanation.",
    depends_on_day=True,
)
def ended_without_note(case: Case, _limits: Limits) -> Iterator[Finding]:
    """A promise whose time is over and that is still open."""
    figures = case.figures
    for objective in case.objectives:
        cycle = case.cycles[objective.cycle_id]
        if objective.state == "active" and cycle.end < figures.as_of and _missed_in_silence(objective, figures):
            yield Finding(
                objective.source,
                said(
                    "committed objective %(title)s stands at %(progress)s, %(cycle)s ended on %(end)s, and it has no "
                    "closing note yet",
                    title=quoted(objective.title),
                    progress=_percent(objective, figures),
                    cycle=cycle.name,
                    end=cycle.end,
                ),
                said("say in `closing_note` what got in the way, and set `state: closed`"),
            )


def _missed_in_silence(objective: Objective, figures: Figures) -> bool:
    if objective.type != "committed" or objective.closing_note.strip():
        return False
    return figures.objectives[objective.id].progress < 1  # last: a roll-up is made of other units' goals


def _percent(objective: Objective, figures: Figures) -> str:
    """Its progress in whole percent, rounded down, so that a missed objective never reads 100%."""
    return f"{int(figures.objectives[objective.id].progress * 100)}%"


@rule(
    "OKR508",
    "closed-without-evidence",
    "warning",
    summary="An objective is closed and none of its key results links to evidence.",
    reason="Whoever reads the grade in a year, or was not in the room, should be able to see for themselves.",
    mend="Add links to dashboards, reports or minutes to `evidence` of its key results.",
    source=f"{_PLAYBOOK}: key results come with evidence that is available, credible and easy to find.",
)
def closed_without_evidence(case: Case, _limits: Limits) -> Iterator[Finding]:
    """A closed objective that shows nothing."""
    for objective in case.objectives:
        if objective.state == "closed" and not any(kr.evidence for kr in objective.key_results):
            yield Finding(
                objective.source,
                said(
                    "objective %(title)s is closed and none of its key results has evidence",
                    title=quoted(objective.title),
                ),
                said("link a dashboard, a report or minutes in `evidence` of a key result"),
            )


RULES = (
    owner_missing,
    several_owners,
    objective_title_number,
    objective_title_length,
    supports_nothing,
    missed_without_note,
    ended_without_note,
    closed_without_evidence,
)
