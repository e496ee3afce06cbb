"""Rules on the goals of a unit taken together."""

from datetime import date

from okrsite.settings import RuleSetting

REACHED = {"readings": [(date(2025, 1, 1), "99.9", 8)]}


def test_too_many_objectives(goals, limits):
    """Six active or closed objectives are too many; the problem stands at the sixth."""
    for number in range(6):
        goals.objective(f"acme/2026-Q1/goal-{number}", state="closed" if number == 0 else "active")
    goals.objective("acme/2026-Q1/idea", state="draft")
    (problem,) = goals.found("OKR531")
    assert problem.message == '"Acme" has 6 objectives in 2026-Q1; 5 at most work well'
    assert problem.hint == "keep what matters most and postpone the rest with `state: postponed`"
    assert problem.line == goals.objectives["acme/2026-Q1/goal-5"].source.line
    assert problem.severity == "warning"
    assert goals.messages("OKR531", setting=limits(max=6)) == []


def test_good_number_of_objectives(goals):
    """Five are fine, and five in the next cycle as well."""
    for number in range(10):
        goals.objective(f"acme/2026-Q{number % 2 + 1}/goal-{number}")
    assert goals.messages("OKR531") == []


def test_no_objective_in_cycle(goals):
    """A unit that stands aside while others have goals is told so, as a notice."""
    goals.objective("acme/2026-Q1/trust")
    goals.objective("acme/it/2025-Q4/old")
    (problem,) = goals.found("OKR532")
    assert problem.message == '"Information Technology" has no objective in 2026-Q1, while 1 other unit has'
    assert problem.hint == "write one in 2026-Q1.yml beside its unit.yml; `state: draft` will do for a start"
    assert (problem.path, problem.severity) == ("content/okrs/acme/it/unit.yml", "notice")


def test_a_draft_is_an_objective(goals):
    """A draft will do, and so will a goal in a cycle that overlaps; a cancelled one will not."""
    goals.cycles["2026"] = type(goals.cycles["2026-Q1"])("2026", "2026", date(2026, 1, 1), date(2026, 12, 31))
    goals.unit("acme/hr")
    goals.unit("acme/pmo")
    goals.objective("acme/2026-Q1/trust")
    goals.objective("acme/it/2026-Q1/idea", state="draft")
    goals.objective("acme/hr/2026/people")
    goals.objective("acme/pmo/2026-Q1/gone", state="cancelled")
    assert goals.messages("OKR532") == ['"Pmo" has no objective in 2026-Q1, while 3 other units have']


def test_nobody_is_asked_for_goals_of_the_past(goals):
    """A cycle that has ended asks for no goals; neither does a portal without any."""
    assert goals.messages("OKR532") == []
    goals.objective("acme/2025-Q4/trust")
    assert goals.messages("OKR532") == []


def test_confident_but_off_track(goals, limits):
    """Every goal is off track and confidence is high: a notice at the unit."""
    hopeful = {"readings": [(date(2026, 3, 1), "99.2", 8)]}
    goals.objective("acme/2026-Q1/a", hopeful, hopeful)
    goals.objective("acme/2026-Q1/b", hopeful, {"readings": [(date(2026, 3, 1), "99.2", 7)]})
    (problem,) = goals.found("OKR533", date(2026, 3, 2))
    assert problem.message == 'both objectives of "Acme" in 2026-Q1 are off track, with a confidence of 7.8 out of 10'
    assert problem.hint == "go through readings and confidence together; one of them is out of date"
    assert (problem.path, problem.severity) == ("content/okrs/acme/unit.yml", "notice")
    assert goals.messages("OKR533", date(2026, 3, 2), limits(confidence=8)) == []
    assert goals.messages("OKR533", date(2026, 4, 2)) == []


def test_one_goal_on_track(goals):
    """One goal on track, or little confidence, and nothing is said."""
    hopeful, modest = ({"readings": [(date(2026, 3, 1), "99.2", confidence)]} for confidence in (8, 4))
    goals.objective("acme/2026-Q1/a", hopeful, hopeful)
    goals.objective("acme/2026-Q1/b", {"readings": [(date(2026, 3, 1), "99.9", 8)]}, {"weight": 0})
    goals.objective("acme/it/2026-Q1/a", modest, modest)
    assert goals.messages("OKR533", date(2026, 3, 2)) == []


def test_the_only_objective(goals):
    """A single goal reads well too."""
    hopeful = {"readings": [(date(2026, 3, 1), "99.2", 8)]}
    goals.objective("acme/2026-Q1/a", hopeful, hopeful)
    assert goals.messages("OKR533", date(2026, 3, 2)) == [
        'the only objective of "Acme" in 2026-Q1 is off track, with a confidence of 8 out of 10'
    ]


def test_always_reached(goals, limits):
    """Three ended cycles in which every aspirational goal was reached are a notice."""
    for quarter in (1, 2, 3, 4):
        goals.objective(f"acme/2025-Q{quarter}/a", {} if quarter == 1 else REACHED, REACHED)
    goals.objective("acme/2025-Q4/promise", type="committed")
    (problem,) = goals.found("OKR534", setting=RuleSetting("warning"))
    assert problem.message == 'all 3 aspirational objectives of "Acme" in 2025-Q2, 2025-Q3, 2025-Q4 reached 100%'
    assert problem.hint == (
        "aim higher: 70% is a good result for a goal that stretches; or call them `type: committed`"
    )
    assert (problem.path, problem.severity) == ("content/okrs/acme/unit.yml", "notice")
    assert goals.messages("OKR534", setting=limits(cycles=4)) == []


def test_two_good_cycles_are_luck(goals, limits):
    """Fewer cycles than the limit say nothing; the running one does not count."""
    for cycle in ("2025-Q3", "2025-Q4", "2026-Q1"):
        goals.objective(f"acme/{cycle}/a", REACHED, REACHED)
    assert goals.messages("OKR534") == []
    assert len(goals.found("OKR534", setting=limits(cycles=2))) == 1
    assert goals.messages("OKR534", setting=limits(cycles=0)) == []
