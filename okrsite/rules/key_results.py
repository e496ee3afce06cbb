"""Rules on key results: how many, how they read, when they are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrsite.languages import Saying, joined, said, said_of
from okrsite.model import Cycle, KeyResult, Objective
from okrsite.rules.case import Case
from okrsite.rules.rule import Finding, Limit, Limits, all_key_results, cut, quoted, rule
from okrsite.rules.vocabulary import FIRST_WORDS, LAST_WORDS, NUMBER_WORDS
from okrsite.rules.wording import activity_word, carries_number

_PLAYBOOK = "Google's OKR Playbook, reprinted in Doerr, Measure What Matters (2018)"

_MEASURED = frozenset({"increase", "decrease", "at_least", "at_most", "between"})


@rule(
    "OKR511",
    "key-result-count",
    "warning",
    summary="An objective has fewer or more key results than is useful.",
    reason="One key result seldom says all that an objective means, and is easily met at the expense of the rest. "
    "Beyond five, nobody has them in mind, and the focus that goals are for is gone.",
    mend="Ask what else must be true when the objective is reached, or keep the results that say most and let the "
    "others be KPIs.",
    source="Doerr, Measure What Matters (2018), and Google re:Work, Set goals with OKRs: a handful of key results for "
    "each objective.",
    limits=(
        Limit("min", 2, "Key results that an objective has at least."),
        Limit("max", 5, "Key results that an objective has at most."),
    ),
)
def key_result_count(case: Case, limits: Limits) -> Iterator[Finding]:
    """Too few or too many key results."""
    least, most = limits.number("min"), limits.number("max")
    for objective in case.drafts_too:
        number = len(objective.key_results)
        if least <= number <= most:
            continue
        hint = (
            said("ask what else must be true when it is reached, and add that")
            if number < least
            else said("keep the ones that say most; what just has to stay healthy can be a KPI")
        )
        yield Finding(
            objective.source,
            said_of(
                "objective %(title)s has %(num)s key result; %(least)s to %(most)s work best",
                "objective %(title)s has %(num)s key results; %(least)s to %(most)s work best",
                number,
                title=quoted(objective.title),
                least=least,
                most=most,
            ),
            hint,
        )


@rule(
    "OKR512",
    "activity-not-outcome",
    "warning",
    summary="The title of a key result says what somebody does, not what is better afterwards.",
    reason="An activity can be finished without anything getting better. A result leaves open how it is reached, and "
    "says when to stop.",
    mend="Write what the people served can see or measure once the work is done: not `Launch the portal` but `80% of "
    "requests arrive through the portal`. Words from `first_words` count at the head of the title (also after `to`, "
    "`we will`, `successfully` and the like), those from `last_words` also at its end, where German infinitives "
    "stand. `Support tickets`, `Launch date` or `Hold churn under 3%` do not count.",
    source=f"{_PLAYBOOK}: key results describe outcomes; words such as help and participate describe activities.",
    limits=(
        Limit("first_words", FIRST_WORDS, "Words that make an activity at the head of a title."),
        Limit("last_words", LAST_WORDS, "Words that make an activity at the head or the end of a title."),
    ),
)
def activity_not_outcome(case: Case, limits: Limits) -> Iterator[Finding]:
    """A task in the place of a result."""
    first_words, last_words = limits.words("first_words"), limits.words("last_words")
    for kr in _key_results(case.drafts_too):
        word = activity_word(kr.title, first_words, last_words)
        if word is not None:
            yield Finding(
                kr.source,
                said(
                    "key result %(title)s reads like an activity (%(word)s), not an outcome",
                    title=quoted(kr.title),
                    word=quoted(word),
                ),
                said("say what will be different, and for whom, once that is done"),
            )


@rule(
    "OKR513",
    "key-result-title-number",
    "warning",
    summary="The title of a key result has no number in it, although its kind is measured against one.",
    reason="Who reads the title in a list should know what counts as reached without opening the page.",
    mend="Put the target into the title, e.g. `from 31 to 40` or `at most 8%`. Numbers in words count too: half, all, "
    "no, twice. A result scored from 0 to 1 without a unit of measure has none to name and is left alone.",
    source="Marissa Mayer, quoted in Doerr, Measure What Matters (2018): \"It's not a key result unless it has a "
    'number."',
    limits=(Limit("number_words", NUMBER_WORDS, "Words that count as a number."),),
)
def key_result_title_number(case: Case, limits: Limits) -> Iterator[Finding]:
    """A measured key result whose title does not say the measure; one scored from 0 to 1 has none to say."""
    number_words = limits.words("number_words")
    for kr in _key_results(case.drafts_too):
        scored = kr.baseline == 0 and kr.target == 1 and not kr.unit_of_measure
        if kr.kind in _MEASURED and not scored and not carries_number(kr.title, number_words):
            yield Finding(
                kr.source,
                said(
                    "the title of key result %(title)s has no number, while its target is %(target)s",
                    title=quoted(kr.title),
                    target=_target(kr),
                ),
                said("name the target in the title: %(target)s", target=_target(kr)),
            )


def _target(kr: KeyResult) -> str:
    """The target as the content has it, with its unit, e.g. ``99.9%``, ``30 min``, ``7.5 to 9``."""
    unit = cut(kr.unit_of_measure)
    unit = unit if not unit or unit == "%" else f" {unit}"
    if kr.target_range is not None:
        low, high = kr.target_range
        return said("%(low)s to %(high)s", low=f"{low:f}", high=f"{high:f}{unit}")
    return "" if kr.target is None else f"{kr.target:f}{unit}"


def _key_results(objectives: Iterable[Objective]) -> Iterator[KeyResult]:
    return (kr for objective in objectives for kr in objective.key_results)


@rule(
    "OKR514",
    "all-due-on-last-day",
    "warning",
    summary="All key results of a unit's active objectives in a cycle are due on the cycle's last day.",
    reason="When everything is due at the end, nothing tells half-way whether the plan holds, and all of it meets in "
    "the last week. Real dates are a sign of a real plan.",
    mend="Give those key results an earlier `due` that can be reached before the end; without `due` it is the last "
    "day. Roll-ups and sustained key results are left out, since they last as long as the cycle, and so are closed "
    "objectives, whose dates are history. It is asked of a unit and cycle, not of each objective: one goal may well "
    "end with the quarter.",
    source=f"{_PLAYBOOK}: where everything happens on the quarter's last day there is probably no real plan.",
    limits=(Limit("min_key_results", 2, "With fewer key results than this, nothing is said."),),
)
def all_due_on_last_day(case: Case, limits: Limits) -> Iterator[Finding]:
    """A cycle in which everything is due at once."""
    least = limits.number("min_key_results")
    for cycle_id, objectives in case.by_cycle.items():
        active = [objective for objective in objectives if objective.state == "active"]
        due = [kr.due for kr in _key_results(active) if kr.kind != "rollup" and not kr.sustained]
        cycle = case.cycles[cycle_id]
        if due and len(due) >= least and all(day == cycle.end for day in due):
            yield Finding(
                min(objective.source for objective in active),
                said_of(
                    "%(all)s of %(unit)s in %(cycle)s is due on its last day, %(end)s",
                    "%(all)s of %(unit)s in %(cycle)s are due on its last day, %(end)s",
                    len(due),
                    all=all_key_results(len(due)),
                    unit=quoted(case.unit.name),
                    cycle=cycle.name,
                    end=cycle.end,
                ),
                said("give the ones that can be reached earlier a `due` of their own"),
            )


@rule(
    "OKR515",
    "dates-outside-cycle",
    "warning",
    summary="A key result starts or is due outside its cycle, or a milestone was done outside it.",
    reason="What is expected by today is computed from these dates, and a cycle is closed and graded at its end: what "
    "lies outside distorts the one and misses the other.",
    mend="Move the dates into the cycle; or move the objective to the cycle that holds them.",
    source="By definition: a cycle is the period that its goals are set for. Compare the T of SMART: Doran, There's a "
    "S.M.A.R.T. way to write management's goals and objectives (1981).",
)
def dates_outside_cycle(case: Case, _limits: Limits) -> Iterator[Finding]:
    """Dates that their cycle does not hold."""
    for objective in case.that_roll_up:
        cycle = case.cycles[objective.cycle_id]
        for kr in objective.key_results:
            outside = list(_outside(kr, cycle))
            if outside:
                yield Finding(
                    kr.source,
                    said(
                        "key result %(title)s has dates outside %(cycle)s (%(start)s to %(end)s): %(dates)s",
                        title=quoted(kr.title),
                        cycle=cycle.name,
                        start=cycle.start,
                        end=cycle.end,
                        dates=joined(outside),
                    ),
                    said("move the dates into the cycle, or the objective into the cycle that holds them"),
                )


def _outside(kr: KeyResult, cycle: Cycle) -> Iterator[Saying]:
    if not cycle.holds(kr.start):
        yield said("start %(day)s", day=kr.start)
    if not cycle.holds(kr.due):
        yield said("due %(day)s", day=kr.due)
    for milestone in kr.milestones:
        if milestone.done is not None and not cycle.holds(milestone.done) and milestone.done != kr.start:
            yield said("milestone %(title)s done %(day)s", title=quoted(milestone.title), day=milestone.done)


RULES = (key_result_count, activity_not_outcome, key_result_title_number, all_due_on_last_day, dates_outside_cycle)
