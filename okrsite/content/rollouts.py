"""Rollout plans, from ``rollout.yml`` or ``rollouts/*.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import get_args

from okrsite.content.documents import RolloutFile
from okrsite.content.documents.rollout import EvidenceEntry, MonthEntry, TaskEntry
from okrsite.content.files import Files
from okrsite.content.validation import did_you_mean
from okrsite.content.yamltree import YamlMapping, mark_of
from okrsite.model import Evidence, Kpi, Measure, Rollout, RolloutMonth, RolloutTask, Source

_SHARES: tuple[Measure, ...] = tuple(measure for measure in get_args(Measure) if measure != "kpi")


def read_rollout(
    id: str, file: Path, files: Files, levels: tuple[str, ...], kpis: Mapping[str, Kpi] | None
) -> Rollout | None:
    """A rollout plan, or None with the problems noted.

    Args:
        id: The plan's id.
        file: Its file.
        files: Reads it.
        levels: The portal's levels.
        kpis: By full id; None where not all could be read, so that a missing one is no problem of the plan.
    """
    found = files.document(file, RolloutFile)
    if found is None:
        return None
    document, tree = found
    plan = _Plan(document, files, files.path_of(file), levels, kpis)
    months = tuple(
        plan.month(number, month, tree["months"][number - 1]) for number, month in enumerate(document.months, 1)
    )
    return Rollout(id, document.title, document.start, months[-1].end, months, Source(plan.path, *tree.mark))


class _Plan:
    """Builds one plan."""

    def __init__(
        self, document: RolloutFile, files: Files, path: str, levels: tuple[str, ...], kpis: Mapping[str, Kpi] | None
    ) -> None:
        self.start = document.start
        self.log = files.log
        self.path = path
        self.levels = levels
        self.kpis = kpis

    def month(self, number: int, entry: MonthEntry, tree: YamlMapping) -> RolloutMonth:
        start = self.start + timedelta(weeks=4 * (number - 1))
        tasks = tuple(self.task(number, task, tree["tasks"][place]) for place, task in enumerate(entry.tasks))
        return RolloutMonth(entry.title, number, start, start + timedelta(days=27), tasks)

    def task(self, month: int, entry: TaskEntry, tree: YamlMapping) -> RolloutTask:
        first, last = entry.weeks
        start = self.start + timedelta(weeks=4 * (month - 1) + first - 1)
        for place, level in enumerate(entry.levels):
            if level not in self.levels:
                where = Source(self.path, *mark_of(tree, ("levels", place)))
                self.log.add("OKR308", where, f"unknown level '{level}'", did_you_mean(level, self.levels))
        return RolloutTask(
            title=entry.title,
            month=month,
            first_week=first,
            last_week=last,
            start=start,
            end=start + timedelta(days=7 * (last - first + 1) - 1),
            owner=entry.owner or "",
            levels=tuple(entry.levels),
            done=entry.done or None,
            progress=entry.progress,
            evidence=self.evidence(entry.evidence, tree["evidence"]) if entry.evidence else None,
            source=Source(self.path, *tree.mark),
        )

    def evidence(self, entry: EvidenceEntry, tree: YamlMapping) -> Evidence | None:
        limit = entry.at_least
        place = Source(self.path, *mark_of(tree, ("at_least",)))
        for measure in _SHARES:
            if entry.measure == measure:
                share = Decimal(1) if limit is None else limit / 100 if limit.percent else Decimal(limit)
                if share > 1:
                    message = f"at_least: {limit}{'%' if limit and limit.percent else ''} is more than 100%"
                    self.log.add("OKR214", place, message, f"write {limit}%" if limit and not limit.percent else "")
                return Evidence(measure, None, share)
        where = Source(self.path, *mark_of(tree, ("measure",)))
        if not entry.measure.startswith("kpi:"):
            words = (*_SHARES, "kpi:ID")
            message = f"measure: '{entry.measure}' is not one of {', '.join(words)}"
            self.log.add("OKR206", where, message, did_you_mean(entry.measure, words))
            return None
        id = entry.measure.removeprefix("kpi:")
        kpi = self.kpis.get(id) if self.kpis is not None else None
        if kpi is None:
            if self.kpis is not None:
                self.log.add("OKR302", where, f"there is no KPI '{id}'", did_you_mean(id, list(self.kpis)[:5_000]))
            return None
        if limit is None and kpi.unit_of_measure != "%":
            hint = f"add `at_least:` in the KPI's unit of measure ({kpi.unit_of_measure or 'a number'})"
            self.log.add("OKR203", where, "missing key 'at_least'", hint)
        return Evidence("kpi", id, Decimal(100) if limit is None else Decimal(limit))
