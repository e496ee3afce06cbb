"""The frame of every page: the menu, wide and narrow; the switch of the colours; what paper shows of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from visits import Portal, Scheme, Visits

PAGES = ("index.html", "levels/department/index.html", "guide/faq/index.html")
DARK, LIGHT = "rgb(20, 23, 27)", "rgb(255, 255, 255)"
GROUND = "() => getComputedStyle(document.documentElement).backgroundColor"
FIRST_PAINT = """
new PerformanceObserver((list) => {
  window.okrPainted ??= getComputedStyle(document.documentElement).backgroundColor;
}).observe({type: "paint", buffered: true});
"""


def colours(page: Page) -> tuple[str, str]:
    """What the switch is called, and the ground."""
    return page.locator("button.theme").get_attribute("aria-label") or "", page.evaluate(GROUND)


def test_switch_goes_round(example: Portal, visit: Visits) -> None:
    """Automatic, light, dark, and again, by keyboard; its name says which, and the browser's bar goes along."""
    page = visit(example.url, scheme="dark")
    assert colours(page) == ("Colours: automatic", DARK)
    page.locator("button.theme").focus()
    for expected in (("Colours: light", LIGHT), ("Colours: dark", DARK), ("Colours: automatic", DARK)):
        page.keyboard.press("Enter")
        assert colours(page) == expected
    page.emulate_media(color_scheme="light")
    assert colours(page) == ("Colours: automatic", LIGHT)
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    bars = page.locator("meta[name=theme-color]").evaluate_all("(all) => all.map((each) => each.content)")
    assert bars == [DARK, DARK]


@pytest.mark.parametrize(("scheme", "presses", "ground"), [("dark", 1, LIGHT), ("light", 2, DARK)])
def test_switch_is_remembered(example: Portal, visit: Visits, scheme: Scheme, presses: int, ground: str) -> None:
    """The choice holds on other pages and after a reload, from the first paint on."""
    page = visit.anew(example.url, scheme=scheme)
    for _ in range(presses):
        page.locator("button.theme").click()
    page.context.add_init_script(FIRST_PAINT)
    for name in PAGES:
        page.goto(example.url + name)
        assert page.evaluate(GROUND) == ground, name
        page.reload()
        page.wait_for_function("() => window.okrPainted")
        assert page.evaluate("() => window.okrPainted") == ground, name


def test_open_pages_follow(example: Portal, visit: Visits) -> None:
    """Another window of the same reader changes with the switch."""
    page = visit.anew(example.url)
    other = page.context.new_page()
    other.goto(f"{example.url}kpis/index.html")
    page.bring_to_front()
    page.locator("button.theme").click()
    page.locator("button.theme").click()
    expect(other.locator("html")).to_have_attribute("data-theme", "dark")
    assert colours(other) == ("Colours: dark", DARK)


def test_without_memory(example: Portal, visit: Visits) -> None:
    """Where a browser forbids to keep anything, the switch works for the page."""
    page = visit.anew(example.url)
    page.context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.reload()
    page.locator("button.theme").click()
    assert colours(page) == ("Colours: light", LIGHT)


def test_no_switch_without_scripts(example: Portal, visit: Visits) -> None:
    """What would do nothing is not there."""
    page = visit(example.url, java_script_enabled=False)
    expect(page.locator("button.theme")).to_be_hidden()
    expect(page.locator(".menu")).to_be_visible()


def test_menu_is_one_line(example: Portal, visit: Visits) -> None:
    """At a usual width the header is one calm line."""
    page = visit(example.url, 1440)
    box = page.locator("header.site").bounding_box()
    assert box is not None
    assert box["height"] < 60


def test_folded_pages(example: Portal, visit: Visits) -> None:
    """Unfolds and leads on by keyboard; folds at Escape, at a click elsewhere, and when the focus leaves."""
    page = visit(f"{example.url}cycles/index.html")
    summary, folded = page.locator(".menu summary"), page.locator(".menu details ul")
    assert "here" in (summary.get_attribute("class") or "")
    summary.focus()
    page.keyboard.press("Enter")
    expect(folded).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(folded).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    page.locator("h1").click()
    expect(folded).to_be_hidden()
    summary.click()
    page.locator("#okr_search").focus()
    expect(folded).to_be_hidden()
    summary.click()
    page.locator(".menu").get_by_role("link", name="Quality").click()
    expect(page.locator("h1")).to_contain_text("Quality")


@pytest.mark.parametrize("scripts", [True, False])
def test_phone_menu(example: Portal, visit: Visits, scripts: bool) -> None:
    """A button opens the menu and Escape closes it, by keyboard, with and without scripts; it says where one is."""
    page = visit(f"{example.url}kpis/index.html", 360, java_script_enabled=scripts)
    menu, button = page.locator(".menu"), page.get_by_role("button", name="Menu")
    expect(menu).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    assert menu.locator("[aria-current]").inner_text() == "KPIs"
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Corporate")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Corporate")


def test_phone_menu_has_every_page(example: Portal, visit: Visits) -> None:
    """Whatever the wide menu leads to, the narrow one does, within the window."""
    wide = visit(example.url).locator(".menu a")
    page = visit(example.url, 360)
    page.get_by_role("button", name="Menu").click()
    page.locator(".menu summary").click()
    assert page.locator(".menu a:visible").all_inner_texts() == wide.all_text_contents()
    box = page.locator(".menu").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 360)


@pytest.mark.parametrize("preference", [{"contrast": "more"}, {"forced_colors": "active"}])
def test_more_contrast(example: Portal, visit: Visits, preference: dict[str, str]) -> None:
    """Who asks for contrast, or has colours of the system's own, gets notes in full ink, and bars that are seen."""
    page = visit(example.url, **preference)
    note = page.locator(".note").first.evaluate("(each) => getComputedStyle(each).color")
    assert note in ("rgb(36, 41, 47)", "rgb(0, 0, 0)")
    bar = page.locator(".bullet .bar").first.evaluate("(each) => getComputedStyle(each).fill")
    assert bar not in ("rgb(255, 255, 255)", "none")


def test_paper_has_name_and_day(example: Portal, visit: Visits) -> None:
    """A printed page says of which portal and which day it is, since the header is left out."""
    page = visit(f"{example.url}skerry/index.html")
    expect(page.locator(".masthead")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".masthead")).to_have_text("Skerry Ferries goalsAs of 5 Jun 2026.")
    expect(page.locator("header.site")).to_be_hidden()
