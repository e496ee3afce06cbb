"""From files to goals: the units that have to be read, beside those that are known to be as they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from okrsite.content.cycles import Cycles
from okrsite.content.documents import ObjectivesFile, UnitFile
from okrsite.content.documents.objectives import ObjectiveFile
from okrsite.content.files import Files
from okrsite.content.folder import UnitFolder
from okrsite.content.goals.check_ins import CheckIns, unit_of
from okrsite.content.goals.kpis import read_kpis
from okrsite.content.goals.objectives import Drafts, ObjectiveDraft
from okrsite.content.goals.references import References
from okrsite.content.kept.records import Assembled, Given, Known, StaleError, UnitRecord, answers
from okrsite.content.syntax.tree import YamlMapping, mark_of
from okrsite.content.syntax.wording import level_hint, shown
from okrsite.model import CheckIn, Kpi, Objective, Outline, Source, Unit, Visibility


class Assembly:
    """Reads units.

    Args:
        files: Reads the files.
        cycles: The portal's cycles.
        levels: The portal's levels.
        broken: Ids at or below which something could not be read; more are added.
        ids: Of all units, a parent before its children.
        opened: Their folders, of those that are read, by id.
        kept: Unit id -> what is known of those that need not be read.
        before: What was known of all units when each held for the others, if ever.
    """

    def __init__(
        self,
        files: Files,
        cycles: Cycles,
        levels: tuple[str, ...],
        broken: set[str],
        ids: Sequence[str],
        opened: Mapping[str, UnitFolder],
        kept: Mapping[str, UnitRecord],
        before: Mapping[str, UnitRecord] = MappingProxyType({}),
    ) -> None:
        self.files = files
        self.log = files.log
        self.cycles = cycles
        self.levels = levels
        self.broken = broken
        self.ids = ids
        self.kept = kept
        self.before = before
        self.opened = [opened[id] for id in ids if id not in kept]
        self.drafts = Drafts(self.log)
        self.units: dict[str, Unit] = {}
        self.kpis: dict[str, dict[str, Kpi]] = {}
        self.done: Callable[[UnitFolder], None] | None = None
        """Called for each unit that is read, once nothing looks at its files again."""
        self.incomplete: set[str] = set()
        """Units of which something could not be read."""

    def assembled(self, digest: Callable[[UnitFolder], str] | None) -> Assembled:
        """Read them.

        Args:
            digest: Gives what stands for a unit's files, empty where these cannot be used; None for no records.

        Raises:
            StaleError: More units have to be read.
        """
        for folder in self.opened:
            self._unit(folder)
        self._none_stale(id for id, record in self.kept.items() if record.above != self._above(id))
        for folder in self.opened:
            self._kpis(folder)
        for folder in self.opened:
            self._draft(folder)
        known = self._known()
        same_ids = self._has_the_ids_of(self.before)
        if not same_ids:
            self._none_stale(id for id, record in self.kept.items() if not record.holds(known))
        others = dict.fromkeys(known.kpis, "a KPI") | dict.fromkeys(self.ids, "a unit")
        key_results = dict.fromkeys(known.key_results, "a key result")
        asked = (
            References(known.goals, self.broken, self.log, others),
            References(known.objectives, self.broken, self.log, others | key_results),
            References(known.kpis, self.broken, self.log, others),
            References(known.key_results, self.broken, self.log),
        )
        check_ins = self._check_ins(asked[3])
        given = {unit: tuple(each) for unit, each in check_ins.given.items()}
        taken = self._taken(given)
        self._none_stale(id for id, record in self.kept.items() if record.taken != taken.get(id, ()))
        objectives = self.drafts.whole(asked[0], asked[1], asked[2], check_ins.by_date(), self.cycles)
        if not (same_ids and self._has_the_links_of(self.before, objectives)):
            rings = self.drafts.check_loops(self._supports(objectives))
            self._none_stale(id.rsplit("/", 2)[0] for id in rings)
        kpis = {id: kpi for own in self.kpis.values() for id, kpi in own.items()}
        records = self._records(digest, known, objectives, asked, given, taken)
        return Assembled(self.units, objectives, dict(sorted(kpis.items())), records)

    def _none_stale(self, units: Iterable[str]) -> None:
        if stale := set(units):
            raise StaleError(stale)

    def _unit(self, folder: UnitFolder) -> None:
        read = self.files.document(folder.unit, UnitFile) if folder.unit else None
        words = self.files.markdown(folder.words) if folder.words else None
        if read is None or folder.unit is None:
            return
        document, tree = read.document, read.tree
        path = self.files.path_of(folder.unit)
        if document.level not in self.levels:
            place = Source(path, *mark_of(tree, ("level",)))
            hint = level_hint(document.level, self.levels)
            self.log.add("OKR308", place, f"unknown level {shown(document.level)}", hint)
        self.units[folder.id] = Unit(
            id=folder.id,
            name=document.name,
            level=document.level,
            parent=folder.id.rpartition("/")[0] or None,
            lead=document.lead or "",
            mission=document.mission or "",
            description=words or "",
            visibility=document.visibility or self._above(folder.id),
            source=Source(path),
        )

    def _above(self, id: str) -> Visibility:
        """The visibility that a unit inherits."""
        parent = id.rpartition("/")[0]
        unit = self.kept[parent].unit if parent in self.kept else self.units.get(parent)
        return unit.visibility if unit else "internal"

    def _kpis(self, folder: UnitFolder) -> None:
        self.kpis[folder.id], whole = read_kpis(folder, self.files)
        if not whole:
            self._break(folder, f"{folder.id}/kpis")

    def _break(self, folder: UnitFolder, id: str) -> None:
        self.broken.add(id)
        self.incomplete.add(folder.id)

    def _draft(self, folder: UnitFolder) -> None:
        """Take the objectives of one unit."""
        unit = self.units.get(folder.id)
        visibility: Visibility = unit.visibility if unit else "internal"

        def add(
            cycle_id: str, id: str, entry: ObjectiveFile, tree: YamlMapping, text: str, file: str, *, whole: bool
        ) -> None:
            cycle = self.cycles.get(cycle_id)
            if cycle is None:  # its entry in cycles.yml has a problem of its own
                self._break(folder, f"{folder.id}/{cycle_id}")
                return
            full = f"{folder.id}/{cycle_id}/{id}"
            shown_to = entry.visibility or visibility
            path = self.files.path_of(file)
            self.drafts.add(ObjectiveDraft(full, folder.id, cycle, entry, tree, text, shown_to, path, whole))

        for cycle_id, file in folder.cycles.items():
            found = self.files.document(file, ObjectivesFile)
            if found is None or not found.whole:
                self._break(folder, f"{folder.id}/{cycle_id}")
            if found is None:
                continue
            for place, entry in enumerate(found.document.objectives):
                tree = found.tree["objectives"][place]
                text = (entry.description or "").strip()
                add(cycle_id, entry.id, entry, tree, text, file, whole=found.whole)
        for cycle_id, id, file in folder.objectives:
            page = self.files.objective(file)
            if page is None or not page[0].whole:
                self._break(folder, f"{folder.id}/{cycle_id}/{id}")
            if page is not None:
                found_page, text = page
                add(cycle_id, id, found_page.document, found_page.tree, text, file, whole=found_page.whole)

    def _known(self) -> Known:
        """The ids of all goals, in the order of the folders."""
        objectives: defaultdict[str, list[str]] = defaultdict(list)
        key_results: defaultdict[str, list[str]] = defaultdict(list)
        for id, draft in self.drafts.objectives.items():
            objectives[draft.unit_id].append(id)
        for id, key_result in self.drafts.key_results.items():
            key_results[key_result.objective.unit_id].append(id)
        known = Known()
        for id in self.ids:
            record = self.kept.get(id)
            if record is None:
                known.add(objectives[id], key_results[id], self.kpis[id])
            else:
                known.add(record.objectives, record.key_results, record.kpis)
        return known.complete()

    def _has_the_ids_of(self, before: Mapping[str, UnitRecord]) -> bool:
        """Whether the goals have the ids that they had, so that references to them mean what they meant."""
        if before.keys() != set(self.ids):
            return False
        had = [before[folder.id] for folder in self.opened]
        return (
            {id for record in had for id in record.objectives} == self.drafts.objectives.keys()
            and {id for record in had for id in record.key_results} == self.drafts.key_results.keys()
            and {id for record in had for id in record.kpis} == {id for kpis in self.kpis.values() for id in kpis}
        )

    def _has_the_links_of(self, before: Mapping[str, UnitRecord], objectives: Mapping[str, Objective]) -> bool:
        """Whether the goals support what they supported when no ring was among them."""
        had = {id: links for folder in self.opened for id, links in before[folder.id].outline.supports.items()}
        return had == {id: each.supports for id, each in objectives.items() if each.supports}

    def _check_ins(self, references: References) -> CheckIns:
        unit_cycles = {
            folder.id: tuple(dict.fromkeys((*folder.cycles, *(cycle for cycle, _, _ in folder.objectives))))
            for folder in self.opened
        }
        check_ins = CheckIns(self.files, self.cycles, unit_cycles, references)
        for id, key_result in self.drafts.key_results.items():
            if key_result.entry.check_ins:
                check_ins.add(id, key_result.inline_check_ins())
        opened = {folder.id: folder for folder in self.opened}
        for unit in self.ids:
            if unit in opened:
                check_ins.read(opened[unit])
                if self.done is not None:
                    self.done(opened[unit])
            else:
                for id, check_in in self.kept[unit].given:
                    check_ins.add(id, [check_in])
        return check_ins

    def _taken(self, given: Mapping[str, Given]) -> dict[str, Given]:
        """Unit id -> the check-ins that other units' files have of its key results."""
        taken: defaultdict[str, list[tuple[str, CheckIn]]] = defaultdict(list)
        for id in self.ids:
            record = self.kept.get(id)
            for each in given.get(id, ()) if record is None else record.given:
                taken[unit_of(each[0])].append(each)
        return {id: tuple(each) for id, each in taken.items()}

    def _supports(self, objectives: Mapping[str, Objective]) -> dict[str, Sequence[str]]:
        """What each objective supports, of all units, in the order of the ids."""
        supports: dict[str, Sequence[str]] = {id: objective.supports for id, objective in objectives.items()}
        for record in self.kept.values():
            supports.update(dict.fromkeys(record.objectives, ()))
            supports.update(record.outline.supports)
        return dict(sorted(supports.items()))

    def _records(
        self,
        digest: Callable[[UnitFolder], str] | None,
        known: Known,
        objectives: Mapping[str, Objective],
        asked: tuple[References, References, References, References],
        given: Mapping[str, Given],
        taken: Mapping[str, Given],
    ) -> dict[str, UnitRecord]:
        """The units of which nothing has a problem."""
        if digest is None:
            return {}
        troubled = {problem.path for problem in self.log.problems}
        lost = self.incomplete.union(*(references.lost for references in asked))
        own: defaultdict[str, dict[str, Objective]] = defaultdict(dict)
        for id in known.objectives:
            if id in objectives:
                own[objectives[id].unit_id][id] = objectives[id]
        records: dict[str, UnitRecord] = {}
        for folder in self.opened:
            id = folder.id
            if id not in self.units or id in lost:
                continue
            if troubled and (
                id in given  # a problem of one unit may stand in another's file
                or id in taken
                or any(self.files.path_of(file) in troubled for file in folder.files())
            ):
                continue
            goals = own[id]
            records[id] = UnitRecord(
                inputs=digest(folder),
                above=self._above(id),
                unit=self.units[id],
                objectives=tuple(goals),
                key_results=tuple(kr.id for objective in goals.values() for kr in objective.key_results),
                kpis=tuple(self.kpis[id]),
                outline=Outline.of(goals.values(), self.kpis[id].values()),
                asked=tuple(answers(references.asked[id], references.ids) for references in asked),
                given=given.get(id, ()),
                taken=taken.get(id, ()),
                made=(goals, self.kpis[id]),
            )
        return records
