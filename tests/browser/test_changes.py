"""The page of changes as readers use it: narrowed to a unit, a level, a kind of change."""

from __future__ import annotations

from playwright.sync_api import expect
from visits import Portal, Visits


def test_narrowed(example: Portal, visit: Visits) -> None:
    """One choice at a time and together: what does not fit is not there, and how much is left is said."""
    page = visit(example.url + "changes/index.html")
    papers = page.locator("[data-okr-unit]:visible")
    parts = page.locator("[data-okr-kind]:visible")
    kind, unit = page.get_by_label("Kind of change"), page.get_by_label("Unit", exact=True)
    expect(kind).to_be_visible()
    all_papers, all_parts = papers.count(), parts.count()
    kind.select_option(label="Status")
    statuses = page.locator("[data-okr-kind=status]:visible")
    expect(parts).to_have_count(statuses.count())
    assert 0 < parts.count() < all_parts
    expect(page.locator(".for-changes output")).to_have_text(f"{papers.count()} of {all_papers}")
    name = papers.first.get_attribute("data-okr-unit")
    unit.select_option(name)
    assert {each.get_attribute("data-okr-unit") for each in papers.all()} == {name}
    kind.select_option("")
    unit.select_option("")
    expect(papers).to_have_count(all_papers)
    expect(page.locator(".for-changes output")).to_be_empty()
    assert page.locator(".period").count() == 3


def test_of_a_unit(example: Portal, visit: Visits) -> None:
    """From a unit's page the changes come narrowed to it."""
    page = visit(example.url + "skerry/index.html")
    name = page.locator("h1").inner_text()
    page.locator("aside").get_by_role("link", name="Changes").click()
    expect(page.get_by_label("Unit", exact=True)).to_be_visible()
    shown = {each.get_attribute("data-okr-unit") or "" for each in page.locator("[data-okr-unit]:visible").all()}
    assert len(shown) == 1
    assert name.startswith(shown.pop())
