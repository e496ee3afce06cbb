"""Rollout plans, from ``rollout.yml`` or ``rollouts/*.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

from okrsite.content.documents import RolloutFile
from okrsite.content.documents.rollout import EvidenceEntry, Limit, MonthEntry, TaskEntry
from okrsite.content.files import Files
from okrsite.content.goals.references import References
from okrsite.content.syntax.tree import YamlMapping, mark_of
from okrsite.content.syntax.wording import did_you_mean, level_hint, shown
from okrsite.model import Evidence, Kpi, Measure, Rollout, RolloutMonth, RolloutTask, Source

_SHARES: tuple[Measure, ...] = tuple(measure for measure in get_args(Measure) if measure != "kpi")


def read_rollout(
    id: str, file: str, files: Files, levels: tuple[str, ...], kpis: Mapping[str, Kpi], references: References
) -> Rollout | None:
    """A rollout plan, or None with the problems noted.

    Args:
        id: The plan's id.
        file: Its file.
        files: Reads it.
        levels: The portal's levels.
        kpis: By full id.
        references: Looks them up.
    """
    found = files.document(file, RolloutFile)
    if found is None:
        return None
    document, tree = found.document, found.tree
    plan = _Plan(document.start, files.path_of(file), levels, kpis, references)
    months = tuple(
        plan.month(number, month, tree["months"][number - 1]) for number, month in enumerate(document.months, 1)
    )
    return Rollout(id, document.title, document.start, months[-1].end, months, Source(plan.path, *tree.mark))


class _Plan:
    """Builds one plan."""

    def __init__(
        self, start: date, path: str, levels: tuple[str, ...], kpis: Mapping[str, Kpi], references: References
    ) -> None:
        self.start = start
        self.log = references.log
        self.path = path
        self.levels = levels
        self.kpis = kpis
        self.references = references

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
                self.log.add("OKR308", where, f"unknown level {shown(level)}", level_hint(level, self.levels))
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
        where = Source(self.path, *mark_of(tree, ("measure",)))
        place = Source(self.path, *mark_of(tree, ("at_least",)))
        for measure in _SHARES:
            if entry.measure == measure:
                return Evidence(measure, None, self._share(entry.at_least, place))
        if entry.measure.startswith("kpi:"):
            return self._kpi(entry.measure.removeprefix("kpi:"), entry.at_least, where, place)
        words = (*_SHARES, "kpi:ID")
        message = f"measure: {shown(entry.measure)} is not one of {', '.join(words)}"
        self.log.add("OKR206", where, message, did_you_mean(entry.measure, words))
        return None

    def _share(self, limit: Limit | None, place: Source) -> Decimal:
        if limit is None:
            return Decimal(1)
        share = limit / 100 if limit.percent else Decimal(limit)
        if share > 1:
            sign = "%" if limit.percent else ""
            hint = "write a share up to 100%" if limit.percent or limit > 100 else f"write {limit}%"
            self.log.add("OKR214", place, f"at_least: {limit}{sign} is more than 100%", hint)
        return share

    def _kpi(self, id: str, limit: Limit | None, where: Source, place: Source) -> Evidence | None:
        found = self.references.find(id, (), where, "KPI")
        if found is None:
            return None
        measured_in = self.kpis[found].unit_of_measure
        if limit is None and measured_in != "%":
            hint = f"add `at_least:`, a value in the KPI's unit of measure{f' ({measured_in})' if measured_in else ''}"
            self.log.add("OKR203", where, "missing key 'at_least'", hint)
        elif limit is not None and limit.percent and measured_in != "%":
            message = f"at_least: '{limit}%' is a share, but the KPI is measured in {measured_in or 'numbers'}"
            self.log.add("OKR201", place, message, "write the value to reach, without %")
        return Evidence("kpi", found, Decimal(100) if limit is None else Decimal(limit))
