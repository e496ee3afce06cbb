"""A KPI: what it is, where it stands, and its latest measurements."""

from __future__ import annotations

from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from okrsite.cli.views.tables import LATEST, kpi_table, plain_table
from okrsite.model import Kpi, Portal
from okrsite.scoring import Figures
from okrsite.site.words import ENGLISH_WORDS as WORDS


def kpi_view(portal: Portal, figures: Figures, kpi: Kpi) -> RenderableType:
    """The KPI on its day; measurements after it do not exist yet."""
    unit = portal.units[kpi.unit_id]
    about = ", ".join(filter(None, (unit.name, kpi.cadence, kpi.kind, kpi.owner, kpi.data_source)))
    parts: list[RenderableType] = [Text(kpi.name, style="bold"), Text(about, style="dim")]
    if kpi.definition:
        parts.append(Text(kpi.definition))
    parts += [Text(), kpi_table(((kpi, figures.kpis[kpi.id]),))]
    users = portal.key_results_by_kpi.get(kpi.id, ())
    if users:
        parts.append(Text(f"key results that take their value from it: {', '.join(kr.id for kr in users)}"))
    return Group(*parts, Text(), measurement_table(kpi, figures.as_of))


def measurement_table(kpi: Kpi, as_of: date) -> RenderableType:
    """The latest measurements, newest first."""
    known = [measurement for measurement in kpi.measurements if measurement.date <= as_of]
    table = plain_table("date", "value>", "note")
    for measurement in reversed(known[-LATEST:]):
        value = WORDS.measured(measurement.value, kpi.unit_of_measure)
        table.add_row(WORDS.day(measurement.date), value, Text(measurement.note))
    return table if known else Text("no measurements yet", style="dim")
