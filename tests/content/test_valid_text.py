"""Text, numbers and line ends that other readers take for something else."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from okrsite.model import Portal

Valid = Callable[[str], Portal]


def test_text_that_looks_like_something_else(valid: Valid) -> None:
    """What YAML 1.1 took for booleans, times, dates and numbers is text here."""
    portal = valid("numbers-and-text")
    unit = portal.units["acme"]
    assert (unit.name, unit.lead, unit.mission) == ("2026", "no", "12:30:45")
    objective = portal.objectives["acme/2026/010"]
    assert (objective.title, objective.owner, objective.description) == ("2026.10", "on", "1_000")
    assert objective.tags == ("n", "2026-01-01", "1e3", "true", "~x")
    first, second = objective.key_results
    assert (first.id, first.title, first.evidence) == ("acme/2026/010/2026", "1.2.3", ("0b1", "190:20:30"))
    assert (second.id, second.title) == ("acme/2026/010/1e3", "€ 😀 end")
    assert portal.kpis["acme/kpis/010"].name == "yes"


def test_numbers_are_exact(valid: Valid) -> None:
    """Numbers are decimals as they were written, whatever their notation."""
    portal = valid("numbers-and-text")
    kpi = portal.kpis["acme/kpis/010"]
    assert kpi.target_band == (Decimal(-10), Decimal(31))
    assert str(kpi.baseline) == "0.123456789012345678901234567890"
    values = [item.value for item in kpi.measurements]
    assert values == [
        *(Decimal(text) for text in ("10", "31", "1000", "0.5", "0", "15", "5", "1E+308", "-2.5")),
    ]
    assert not values[4].is_signed()
    readings = {kr.id: [check_in.value for check_in in kr.check_ins] for kr in portal.key_results.values()}
    assert readings == {"acme/2026/010/2026": [True], "acme/2026/010/1e3": [Decimal("0.01")]}
    assert type(values[0]) is Decimal


def test_byte_order_marks_and_line_ends(valid: Valid) -> None:
    """Files of Windows editors are read like any other."""
    portal = valid("bom-and-crlf")
    assert portal.units["acme"].mission == "One\nTwo"
    assert portal.units["acme"].description == "# Über uns\n\nZeile"
    (measurement,) = portal.kpis["acme/kpis/cost"].measurements
    assert (measurement.value, measurement.note) == (Decimal(9), "a\nb")
    objective = portal.objectives["acme/2026-Q1/ship"]
    assert (objective.title, objective.description) == ("Ship", "Text")


def test_names_of_the_world(valid: Valid) -> None:
    """Any letters may stand in names; one name is one person, however its marks are encoded."""
    portal = valid("names-of-the-world")
    unit = portal.units["acme"]
    objective = portal.objectives["acme/2026-Q1/trust"]
    assert unit.name == "Łódź Ferries 渡し船 عبّارة 🛥"
    assert unit.lead == objective.owner == "Zo\u00eb \u00c5ngstr\u00f6m"
    assert objective.title == "Customers — «trust» us on every crossing"
    assert objective.tags == ("vertrauen/größe", "naïve")
    assert objective.description == "a\u2028b"
    assert objective.key_results[0].title == "Done # not a comment"
