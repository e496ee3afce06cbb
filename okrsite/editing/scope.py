"""Which objectives a command is about, by what its user typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from okrsite.content.cycles import UNKNOWN_CYCLE_HINT
from okrsite.content.cyclesfile import find_cycle
from okrsite.content.syntax.wording import did_you_mean, shown
from okrsite.frozen import frozen
from okrsite.model import Cycle, Portal
from okrsite.problems import OkrsiteError
from okrsite.settings import Settings

Goal = TypeVar("Goal")


@frozen
class Complaint:
    """What is wrong with what a user asked for, and what to do about it."""

    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message}\n    hint: {self.hint}" if self.hint else self.message


class RefusedError(OkrsiteError):
    """A command that is not carried out; all the reasons at once."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(map(str, self.complaints)))


def known_cycle(root: Path, settings: Settings, id: str) -> Cycle:
    """A cycle by its name: declared, used, or named by the calendar.

    Raises:
        RefusedError: There is none of that name.
    """
    cycle, spelled = find_cycle(root, settings, id)
    if cycle is None:
        hint = f"did you mean '{spelled}'?" if spelled else UNKNOWN_CYCLE_HINT
        raise RefusedError([Complaint(f"unknown cycle {shown(id)}", hint)])
    return cycle


def known_units(portal: Portal, ids: Sequence[str]) -> list[Complaint]:
    """What is wrong with the ids of units that were typed."""
    return [
        Complaint(f"there is no unit {shown(id)}", did_you_mean(id, portal.units))
        for id in dict.fromkeys(ids)
        if id not in portal.units
    ]


def named(typed: str, goals: Mapping[str, Goal], what: str) -> str | Complaint:
    """The full id of a goal that was typed, in full or from any of its parts on, e.g. ``reliability``.

    Args:
        typed: What was typed.
        goals: Those that it can be, by full id.
        what: What they are, e.g. ``active objective of 2026-Q1``.
    """
    if typed in goals:
        return typed
    found = [id for id in goals if id.endswith(f"/{typed}")]
    if len(found) == 1:
        return found[0]
    if found:
        hint = "write more of its id"
        return Complaint(f"{shown(typed)} could mean {' or '.join(found[:5])}", hint)
    near = did_you_mean(typed, [*goals, *(id.rpartition("/")[2] for id in goals)])
    hint = near if near.startswith("did") else did_you_mean(typed, goals)
    return Complaint(f"there is no {what} {shown(typed)}", hint or "okrsite show lists what there is")
