"""What can be wrong with a portal as a site: two things at one address, reserved names, links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from okrsite.content import ProblemLog
from okrsite.model import Portal, Source
from okrsite.problems import Problem
from okrsite.settings import Settings
from okrsite.site import addresses
from okrsite.site.options.impact import impact_problems
from okrsite.site.parts import MADE_NOW, Parts
from okrsite.site.written.called import Call, embed_problem
from okrsite.site.written.files import address_problems, page_text, written_files
from okrsite.site.written.targets import Goals


def site_problems(portal: Portal, settings: Settings, root: Path, parts: Parts = MADE_NOW) -> list[Problem]:
    """Everything that is wrong with the portal as a site, sorted by place.

    Args:
        portal: As read.
        settings: Where the content is.
        root: The portal's folder.
        parts: Has or finds what texts name.
    """
    goals = Goals(portal)
    links, embeds = _Links(goals, parts), _Embeds(portal, parts)
    log = ProblemLog()
    found = [*_owners(portal), *_described(portal, links), *impact_problems(portal, settings.impact)]
    for written in written_files(root, settings):
        if written.file.is_symlink():
            log.add("OKR112", written.place, "a symbolic link", "put the file or folder itself there")
            continue
        found += address_problems(written, goals)
        text = page_text(written, settings, log) if written.is_page else None
        if text is not None:
            if links.may_be_in(text):
                found += links.problems(text, written.place)
            found += embeds.problems(text, written.place)
    return sorted([*found, *log.problems])


class _Links:
    """Finds the links of texts to goals that do not exist; what stands in code is no link."""

    def __init__(self, goals: Goals, parts: Parts) -> None:
        self._goals = goals
        self._parts = parts

    @staticmethod
    def may_be_in(text: str) -> bool:
        """Whether there is anything to look for."""
        return "okr:" in text or "okr:" in text.lower()

    def problems(self, text: str, place: Source, line: int = 0) -> Iterator[Problem]:
        """The broken links of a text; with a line, all of them are reported there."""
        for id in self._parts.of(_linked_from, text, _digest(text)):
            if self._goals.address(id) is None:
                at, column = (line, place.column) if line else _find(text, f"okr:{id}")
                hint = "write okr: and the full id of a unit, objective, key result or KPI"
                yield Problem(place.path, at, column, "OKR402", f"there is no goal '{id}' to link to", hint)


class _Embeds:
    """Finds goals put into written pages that cannot be shown."""

    def __init__(self, portal: Portal, parts: Parts) -> None:
        self._portal = portal
        self._parts = parts

    def problems(self, text: str, place: Source) -> Iterator[Problem]:
        """What cannot be shown of a page, each once."""
        if "{{" not in text or "okr" not in text:
            return
        for said in self._parts.of(_put_into, text, _digest(text)):
            call = Call(*said)
            problem = embed_problem(self._portal, call)
            if problem is not None:
                message, hint = problem
                start = text.find(call.text)
                line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
                yield Problem(place.path, line, column, "OKR404", message, hint)


def _linked_from(text: str, _digest: str) -> tuple[str, ...]:
    """The ids of the goals that a text links to, by converting it; only then Markdown is loaded."""
    from okrsite.site.written.mentions import goals_in  # noqa: PLC0415 - as said

    return goals_in(text)


def _put_into(text: str, _digest: str) -> tuple[tuple[str, str | None, str], ...]:
    """What is put into a written page, likewise."""
    from okrsite.site.written.mentions import calls_in  # noqa: PLC0415 - as above

    return tuple((call.name, call.id, call.text) for call in calls_in(text))


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _owners(portal: Portal) -> Iterator[Problem]:
    """Names of owners that lead to one page; they are more likely one person written in two ways."""
    tasks = [task for plan in portal.rollouts for task in plan.tasks]
    leads = {unit.lead for unit in portal.units.values()}
    used = {*portal.owners.values(), *leads, *(task.owner for task in tasks)} - {""}
    if len(set(map(addresses.owner, used))) == len(used):
        return  # as a rule; where names are is found out only for one that is wrong
    objectives = portal.objectives.values()
    names: list[tuple[str, Source]] = [(unit.lead, unit.source) for unit in portal.units.values()]
    for objective in objectives:
        names.append((objective.owner, objective.source))
        names += [(kr.owner, kr.source) for kr in objective.key_results]
    names += [(kpi.owner, kpi.source) for kpi in portal.kpis.values()]
    names += [(task.owner, task.source) for task in tasks]
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


def _find(text: str, word: str) -> tuple[int, int]:
    found = re.search(re.escape(word) + r"(?![\w/-])", text, re.IGNORECASE)
    start = found.start() if found else 0
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _described(portal: Portal, links: _Links) -> Iterator[Problem]:
    """Links in the texts of units and objectives."""
    for unit in portal.units.values():
        if links.may_be_in(unit.description):
            path = unit.source.path.rpartition("/")[0] + "/index.md"
            yield from links.problems(unit.description, Source(path))
    for id in portal.linking:
        objective = portal.objectives[id]
        for text in (objective.description, objective.closing_note):
            if text and links.may_be_in(text):
                yield from links.problems(text, objective.source, objective.source.line)
