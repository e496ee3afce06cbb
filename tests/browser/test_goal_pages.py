"""The pages of goals: a figure's panel opens where it stands, and where a figure elsewhere leads to it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect
from visits import Portal, Visits

UNIT, OBJECTIVE, KPI = "okr/unit.html", "okr/objective.html", "okr/kpi.html"

SEEN = "(element) => { const box = element.getBoundingClientRect(); return box.top >= -1 && box.top < innerHeight; }"


def panels(page: Page) -> Locator:
    """The explanations of a page."""
    return page.locator("details.why")


def test_panels_open_by_keyboard(example: Portal, visit: Visits) -> None:
    """Each opens and closes with Enter, and its word says what it is for."""
    for kind in (UNIT, OBJECTIVE, KPI):
        page = visit(example.url + example.of(kind))
        assert panels(page).count() > 0
        for panel in panels(page).all()[:3]:
            summary = panel.locator("summary")
            assert summary.inner_text().strip()
            summary.focus()
            page.keyboard.press("Enter")
            expect(panel.locator(".because")).to_be_visible()
            page.keyboard.press("Enter")
            expect(panel.locator(".because")).to_be_hidden()


def test_panels_open_without_script(example: Portal, visit: Visits) -> None:
    """With the formula, its inputs and the line of the content."""
    page = visit(example.url + example.of(OBJECTIVE), java_script_enabled=False)
    panel = panels(page).first
    panel.locator("summary").click()
    expect(panel.locator("li").first).to_be_visible()
    assert "=" in panel.locator(".because > p").inner_text()
    assert "content/okrs/" in panel.locator("dl").inner_text()


def test_a_figure_leads_to_its_open_panel(example: Portal, visit: Visits) -> None:
    """From a key result on a unit's page to the panel on its objective's page, which is open and in sight."""
    page = visit(example.url + example.of(UNIT))
    figure = page.locator("table.key-results a.figure").first
    address = str(figure.get_attribute("href"))
    figure.click()
    page.wait_for_url("**/*#okr_why_*")
    target = page.locator(f"[id='{address.rpartition('#')[2]}']")
    expect(target).to_be_visible()
    page.wait_for_function(SEEN, arg=target.element_handle())


def test_every_way_to_a_panel_ends_at_one(example: Portal, visit: Visits) -> None:
    """A panel's place opens on each kind of page, from a link or the address bar, without script too."""
    for kind in (UNIT, OBJECTIVE, KPI):
        for script in (True, False):
            page = visit(example.url + example.of(kind), java_script_enabled=script)
            place = str(page.locator(".because").last.get_attribute("id"))
            page.goto(f"{page.url}#{place}")
            expect(page.locator(f"[id='{place}']")).to_be_visible()


def test_key_results_are_there_without_a_click(example: Portal, visit: Visits) -> None:
    """Each once, with title, value, bar and status, and a place to link to."""
    page = visit(example.url + example.of(OBJECTIVE))
    rows = page.locator("table.in-full > tbody[id]")
    assert rows.count() > 0
    for row in rows.all():
        expect(row.locator(".name")).to_be_visible()
        expect(row.locator("svg.bullet").first).to_be_visible()
        expect(row.locator(".status").first).to_be_visible()
        place = row.get_attribute("id")
        assert row.locator("th a.anchor").get_attribute("href") == f"#{place}"


def test_nothing_moves_when_a_page_is_wide(example: Portal, visit: Visits) -> None:
    """KPIs stand beside the objectives on wide screens, below them on narrow ones; nothing has to be scrolled aside."""
    for width, beside in ((1920, True), (1440, True), (390, False)):
        page = visit(example.url + example.of(UNIT), width=width)
        wall, aside = page.locator(".wall > div").bounding_box(), page.locator(".wall > aside").bounding_box()
        assert wall
        assert aside
        assert (aside["x"] > wall["x"] + wall["width"] / 2) == beside
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
