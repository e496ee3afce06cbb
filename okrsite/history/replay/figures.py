"""What the figures were on the day of a commit, by the formulas of scoring; kept for as long as they stay the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from operator import attrgetter
from types import MappingProxyType
from typing import cast

from okrsite.history.replay.course import Span
from okrsite.history.replay.drafts import Reading
from okrsite.history.replay.standing import Standing
from okrsite.model import CheckIn, Cycle, KeyResult, Kpi, Measurement, Objective
from okrsite.scoring.figures import KpiStatus
from okrsite.scoring.kinds import KINDS
from okrsite.scoring.kpis import kpi_figures
from okrsite.scoring.means import clamp, weighted_mean
from okrsite.scoring.readings import known

Versions = Mapping[str, tuple[Objective, Fraction] | None]
"""Objectives by id, each in another version than the one that stands, with its progress; None to leave one out."""

_NONE: Mapping[str, Span] = MappingProxyType({})
_by_date = attrgetter("date")


class Figures:
    """The figures of the goals as they stand.

    Args:
        standing: The goals; whoever changes them says so by `forget`.
        objectives: What `kept` has given of the goals as they stand.
    """

    def __init__(self, standing: Standing, objectives: Mapping[str, Span] = _NONE) -> None:
        self._standing = standing
        self._objectives = dict(objectives)
        self._loose: list[str] = []

    def forget(self, objectives: Iterable[str]) -> set[str]:
        """Take note that some objectives have changed, in themselves or in what supports them.

        Returns:
            The roll-up key results above them, whose figures may be others now.
        """
        found: set[str] = set()
        seen = set(objectives)
        waiting = list(seen)
        while waiting:
            id = waiting.pop()
            self._objectives.pop(id, None)
            objective = self._standing.objectives.get(id)
            for above in objective.supports if objective is not None else ():
                kr = self._standing.key_results.get(above)
                if kr is not None and kr.kind == "rollup":
                    found.add(kr.id)
                    if kr.objective_id not in seen:
                        seen.add(kr.objective_id)
                        waiting.append(kr.objective_id)
        return found

    def kept(self) -> dict[str, Span]:
        """The progress of objectives that need not be computed again, by id."""
        self._drop_loose()
        return dict(self._objectives)

    def key_result(self, kr: KeyResult, day: date, readings: Sequence[Reading] | None = None) -> Fraction:
        """The raw progress of a key result, or of a version of it, on a day.

        Args:
            kr: Its objective's cycle has to be known.
            day: The day.
            readings: Its check-ins; None for those that stand.
        """
        self._ready(self._below([kr]), day)
        return self._key_result(kr, day, readings).value

    def mean(self, key_results: Sequence[KeyResult], day: date, readings: Mapping[str, Sequence[Reading]]) -> Fraction:
        """The progress of an objective that has some key results, on a day.

        Args:
            key_results: Versions of them.
            day: The day.
            readings: Their check-ins by id; without an entry those that stand.
        """
        self._ready(self._below(key_results), day)
        return weighted_mean(
            (kr.weight, clamp(self._key_result(kr, day, readings.get(kr.id)).value)) for kr in key_results
        )

    def standing_objective(self, id: str, day: date) -> Fraction:
        """The progress of an objective that stands, on a day."""
        self._ready([id], day)
        return self._objectives[id].value

    def rollup(self, kr: KeyResult, day: date, other: Versions) -> Fraction:
        """The progress of a roll-up on a day.

        Args:
            kr: The key result, which stands.
            day: The day.
            other: Objectives that support it in another version, with its progress, or not at all, by id.
        """
        below = [id for id in self._below([kr]) if id not in other]
        self._ready(below, day)
        standing = [(self._standing.objectives[id], self._objectives[id].value) for id in below]
        given = [version for version in other.values() if version is not None and version[0].rolls_up]
        return weighted_mean((objective.weight, progress) for objective, progress in (*standing, *given))

    def unit(self, unit_id: str, cycle_id: str, day: date, other: Versions) -> Fraction | None:
        """The progress of a unit in a cycle on a day; None where it has none.

        Args:
            unit_id: The unit.
            cycle_id: The cycle.
            day: The day.
            other: Objectives that are taken in another version, with its progress, or not at all, by id.
        """
        objectives = self._standing.objectives
        standing = [objectives[id] for id in self._standing.in_cycle(unit_id, cycle_id) if id not in other]
        parts = [(each, self.standing_objective(each.id, day)) for each in standing if each.rolls_up and each.weight]
        parts += [each for each in other.values() if each is not None and each[0].rolls_up and each[0].weight]
        return weighted_mean((objective.weight, progress) for objective, progress in parts) if parts else None

    def kpi_status(self, kpi: Kpi, day: date) -> KpiStatus:
        """The status of a KPI, or of a version of it, on a day."""
        measurements = cast("tuple[Measurement, ...]", self._standing.readings.of(kpi.id))
        return kpi_figures(replace(kpi, measurements=measurements), day).status

    def _below(self, key_results: Iterable[KeyResult]) -> list[str]:
        """The objectives that some roll-ups are the mean of."""
        objectives = self._standing.objectives
        return [
            id
            for kr in key_results
            if kr.kind == "rollup"
            for id in self._standing.supporters(kr.id)
            if id in objectives and objectives[id].rolls_up
        ]

    def _kept(self, id: str, day: date) -> Span | None:
        span = self._objectives.get(id)
        return span if span is not None and span.first <= day <= span.last else None

    def _ready(self, ids: Iterable[str], day: date) -> None:
        """Compute objectives, those that they are made of first; without recursion, since chains may be of any length.

        Goals that support each other in a ring, as they can in a commit that has errors, count as nothing where the
        ring closes. That depends on where one begins, so that it is not kept for another question.
        """
        self._drop_loose()
        waiting = [id for id in ids if self._kept(id, day) is None]
        opened: set[str] = set()
        fresh: list[str] = []
        is_ring = False
        while waiting:
            id = waiting[-1]
            if self._kept(id, day) is not None:
                waiting.pop()
            elif id in opened:
                self._objectives[id] = self._objective(id, day)
                fresh.append(id)
                waiting.pop()
            else:
                opened.add(id)
                self._objectives.pop(id, None)
                for below in self._below(self._standing.objectives[id].key_results):
                    if self._kept(below, day) is None:
                        is_ring |= below in opened
                        waiting += [] if below in opened else [below]
        if is_ring:
            self._loose = fresh

    def _drop_loose(self) -> None:
        for id in self._loose:
            self._objectives.pop(id, None)
        self._loose = []

    def _objective(self, id: str, day: date) -> Span:
        objective = self._standing.objectives[id]
        spans = [(kr.weight, self._key_result(kr, day)) for kr in objective.key_results]
        return Span(
            weighted_mean((weight, clamp(span.value)) for weight, span in spans),
            max(span.first for _, span in spans),
            min(span.last for _, span in spans),
        )

    def _key_result(self, kr: KeyResult, day: date, readings: Sequence[Reading] | None = None) -> Span:
        if kr.kind == "rollup":
            return self._rollup(kr, day)
        standing = self._standing
        if readings is None:
            readings = standing.readings.of(kr.id)
        cycle = standing.cycle_of(kr.objective_id) or Cycle("", "", kr.start, kr.due)
        kpi = standing.kpis.get(kr.kpi) if kr.kpi is not None else None
        if kpi is not None:
            measured = cast("tuple[Measurement, ...]", standing.readings.of(kpi.id))
            facts = known(kr, cycle, replace(kpi, measurements=measured), day)
            first, last = _around([each.date for each in _near(measured, day)], day)
        else:
            kr = replace(kr, check_ins=cast("tuple[CheckIn, ...]", tuple(readings)))
            facts = known(kr, cycle, None, day)
            dates = [each.date for each in readings] + [each.done for each in kr.milestones if each.done is not None]
            first, last = _around(dates, day)
        return Span(KINDS[kr.kind].progress(kr, facts), first, last)

    def _rollup(self, kr: KeyResult, day: date) -> Span:
        parts = []
        first, last = date.min, date.max
        for id in self._below([kr]):
            span = self._kept(id, day)
            if span is None:
                continue  # of a ring
            parts.append((self._standing.objectives[id].weight, span.value))
            first, last = max(first, span.first), min(last, span.last)
        return Span(weighted_mean(parts), first, last)


def _near(dated: Sequence[Reading], day: date) -> Sequence[Reading]:
    """The last until a day and the first after it, of readings by date."""
    place = bisect_right(dated, day, key=_by_date)
    return dated[max(place - 1, 0) : place + 1]


def _around(dates: Sequence[date], day: date) -> tuple[date, date]:
    """The last of some dates until a day, and the day before the first one after it."""
    first = max((each for each in dates if each <= day), default=date.min)
    after = min((each for each in dates if each > day), default=None)
    return first, date.max if after is None else after - timedelta(days=1)
