"""Rules on key results."""

from datetime import date
from decimal import Decimal

import pytest

Q1_END = date(2026, 3, 31)


def test_too_few_key_results(goals):
    """One key result is too few, in a draft as well."""
    goals.objective("acme/2026-Q1/trust", {}, state="draft")
    (problem,) = goals.found("OKR511")
    assert problem.message == 'objective "People can rely on our systems" has 1 key result; 2 to 5 work best'
    assert problem.hint == "ask what else must be true when it is reached, and add that"
    assert problem.severity == "warning"


def test_too_many_key_results(goals, limits):
    """Six are too many; both ends are limits."""
    goals.objective("acme/2026-Q1/trust", *[{}] * 6)
    (problem,) = goals.found("OKR511")
    assert problem.message == 'objective "People can rely on our systems" has 6 key results; 2 to 5 work best'
    assert problem.hint == "keep the ones that say most; what just has to stay healthy can be a KPI"
    assert goals.messages("OKR511", setting=limits(max=6)) == []
    assert goals.messages("OKR511", setting=limits(min=7, max=9)) == [
        'objective "People can rely on our systems" has 6 key results; 7 to 9 work best'
    ]


@pytest.mark.parametrize("number", [2, 5])
def test_good_number_of_key_results(goals, number):
    """Two and five are both fine."""
    goals.objective("acme/2026-Q1/trust", *[{}] * number)
    assert goals.messages("OKR511") == []


def test_activity(goals, limits):
    """A title that begins with what somebody does is reported, whatever the kind."""
    goals.objective("acme/2026-Q1/trust", {"title": "Launch the portal in 3 countries", "kind": "done"}, {})
    (problem,) = goals.found("OKR512")
    assert problem.message == (
        'key result "Launch the portal in 3 countries" reads like an activity ("Launch"), not an outcome'
    )
    assert problem.hint == "say what will be different, and for whom, once that is done"
    assert problem.line == 4
    assert goals.messages("OKR512", setting=limits(first_words=("ship",))) == []


def test_activity_in_german(goals, limits):
    """German infinitives stand at the end."""
    goals.objective("acme/2026-Q1/trust", {"title": "An 3 Konferenzen teilnehmen"}, {})
    assert goals.messages("OKR512") == [
        'key result "An 3 Konferenzen teilnehmen" reads like an activity ("teilnehmen"), not an outcome'
    ]
    assert goals.messages("OKR512", setting=limits(last_words=())) == []


def test_title_without_number(goals):
    """The hint gives the target with its unit, ready to use."""
    goals.objective("acme/2026-Q1/trust", {"title": "Better uptime"}, {})
    (problem,) = goals.found("OKR513")
    assert problem.message == 'the title of key result "Better uptime" has no number, while its target is 99.9%'
    assert problem.hint == "name the target in the title: 99.9%"


def test_title_without_number_of_a_range(goals):
    """A range has two ends, and a unit of measure that is a word stands apart."""
    a_range = (Decimal("7.5"), Decimal("1E+1"))
    changes = {"kind": "between", "target": None, "target_range": a_range, "unit_of_measure": "points"}
    goals.objective("acme/2026-Q1/trust", {"title": "Good mood", **changes}, {})
    assert goals.messages("OKR513") == [
        'the title of key result "Good mood" has no number, while its target is 7.5 to 10 points'
    ]


@pytest.mark.parametrize("kind", ["milestones", "done", "rollup"])
def test_kinds_without_a_number(goals, kind):
    """What is not measured against a number needs none in its title."""
    goals.objective("acme/2026-Q1/trust", {"title": "Departments reach their goals", "kind": kind}, {})
    assert goals.messages("OKR513") == []


def test_number_words_are_a_limit(goals, limits):
    """`Half of` counts as a number unless the portal says otherwise."""
    goals.objective("acme/2026-Q1/trust", {"title": "Half of routine tasks run by themselves"}, {})
    assert goals.messages("OKR513") == []
    assert len(goals.found("OKR513", setting=limits(number_words=()))) == 1


def test_all_due_on_last_day(goals, limits):
    """A unit whose every key result ends with the cycle is told once, at its first objective."""
    goals.objective("acme/2026-Q1/a", {"due": Q1_END}, {"due": Q1_END})
    goals.objective("acme/2026-Q1/b", {"due": Q1_END})
    (problem,) = goals.found("OKR514")
    assert problem.message == 'all 3 key results of "Acme" in 2026-Q1 are due on its last day, 2026-03-31'
    assert problem.hint == "give the ones that can be reached earlier a `due` of their own"
    assert problem.line == goals.objectives["acme/2026-Q1/a"].source.line
    assert goals.messages("OKR514", setting=limits(min_key_results=4)) == []


def test_one_earlier_date_is_enough(goals):
    """The rule looks at a unit and cycle as a whole."""
    goals.objective("acme/2026-Q1/a", {"due": Q1_END}, {"due": Q1_END})
    goals.objective("acme/2026-Q1/b", {"due": date(2026, 3, 1)}, {"due": Q1_END})
    assert goals.messages("OKR514") == []


def test_what_lasts_as_long_as_the_cycle(goals):
    """Roll-ups and sustained key results are due at the end by nature; closed goals are history; one is too few."""
    lasting = ({"due": Q1_END, "kind": "rollup"}, {"due": Q1_END, "kind": "at_least", "sustained": True})
    goals.objective("acme/2026-Q1/a", *lasting, {"due": Q1_END})
    goals.objective("acme/2026-Q1/b", {"due": Q1_END}, {"due": Q1_END}, state="closed")
    assert goals.messages("OKR514") == []


def test_dates_outside_cycle(goals):
    """One problem a key result lists every date that its cycle does not hold."""
    milestones = (goals.milestone("Contract", date(2025, 12, 1)), goals.milestone("Start", None))
    dates = {"start": date(2025, 12, 15), "due": date(2026, 4, 30), "kind": "milestones", "milestones": milestones}
    goals.objective("acme/2026-Q1/trust", {"title": "Move to the new data centre", **dates}, {})
    (problem,) = goals.found("OKR515")
    assert problem.message == (
        'key result "Move to the new data centre" has dates outside 2026-Q1 (2026-01-01 to 2026-03-31): '
        'start 2025-12-15, due 2026-04-30, milestone "Contract" done 2025-12-01'
    )
    assert problem.hint == "move the dates into the cycle, or the objective into the cycle that holds them"
    assert problem.severity == "warning"


def test_dates_within_cycle(goals):
    """First and last day belong to the cycle."""
    goals.objective("acme/2026-Q1/trust", {"start": date(2026, 1, 1), "due": Q1_END}, {})
    assert goals.messages("OKR515") == []
