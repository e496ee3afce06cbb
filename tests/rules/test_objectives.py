"""Rules on single objectives."""

from datetime import date

import pytest

from okrsite.settings import RuleSetting

AFTER = date(2026, 4, 2)
DONE = {"readings": [(date(2026, 3, 10), "99.9", 9)]}


def test_missing_owner_is_an_error(goals):
    """A placeholder is no owner; the problem names the goal, its place and the way out."""
    goals.objective("acme/2026-Q1/trust", owner="TBD")
    (problem,) = goals.found("OKR501")
    assert problem.message == 'objective "People can rely on our systems" has no owner: its owner is "TBD"'
    assert problem.hint == "name one person as its owner, or set `state: draft` until there is one"
    assert problem.severity == "error"
    assert (problem.path, problem.line, problem.column) == ("content/okrs/acme/2026-Q1.yml", 3, 5)


def test_missing_owner_of_key_result(goals):
    """A key result that names an owner of its own is asked as well, one that inherits it is not."""
    goals.objective("acme/2026-Q1/trust", {"owner": " "}, {})
    (problem,) = goals.found("OKR501")
    assert problem.message == 'key result "Uptime from 99.2% to 99.9%" has no owner: its owner is blank'
    assert problem.hint == "name one person, or leave `owner` out: the objective's owner then answers for it"


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_owner_may_be_open_in_drafts(goals, state):
    """Nobody is asked for the owner of a goal that the unit does not stand by."""
    goals.objective("acme/2026-Q1/trust", owner="?", state=state)
    assert goals.messages("OKR501") == []


def test_owner_placeholders_are_a_limit(goals, limits):
    """A portal may have placeholders of its own, which take the place of the rule's."""
    goals.objective("acme/2026-Q1/trust", owner="Platzhalter")
    goals.objective("acme/2026-Q1/care", owner="TBD")
    assert goals.messages("OKR501", setting=limits(placeholders=("platzhalter",))) == [
        'objective "People can rely on our systems" has no owner: its owner is "Platzhalter"'
    ]


def test_several_owners(goals):
    """Two names in one field are reported with the first as a way out."""
    goals.objective("acme/2026-Q1/trust", owner="Ada Chief and Grace Hopper")
    (problem,) = goals.found("OKR502")
    assert problem.message == ('objective "People can rely on our systems" has 2 owners: "Ada Chief and Grace Hopper"')
    assert problem.hint == (
        "name the one who answers for it, e.g. `owner: Ada Chief`, and the others in the description"
    )
    assert problem.severity == "warning"


def test_names_of_units_are_one_owner(goals):
    """A unit's name may have an `and` in it."""
    goals.unit("acme/tt", name="Trinidad and Tobago")
    goals.objective("acme/2026-Q1/trust", owner="Trinidad and Tobago")
    assert goals.messages("OKR502") == []


def test_owners_known_from_elsewhere(goals):
    """`Mhz, pkafei` could be a surname and a first name, unless one of them stands alone somewhere."""
    goals.objective("acme/2026-Q1/trust", owner="Hopper, Grace")
    assert goals.messages("OKR502") == []
    goals.objective("acme/2026-Q1/care", owner="Hopper")
    assert goals.messages("OKR502") == ['objective "People can rely on our systems" has 2 owners: "Hopper, Grace"']


def test_team_names_are_a_limit(goals, limits):
    """Words that mark a team can be replaced."""
    goals.objective("acme/2026-Q1/trust", owner="Foxes and Hounds")
    assert len(goals.found("OKR502")) == 1
    assert goals.found("OKR502", setting=limits(team_names=("foxes",))) == []


def test_number_in_objective_title(goals):
    """A target belongs to a key result."""
    goals.objective("acme/2026-Q1/trust", title="Reach 99.9% uptime", state="draft")
    (problem,) = goals.found("OKR503")
    assert problem.message == 'the title of objective "Reach 99.9% uptime" carries a number: 99.9%'
    assert problem.hint == "say in words what gets better, and let a key result carry 99.9%"


def test_numbers_of_names_in_objective_title(goals, limits):
    """A number that is part of a name is none; a portal may add names."""
    goals.objective("acme/2026-Q1/trust", title="Customers get help 24/7 and ISO 27001 is part of our day")
    assert goals.messages("OKR503") == []
    goals.objective("acme/2026-Q1/trust", title="Bring haus 12 to life")
    assert len(goals.found("OKR503")) == 1
    assert goals.messages("OKR503", setting=limits(names=("haus",))) == []


def test_cancelled_objectives_are_left_alone(goals):
    """Nobody mends the wording of a goal that was given up."""
    goals.objective("acme/2026-Q1/trust", title="Reach 99.9% uptime " * 10, state="cancelled")
    goals.objective("acme/2026-Q1/later", title="Reach 99.9% uptime " * 10, state="postponed")
    assert goals.messages("OKR503") == goals.messages("OKR504") == []


