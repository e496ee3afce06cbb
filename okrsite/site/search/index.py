"""The index that the search of the theme reads: columns of what can be found.

It is a script, since pages that are opened from a folder can load nothing else.

Goals stand in the order of their units, so that a place is told by its number and an id by its last part. Words are cut
and folded in the browser, on both sides of the comparison by the same rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from okrsite.model import Objective
from okrsite.scoring import STATUSES, Figures
from okrsite.site import addresses
from okrsite.site.layout.shell import MenuEntry
from okrsite.site.parts import MADE_NOW, Parts
from okrsite.site.search.texts import WrittenText
from okrsite.site.views import Gallery

NONE = -1
"""In a column of numbers: none."""

UnitFound = tuple[str, str, str, str, str]
"""Of a unit: its name, level, lead, status (or none), and what it is there for."""

KeyResultFound = tuple[str, str, str, str]
"""Of a key result: the last part of its id, its title, owner and status."""

ObjectiveFound = tuple[str, str, str, str, str, str, tuple[KeyResultFound, ...]]
"""Of an objective: its id, title, cycle, owner, status, tags and key results."""

KpiFound = tuple[str, str, str, str, str]
"""Of a KPI: its id, name, owner, status and definition."""

Found = tuple[UnitFound, tuple[ObjectiveFound, ...], tuple[KpiFound, ...]]
"""What can be found of a unit, each text on one line."""

_KPI_STATUSES = ("red", "amber", "green")
_TEXT = 160
"""Characters of what a goal says about itself that are searched."""


def search_index(
    gallery: Gallery, menu: Sequence[MenuEntry], written: Sequence[WrittenText], parts: Parts = MADE_NOW
) -> str:
    """The script of the index.

    Args:
        gallery: The goals. Only what their pages show is taken.
        menu: okrsite's own pages.
        written: The written pages.
        parts: Has or makes what is found of each unit.
    """
    language = gallery.words.language
    _ = language.gettext
    units = {id: parts.of(found_of, gallery, id) for id in gallery.portal.units}
    owners = _Owners(gallery)
    place = {id: at for at, id in enumerate(units)}
    cycles = _cycles(gallery)
    statuses = (*STATUSES, *_KPI_STATUSES)
    status_place = {status: at for at, status in enumerate(statuses)}
    cycle_place = {id: at for at, id in enumerate(cycles)}
    levels = gallery.portal.levels
    data = {
        "kinds": {
            "unit": _("Unit"),
            "objective": _("Objective"),
            "key_result": _("Key result"),
            "kpi": _("KPI"),
            "owner": _("Owner"),
            "page": _("Page"),
        },
        "levels": [[id, gallery.words.word(id)] for id in levels],
        "cycles": [[id, _line(gallery.portal.cycles[id].name)] for id in cycles],
        "statuses": [[status, gallery.words.status(status)] for status in statuses],
        "owners": owners.columns(),
        "units": _units(units, owners, {id: at for at, id in enumerate(levels)}, status_place),
        "objectives": _objectives(units, owners, place, cycle_place, status_place),
        "kpis": _kpis(units, owners, place, status_place),
        "pages": _pages(gallery, menu, written),
    }
    return f"okr.index({_json(data)});\n"


def _json(data: object) -> str:
    """JSON that is a literal of a script as well, wherever that stands."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def _joined(texts: Iterable[str]) -> str:
    """A column of texts, one a line: a browser reads one long text sooner than many short ones."""
    return "\n".join(_line(text) for text in texts)


class _Owners:
    """Everyone who has a page, by the place in the index."""

    def __init__(self, gallery: Gallery) -> None:
        self._names = gallery.owner_names
        self._place = {slug: at for at, slug in enumerate(self._names)}

    def place(self, name: str) -> int:
        """Which owner a name is."""
        return self._place[addresses.slug(name)] if name else NONE

    def columns(self) -> dict[str, str]:
        """Their names, and the parts of their addresses."""
        return {"title": _joined(self._names.values()), "id": _joined(self._names)}


def _cycles(gallery: Gallery) -> list[str]:
    """The ids of the cycles, the current one first, then the latest before the earlier ones."""
    current = gallery.figures.cycle
    latest_first = list(gallery.portal.cycles)[::-1]
    return [id for id in latest_first if id == current] + [id for id in latest_first if id != current]


def found_of(gallery: Gallery, id: str) -> Found:
    """What can be found of a unit."""
    unit, figures = gallery.portal.units[id], gallery.figures
    own = figures.units.get(id, {}).get(figures.unit_cycle.get(id) or "")
    objectives = (each for of_cycle in gallery.portal.objectives_by_unit[id].values() for each in of_cycle)
    return (
        (_line(unit.name), unit.level, unit.lead, own.status if own else "", _line(unit.mission[:_TEXT])),
        tuple((each.id, *_objective(figures, each)) for each in objectives),
        tuple(
            (kpi.id, _line(kpi.name), kpi.owner, figures.kpis[kpi.id].status, _line(kpi.definition[:_TEXT]))
            for kpi in gallery.portal.kpis_by_unit[id]
        ),
    )


