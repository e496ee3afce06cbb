"""What is known of history up to some commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from okrsite.frozen import frozen
from okrsite.history.goalposts import Value
from okrsite.history.ledger import BrokenVersion, Change
from okrsite.history.replay.resting import Resting

Gone = dict[str, Mapping[str, Value]]
"""The fields that goals had when they were removed, by id."""
KnownSoFar = dict[str, list[tuple[date, Fraction]]]


@frozen
class Span:
    """A figure with the first and the last day on which it is the same, as long as nothing changes but the day."""

    value: Fraction
    first: date = date.min
    last: date = date.max


@dataclass(slots=True)
class Course:
    """What is known of history up to some commit.

    Attributes:
        since: The first day that is known, or None.
        changes: Oldest first.
        broken: Versions of files that were passed over.
        known: Key result -> its progress as it was known then.
        latest: Ids that goals once had -> the ones that they had next.
        gone: The fields of goals that were removed, by id.
        units: The files that count, by the ids of units.
        progress: That of objectives, as long as they and what supports them stay as they are.
    """

    since: date | None = None
    changes: list[Change] = field(default_factory=list)
    broken: list[BrokenVersion] = field(default_factory=list)
    known: KnownSoFar = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    gone: Gone = field(default_factory=dict)
    units: dict[str, Resting] = field(default_factory=dict)
    progress: dict[str, Span] = field(default_factory=dict)
