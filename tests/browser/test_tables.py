"""Tables as readers use them: sorted by their headers, narrowed by filters; nothing moves when that comes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from visits import Portal, Visits

STATUSES = ("off track", "at risk", "no data", "on track", "achieved", "not started")
MADE = """(rows) => {
  const table = document.querySelector("table.goals");
  table.removeAttribute("data-okr-filter");
  table.querySelector("thead").innerHTML = "<tr><th>Name</th><th>Value</th><th>Day</th></tr>";
  table.querySelector("tbody").innerHTML =
    rows.map(([name, n, day]) => `<tr><th>${name}</th><td>${n}</td><td data-sort="${day}">x</td></tr>`).join("");
}"""


def _table(page: Page) -> Locator:
    """The first table that can be filtered."""
    table = page.locator("table[data-okr-filter]").first
    expect(table.locator("button.sort").first).to_be_visible()
    return table


def _column(table: Locator, name: str) -> list[str]:
    """The texts of a column, in the order in which the rows stand."""
    return [" ".join(text.split()) for text in table.locator(f"td[data-label='{name}']:visible").all_text_contents()]


def test_sorting(example: Portal, visit: Visits) -> None:
    """A header's button sorts by its column, again the other way, and at last as it was; the header says how."""
    table = _table(visit(example.url + "kpis/index.html"))
    names = table.locator("tbody th")
    before = names.all_text_contents()
    header = table.get_by_role("columnheader", name="KPI")
    button = header.get_by_role("button")
    button.focus()
    button.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    ascending = names.all_text_contents()
    assert [text.strip().lower() for text in ascending] == sorted(text.strip().lower() for text in before)
    button.press("Space")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert names.all_text_contents() == ascending[::-1]
    button.click()
    assert header.get_attribute("aria-sort") is None
    assert names.all_text_contents() == before


def test_statuses_by_urgency(example: Portal, visit: Visits) -> None:
    """What needs attention stands first, not what begins with an A."""
    page = visit(example.url)
    table = page.locator("table.goals:has(button.sort):has(td[data-label='Status'])").first
    table.get_by_role("button", name="Status").click()
    places = [STATUSES.index(text) for text in table.locator("td .status").all_text_contents()]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("column", "expected"),
    [("Name", "abcde"), ("Value", "ceadb"), ("Day", "bacde")],
    ids=["texts", "numbers, the most first", "days"],
)
def test_orders(example: Portal, visit: Visits, column: str, expected: str) -> None:
    """Numbers compare as numbers, days as days; what is empty comes last, what is equal stays as it was."""
    rows = [
        ("d", "−12%", ""),
        ("c", "1,200 min", "2026-02-10"),
        ("b", "–", "2025-12-31"),
        ("e", "99.5%", ""),
        ("a", "9%", "2026-01-01"),
    ]
    page = visit.blank()
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => (" + MADE + ")(" + str([list(row) for row in rows]) + "));"
    )
    page.goto(example.url + "kpis/index.html")
    table = page.locator("table.goals").first
    table.get_by_role("button", name=column).click()
    assert "".join(table.locator("tbody th").all_text_contents()) == expected


def test_filters(example: Portal, visit: Visits) -> None:
    """Words and values narrow the rows, and how many are left is told."""
    page = visit(example.url + "kpis/index.html")
    table = _table(page)
    rows = table.locator("tbody tr")
    total = rows.count()
    tools = page.locator(".table-tools").first
    tools.get_by_label("Status").select_option("amber")
    amber = table.locator("tbody tr:visible").count()
    assert set(_column(table, "Status")) == {"amber"}
    expect(tools.locator("output")).to_have_text(f"{amber} of {total}")
    name = str(table.locator("tbody tr:visible th a").first.text_content())
    tools.get_by_label("Filter the rows by words").fill(name.upper())
    expect(table.locator("tbody tr:visible")).to_have_count(1)
    tools.get_by_label("Filter the rows by words").fill("")
    tools.get_by_label("Status").select_option("")
    expect(tools.locator("output")).to_have_text("")
    assert table.locator("tbody tr:visible").count() == total


def test_rows_left_out_are_told(example: Portal, visit: Visits) -> None:
    """A table that leaves rows out says so from the beginning, and that its filters look at those here alone."""
    page = visit.blank()
    mark = "document.querySelector('table[data-okr-filter]').dataset.okrMore = 1200"
    page.add_init_script(f"document.addEventListener('DOMContentLoaded', () => {{ {mark} }})")
    page.goto(example.url + "kpis/index.html")
    table = _table(page)
    here = table.locator("tbody tr").count()
    told = page.locator(".table-tools output").first
    expect(told).to_have_text(f"{here} of {here + 1200:,}")
    page.get_by_label("Filter the rows by words").first.fill("no such words")
    expect(told).to_have_text(f"0 of the {here} rows here; {here + 1200:,} in all")


def test_columns_that_ask_for_a_choice(example: Portal, visit: Visits) -> None:
    """Names with numbers in them can be chosen from where the header asks for that."""
    page = visit.blank()
    script = """document.addEventListener("DOMContentLoaded", () => {
      const table = document.querySelector("table[data-okr-filter]");
      table.tHead.rows[0].cells[1].dataset.okrChoose = "";
      for (const [at, row] of [...table.tBodies[0].rows].entries()) row.cells[1].textContent = `Team ${at % 2}`;
    })"""
    page.add_init_script(script)
    page.goto(example.url + "kpis/index.html")
    table = _table(page)
    page.locator(".table-tools").first.get_by_label("Unit").select_option("Team 1")
    assert set(_column(table, "Unit")) == {"Team 1"}


def test_order_on_phones(example: Portal, visit: Visits) -> None:
    """Where tables are stacks without headers, a select sorts them."""
    page = visit(example.url + "kpis/index.html", 390)
    table = page.locator("table[data-okr-filter]").first
    page.locator(".table-tools").first.get_by_label("Sort by").select_option(label="KPI, descending")
    names = [str(text).strip().lower() for text in table.locator("tbody th").all_text_contents()]
    assert names == sorted(names, reverse=True)
    expect(table.locator("button.sort").first).to_be_hidden()


def test_without_a_script(example: Portal, visit: Visits) -> None:
    """Headers are words, and no place is kept for filters that cannot come."""
    page = visit(example.url + "kpis/index.html", java_script_enabled=False)
    assert page.locator("th button").count() == 0
    assert page.locator(".table-tools").count() == 0
