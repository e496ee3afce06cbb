"""What is known of a portal that was read before: enough to tell which of it need not be read again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from okrsite.content.kept.inventory import Signature
from okrsite.content.kept.packing import digest_of, packed, unpacked
from okrsite.frozen import frozen
from okrsite.model import CheckIn, Kpi, Objective, Outline, Rollout, Unit, Visibility

Answers = tuple[str, str]
"""The ids that were looked up and found, and those not found, each as one text with null characters between them."""
Given = tuple[tuple[str, CheckIn], ...]
"""Ids of key results, each with a check-in of it."""
Goals = tuple[Mapping[str, Objective], Mapping[str, Kpi]]
"""The objectives and KPIs of a unit, by id."""


class Known:
    """The ids of all goals, in the order of the content, by what references are looked up among."""

    def __init__(self) -> None:
        self.objectives: dict[str, None] = {}
        self.key_results: dict[str, None] = {}
        self.kpis: dict[str, None] = {}
        self.goals: dict[str, None] = {}
        """Objectives, then key results."""

    def add(self, objectives: Iterable[str], key_results: Iterable[str], kpis: Iterable[str]) -> None:
        """Take the ids of a unit's goals."""
        self.objectives.update(dict.fromkeys(objectives))
        self.key_results.update(dict.fromkeys(key_results))
        self.kpis.update(dict.fromkeys(kpis))

    def complete(self) -> Known:
        """Itself, once every unit's are there."""
        self.kpis = dict.fromkeys(sorted(self.kpis))
        self.goals = {**self.objectives, **self.key_results}
        return self


def answers(asked: Collection[str], ids: Collection[str]) -> Answers:
    """Which of the ids that were looked up are there."""
    found = sorted(id for id in asked if id in ids)
    return "\0".join(found), "\0".join(sorted(id for id in asked if id not in ids))


def hold(known: Answers, ids: Mapping[str, object]) -> bool:
    """Whether the answers would be the same among some ids."""
    found, missing = known
    there = ids.keys()
    return (not found or there >= set(found.split("\0"))) and (not missing or there.isdisjoint(missing.split("\0")))


@dataclass(slots=True)
class UnitRecord:
    """A unit that was read without a problem, and all that this depended on but for cycles and levels.

    Attributes:
        inputs: The digest of its files.
        above: What it is visible to where it does not say.
        unit: The unit.
        objectives: Ids in the order of the content, as of key results and KPIs.
        outline: Its goals by their ids, and what these name.
        asked: The answers to its references: among all goals, objectives, KPIs, key results.
        given: The check-ins of other units' key results in its files.
        taken: The check-ins of its key results in other units' files.
        stamp: What stands for its goals as they are kept, once that is known.
        signatures: Its files as they were, by their paths below the portal's folder.
        packed: Its goals as they are kept, once that is known.
        made: Its goals, once they have been asked for.
    """

    inputs: str
    above: Visibility
    unit: Unit
    objectives: tuple[str, ...]
    key_results: tuple[str, ...]
    kpis: tuple[str, ...]
    outline: Outline
    asked: tuple[Answers, ...]
    given: Given
    taken: Given
    stamp: bytes = b""
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    packed: bytes = b""
    made: Goals | None = None

    def goals(self) -> Goals:
        """Its objectives and KPIs: the same objects each time."""
        if self.made is None:
            self.made = unpacked(self.packed)
        return self.made

    def pack(self) -> bytes:
        """Its goals as they are kept."""
        if not self.packed:
            self.packed = packed(self.goals())
        return self.packed

    def content(self) -> bytes:
        """What stands for its goals: the same for the same goals alone."""
        if not self.stamp:
            self.stamp = bytes.fromhex(digest_of(self.pack()))
        return self.stamp

    def own_objectives(self) -> Mapping[str, Objective]:
        """Its objectives."""
        return self.goals()[0]

    def own_kpis(self) -> Mapping[str, Kpi]:
        """Its KPIs."""
        return self.goals()[1]

    def holds(self, known: Known) -> bool:
        """Whether its references mean the same goals among those that there are now."""
        among = (known.goals, known.objectives, known.kpis, known.key_results)
        return all(hold(known, ids) for known, ids in zip(self.asked, among, strict=True))

    def kept(self) -> tuple[bytes, bytes]:
        """All but the goals, and these, as they are kept; the goals are unpacked again when somebody asks for them."""
        stamp, goals = self.content(), self.pack()
        ids = (self.objectives, self.key_results, self.kpis)
        of_others = (self.outline, self.asked, self.given, self.taken)
        self.made = None  # packed they take a tenth of the memory
        return packed((self.inputs, self.above, self.unit, *ids, *of_others, stamp, self.signatures)), goals

    @staticmethod
    def of(head: bytes, goals: bytes) -> UnitRecord:
        """What `kept` was called on."""
        record = UnitRecord(*unpacked(head))
        record.packed = goals
        return record


@frozen
class RolloutRecord:
    """Plans that were read without a problem.

    Attributes:
        inputs: The digest of their files.
        asked: The answers to their references among the KPIs.
        measures: The KPIs that they name -> what these are measured in.
        plans: The plans.
    """

    inputs: str
    asked: Answers
    measures: Mapping[str, str]
    plans: tuple[Rollout, ...]

    def holds(self, inputs: str, kpis: Mapping[str, Kpi]) -> bool:
        """Whether they would be read to the same plans now."""
        return (
            self.inputs == inputs
            and hold(self.asked, kpis)
            and all(kpis[id].unit_of_measure == unit for id, unit in self.measures.items())
        )


@frozen
class Assembled:
    """What reading some units gave.

    Attributes:
        units: Those that were read, by id.
        objectives: Their objectives, in the order of the ids.
        kpis: Their KPIs, likewise.
        records: By unit, of those that have no problem.
    """

    units: Mapping[str, Unit] = field(default_factory=dict)
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    kpis: Mapping[str, Kpi] = field(default_factory=dict)
    records: Mapping[str, UnitRecord] = field(default_factory=dict)


class StaleError(Exception):
    """Units that were thought to be as they were have to be read too."""

    def __init__(self, units: set[str]) -> None:
        super().__init__(*sorted(units))
        self.units = units
