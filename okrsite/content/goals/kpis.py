"""KPIs and their measurements, from ``kpis.yml`` and ``kpis/*.csv``."""

from __future__ import annotations

from itertools import pairwise

from okrsite.content.documents import KpisFile
from okrsite.content.documents.kpis import BandKpi, DirectedKpi
from okrsite.content.files import Files
from okrsite.content.folder import UnitFolder
from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.tree import YamlMapping, mark_of
from okrsite.content.syntax.wording import did_you_mean, shown
from okrsite.model import Kpi, Measurement, Source

KpiDocument = DirectedKpi | BandKpi


def read_kpis(folder: UnitFolder, files: Files) -> tuple[dict[str, Kpi], bool]:
    """The KPIs of a unit by full id, in the order of the content, and whether these are all."""
    found: dict[str, Kpi] = {}
    names: set[str] = set()
    whole = True
    if folder.kpis is not None:
        read = files.document(folder.kpis, KpisFile)
        if read is None:
            return {}, False
        document, tree, whole = read.document, read.tree, read.whole
        path = files.path_of(folder.kpis)
        for place, entry in enumerate(document.kpis):
            if entry.id in names:
                first = found[f"{folder.id}/kpis/{entry.id}"].source
                hint = f"the first stands on line {first.line}; rename one of them"
                second = Source(path, *mark_of(tree, ("kpis", place, "id")))
                files.log.add("OKR301", second, f"a second KPI '{entry.id}' of this unit", hint)
                continue
            read_kpi = _with_measurements(folder, entry, tree["kpis"][place], path, files)
            names.add(entry.id)
            found[read_kpi.id] = read_kpi
    for name, file in folder.measurements.items():
        if whole and name not in names:
            place_of_file = Source(files.path_of(file))
            hint = did_you_mean(name, names) or "add it there, or delete the file"
            files.log.add("OKR302", place_of_file, f"there is no KPI {shown(name)} in the unit's kpis.yml", hint)
    return found, whole


def _with_measurements(folder: UnitFolder, entry: KpiDocument, tree: YamlMapping, path: str, files: Files) -> Kpi:
    measurements = [
        Measurement(item.date, item.value, item.note or "", Source(path, *tree["measurements"].marks[place]))
        for place, item in enumerate(entry.measurements)
    ]
    table = folder.measurements.get(entry.id)
    if table is not None:
        measurements += files.measurements(table)
    check_amber(entry, Source(path, *mark_of(tree, ("amber",))), files.log)
    return kpi_of(folder.id, entry, by_date(measurements, files.log), Source(path, *tree.mark))


def kpi_of(unit_id: str, entry: KpiDocument, measurements: tuple[Measurement, ...], source: Source) -> Kpi:
    """A KPI as its unit's file has it.

    Args:
        unit_id: The unit that owns it.
        entry: What the file says.
        measurements: By date, at most one a day.
        source: Where it stands.
    """
    directed = entry if isinstance(entry, DirectedKpi) else None
    band = entry if isinstance(entry, BandKpi) else None
    return Kpi(
        id=f"{unit_id}/kpis/{entry.id}",
        unit_id=unit_id,
        name=entry.name,
        definition=entry.definition or "",
        unit_of_measure=entry.unit or "",
        direction=entry.direction,
        baseline=entry.baseline,
        target=directed.target if directed else None,
        target_band=band.target if band else None,
        amber=directed.amber if directed else None,
        amber_band=band.amber if band else None,
        due=entry.due,
        cadence=entry.cadence,
        kind=entry.kind or "",
        data_source=entry.source or "",
        owner=entry.owner or "",
        measurements=measurements,
        source=source,
    )


def check_amber(entry: KpiDocument, place: Source, log: ProblemLog) -> None:
    """The amber limit lies beyond the target, seen from green."""
    hint = "green comes first, then amber, then red"
    if isinstance(entry, BandKpi):
        if entry.amber and not (entry.amber[0] <= entry.target[0] and entry.target[1] <= entry.amber[1]):
            log.add("OKR210", place, "the amber band does not hold the target band", hint)
    elif entry.amber is not None:
        above = entry.amber > entry.target
        if above if entry.direction == "up" else entry.amber < entry.target:
            side = "above" if above else "below"
            message = f"the amber limit {entry.amber} lies {side} the target {entry.target}"
            log.add("OKR210", place, message, hint)


def by_date(measurements: list[Measurement], log: ProblemLog) -> tuple[Measurement, ...]:
    """Measurements of one KPI by date; two on one date are a problem."""
    ordered = sorted(measurements, key=lambda item: item.date)
    for first, second in pairwise(ordered):
        if first.date == second.date:
            other = f"{first.source.path}:{first.source.line}"
            message = f"a second measurement on {second.date}"
            log.add("OKR306", second.source, message, f"the first is at {other}; keep one of them")
    return tuple(ordered)
