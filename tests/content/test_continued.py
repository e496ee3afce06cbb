"""Objectives that carry on those of earlier cycles."""

from __future__ import annotations

from collections.abc import Callable

from okrsite.model import Portal

Valid = Callable[[str], Portal]


def test_a_chain_through_cycles(valid: Valid) -> None:
    """A reference may be full or short within the unit; an objective may be carried on by several."""
    portal = valid("continued-goals")
    assert {id: objective.continues for id, objective in portal.objectives.items()} == {
        "acme/2025-Q4/begin": None,
        "acme/2026-Q1/trust": "acme/2025-Q4/begin",
        "acme/2026-Q2/mail": "acme/2026-Q1/trust",
        "acme/2026-Q2/trust": "acme/2026-Q1/trust",
    }
    assert {id: [each.id for each in later] for id, later in portal.continued_by.items()} == {
        "acme/2025-Q4/begin": ["acme/2026-Q1/trust"],
        "acme/2026-Q1/trust": ["acme/2026-Q2/mail", "acme/2026-Q2/trust"],
    }
