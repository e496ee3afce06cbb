"""Opens a cycle: what is unfinished in an earlier one is carried over, and says what it continues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field
from pathlib import Path

from okrsite.content import ContentCache, ProblemLog, read_text
from okrsite.content.syntax.frontmatter import split_front_matter
from okrsite.content.syntax.parser import parse_yaml
from okrsite.content.syntax.tree import YamlMapping
from okrsite.editing.carrying import carried, entry, goes_on, id_in
from okrsite.editing.filechanges import FileChange
from okrsite.editing.fragments import Fragment, block_lines
from okrsite.editing.objectivefiles import MARKDOWN, Files, short_id
from okrsite.editing.proof import check_meant, read_with
from okrsite.editing.scope import Complaint, RefusedError, known_units
from okrsite.frozen import frozen
from okrsite.model import Cycle, KeyResult, Objective, Portal
from okrsite.problems import OkrsiteError
from okrsite.scoring import Figures
from okrsite.settings import Settings


@frozen
class Carried:
    """An objective that goes on.

    Attributes:
        before: As it is.
        after: As it will be.
        dropped: Key results that are achieved and stay behind.
        unlinked: Ids of what it supported that is not there in the new cycle.
    """

    before: Objective
    after: Objective
    dropped: tuple[KeyResult, ...]
    unlinked: tuple[str, ...]


@frozen
class Opening:
    """What opening a cycle comes to.

    Attributes:
        carried: In the order of units and files.
        there: Ids of objectives that were carried over before, or whose id is taken in the new cycle.
        achieved: Ids of those that reached their target.
        left: Ids of drafts and cancelled ones.
    """

    cycle: Cycle
    earlier: Cycle
    carried: tuple[Carried, ...]
    there: tuple[str, ...] = field(default=())
    achieved: tuple[str, ...] = field(default=())
    left: tuple[str, ...] = field(default=())


def opening(portal: Portal, figures: Figures, cycle: Cycle, earlier: Cycle, units: Sequence[str] = ()) -> Opening:
    """What goes on in a cycle.

    Args:
        portal: The portal.
        figures: Of the portal on the day.
        cycle: The new cycle.
        earlier: The one that goals come from.
        units: Only these; none for all.

    Raises:
        RefusedError: The new cycle does not begin later, there is no such unit, or the earlier cycle is empty.
    """
    complaints = known_units(portal, units)
    if earlier.start >= cycle.start:
        message = f"{cycle.id} begins on {cycle.start}, not after {earlier.id}, which begins on {earlier.start}"
        complaints.append(Complaint(message, f"name the later one first: okrsite open LATER --from {cycle.id}"))
    scope = [
        objective
        for id, cycles in portal.objectives_by_unit.items()
        if not units or id in units
        for objective in cycles.get(earlier.id, ())
    ]
    if not scope and not complaints:
        where = f" of {', '.join(units)}" if units else ""
        complaints.append(Complaint(f"no objective{where} is in {earlier.id}"))
    if complaints:
        raise RefusedError(complaints)
    continued = {
        each.continues: each.id
        for each in portal.objectives.values()
        if each.cycle_id == cycle.id and each.continues is not None
    }
    open_ones = [each for each in scope if goes_on(each, figures)]
    there = {each.id for each in open_ones if each.id in continued or id_in(each, cycle) in portal.objectives}
    going = [each for each in open_ones if each.id not in there]
    after = dict(continued) | {each.id: id_in(each, cycle) for each in going}
    key_results = {kr.id for each in going for kr in carried(each, cycle, (), figures).key_results}
    links = _Links(portal, cycle, after, key_results)
    return Opening(
        cycle,
        earlier,
        tuple(_carried(each, links, figures) for each in going),
        tuple(sorted(there)),
        tuple(each.id for each in scope if each.rolls_up and not goes_on(each, figures)),
        tuple(each.id for each in scope if each.state in ("draft", "cancelled")),
    )


@frozen
class _Links:
    """What goals of the new cycle can support.

    Attributes:
        after: Id of an objective -> the one of the new cycle that carries it on.
        key_results: Ids of the key results that are carried over.
    """

    portal: Portal
    cycle: Cycle
    after: Mapping[str, str]
    key_results: AbstractSet[str]

    def at(self, id: str) -> str | None:
        """What to support instead of a goal; None where nothing carries it on.

        A goal of a cycle that is not over, such as the year's, stays. In place of a key result that was achieved stands
        its objective.
        """
        kr = self.portal.key_results.get(id)
        objective = self.portal.objectives[kr.objective_id if kr else id]
        if self.portal.cycles[objective.cycle_id].end >= self.cycle.start:
            return id
        now = self.after.get(objective.id)
        if now is None or kr is None:
            return now
        goal = f"{now}/{short_id(id)}"
        return goal if goal in self.key_results or goal in self.portal.key_results else now


def _carried(objective: Objective, links: _Links, figures: Figures) -> Carried:
    found = {id: links.at(id) for id in objective.supports}
    supports = tuple(dict.fromkeys(id for id in found.values() if id is not None))
    after = carried(objective, links.cycle, supports, figures)
    kept = {short_id(kr.id) for kr in after.key_results}
    dropped = tuple(kr for kr in objective.key_results if short_id(kr.id) not in kept)
    return Carried(objective, after, dropped, tuple(id for id, now in found.items() if now is None))


def open_cycle(
    root: Path, settings: Settings, portal: Portal, opening: Opening, known: ContentCache | None = None
) -> list[FileChange]:
    """The changes that carry objectives over, checked by reading them back; nothing is written.

    Args:
        root: The portal's folder.
        settings: Where the content is.
        portal: The portal.
        opening: What goes on.
        known: What the portal was read with, so that not all of it is read again.

    Raises:
        OkrsiteError: A file cannot be read or changed.
    """
    files = Files(root)
    entries = _Entries(root)
    new: dict[str, list[Carried]] = {}
    changes: list[FileChange] = []
    for each in opening.carried:
        name = each.before.source.path
        if name.endswith(MARKDOWN):
            folder, _, file = name.rpartition("/")
            there = f"{folder.rpartition('/')[0]}/{opening.cycle.id}/{file}"
            changes.append(FileChange(there, None, files.text(name).with_front_matter(entries.of(each))))
        else:
            new.setdefault(f"{name.rpartition('/')[0]}/{opening.cycle.id}.yml", []).append(each)
    for there, group in new.items():
        items = [entries.of(each) for each in group]
        if (root / there).exists():
            files.text(there).append(("objectives",), items)
        else:
            end = b"\r\n" if b"\r\n" in files.raw(group[0].before.source.path) else b"\n"
            changes.append(FileChange(there, None, objectives_file(items).encode().replace(b"\n", end)))
    changes = sorted([*changes, *files.changes()], key=lambda change: change.name)
    meant = {each.after.id: each.after for each in opening.carried}
    check_meant(portal, read_with(root, settings, changes, known), meant)
    return changes


class _Entries:
    """The entries of objectives in the files of the old cycle, each file read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._trees: dict[str, YamlMapping] = {}

    def of(self, each: Carried) -> dict[str, Fragment]:
        """What the new file says of an objective."""
        name = each.before.source.path
        tree = self._tree(name)
        if not name.endswith(MARKDOWN):
            own = short_id(each.before.id)
            tree = next(item for item in tree["objectives"] if str(getattr(item["id"], "text", item["id"])) == own)
        return entry(tree, each.before, each.after)

    def _tree(self, name: str) -> YamlMapping:
        if name not in self._trees:
            log = ProblemLog()
            text = read_text(self._root / name, name, log)
            parts = split_front_matter(text) if text is not None and name.endswith(MARKDOWN) else (text, "")
            tree = None if parts is None or parts[0] is None else parse_yaml(parts[0], name, log)
            if tree is None:
                raise OkrsiteError(f"{name} was changed meanwhile; try again")
            self._trees[name] = tree
        return self._trees[name]


def objectives_file(items: Sequence[Mapping[str, Fragment]]) -> str:
    """The text of a new file of objectives."""
    lines = ["objectives:"]
    for place, item in enumerate(items):
        first, *rest = block_lines(item)
        lines += [""] * (place > 0) + [f"  - {first}", *(f"    {line}" if line else line for line in rest)]
    return "\n".join([*lines, ""])
