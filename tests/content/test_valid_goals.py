"""Objectives, key results and KPIs of whole portals, value by value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from okrsite.model import KeyResult, Kpi, Measurement, Milestone, Objective, Portal, Source, Unit

Valid = Callable[[str], Portal]
PAGE = "content/okrs/acme/2026-Q1/reliability.md"
KPIS = "content/okrs/acme/kpis.yml"


def key_result(**values: object) -> KeyResult:
    """A key result of the portal ``every-kind`` with what it says beside the defaults."""
    id = values.pop("id")
    defaults: dict[str, object] = {
        "id": f"acme/2026-Q1/reliability/{id}",
        "objective_id": "acme/2026-Q1/reliability",
        "unit_of_measure": "",
        "baseline": None,
        "target": None,
        "target_range": None,
        "inclusive": True,
        "sustained": False,
        "milestones": (),
        "owner": "Grace Hopper",
        "start": date(2026, 1, 1),
        "due": date(2026, 3, 31),
        "weight": Decimal(1),
        "kpi": None,
        "evidence": (),
        "check_ins": (),
    }
    return KeyResult(**{**defaults, **values})  # type: ignore[arg-type]


def test_unit(valid: Valid) -> None:
    """A unit is what unit.yml and index.md say."""
    assert valid("every-kind").units == {
        "acme": Unit(
            id="acme",
            name="Acme",
            level="corporate",
            parent=None,
            lead="Ada Chief",
            mission="Ferries that sail on time.",
            description="# We sail\n\nFrom dawn on.",
            visibility="internal",
            source=Source("content/okrs/acme/unit.yml"),
        )
    }


def test_objective_of_a_markdown_file(valid: Valid) -> None:
    """An objective's id is its file's name, its description the text below the front matter."""
    objective = valid("every-kind").objectives["acme/2026-Q1/reliability"]
    assert objective == Objective(
        id="acme/2026-Q1/reliability",
        unit_id="acme",
        cycle_id="2026-Q1",
        title="Improve system uptime and reliability",
        owner="Grace Hopper",
        type="committed",
        weight=Decimal(2),
        supports=(),
        state="closed",
        visibility="public",
        tags=("security", "uptime"),
        description="# Why\n\nBecause **ferries**.",
        key_results=objective.key_results,
        score=Decimal("0.8"),
        closing_note="We learned.\n\nA lot.",
        source=Source(PAGE, 2, 1),
    )


def test_key_results_of_every_kind(valid: Valid) -> None:
    """Each kind keeps its own fields, and has None or the default for the others."""
    found = valid("every-kind").objectives["acme/2026-Q1/reliability"].key_results
    assert found == (
        key_result(
            id="up",
            title="From 99.2% to 99.9%",
            kind="increase",
            unit_of_measure="%",
            baseline=Decimal("99.2"),
            target=Decimal("99.9"),
            owner="Linus Example",
            start=date(2026, 1, 15),
            due=date(2026, 3, 15),
            weight=Decimal(0),
            kpi="acme/kpis/availability",
            evidence=("https://status.example.com",),
            source=Source(PAGE, 15, 5),
        ),
        key_result(
            id="down",
            title="From 40 to 30 minutes",
            kind="decrease",
            unit_of_measure="min",
            baseline=Decimal(40),
            target=Decimal(30),
            source=Source(PAGE, 27, 5),
        ),
        key_result(
            id="least",
            title="At least 90",
            kind="at_least",
            target=Decimal(90),
            sustained=True,
            source=Source(PAGE, 28, 5),
        ),
        key_result(
            id="most", title="Below 5", kind="at_most", target=Decimal(5), inclusive=False, source=Source(PAGE, 29, 5)
        ),
        key_result(
            id="band",
            title="From 1 to 2",
            kind="between",
            target_range=(Decimal(1), Decimal(2)),
            inclusive=False,
            sustained=True,
            source=Source(PAGE, 30, 5),
        ),
        key_result(
            id="steps",
            title="Three steps",
            kind="milestones",
            start=date(2026, 1, 10),
            milestones=(
                Milestone("First", Decimal(1), date(2026, 2, 1)),
                Milestone("Second", Decimal("0.5"), date(2026, 1, 10)),
                Milestone("Third", Decimal(1), None),
                Milestone("Fourth", Decimal(1), None),
            ),
            source=Source(PAGE, 31, 5),
        ),
        key_result(id="finished", title="Certificate obtained", kind="done", source=Source(PAGE, 40, 5)),
        key_result(id="teams", title="All teams", kind="rollup", source=Source(PAGE, 41, 5)),
    )


def test_kpis(valid: Valid) -> None:
    """KPIs of every direction; measurements come by date, from the file and from CSV."""
    table = "content/okrs/acme/kpis/load.csv"
    assert valid("every-kind").kpis == {
        "acme/kpis/availability": Kpi(
            id="acme/kpis/availability",
            unit_id="acme",
            name="Service availability",
            definition="Minutes the service answered / minutes in the month",
            unit_of_measure="%",
            direction="up",
            baseline=Decimal("99.2"),
            target=Decimal("99.9"),
            target_band=None,
            amber=Decimal("99.5"),
            amber_band=None,
            due=date(2026, 12, 31),
            cadence="monthly",
            kind="lagging",
            data_source="Monitoring",
            owner="Grace Hopper",
            measurements=(
                Measurement(date(2026, 1, 31), Decimal("99.4"), "", Source(KPIS, 17, 9)),
                Measurement(date(2026, 2, 28), Decimal("99.6"), "Failover", Source(KPIS, 16, 9)),
            ),
            source=Source(KPIS, 2, 5),
        ),
        "acme/kpis/cost": Kpi(
            id="acme/kpis/cost",
            unit_id="acme",
            name="Cost",
            definition="",
            unit_of_measure="",
            direction="down",
            baseline=None,
            target=Decimal(10),
            target_band=None,
            amber=Decimal(12),
            amber_band=None,
            due=None,
            cadence="yearly",
            kind="",
            data_source="",
            owner="",
            measurements=(),
            source=Source(KPIS, 19, 5),
        ),
        "acme/kpis/load": Kpi(
            id="acme/kpis/load",
            unit_id="acme",
            name="Load",
            definition="",
            unit_of_measure="",
            direction="band",
            baseline=None,
            target=None,
            target_band=(Decimal(40), Decimal(70)),
            amber=None,
            amber_band=(Decimal(30), Decimal(80)),
            due=None,
            cadence="daily",
            kind="leading",
            data_source="",
            owner="",
            measurements=(
                Measurement(date(2026, 2, 1), Decimal(100), "", Source(table, 4)),
                Measurement(date(2026, 2, 2), Decimal("-0.5"), "calm,\nthen calmer", Source(table, 2)),
                Measurement(date(2026, 2, 3), Decimal("0.5"), "", Source(table, 6)),
            ),
            source=Source(KPIS, 18, 5),
        ),
    }


def test_deep_tree(valid: Valid) -> None:
    """A folder is a unit at any depth; a parent stands before its children and passes its visibility down."""
    portal = valid("deep-tree")
    assert [(unit.id, unit.parent, unit.visibility) for unit in portal.units.values()] == [
        ("a", None, "internal"),
        ("a/b", "a", "public"),
        ("a/b/c", "a/b", "public"),
        ("a/b/c/d", "a/b/c", "internal"),
        ("a/b/c/d/e", "a/b/c/d", "internal"),
        ("a/b/c/d/e/kpi", "a/b/c/d/e", "internal"),
        ("a/b/c/levels", "a/b/c", "public"),
        ("a/c", "a", "internal"),
        ("z", None, "internal"),
    ]
    assert [(id, objective.visibility) for id, objective in portal.objectives.items()] == [
        ("a/b/c/2026-Q1/quiet", "internal"),
        ("a/b/c/2026-Q1/ship", "public"),
    ]