def test_long_objective_title(goals, limits):
    """A title has 90 characters at most, or what the portal says."""
    title = "Our systems " + "really " * 11 + "w"
    goals.objective("acme/2026-Q1/trust", title=title)
    assert len(title) == 90
    assert goals.messages("OKR504") == []
    (problem,) = goals.found("OKR504", setting=limits(max_length=89))
    assert problem.message == (f'the title of objective "{title[:69]}…" runs over a line: 90 characters; 89 at most')
    assert problem.hint == "keep what gets better in the title and move the rest into `description`"


def test_title_of_two_lines(goals):
    """A short title on two lines runs over one."""
    goals.objective("acme/2026-Q1/trust", title="People rely\non us")
    assert goals.messages("OKR504") == [
        'the title of objective "People rely on us" runs over a line: more than one line'
    ]


def test_supports_nothing(goals):
    """A goal below another unit's names the goal it serves."""
    goals.objective("acme/2026-Q1/trust")
    goals.objective("acme/it/2026-Q1/reliability")
    (problem,) = goals.found("OKR505")
    assert problem.message == (
        'objective "People can rely on our systems" supports nothing, and units above it have objectives'
    )
    assert problem.path == "content/okrs/acme/it/2026-Q1.yml"
    assert problem.hint == "name in `supports` the objective or key result above that it serves"


def test_support_is_asked_only_where_it_can_be(goals):
    """No finding with support, with nothing above in that time, for drafts, or at the top."""
    goals.objective("acme/2026-Q1/trust")
    goals.objective("acme/it/2026-Q1/reliability", supports=("acme/2026-Q1/trust",))
    goals.objective("acme/it/2026-Q2/reliability")
    goals.objective("acme/it/2026-Q1/idea", state="draft")
    assert goals.messages("OKR505") == []


def test_support_reaches_past_a_unit_without_goals(goals):
    """A team below a department without goals still has the company above it, in cycles that overlap too."""
    goals.unit("acme/it/platform")
    goals.cycles["2026"] = type(goals.cycles["2026-Q1"])("2026", "2026", date(2026, 1, 1), date(2026, 12, 31))
    goals.objective("acme/2026/trust")
    goals.objective("acme/it/platform/2026-Q3/core")
    assert len(goals.found("OKR505")) == 1


def test_missed_without_note(goals):
    """A committed objective that is closed below 1 tells why; the answer is the same on every day."""
    reading = {"readings": [(date(2026, 2, 10), "99.55", 5)]}
    goals.objective("acme/2026-Q1/trust", reading, DONE, type="committed", state="closed")
    for day in (AFTER, date(2027, 1, 1)):
        (problem,) = goals.found("OKR506", day)
        assert problem.message == (
            'committed objective "People can rely on our systems" was closed at 75% without a closing note'
        )
        assert problem.hint == "say in `closing_note` what got in the way and what was learned"
        assert problem.severity == "warning"
    assert goals.messages("OKR507", AFTER) == []


def test_missed_with_note_or_reached(goals):
    """A note will do, and so will reaching the target; aspirational goals may be missed."""
    goals.objective("acme/2026-Q1/a", type="committed", state="closed", closing_note="Two people short.")
    goals.objective("acme/2026-Q1/b", DONE, DONE, type="committed", state="closed")
    goals.objective("acme/2026-Q1/c", type="aspirational", state="closed")
    assert goals.messages("OKR506", AFTER) == []


def test_ended_without_note(goals):
    """After the cycle an open, missed promise is a notice, from the day after its last on."""
    goals.objective("acme/2026-Q1/trust", type="committed")
    assert goals.messages("OKR507", date(2026, 3, 31)) == []
    (problem,) = goals.found("OKR507", date(2026, 4, 1))
    assert problem.message == (
        'committed objective "People can rely on our systems" stands at 0%, 2026-Q1 ended on 2026-03-31, '
        "and it has no closing note yet"
    )
    assert problem.hint == "say in `closing_note` what got in the way, and set `state: closed`"
    assert problem.severity == "notice"
    assert goals.found("OKR507", AFTER, RuleSetting("error"))[0].severity == "notice"


def test_closed_without_evidence(goals):
    """One link at one key result is enough."""
    goals.objective("acme/2026-Q1/trust", state="closed")
    (problem,) = goals.found("OKR508")
    assert problem.message == (
        'objective "People can rely on our systems" is closed and none of its key results has evidence'
    )
    assert problem.hint == "link a dashboard, a report or minutes in `evidence` of a key result"
    goals.objective("acme/2026-Q1/trust", {}, {"evidence": ("https://status.example.com",)}, state="closed")
    goals.objective("acme/2026-Q1/open")
    assert goals.messages("OKR508") == []
