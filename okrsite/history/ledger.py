"""What git knows of how goals moved: a list of changes, oldest first, and what is missing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from typing import Literal

from okrsite.frozen import frozen
from okrsite.history.git import GapKind
from okrsite.history.goalposts import Sort, Value

What = Literal["added", "removed", "renamed", "goalpost", "reading_edited", "reading_removed"]


@frozen
class Commit:
    """Who changed something, when and why.

    Attributes:
        id: Of the commit that made the change, in full; on a merged branch that of the branch.
        author: Who wrote it, by name.
        at: When it took effect: the committer date, in UTC, of the commit by which it came to the portal's own line of
            commits. For what came by a merge that is the merge.
        message: In full; its first line is the subject.
        request: The number of the pull or merge request, where the message of the commit or its merge has it.
        merge: The merge by which it came, or None.
    """

    id: str
    author: str
    at: datetime
    message: str
    request: int | None = None
    merge: str | None = None

    @property
    def day(self) -> date:
        """The day on which it took effect, in UTC."""
        return self.at.date()

    @property
    def short(self) -> str:
        """Its id as people write it."""
        return self.id[:10]

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.strip().partition("\n")[0].strip()


@frozen
class Effect:
    """What a change did to a figure on the day it took effect, all else being equal.

    Attributes:
        goal: The id, by its name then, of the goal or unit whose figure it is: a key result for its own goalposts; its
            objective for a weight, or where a key result came or went; the unit for an objective's weight or state.
        before: Progress without the change, raw for a key result; None where there was none, and for KPIs.
        after: Progress with it, likewise.
        status_before: Of a KPI: green, amber, red or no_data without the change; empty for other goals.
        status_after: With it.
    """

    goal: str
    before: Fraction | None = None
    after: Fraction | None = None
    status_before: str = ""
    status_after: str = ""


@frozen
class Change:
    """One change of one goal by one commit.

    Attributes:
        goal: The goal's id now; where it is gone its last one, below what holds it is called now.
        then: Its id right after the change; of one that was removed, right before it.
        sort: Which sort of goal.
        what: A reading is edited or removed though it should only ever be added. Of a renamed unit or objective what is
            in it is renamed too, without a change of its own; a key result that comes or goes with its objective has
            none either. The rest says itself.
        commit: By which commit.
        in_cycle: Whether the goal's cycle had begun, so that a ``goalpost`` was moved rather than planned; KPIs know
            no cycle, so there it is true.
        title: The goal's title or name, after the change.
        field: What changed, by the content format's name; of a reading ``value``, ``confidence`` or ``note``; ``id`` of
            a renamed goal; empty for ``added`` and ``removed``.
        before: The field's value before; of a renamed goal its former id.
        after: The field's value after.
        unit_of_measure: Of values that are numbers.
        reading: The date of the reading that was edited or removed, or None.
        how: By what a renamed goal was recognised: ``rename`` (git's detection) or ``equal`` (an equal title and
            key results); empty else.
        effect: What it did to progress that day; None where it did nothing to it. Changes of one goal by one step that
            tell on the same figure share theirs.
        easier: Whether it makes the goal easier to reach.
    """

    goal: str
    then: str
    sort: Sort
    what: What
    commit: Commit
    in_cycle: bool
    title: str
    field: str = ""
    before: Value = None
    after: Value = None
    unit_of_measure: str = ""
    reading: date | None = None
    how: Literal["", "rename", "equal"] = ""
    effect: Effect | None = None
    easier: bool = False

    def came_with(self, commit: str) -> bool:
        """Whether it is a goal's coming, with a commit of some id."""
        return self.what == "added" and self.commit.id == commit


@frozen
class BrokenVersion:
    """A version of a file that could not be read, and that history therefore goes on without.

    Attributes:
        path: The file's name then, relative to the top of the repository.
        commit: The commit that it came with.
        why: The first problem in it.
    """

    path: str
    commit: Commit
    why: str


@frozen
class Gap:
    """Why history is not known, or not from the beginning.

    Attributes:
        kind: Which reason; ``shallow`` means that it is known from a day on.
        message: What is the case, as a sentence without its full stop.
        hint: What to do about it.
    """

    kind: GapKind
    message: str
    hint: str


Known = tuple[tuple[date, Fraction], ...]
"""Days by date, each with the raw progress as it was known from then on."""


@dataclass(frozen=True)
class History:
    """How the goals of a portal moved, up to one commit.

    Attributes:
        head: The commit that it goes up to; empty where there is none.
        since: The first day that is known, or None where nothing is.
        changes: Oldest first, in the order in which they came to the portal's own line of commits.
        broken: Versions of files that were passed over.
        known: Id of a key result now -> its progress as it was known then.
        gap: What is missing; None where everything is there.
    """

    head: str = ""
    since: date | None = None
    changes: Sequence[Change] = ()
    broken: Sequence[BrokenVersion] = ()
    known: Mapping[str, Known] = field(default_factory=dict)
    gap: Gap | None = None

    @cached_property
    def by_goal(self) -> Mapping[str, Sequence[Change]]:
        """The changes of each goal that has any, by its id now, oldest first."""
        found: defaultdict[str, list[Change]] = defaultdict(list)
        for change in self.changes:
            found[change.goal].append(change)
        return dict(found)

    @cached_property
    def beginning(self) -> str:
        """The id of the first commit that is known: goals that came with it were there before; empty of none."""
        return self.first.id if self.first is not None and self.first.day == self.since else ""

    @cached_property
    def first(self) -> Commit | None:
        """The commit of the first change; None where there is none."""
        return self.changes[0].commit if self.changes else None

    @cached_property
    def goalposts(self) -> Sequence[Change]:
        """The goalposts that were moved after their cycle had begun, oldest first."""
        return [change for change in self.changes if change.what == "goalpost" and change.in_cycle]

    @cached_property
    def eased(self) -> Mapping[str, Sequence[Change]]:
        """The `goalposts` that made a goal easier, by the id of the unit whose goal it is."""
        found: defaultdict[str, list[Change]] = defaultdict(list)
        for change in self.goalposts:
            if change.easier:
                found[change.goal.rsplit("/", _BELOW_UNIT[change.sort])[0]].append(change)
        return dict(found)


_BELOW_UNIT = {"unit": 0, "objective": 2, "kpi": 2, "key_result": 3}
"""How many steps a goal's id has after its unit's."""

NO_HISTORY = History()
"""Of a portal whose history nobody asked for."""
