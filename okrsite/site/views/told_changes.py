"""Which of all changes a ledger tells, and which only follow from others."""

from __future__ import annotations

from collections.abc import Iterable

from okrsite.history import Change


def title_last(change: Change) -> bool:
    """A title often only follows its target."""
    return change.field in ("title", "name")


def without_inherited(changes: Iterable[Change]) -> list[Change]:
    """Without the owners that key results only have from their objective: that one tells of it."""
    given = list(changes)
    objectives = {
        (each.commit.id, each.then, each.before, each.after)
        for each in given
        if each.sort == "objective" and each.field == "owner"
    }
    return [
        each
        for each in given
        if each.sort != "key_result"
        or each.field != "owner"
        or (each.commit.id, each.then.rpartition("/")[0], each.before, each.after) not in objectives
    ]


def is_told(change: Change) -> bool:
    """Whether an objective's ledger lists a change: what moved its goalposts, its name, or a reading."""
    if change.what in ("reading_edited", "reading_removed"):
        return True
    if change.what == "renamed":
        before, _, last = str(change.before).rpartition("/")
        # A key result that only went along with its objective is told by that.
        return change.sort != "key_result" or last != change.then.rpartition("/")[2] or not before
    return change.in_cycle


def amount_planned(changes: Iterable[Change], objective_id: str) -> int:
    """How many changes were planning; that the objective came, and with it its first key results, is none."""
    first_commit = ""
    amount = 0
    for change in changes:
        if change.goal == objective_id and change.what == "added" and not first_commit:
            first_commit = change.commit.id
        planning = change.what in ("goalpost", "added", "removed") and not change.in_cycle
        amount += planning and change.commit.id != first_commit
    return amount
