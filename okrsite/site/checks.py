"""What can be wrong with a portal as a site: two things at one address, reserved names, links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from okrsite.content import RESERVED_PATHS
from okrsite.model import Portal, Source
from okrsite.problems import Problem
from okrsite.settings import Settings
from okrsite.site import addresses
from okrsite.site.markdown import goals_linked

_INDEX = ("index", "readme")


def site_problems(portal: Portal, settings: Settings, root: Path) -> list[Problem]:
    """Everything that is wrong with the portal as a site, sorted by place.

    Args:
        portal: As read.
        settings: Where the content is.
        root: The portal's folder.
    """
    goals = Goals(portal)
    found = [*_owners(portal), *_described(portal, goals)]
    content = root / settings.content
    for file in written_files(content, settings):
        path = file.relative_to(content)
        place = Source(f"{settings.content}/{path.as_posix()}")
        found += _address(path, place, goals)
        if file.suffix == ".md":
            found += _links(file.read_text("utf-8", "replace"), place, goals)
    return sorted(found)


def written_files(content: Path, settings: Settings) -> Iterator[Path]:
    """Files of the content folder that are no goals, sorted; those MkDocs leaves out are left out here too."""
    for entry in sorted(content.iterdir()):
        if entry.name.startswith(".") or entry.name in ("rollout.yml", "rollouts"):
            continue
        if entry.is_file():
            yield entry
        elif entry.is_dir() and entry.name != settings.source.partition("/")[0]:
            yield from (file for file in sorted(entry.rglob("*")) if file.is_file())


class Goals:
    """The goals as targets of links: ``okr:`` and a full id."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal

    def link(self, id: str) -> str | None:
        """The link to a goal, relative to the site's root; None where there is none of that id."""
        address = self.address(id)
        return None if address is None else addresses.href(address)

    def address(self, id: str) -> str | None:
        """The address of a unit, a unit in a cycle, an objective, key result or KPI."""
        portal = self._portal
        if id in portal.units or id in portal.objectives or id in portal.kpis:
            return addresses.goal(id)
        kr = portal.key_results.get(id)
        if kr is not None:
            return addresses.key_result(kr)
        unit, _, cycle = id.rpartition("/")
        return addresses.goal(id) if cycle in portal.objectives_by_unit.get(unit, {}) else None

    def source(self, address: str) -> Source | None:
        """The content behind a goal's page; None where no goal is there."""
        id = address.rstrip("/")
        portal = self._portal
        goal = portal.units.get(id) or portal.objectives.get(id) or portal.kpis.get(id)
        if goal is None and self.address(id):
            goal = portal.units[id.rpartition("/")[0]]
        return goal.source if goal else None


def _owners(portal: Portal) -> Iterator[Problem]:
    """Names of owners that lead to one page; they are more likely one person written in two ways."""
    names: list[tuple[str, Source]] = [(unit.lead, unit.source) for unit in portal.units.values()]
    for objective in portal.objectives.values():
        names.append((objective.owner, objective.source))
        names += [(kr.owner, kr.source) for kr in objective.key_results]
    names += [(kpi.owner, kpi.source) for kpi in portal.kpis.values()]
    names += [(task.owner, task.source) for plan in portal.rollouts for task in plan.tasks]
    first: dict[str, tuple[str, Source]] = {}
    told: set[str] = set()
    for name, source in names:
        if not name:
            continue
        address = addresses.owner(name)
        known, where = first.setdefault(address, (name, source))
        if known != name and name not in told:
            told.add(name)
            message = f"the owners '{known}' and '{name}' would share the page {address}"
            hint = f"write the name in one way; the other is at {where.path}:{where.line}"
            yield Problem(source.path, source.line, source.column, "OKR305", message, hint)


def _address(path: Path, place: Source, goals: Goals) -> Iterator[Problem]:
    top = path.parts[0]
    name = Path(top).stem if len(path.parts) == 1 and path.suffix == ".md" else top
    if name in RESERVED_PATHS and not (len(path.parts) == 1 and path.suffix != ".md"):
        message = f"the address {name}/ is okrsite's own"
        yield Problem(place.path, 1, 1, "OKR310", message, "put the page into a folder of another name, e.g. guide/")
        return
    if path.suffix == ".md":
        folder = "" if path.parent == Path() else f"{path.parent.as_posix()}/"
        address = folder if path.stem.lower() in _INDEX else f"{folder}{path.stem}/"
        source = goals.source(address) if address else None
        if source is not None:
            message = f"this page and a goal would share the address {address}"
            yield Problem(place.path, 1, 1, "OKR305", message, f"rename one of them; the goal is in {source.path}")


def _links(text: str, place: Source, goals: Goals, line: int = 0) -> Iterator[Problem]:
    """Links of a text to goals that do not exist; with a line, all of them are reported there."""
    if "okr:" not in text:
        return
    for id in dict.fromkeys(goals_linked(text)):
        if goals.address(id) is None:
            at, column = (line, place.column) if line else _find(text, f"okr:{id}")
            hint = "write okr: and the full id of a unit, objective, key result or KPI"
            yield Problem(place.path, at, column, "OKR402", f"there is no goal '{id}' to link to", hint)


def _find(text: str, word: str) -> tuple[int, int]:
    found = re.search(re.escape(word) + r"(?![\w/-])", text)
    start = found.start() if found else 0
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _described(portal: Portal, goals: Goals) -> Iterator[Problem]:
    """Links in the texts of units and objectives."""
    for unit in portal.units.values():
        path = unit.source.path.rpartition("/")[0] + "/index.md"
        yield from _links(unit.description, Source(path), goals)
    for objective in portal.objectives.values():
        for text in (objective.description, objective.closing_note):
            yield from _links(text, objective.source, goals, objective.source.line)
