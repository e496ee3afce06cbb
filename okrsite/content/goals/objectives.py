"""Objectives and key results: drafts from the files first, whole once references and check-ins are known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from okrsite.content.cycles import Cycles
from okrsite.content.documents.objectives import (
    BetweenKeyResult,
    DirectedKeyResult,
    DoneKeyResult,
    MilestoneEntry,
    MilestonesKeyResult,
    ObjectiveEntry,
    ObjectiveFile,
    RollupKeyResult,
    ThresholdKeyResult,
)
from okrsite.content.goals.check_ins import check_reading
from okrsite.content.goals.loops import find_loops
from okrsite.content.goals.references import References
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.tree import YamlMapping, mark_of
from okrsite.frozen import frozen
from okrsite.model import CheckIn, Cycle, KeyResult, Milestone, Objective, Source, Visibility

KeyResultDocument = (
    DirectedKeyResult | ThresholdKeyResult | BetweenKeyResult | MilestonesKeyResult | DoneKeyResult | RollupKeyResult
)
_ONE = Decimal(1)
_TAKES_NO_KPI = (MilestonesKeyResult, DoneKeyResult, RollupKeyResult)


@frozen
class ObjectiveDraft:
    """An objective as its file has it.

    Attributes:
        id: Full.
        entry: What the file says.
        tree: Where it says so.
        description: Markdown.
        visibility: The unit's, inherited unless the entry has its own.
        path: The file's name in problems.
        whole: Whether nothing of the file was left out for its problems.
    """

    id: str
    unit_id: str
    cycle: Cycle
    entry: ObjectiveFile
    tree: YamlMapping
    description: str
    visibility: Visibility
    path: str
    whole: bool

    @property
    def source(self) -> Source:
        """Where the objective begins."""
        return Source(self.path, *self.tree.mark)

    @property
    def starts(self) -> tuple[str, str]:
        """What a short reference may start inside."""
        return f"{self.unit_id}/{self.cycle.id}", self.unit_id

    def place(self, *location: int | str) -> Source:
        """Where a value of the objective stands."""
        return Source(self.path, *mark_of(self.tree, location))


@frozen
class KeyResultDraft:
    """A key result as its file has it."""

    id: str
    objective: ObjectiveDraft
    entry: KeyResultDocument
    index: int

    def place(self, *location: int | str) -> Source:
        """Where a value of the key result stands."""
        return self.objective.place("key_results", self.index, *location)

    def inline_check_ins(self) -> list[CheckIn]:
        """The check-ins that stand in the key result itself; empty ones of a broken file have their problem already."""
        return [
            CheckIn(
                item.date, item.value, item.confidence, item.note or "", item.by or "", self.place("check_ins", place)
            )
            for place, item in enumerate(self.entry.check_ins)
            if self.objective.whole or (item.value, item.confidence, item.note) != (None, None, None)
        ]


class Drafts:
    """All objectives and key results that the files hold, by full id."""

    def __init__(self, log: ProblemLog) -> None:
        self.log = log
        self.objectives: dict[str, ObjectiveDraft] = {}
        self.key_results: dict[str, KeyResultDraft] = {}
        self.links: dict[tuple[str, str], Source] = {}
        """(An objective, what it supports) -> where that stands."""

    def add(self, draft: ObjectiveDraft) -> None:
        """Take an objective; a second one of its id is a problem."""
        if (first := self.objectives.get(draft.id)) is not None:
            name = draft.id.rpartition("/")[2]
            hint = f"the first is at {first.source.path}:{first.source.line}; rename one of them"
            own = draft.place("id") if isinstance(draft.entry, ObjectiveEntry) else draft.source
            self.log.add("OKR301", own, f"a second objective '{name}' in this unit and cycle", hint)
            return
        self.objectives[draft.id] = draft
        for index, entry in enumerate(draft.entry.key_results):
            key_result = KeyResultDraft(f"{draft.id}/{entry.id}", draft, entry, index)
            if (other := self.key_results.get(key_result.id)) is not None:
                hint = f"the first stands on line {other.place().line}; rename one of them"
                message = f"a second key result '{entry.id}' of this objective"
                self.log.add("OKR301", key_result.place("id"), message, hint)
            else:
                self.key_results[key_result.id] = key_result

    def whole(
        self,
        references: References,
        earlier: References,
        kpi_references: References,
        check_ins: Mapping[str, Sequence[CheckIn]],
        cycles: Cycles,
    ) -> dict[str, Objective]:
        """The objectives, by id in the order of the ids; their drafts, which take ten times as much, go one by one.

        Args:
            references: Looks up objectives and key results.
            earlier: Looks up objectives alone, such as one that is carried on.
            kpi_references: Looks up KPIs.
            check_ins: Of each key result that has any, by date.
            cycles: The portal's cycles.
        """
        found = {}
        for id in sorted(self.objectives):
            draft = self.objectives.pop(id)
            for each in (references, earlier, kpi_references):
                each.asker = draft.unit_id
            key_results = self._key_results(draft, kpi_references, check_ins)
            supports, continues = self._supports(draft, references), self._continues(draft, earlier, cycles)
            found[id] = objective_of(draft, key_results, supports, continues)
            check_weights(draft, key_results, self.log)
        return found

    def check_loops(self, supports: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """Goals may not support each other in a ring, whether directly or through a key result.

        Args:
            supports: What each objective supports, of all objectives in the order of their ids.

        Yields:
            The first objective of each ring that was not drafted here, so that it is not known where its links stand.
        """
        edges = {id: [_owner(above, supports) for above in links] for id, links in supports.items()}
        for loop in find_loops(edges):
            first, second = loop[0], loop[1]
            place = self.links.get((first, supports[first][edges[first].index(second)]))
            if place is None:
                yield first
                continue
            if first == second:
                message, hint = f"'{first}' supports itself", "take it out"
            else:
                message, hint = f"these support each other in a ring: {_ring(loop)}", "take one of them out"
            self.log.add("OKR304", place, message, hint)

    def _supports(self, draft: ObjectiveDraft, references: References) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for index, reference in enumerate(draft.entry.supports):
            place = draft.place("supports", index)
            id = references.find(reference, draft.starts, place, "objective or key result")
            if id is not None:
                found.setdefault(id)
                self.links.setdefault((draft.id, id), place)
        return tuple(found)

    def _continues(self, draft: ObjectiveDraft, earlier: References, cycles: Cycles) -> str | None:
        """The objective that one carries on: of a cycle that begins earlier, so that no chain comes back to itself."""
        if draft.entry.continues is None:
            return None
        place = draft.place("continues")
        id = earlier.find(draft.entry.continues, (draft.unit_id,), place, "objective")
        if id == draft.id:
            self.log.add("OKR311", place, f"'{id}' continues itself", "name the objective of an earlier cycle")
        elif id is not None and (before := cycles.of_objective(id)).start >= draft.cycle.start:
            message = f"'{id}' cannot be continued here: {before.id} does not begin before {draft.cycle.id}"
            self.log.add("OKR311", place, message, "name the objective of an earlier cycle")
        return id

    def _key_results(
        self, draft: ObjectiveDraft, kpi_references: References, check_ins: Mapping[str, Sequence[CheckIn]]
    ) -> tuple[KeyResult, ...]:
        ids = dict.fromkeys(f"{draft.id}/{entry.id}" for entry in draft.entry.key_results)
        krs = (self.key_results.pop(id) for id in ids)
        return tuple(key_result_of(kr, _kpi(kr, kpi_references), check_ins.get(kr.id, ()), self.log) for kr in krs)


def _owner(id: str, objectives: Collection[str]) -> str:
    """The objective that an id is of: itself, or the one that a key result belongs to."""
    return id if id in objectives else id.rpartition("/")[0]


def _ring(loop: Sequence[str]) -> str:
    shown = loop if len(loop) <= 10 else [*loop[:5], "...", *loop[-4:]]
    return " -> ".join(shown)


def _kpi(draft: KeyResultDraft, references: References) -> str | None:
    """The KPI that a key result takes its value from."""
    if draft.entry.kpi is None:
        return None
    return references.find(draft.entry.kpi, [f"{draft.objective.unit_id}/kpis"], draft.place("kpi"), "KPI")


def objective_of(
    draft: ObjectiveDraft, key_results: tuple[KeyResult, ...], supports: tuple[str, ...], continues: str | None
) -> Objective:
    """An objective, once everything that it names is known."""
    entry = draft.entry
    return Objective(
        id=draft.id,
        unit_id=draft.unit_id,
        cycle_id=draft.cycle.id,
        title=entry.title,
        owner=entry.owner,
        type=entry.type,
        weight=_ONE if entry.weight is None else entry.weight,
        supports=supports,
        state=entry.state,
        visibility=draft.visibility,
        tags=tuple(entry.tags),
        description=draft.description,
        key_results=key_results,
        score=entry.score,
        closing_note=(entry.closing_note or "").strip(),
        source=draft.source,
        continues=continues,
    )


def check_weights(draft: ObjectiveDraft, key_results: Sequence[KeyResult], log: ProblemLog) -> None:
    """Note an objective whose key results all have a weight of 0."""
    if draft.whole and not any(kr.weight for kr in key_results):
        message = "all weights of the key results are 0"
        log.add("OKR211", draft.place("key_results"), message, "give at least one a weight above 0")


def key_result_of(draft: KeyResultDraft, kpi: str | None, check_ins: Sequence[CheckIn], log: ProblemLog) -> KeyResult:
    """A key result with the defaults of its objective and cycle.

    Args:
        draft: What its file says.
        kpi: The full id of the KPI that it names.
        check_ins: By date, at most one a day.
        log: Takes what is wrong with it.
    """
    entry, cycle = draft.entry, draft.objective.cycle
    start, due = entry.start or cycle.start, entry.due or cycle.end
    if due < start:
        message = f"the key result is due on {due}, before it starts on {start}"
        if entry.due is None:
            log.add("OKR213", draft.place("start"), f"{message}; without `due:` it is due with the cycle", "add `due:`")
        else:
            hint = "correct one of the two" if entry.start else "without `start:` it starts with the cycle; add it"
            log.add("OKR213", draft.place("due"), message, hint)
    directed = entry if isinstance(entry, DirectedKeyResult) else None
    if directed:
        _check_direction(draft, directed, log)
    if entry.kpi is not None and isinstance(entry, _TAKES_NO_KPI):
        message = f"a key result of kind {entry.kind} cannot take its value from a KPI"
        log.add("OKR216", draft.place("kpi"), message, "delete `kpi:`, or use a kind that is read as a number")
    for check_in in check_ins:
        check_reading(entry, check_in, log)
    held = entry if isinstance(entry, (ThresholdKeyResult, BetweenKeyResult)) else None
    return KeyResult(
        id=draft.id,
        objective_id=draft.objective.id,
        title=entry.title,
        kind=entry.kind,
        unit_of_measure=entry.unit or "",
        baseline=directed.baseline if directed else None,
        target=entry.target if isinstance(entry, (DirectedKeyResult, ThresholdKeyResult)) else None,
        target_range=entry.target if isinstance(entry, BetweenKeyResult) else None,
        inclusive=held.inclusive if held else True,
        sustained=held.sustained if held else False,
        milestones=_milestones(draft, entry.milestones, start, log) if isinstance(entry, MilestonesKeyResult) else (),
        owner=entry.owner or draft.objective.entry.owner,
        start=start,
        due=due,
        weight=_ONE if entry.weight is None else entry.weight,
        kpi=kpi,
        evidence=tuple(entry.evidence),
        check_ins=tuple(check_ins),
        source=draft.place(),
    )


def _check_direction(draft: KeyResultDraft, entry: DirectedKeyResult, log: ProblemLog) -> None:
    if entry.baseline == entry.target:
        hint = "correct one of them, or use at_least or at_most to hold a level"
        log.add("OKR209", draft.place("target"), f"baseline and target are both {entry.target}", hint)
    elif (entry.target > entry.baseline) != (entry.kind == "increase"):
        side, other = ("below", "decrease") if entry.kind == "increase" else ("above", "increase")
        message = f"kind {entry.kind}, but the target {entry.target} is {side} the baseline {entry.baseline}"
        log.add("OKR210", draft.place("target"), message, f"use the kind {other}, or swap the two")


def _milestones(
    draft: KeyResultDraft, entries: Sequence[MilestoneEntry], start: date, log: ProblemLog
) -> tuple[Milestone, ...]:
    """The steps; one that is just done was so on the window's first day."""
    milestones = tuple(
        Milestone(
            entry.title,
            _ONE if entry.weight is None else entry.weight,
            start if entry.done is True else entry.done or None,
        )
        for entry in entries
    )
    if not any(milestone.weight for milestone in milestones):
        log.add("OKR211", draft.place("milestones"), "all weights of the milestones are 0", "give one more than 0")
    return milestones
