"""Reads a whole portal: files to documents, documents to the model, every problem on the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from okrsite.content.check_ins import CheckIns
from okrsite.content.cycles import Cycles
from okrsite.content.documents import ObjectivesFile, UnitFile
from okrsite.content.documents.objectives import ObjectiveFile
from okrsite.content.files import Files
from okrsite.content.folder import UnitFolder, Walk
from okrsite.content.kpis import read_kpis
from okrsite.content.log import ProblemLog
from okrsite.content.objectives import Drafts, ObjectiveDraft
from okrsite.content.references import References
from okrsite.content.rollouts import read_rollout
from okrsite.content.wording import level_hint, shown
from okrsite.content.yamltree import YamlMapping, mark_of
from okrsite.model import Kpi, Objective, Portal, Rollout, Source, Unit, Visibility
from okrsite.problems import Problem
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a portal gave.

    Attributes:
        portal: None where there are errors.
        problems: All of them, sorted by place.
    """

    portal: Portal | None
    problems: tuple[Problem, ...]


def read_portal(root: Path, settings: Settings) -> Reading:
    """Read a portal's content.

    Args:
        root: The portal's folder, which holds ``mkdocs.yml``.
        settings: Where the content is and which levels there are.
    """
    return _Reader(root, settings).read()


class _Reader:
    def __init__(self, root: Path, settings: Settings) -> None:
        self.log = ProblemLog()
        self.files = Files(root, self.log)
        self.content = root / settings.content
        self.goals = self.content / settings.source
        self.levels = settings.levels
        self.cycles = Cycles.read(self.files, self.goals / "cycles.yml")
        self.broken: set[str] = set()
        """Ids at or below which something could not be read."""

    def read(self) -> Reading:
        if not self.goals.is_dir():
            place = Source(self.files.path_of(self.goals))
            self.log.add(
                "OKR116", place, "there is no folder of goals", "run `okrsite init`, or set the option `source`"
            )
            return self._result(None)
        if self.goals.is_symlink():
            hint = "put the folder itself there"
            self.log.add("OKR112", Source(self.files.path_of(self.goals)), "a symbolic link", hint)
            return self._result(None)
        walk = Walk(self.files.path_of, self.cycles, self.log)
        folders = walk.units(self.goals)
        self.broken |= walk.broken
        if not folders and not len(self.log):
            place = Source(self.files.path_of(self.goals))
            self.log.add("OKR116", place, "there is no unit", "add a folder with a unit.yml, or run `okrsite init`")
        units = self._units(folders)
        kpis = self._kpis(folders)
        objectives = self._objectives(folders, units, kpis)
        rollouts = self._rollouts(walk, kpis)
        return self._result(Portal(self.levels, self.cycles.all(), units, objectives, kpis, rollouts))

    def _result(self, portal: Portal | None) -> Reading:
        problems = tuple(sorted(set(self.log.problems)))
        return Reading(None if problems else portal, problems)

    def _units(self, folders: list[UnitFolder]) -> dict[str, Unit]:
        units: dict[str, Unit] = {}
        for folder in folders:
            read = self.files.document(folder.unit, UnitFile) if folder.unit else None
            words = self.files.markdown(folder.words) if folder.words else None
            if read is None or folder.unit is None:
                continue
            document, tree = read.document, read.tree
            path = self.files.path_of(folder.unit)
            if document.level not in self.levels:
                place = Source(path, *mark_of(tree, ("level",)))
                hint = level_hint(document.level, self.levels)
                self.log.add("OKR308", place, f"unknown level {shown(document.level)}", hint)
            parent = folder.id.rpartition("/")[0] or None
            above: Visibility = units[parent].visibility if parent in units else "internal"
            units[folder.id] = Unit(
                id=folder.id,
                name=document.name,
                level=document.level,
                parent=parent,
                lead=document.lead or "",
                mission=document.mission or "",
                description=words or "",
                visibility=document.visibility or above,
                source=Source(path),
            )
        return dict(sorted(units.items()))

    def _kpis(self, folders: list[UnitFolder]) -> dict[str, Kpi]:
        found: dict[str, Kpi] = {}
        for folder in folders:
            kpis, whole = read_kpis(folder, self.files)
            found.update(kpis)
            if not whole:
                self.broken.add(f"{folder.id}/kpis")
        return dict(sorted(found.items()))

    def _objectives(
        self, folders: list[UnitFolder], units: dict[str, Unit], kpis: dict[str, Kpi]
    ) -> dict[str, Objective]:
        drafts = Drafts(self.log)
        for folder in folders:
            unit = units.get(folder.id)
            self._draft(folder, unit.visibility if unit else "internal", drafts)
        self.cycles.used.update(draft.cycle.id for draft in drafts.objectives.values())
        others = dict.fromkeys(kpis, "a KPI") | {folder.id: "a unit" for folder in folders}
        references = References({**drafts.objectives, **drafts.key_results}, self.broken, self.log, others)
        key_results = dict.fromkeys(drafts.key_results, "a key result")
        earlier = References(drafts.objectives, self.broken, self.log, others | key_results)
        kpi_references = References(kpis, self.broken, self.log, others)
        key_result_references = References(drafts.key_results, self.broken, self.log)
        unit_cycles = {
            folder.id: tuple(dict.fromkeys((*folder.cycles, *(cycle for cycle, _, _ in folder.objectives))))
            for folder in folders
        }
        check_ins = CheckIns(self.files, self.cycles, unit_cycles, key_result_references)
        for id, key_result in drafts.key_results.items():
            if key_result.entry.check_ins:
                check_ins.add(id, key_result.inline_check_ins())
        for folder in folders:
            check_ins.read(folder)
        objectives = drafts.whole(references, earlier, kpi_references, check_ins.by_date())
        drafts.check_loops(objectives)
        return objectives

    def _draft(self, folder: UnitFolder, visibility: Visibility, drafts: Drafts) -> None:
        """Take the objectives of one unit."""

        def add(
            cycle_id: str, id: str, entry: ObjectiveFile, tree: YamlMapping, text: str, file: Path, *, whole: bool
        ) -> None:
            cycle = self.cycles.get(cycle_id)
            if cycle is None:  # its entry in cycles.yml has a problem of its own
                self.broken.add(f"{folder.id}/{cycle_id}")
                return
            full = f"{folder.id}/{cycle_id}/{id}"
            shown_to = entry.visibility or visibility
            path = self.files.path_of(file)
            drafts.add(ObjectiveDraft(full, folder.id, cycle, entry, tree, text, shown_to, path, whole))

        for cycle_id, file in folder.cycles.items():
            found = self.files.document(file, ObjectivesFile)
            if found is None or not found.whole:
                self.broken.add(f"{folder.id}/{cycle_id}")
            if found is None:
                continue
            for place, entry in enumerate(found.document.objectives):
                tree = found.tree["objectives"][place]
                text = (entry.description or "").strip()
                add(cycle_id, entry.id, entry, tree, text, file, whole=found.whole)
        for cycle_id, id, file in folder.objectives:
            page = self.files.objective(file)
            if page is None or not page[0].whole:
                self.broken.add(f"{folder.id}/{cycle_id}/{id}")
            if page is not None:
                found_page, text = page
                add(cycle_id, id, found_page.document, found_page.tree, text, file, whole=found_page.whole)

    def _rollouts(self, walk: Walk, kpis: dict[str, Kpi]) -> tuple[Rollout, ...]:
        plans = walk.rollouts(self.content)
        references = References(kpis, self.broken, self.log)
        read = (read_rollout(id, file, self.files, self.levels, kpis, references) for id, file in sorted(plans.items()))
        return tuple(plan for plan in read if plan is not None)