def _objective(figures: Figures, objective: Objective) -> tuple[str, str, str, str, str, tuple[KeyResultFound, ...]]:
    key_results = tuple(
        (addresses.anchor(kr.id), _line(kr.title), kr.owner, figures.key_results[kr.id].status)
        for kr in objective.key_results
    )
    status, tags = figures.objectives[objective.id].status, _line(" ".join(objective.tags))
    return _line(objective.title), objective.cycle_id, objective.owner, status, tags, key_results


def _units(
    units: Mapping[str, Found], owners: _Owners, level: Mapping[str, int], status: Mapping[str, int]
) -> dict[str, str | list[int]]:
    rows = [found[0] for found in units.values()]
    return {
        "id": _joined(_front_coded(units)),
        "title": _joined(title for title, *_ in rows),
        "level": [level[id] for _, id, *_ in rows],
        "owner": [owners.place(lead) for _, _, lead, *_ in rows],
        "status": [status[each] if each else NONE for *_, each, _ in rows],
        "text": _joined(text for *_, text in rows),
    }


def _front_coded(ids: Iterable[str]) -> Iterable[str]:
    """Each id with the parts that it shares with the one before as their number: ``acme/it``, then ``2/platform``."""
    before: list[str] = []
    for id in ids:
        parts = id.split("/")
        same = 0
        while same < min(len(before), len(parts)) and before[same] == parts[same]:
            same += 1
        yield "/".join([str(same), *parts[same:]])
        before = parts


def _objectives(
    units: Mapping[str, Found],
    owners: _Owners,
    place: Mapping[str, int],
    cycle: Mapping[str, int],
    status: Mapping[str, int],
) -> dict[str, object]:
    rows = sorted((*row, unit) for unit, (_, objectives, _) in units.items() for row in objectives)
    key_results = [kr for *_, own, _ in rows for kr in own]
    return {
        "id": _joined(addresses.anchor(id) for id, *_ in rows),
        "title": _joined(title for _, title, *_ in rows),
        "unit": [place[unit] for *_, unit in rows],
        "cycle": [cycle[id] for _, _, id, *_ in rows],
        "owner": [owners.place(name) for _, _, _, name, *_ in rows],
        "status": [status[each] for _, _, _, _, each, *_ in rows],
        "text": _joined(tags for *_, tags, _, _ in rows),
        "key_results": {
            "count": [len(own) for *_, own, _ in rows],
            "id": _joined(id for id, *_ in key_results),
            "title": _joined(title for _, title, *_ in key_results),
            "owner": [owners.place(name) for _, _, name, _ in key_results],
            "status": [status[each] for *_, each in key_results],
        },
    }


def _kpis(
    units: Mapping[str, Found], owners: _Owners, place: Mapping[str, int], status: Mapping[str, int]
) -> dict[str, object]:
    rows = sorted((*row, unit) for unit, (_, _, kpis) in units.items() for row in kpis)
    return {
        "id": _joined(addresses.anchor(id) for id, *_ in rows),
        "title": _joined(title for _, title, *_ in rows),
        "unit": [place[unit] for *_, unit in rows],
        "owner": [owners.place(name) for _, _, name, *_ in rows],
        "status": [status[each] for _, _, _, each, *_ in rows],
        "text": _joined(text for *_, text, _ in rows),
    }


def _pages(gallery: Gallery, menu: Sequence[MenuEntry], written: Sequence[WrittenText]) -> dict[str, str]:
    """Pages of okrsite itself and written ones, and a row for each section; ``place`` is the page that it is on."""
    rows = {entry.address: (entry.title, "", "") for entry in _leaves(menu)}
    rows |= {addresses.cycle(cycle.id): (cycle.name, "", "") for cycle in gallery.portal.cycles.values()}
    for page in sorted(written, key=lambda page: page.address):
        title = rows[page.address][0] if page.address in rows else page.title
        begins = " ".join(section.text for section in page.sections if not section.anchor)
        rows[page.address] = (title, "", begins)
        for section in page.sections:
            if section.anchor:
                rows[f"{page.address}#{section.anchor}"] = (section.title, title, section.text)
    return {
        "address": _joined(rows),
        "title": _joined(title for title, _, _ in rows.values()),
        "place": _joined(place for _, place, _ in rows.values()),
        "text": _joined(text for _, _, text in rows.values()),
    }


def _leaves(menu: Sequence[MenuEntry]) -> Iterable[MenuEntry]:
    """The pages of a menu at any depth."""
    for entry in menu:
        if entry.below:
            yield from _leaves(entry.below)
        elif not entry.is_elsewhere:
            yield entry
