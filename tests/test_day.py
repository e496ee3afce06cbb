"""The day notes what is asked of it, and is else the date that it is."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from okrsite.day import Day
from okrsite.reads import recording, ways_to

TODAY = date(2026, 5, 20)
BEFORE, LATER = date(2026, 3, 31), date(2026, 6, 30)


def ways(ask: Callable[[Day], object]) -> set[tuple[str, ...]]:
    """The ways to what is read of a day when it is asked something."""
    with recording() as places:
        ask(Day(TODAY))
    return set(ways_to(places))


@pytest.mark.parametrize("other", [BEFORE, TODAY, LATER, date.min, date.max, Day(LATER)])
def test_it_compares_as_a_date_does(other: date) -> None:
    """On either side, with any day."""
    day = Day(TODAY)
    plain = other > TODAY, other >= TODAY, other == TODAY, other != TODAY, other <= TODAY, other < TODAY
    assert (day < other, day <= other, day == other, day != other, day >= other, day > other) == plain
    assert (other > day, other >= day, other == day, other != day, other <= day, other < day) == plain


def test_a_comparison_tells_only_the_side() -> None:
    """The first day from which, or before which, the answer is the same."""
    assert ways(lambda day: day >= BEFORE) == {("day", "since", "2026-03-31")}
    assert ways(lambda day: day > BEFORE) == {("day", "since", "2026-04-01")}
    assert ways(lambda day: day > LATER) == {("day", "before", "2026-07-01")}
    assert ways(lambda day: min(LATER, day)) == {("day", "before", "2026-06-30")}
    assert ways(lambda day: day == TODAY) == {("day", "since", "2026-05-20"), ("day", "before", "2026-05-21")}
    assert ways(lambda day: day > date.max) == set()


def test_the_nearest_sides_tell_the_others() -> None:
    """Of many days that it was compared with, the latest that has come and the earliest that has not remain."""
    days = [TODAY + timedelta(days=apart) for apart in (-30, -20, -1, 1, 5, 90)]
    assert ways(lambda day: [each <= day for each in days]) == {
        ("day", "since", "2026-05-19"),
        ("day", "before", "2026-05-21"),
    }
    assert ways(lambda day: (day > BEFORE, day.isoformat(), day < LATER)) == {("day", "plain")}


@pytest.mark.parametrize(
    "ask",
    [
        *(str, repr, hash, "{:%d}".format, lambda day: day.isoformat(), lambda day: day.toordinal()),
        *(lambda day: day.year, lambda day: day.replace(day=1), lambda day: {day: 1}[TODAY]),
        *(lambda day: day - BEFORE, lambda day: LATER - day, lambda day: day + timedelta(days=1)),
    ],
)
def test_all_else_tells_which_day_it_is(ask: Callable[[date], object]) -> None:
    """With the answer that a date gives."""
    assert ask(Day(TODAY)) == ask(TODAY)
    assert ways(ask) == {("day", "plain")}


def test_nothing_of_a_date_is_left_unnoted() -> None:
    """Whatever a later Python adds to dates has to be noted too; what makes dates of other things asks no day."""
    makes = {"today", "fromtimestamp", "fromordinal", "fromisoformat", "fromisocalendar", "strptime"}
    makes |= {"min", "max", "resolution", "__getattribute__", "__subclasshook__", "__init_subclass__", "__reduce_ex__"}
    asked = {name for name in dir(date) if getattr(date, name) is not getattr(object, name, None)} - makes
    assert asked - vars(Day).keys() == set()


def test_what_was_noted_can_be_looked_up() -> None:
    """By the steps of its way, on the same day and on others."""
    for day, came in ((Day(TODAY), True), (Day(BEFORE), False)):
        assert (day.since["2026-05-20"], day.before["2026-05-20"]) == (came, not came)


def test_it_travels() -> None:
    """To another process, where it notes what is asked of it as well."""
    sent = pickle.loads(pickle.dumps(Day(TODAY)))  # noqa: S301 - made here
    assert type(sent) is Day
    assert sent == TODAY
    assert Day(sent).plain == TODAY
