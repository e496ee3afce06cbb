"""From one file's document to the goals in it, as they are with the other files of the same commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from okrsite.content import ProblemLog
from okrsite.content.cycles import Cycles
from okrsite.content.documents import CheckInsFile, KpisFile, ObjectiveFile, ObjectivesFile, UnitFile
from okrsite.content.goals.check_ins import starts_in
from okrsite.content.goals.kpis import kpi_of
from okrsite.content.goals.objectives import KeyResultDraft, ObjectiveDraft, key_result_of, objective_of
from okrsite.content.goals.references import candidates
from okrsite.content.syntax.tree import YamlMapping
from okrsite.frozen import frozen
from okrsite.history.replay.places import Place
from okrsite.history.replay.resting import is_far
from okrsite.history.replay.versions import Key, Versions
from okrsite.model import CheckIn, Cycle, KeyResult, Kpi, Measurement, Objective, Source, Unit

Reading = CheckIn | Measurement
Resolve = Callable[[Sequence[str]], str]
"""Chooses among the ids that a reference could be; where none of them, or several, are there: the first."""

_NO_TREE = YamlMapping((1, 1))


@frozen
class Held:
    """A file of the goals' folder in the version that counts: the last one that could be read.

    Attributes:
        place: What it is.
        blob: The id of what it holds.
        path: A name that it has or had.
        versions: Gives what it says.
    """

    place: Place
    blob: str
    path: str
    versions: Versions

    @property
    def key(self) -> Key:
        """What its version is known by."""
        return self.place.kind, self.blob

    @property
    def content(self) -> object:
        """What it says."""
        return self.versions.get(self.key, self.path).content


@dataclass(slots=True)
class Built:
    """The goals and readings of one file.

    Attributes:
        readings: Of key results and KPIs, by id.
        wants: Every id that a reference in the file could be.
        far: The references among them that may mean goals of other units.
    """

    units: dict[str, Unit] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    key_results: dict[str, KeyResult] = field(default_factory=dict)
    kpis: dict[str, Kpi] = field(default_factory=dict)
    readings: dict[str, list[Reading]] = field(default_factory=dict)
    wants: set[str] = field(default_factory=set)
    far: set[str] = field(default_factory=set)

    def possible(self, reference: str, starts: Sequence[str]) -> list[str]:
        """What a reference in the file could be, noted as wanted."""
        found = candidates(reference, starts)
        self.wants.update(found)
        if is_far(reference):
            self.far.add(reference)
        return found


def may_name(place: Place) -> bool:
    """Whether a file can have ids that references may mean."""
    return place.kind == "kpis" or bool(place.cycle)


def names_in(held: Held, cycles: Cycles) -> list[str]:
    """The ids that references may mean and that a file has: of objectives, key results and KPIs."""
    place = held.place
    if place.kind == "kpis":
        return [f"{place.unit}/kpis/{entry.id}" for entry in cast("KpisFile", held.content).kpis]
    found = []
    if place.cycle and cycles.get(place.cycle) is not None:
        for id, entry in _entries(held):
            found.append(id)
            found += [f"{id}/{kr.id}" for kr in entry.key_results]
    return found


def misfit(held: Held, cycles: Cycles) -> str:
    """Why a file's goals do not fit their cycle, as far as that can be; empty where they do."""
    cycle = cycles.get(held.place.cycle) if held.place.cycle else None
    if cycle is not None:
        for id, entry in _entries(held):
            for kr in entry.key_results:
                start, due = kr.start or cycle.start, kr.due or cycle.end
                if due < start:
                    name = f"{id.rpartition('/')[2]}/{kr.id}"
                    return f"the key result {name} is due on {due}, before it starts on {start}"
    return ""


def built(held: Held, cycles: Cycles, own_cycles: Sequence[str], resolve: Resolve) -> Built:
    """The goals and readings of a file.

    Args:
        held: The file.
        cycles: Those of its commit.
        own_cycles: The cycles that its unit has objectives for.
        resolve: Finds what a reference means.
    """
    found = Built()
    place = held.place
    if place.kind == "unit":
        found.units[place.unit] = _unit(place.unit, cast("UnitFile", held.content))
    elif place.kind == "kpis":
        for entry in cast("KpisFile", held.content).kpis:
            kpi = kpi_of(place.unit, entry, (), Source(""))
            found.kpis[kpi.id] = kpi
            found.readings[kpi.id] = [Measurement(each.date, each.value, "", kpi.source) for each in entry.measurements]
    elif place.kind == "measurements":
        found.readings[f"{place.unit}/kpis/{place.name}"] = list(cast("tuple[Measurement, ...]", held.content))
    elif place.kind == "check_ins":
        _take_meeting(held, cycles, own_cycles, resolve, found)
    elif place.cycle and (cycle := cycles.get(place.cycle)) is not None:
        for id, objective in _entries(held):
            draft = ObjectiveDraft(id, place.unit, cycle, objective, _NO_TREE, "", "internal", "", whole=True)
            _take_objective(draft, resolve, found)
    return found


def _entries(held: Held) -> Iterator[tuple[str, ObjectiveFile]]:
    """The objectives in a file, by full id."""
    place = held.place
    if place.kind == "objective":
        yield f"{place.unit}/{place.cycle}/{place.name}", cast("ObjectiveFile", held.content)
    else:
        for entry in cast("ObjectivesFile", held.content).objectives:
            yield f"{place.unit}/{place.cycle}/{entry.id}", entry


def _unit(id: str, document: UnitFile) -> Unit:
    return Unit(
        id=id,
        name=document.name,
        level=document.level,
        parent=id.rpartition("/")[0] or None,
        lead=document.lead or "",
        mission=document.mission or "",
        description="",
        visibility=document.visibility or "internal",
        source=Source(""),
    )


def _take_objective(draft: ObjectiveDraft, resolve: Resolve, found: Built) -> None:
    def meant(reference: str, starts: Sequence[str]) -> str:
        return resolve(found.possible(reference, starts))

    krs = []
    for index, entry in enumerate(draft.entry.key_results):
        kr_draft = KeyResultDraft(f"{draft.id}/{entry.id}", draft, entry, index)
        kpi = meant(entry.kpi, [f"{draft.unit_id}/kpis"]) if entry.kpi is not None else None
        kr = key_result_of(kr_draft, kpi, (), ProblemLog())
        krs.append(kr if kr.start <= kr.due else replace(kr, due=kr.start))  # cycles.yml alone was changed
        found.key_results[kr.id] = krs[-1]
        if entry.check_ins:
            found.readings[kr.id] = list(kr_draft.inline_check_ins())
    supports = tuple(dict.fromkeys(meant(each, draft.starts) for each in draft.entry.supports))
    found.objectives[draft.id] = objective_of(draft, tuple(krs), supports, None)


def _take_meeting(held: Held, cycles: Cycles, own: Sequence[str], resolve: Resolve, found: Built) -> None:
    """The check-ins of a meeting; one whose key result is not there is kept under what could be its id."""
    document, place = cast("CheckInsFile", held.content), held.place
    day = date.fromisoformat(place.name)
    named = [document.cycle] if document.cycle else [id for id in own if _holds(cycles.get(id), day)]
    starts = starts_in(place.unit, named)
    for reference, entry in document.check_ins.items():
        possible = found.possible(reference, starts)
        by = entry.by or document.by or ""
        reading = CheckIn(day, entry.value, entry.confidence, entry.note or "", by, Source(""))
        found.readings.setdefault(resolve(possible), []).append(reading)


def _holds(cycle: Cycle | None, day: date) -> bool:
    return cycle is None or cycle.holds(day)
