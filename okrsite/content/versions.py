"""One version of one file, read without the rest of the portal: for whoever looks at old versions of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from typing import Literal, cast

from pydantic import BaseModel

from okrsite.content.cycles import Cycles
from okrsite.content.documents import CheckInsFile, CyclesFile, KpisFile, ObjectiveFile, ObjectivesFile, UnitFile
from okrsite.content.files import Found, document_in, objective_in
from okrsite.content.goals.kpis import by_date, check_amber
from okrsite.content.goals.objectives import Drafts, ObjectiveDraft, check_weights, key_result_of
from okrsite.content.measurements import read_measurements
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.text import decoded
from okrsite.content.syntax.tree import YamlMapping, mark_of
from okrsite.frozen import frozen
from okrsite.model import Cycle, Measurement, Source

FileKind = Literal["cycles", "unit", "objectives", "objective", "kpis", "measurements", "check_ins"]
"""What a content file can be: ``objectives`` is a cycle's YAML file, ``objective`` a Markdown file of one."""

DOCUMENTS: Mapping[FileKind, type[BaseModel]] = {
    "cycles": CyclesFile,
    "unit": UnitFile,
    "objectives": ObjectivesFile,
    "objective": ObjectiveFile,
    "kpis": KpisFile,
    "check_ins": CheckInsFile,
}
"""The document in each kind of file that is YAML."""

_ALL_TIME = Cycle("any", "any", date(1970, 1, 1), date(2199, 12, 31))


@frozen
class FileVersion:
    """What one version of a file says.

    Attributes:
        content: A document, or of a table its measurements by date; None where there is any problem in it.
        tree: The plain values that the document is made of; empty for tables.
        problem: The first problem in it, as a sentence without its full stop; empty where there is none.
    """

    content: BaseModel | tuple[Measurement, ...] | None
    tree: Mapping[str, object]
    problem: str = ""


def read_version(kind: FileKind, raw: bytes, path: str) -> FileVersion:
    """What the bytes of a file say, with every check that needs no other file.

    Args:
        kind: What the file should be.
        raw: All that is in it.
        path: Its name in problems.
    """
    log = ProblemLog()
    text = decoded(raw, path, log)
    content: BaseModel | tuple[Measurement, ...] | None = None
    tree: Mapping[str, object] = {}
    if text is None:
        pass
    elif kind == "measurements":
        content = by_date(read_measurements(text, path, log), log)
    else:
        found = _objective(text, path, log) if kind == "objective" else document_in(text, path, DOCUMENTS[kind], log)
        if found is not None and not len(log):
            content, tree = found.document, found.tree
            if kind in _CHECKS:
                _CHECKS[kind](found.document, found.tree, path, log)
    if content is None or len(log):
        first = min(log.problems)
        return FileVersion(None, {}, f"{first.message} (line {first.line})")
    return FileVersion(content, tree)


def _objective(text: str, path: str, log: ProblemLog) -> Found[ObjectiveFile] | None:
    found = objective_in(text, path, log)
    return None if found is None else found[0]


def _check_objectives(document: BaseModel, tree: YamlMapping, path: str, log: ProblemLog) -> None:
    drafts = Drafts(log)
    for place, entry in enumerate(cast("ObjectivesFile", document).objectives):
        id, at = f"unit/any/{entry.id}", tree["objectives"][place]
        drafts.add(ObjectiveDraft(id, "unit", _ALL_TIME, entry, at, "", "internal", path, whole=True))
    _check_drafts(drafts)


def _check_objective(document: BaseModel, tree: YamlMapping, path: str, log: ProblemLog) -> None:
    drafts = Drafts(log)
    entry = cast("ObjectiveFile", document)
    drafts.add(ObjectiveDraft("unit/any/one", "unit", _ALL_TIME, entry, tree, "", "internal", path, whole=True))
    _check_drafts(drafts)


def _check_drafts(drafts: Drafts) -> None:
    """What is wrong with objectives whatever their cycle and whatever else there is."""
    key_results: dict[str, list[str]] = {id: [] for id in drafts.objectives}
    for id, draft in drafts.key_results.items():
        key_results[draft.objective.id].append(id)
    for id, objective in drafts.objectives.items():
        own = [drafts.key_results[each] for each in key_results[id]]
        built = []
        for draft in own:
            check_ins = sorted(draft.inline_check_ins(), key=lambda each: each.date)
            built.append(key_result_of(draft, draft.entry.kpi, check_ins, drafts.log))
            for first, second in pairwise(check_ins):
                if first.date == second.date:
                    drafts.log.add("OKR306", second.source, f"a second check-in of this key result on {second.date}")
        check_weights(objective, built, drafts.log)


def _check_kpis(document: BaseModel, tree: YamlMapping, path: str, log: ProblemLog) -> None:
    names: set[str] = set()
    for place, entry in enumerate(cast("KpisFile", document).kpis):
        at = tree["kpis"][place]
        if entry.id in names:
            log.add("OKR301", Source(path, *mark_of(at, ("id",))), f"a second KPI '{entry.id}' of this unit")
        names.add(entry.id)
        check_amber(entry, Source(path, *mark_of(at, ("amber",))), log)
        measured = [Measurement(each.date, each.value, "", Source(path, *at.mark)) for each in entry.measurements]
        by_date(measured, log)


def _check_cycles(document: BaseModel, tree: YamlMapping, path: str, log: ProblemLog) -> None:
    Cycles(log).declare(cast("CyclesFile", document), tree, path)


_CHECKS: Mapping[FileKind, Callable[[BaseModel, YamlMapping, str, ProblemLog], None]] = {
    "cycles": _check_cycles,
    "objectives": _check_objectives,
    "objective": _check_objective,
    "kpis": _check_kpis,
}
