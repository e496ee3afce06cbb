"""References and check-ins of a whole portal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from okrsite.model import CheckIn, Portal, Source

Valid = Callable[[str], Portal]
UNIT = "content/okrs/acme/it"
MEETING = f"{UNIT}/check-ins/2026-02-13.yml"


def check_ins(portal: Portal) -> dict[str, tuple[CheckIn, ...]]:
    """The check-ins of each key result that has any."""
    return {id: key_result.check_ins for id, key_result in portal.key_results.items() if key_result.check_ins}


def test_references_become_full_ids(valid: Valid) -> None:
    """Full references, and those that start inside the own unit or cycle, are resolved; repeated ones count once."""
    portal = valid("references-and-check-ins")
    assert portal.objectives["acme/it/2026-Q1/reliability"].supports == (
        "acme/2026-Q1/trust",
        "acme/2026-Q1/trust/teams",
        "acme/it/2026-Q1/speed",
        "acme/it/2026-Q1/speed/projects",
        "acme/it/2026-H1/year",
    )
    assert portal.key_results["acme/it/2026-Q1/reliability/linked"].kpi == "acme/it/kpis/uptime"
    assert portal.key_results["acme/2026-Q1/trust/nps"].kpi == "acme/it/kpis/uptime"


def test_check_ins_of_files_and_inline(valid: Valid) -> None:
    """Check-ins come by date from wherever they stand, also after their cycle where it is clear which one is meant."""
    assert check_ins(valid("references-and-check-ins")) == {
        "acme/2026-Q1/trust/teams": (CheckIn(date(2026, 2, 13), None, Decimal(3), "", "Ada", Source(MEETING, 6, 3)),),
        "acme/it/2026-H1/year/done": (
            CheckIn(date(2026, 2, 13), False, None, "", "Grace", Source(MEETING, 5, 3)),
            CheckIn(date(2026, 8, 1), True, None, "", "", Source(f"{UNIT}/check-ins/2026-08-01.yml", 2, 3)),
        ),
        "acme/it/2026-Q1/reliability/linked": (
            CheckIn(
                date(2026, 2, 13), None, None, "Fine", "", Source(f"{UNIT}/check-ins/2026-02-13-evening.yml", 2, 3)
            ),
        ),
        "acme/it/2026-Q1/reliability/uptime": (
            CheckIn(
                date(2026, 1, 20), Decimal("99.3"), Decimal("7.5"), "", "Linus", Source(f"{UNIT}/2026-Q1.yml", 14, 13)
            ),
            CheckIn(
                date(2026, 2, 13),
                Decimal("99.5"),
                Decimal(7),
                "Failover drill passed.",
                "Grace",
                Source(MEETING, 3, 3),
            ),
            CheckIn(date(2026, 4, 10), Decimal("99.8"), None, "", "", Source(f"{UNIT}/check-ins/2026-04-10.yml", 3, 3)),
            CheckIn(
                date(2026, 4, 20), Decimal("99.9"), None, "after the cycle", "", Source(f"{UNIT}/2026-Q1.yml", 13, 13)
            ),
        ),
        "acme/it/2026-Q1/speed/projects": (
            CheckIn(date(2026, 2, 13), Decimal(12), None, "", "Grace", Source(MEETING, 4, 3)),
        ),
    }
