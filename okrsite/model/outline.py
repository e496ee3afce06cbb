"""Which goals there are, what they are called and what they name: what others need of them without reading any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from okrsite.frozen import frozen
from okrsite.model.kpi import Kpi
from okrsite.model.objective import KeyResult, Objective
from okrsite.reads import Once


@frozen
class Outline:
    """The goals of a unit in short.

    Attributes:
        objectives: Cycle id -> the unit's objectives, in the order in which the content has them.
        key_results: Objective id -> its key results, likewise.
        kpis: The unit's, likewise.
        supports: Objective id -> what it supports; of those that support anything.
        continues: Objective id -> the one that it carries on; of those that do.
        titles: The titles of objectives and key results and the names of KPIs, by id.
        owners: Who owns each of these, by id; empty for a KPI without an owner.
        rolling: The objectives that roll up.
        linking: Those whose texts may have links to goals in them.
        measured_by: Key result id -> the KPI that it takes its value from; of those that do.
    """

    objectives: Mapping[str, tuple[str, ...]]
    key_results: Mapping[str, tuple[str, ...]]
    kpis: tuple[str, ...]
    supports: Mapping[str, tuple[str, ...]]
    continues: Mapping[str, str]
    titles: Mapping[str, str]
    owners: Mapping[str, str]
    rolling: tuple[str, ...]
    linking: tuple[str, ...]
    measured_by: Mapping[str, str]

    @staticmethod
    def of(objectives: Iterable[Objective], kpis: Iterable[Kpi]) -> Outline:
        """That of a unit.

        Args:
            objectives: All of its objectives.
            kpis: All of its KPIs.
        """
        written = sorted(objectives, key=lambda objective: objective.source)
        measured = sorted(kpis, key=lambda kpi: kpi.source)
        by_cycle: dict[str, list[str]] = {}
        for objective in written:
            by_cycle.setdefault(objective.cycle_id, []).append(objective.id)
        return Outline(
            objectives={cycle: tuple(ids) for cycle, ids in by_cycle.items()},
            key_results={each.id: tuple(kr.id for kr in each.key_results) for each in written},
            kpis=tuple(kpi.id for kpi in measured),
            supports={each.id: tuple(each.supports) for each in written if each.supports},
            continues={each.id: each.continues for each in written if each.continues is not None},
            titles={
                **{each.id: each.title for each in written},
                **{kr.id: kr.title for each in written for kr in each.key_results},
                **{kpi.id: kpi.name for kpi in measured},
            },
            owners={
                **{each.id: each.owner for each in written},
                **{kr.id: kr.owner for each in written for kr in each.key_results},
                **{kpi.id: kpi.owner for kpi in measured},
            },
            rolling=tuple(each.id for each in written if each.rolls_up),
            linking=tuple(each.id for each in written if "okr:" in f"{each.description} {each.closing_note}".lower()),
            measured_by={kr.id: kr.kpi for each in written for kr in each.key_results if kr.kpi is not None},
        )


class KeyResults(Mapping[str, KeyResult]):
    """Key results, each taken from its objective.

    Args:
        ids: Objective id -> the ids of its key results, in the order of the objectives.
        objectives: By id.
    """

    __slots__ = ("_ids", "_of_objective")

    def __init__(self, ids: Mapping[str, tuple[str, ...]], objectives: Mapping[str, Objective]) -> None:
        self._ids = ids
        self._of_objective = Once[str, dict[str, KeyResult]](
            lambda objective: {kr.id: kr for kr in objectives[objective].key_results}
        )

    def __getitem__(self, id: str) -> KeyResult:
        return self._of_objective[id.rpartition("/")[0]][id]

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and id in self._ids.get(id.rpartition("/")[0], ())

    def __iter__(self) -> Iterator[str]:
        return (id for ids in self._ids.values() for id in ids)

    def __len__(self) -> int:
        return sum(map(len, self._ids.values()))
