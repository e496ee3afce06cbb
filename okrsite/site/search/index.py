"""The index that the search of the theme reads: columns of what can be found.

It is a script, since pages that are opened from a folder can load nothing else.

Goals stand in the order of their units, so that a place is told by its number and an id by its last part. Words are cut
and folded in the browser, on both sides of the comparison by the same rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from okrsite.scoring import STATUSES
from okrsite.site import addresses
from okrsite.site.search.owners import owner_names
from okrsite.site.search.texts import WrittenText
from okrsite.site.shell import MenuEntry
from okrsite.site.views import Gallery

NONE = -1
"""In a column of numbers: none."""

_KPI_STATUSES = ("red", "amber", "green")
_TEXT = 160
"""Characters of what a goal says about itself that are searched."""


def search_index(gallery: Gallery, menu: Sequence[MenuEntry], written: Sequence[WrittenText]) -> str:
    """The script of the index.

    Args:
        gallery: The goals. Only what their pages show is taken.
        menu: okrsite's own pages.
        written: The written pages.
    """
    language = gallery.words.language
    _ = language.gettext
    owners = _Owners(gallery)
    place = {id: at for at, id in enumerate(gallery.portal.units)}
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
        "units": _units(gallery, owners, {id: at for at, id in enumerate(levels)}, status_place),
        "objectives": _objectives(gallery, owners, place, cycle_place, status_place),
        "kpis": _kpis(gallery, owners, place, status_place),
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
        self._names = owner_names(gallery.portal)
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


def _units(
    gallery: Gallery, owners: _Owners, level: dict[str, int], status: dict[str, int]
) -> dict[str, str | list[int]]:
    units = gallery.portal.units.values()
    figures = gallery.figures
    current = [figures.units.get(unit.id, {}).get(figures.unit_cycle.get(unit.id) or "") for unit in units]
    return {
        "id": _joined(_front_coded(unit.id for unit in units)),
        "title": _joined(unit.name for unit in units),
        "level": [level[unit.level] for unit in units],
        "owner": [owners.place(unit.lead) for unit in units],
        "status": [status[each.status] if each else NONE for each in current],
        "text": _joined(unit.mission[:_TEXT] for unit in units),
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
    gallery: Gallery, owners: _Owners, unit: dict[str, int], cycle: dict[str, int], status: dict[str, int]
) -> dict[str, object]:
    figures = gallery.figures
    objectives = gallery.portal.objectives.values()
    key_results = [kr for objective in objectives for kr in objective.key_results]
    return {
        "id": _joined(addresses.anchor(each.id) for each in objectives),
        "title": _joined(each.title for each in objectives),
        "unit": [unit[each.unit_id] for each in objectives],
        "cycle": [cycle[each.cycle_id] for each in objectives],
        "owner": [owners.place(each.owner) for each in objectives],
        "status": [status[figures.objectives[each.id].status] for each in objectives],
        "text": _joined(" ".join(each.tags) for each in objectives),
        "key_results": {
            "count": [len(each.key_results) for each in objectives],
            "id": _joined(addresses.anchor(kr.id) for kr in key_results),
            "title": _joined(kr.title for kr in key_results),
            "owner": [owners.place(kr.owner) for kr in key_results],
            "status": [status[figures.key_results[kr.id].status] for kr in key_results],
        },
    }


def _kpis(gallery: Gallery, owners: _Owners, unit: dict[str, int], status: dict[str, int]) -> dict[str, object]:
    kpis = gallery.portal.kpis.values()
    return {
        "id": _joined(addresses.anchor(kpi.id) for kpi in kpis),
        "title": _joined(kpi.name for kpi in kpis),
        "unit": [unit[kpi.unit_id] for kpi in kpis],
        "owner": [owners.place(kpi.owner) for kpi in kpis],
        "status": [status[gallery.figures.kpis[kpi.id].status] for kpi in kpis],
        "text": _joined(kpi.definition[:_TEXT] for kpi in kpis),
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
