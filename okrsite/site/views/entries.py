"""What a ledger is made of: commits, what each moved, and how much of it a page has room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from okrsite.frozen import frozen
from okrsite.history import BrokenVersion, Change, Commit
from okrsite.site.views.goals import Link
from okrsite.site.views.some import Some

ROOM = 9_000
"""About how many bytes of a page the ledger takes at most."""

_ENTRY, _GOAL, _STEP = 620, 110, 90
"""About how many bytes an entry takes, a goal in it, and one of its changes, without their texts."""


@frozen
class Step:
    """One field that changed, or one other thing that happened to a goal.

    Attributes:
        change: What it tells of.
        text: The field in words; of what is no field the whole of it, e.g. ``removed``.
        before: The field's value before; empty where ``after`` says it all.
        after: The field's value after; empty where ``text`` says it all.
    """

    change: Change
    text: str
    before: str = ""
    after: str = ""

    @property
    def easier(self) -> bool:
        """Whether it makes the goal easier to reach."""
        return self.change.easier


@frozen
class Shift:
    """What a change did to a figure that day.

    Attributes:
        name: Whose figure, e.g. ``progress``, ``progress of the objective``.
        before: A percentage; of a KPI the name of its status.
        after: Likewise.
        of_kpi: Whether they are names of statuses.
    """

    name: str
    before: str
    after: str
    of_kpi: bool = False


@frozen
class Moved:
    """What one commit did to one goal.

    Attributes:
        sort: Which sort of goal.
        goal: Its title and place; without an address where it is gone. None for the page's own goal.
        steps: What changed, one after the other.
        shift: What that did to progress; None where it did nothing to it.
    """

    sort: str
    goal: Link | None
    steps: tuple[Step, ...]
    shift: Shift | None


@frozen
class Entry:
    """A commit that moved something.

    Attributes:
        commit: Who, when, and in the first line of the message why.
        rest: The message without its first line; empty where there is no more.
        moved: What it moved, goal by goal.
        more: How many goals are left out.
    """

    commit: Commit
    rest: str
    moved: tuple[Moved, ...]
    more: int = 0

    @property
    def anchor(self) -> str:
        """Its place on a page that lists it once."""
        return f"okr_commit_{self.commit.short}"


@frozen
class Missing:
    """What of the history is not known, and what to do about it: two sentences, the second with code in backticks."""

    sentence: str
    hint: str


@frozen
class Ledger:
    """What moved for the goal of a page.

    Attributes:
        id: The goal's.
        entries: Newest first; ``more`` counts the changes that are left out.
        planned: How many changes before the cycle began were planning, as a sentence; empty for none.
        quiet: That nothing moved; empty where something did.
        begins: When history begins, where that was after the cycle; empty else.
        missing: What is not known; None where everything is.
        broken: Versions of its file that could not be read and were passed over.
    """

    id: str
    entries: Some[Entry]
    planned: str
    quiet: str
    begins: str
    missing: Missing | None
    broken: tuple[BrokenVersion, ...]

    @property
    def size(self) -> int:
        """About how many bytes its entries take."""
        return sum(map(_size, self.entries))


@frozen
class Note:
    """A goalpost that moved, as the goal's own place names it; ``anchor`` is where it is told in full."""

    step: Step
    day: date
    anchor: str


def with_room(entries: Sequence[Entry], room: int) -> tuple[Entry, ...]:
    """The newest entries that have room, the last of them perhaps in part; at least one goal of the newest."""
    found: list[Entry] = []
    for each in entries:
        entry = each if found or _size(each) <= room else replace(each, rest="")
        room -= _ENTRY + _bytes(entry.commit.subject, entry.rest)
        fit = 0
        for moved in entry.moved:
            room -= _size_of(moved)
            if room < 0 and (found or fit):
                break
            fit += 1
        if fit == len(entry.moved):
            found.append(entry)
            continue
        if fit:
            found.append(replace(entry, moved=entry.moved[:fit], more=len(entry.moved) - fit))
        break
    return tuple(found)


def _size(entry: Entry) -> int:
    goals = sum(_size_of(moved) for moved in entry.moved)
    return _ENTRY + _bytes(entry.commit.subject, entry.rest) + goals


def _size_of(moved: Moved) -> int:
    steps = sum(_STEP + _bytes(step.text, step.before, step.after) for step in moved.steps)
    return _GOAL + _bytes(moved.goal.title if moved.goal else "") + steps


def _bytes(*texts: str) -> int:
    return sum(len(text.encode()) for text in texts)
