"""``okrs.csv``: rows, exactness, and no formula from the content."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from okrsite.exchange import okrs_csv
from okrsite.exchange.goals_csv import COLUMNS
from okrsite.model import Portal
from okrsite.scoring import Figures, score
from tests.builders import make_key_result, make_objective, make_portal


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_a_key_result(portal: Portal, figures: Figures) -> None:
    """Every key result once, sorted by id, with the fields of its objective and unit."""
    rows = _rows(okrs_csv(portal, figures))
    assert [row["key_result_id"] for row in rows] == sorted(portal.key_results)
    row = next(row for row in rows if row["key_result_id"].endswith("/inside"))
    assert (row["as_of"], row["unit_id"], row["unit_parent"], row["unit_lead"]) == (
        "2026-02-14",
        "acme/it",
        "acme",
        "Grace",
    )
    assert row["objective_supports"] == "acme/2026-Q1/trust acme/2026-Q1/trust/kr"
    assert (row["key_result_target"], row["key_result_target_low"], row["key_result_target_high"]) == ("", "-1", "2.5")
    assert (row["objective_weight"], row["objective_covered"]) == ("1.5", "false")


def test_formulas_are_neutralised(portal: Portal, figures: Figures) -> None:
    """A text that begins like a formula gets an apostrophe; negative numbers stay numbers."""
    rows = _rows(okrs_csv(portal, figures))
    row = next(row for row in rows if row["key_result_id"].endswith("/minus"))
    assert row["objective_owner"] == "'=HYPERLINK(1)"
    assert (row["key_result_target"], row["key_result_current"]) == ("-5", "-3")
    assert {row["unit_name"] for row in rows} == {"'-Acme", "IT"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_every_start_of_a_formula(start: str) -> None:
    """All that a spreadsheet takes for the start of a formula is disarmed, whatever quotes stand around it."""
    objective = make_objective("acme/2026-Q1/o", [make_key_result(title=f'{start}cmd|" /C calc"!A0')])
    portal = make_portal([objective])
    (row,) = _rows(okrs_csv(portal, score(portal, date(2026, 2, 14))))
    assert row["key_result_title"] == f'\'{start}cmd|" /C calc"!A0'


def test_line_breaks_and_quotes_survive(portal: Portal, figures: Figures) -> None:
    """A cell is what the content says, whatever characters it has."""
    rows = _rows(okrs_csv(portal, figures))
    assert "Trust, “quoted”\nand more" in {row["objective_title"] for row in rows}


def test_empty_portal_has_a_heading() -> None:
    """Programs find the columns even where there are no goals."""
    portal = make_portal()
    text = okrs_csv(portal, score(portal, date(2026, 2, 14)))
    assert text == ",".join(COLUMNS) + "\n"


def test_names_of_columns_are_unique() -> None:
    """Each column can be asked for by its name."""
    names = list(COLUMNS)
    assert len(names) == len(set(names))
