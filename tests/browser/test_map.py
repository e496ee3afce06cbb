"""The strategy map as readers use it: one line, branches, arrow keys, a filter; and without script."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect
from visits import Portal, Visits

MAP = "okr/alignment.html"
SHOWN = "#okr_map li > .row:visible"


def _map(visit: Visits, portal: Portal, goal: str = "", **options: bool) -> Page:
    place = f"#okr_{goal}" if goal else ""
    return visit(f"{portal.url}{portal.of(MAP)}{place}", **options)


def _middle(portal: Portal) -> str:
    """An objective of the current cycle that supports something and is supported."""
    data = json.loads((portal.folder / "api/okrs.json").read_text("utf-8"))
    goals = [each for each in data["objectives"] if each["cycle"] == data["cycle"]]
    return str(next(each["id"] for each in goals if each["supports"] and each["covered"]))


def _lines(page: Page, *, chosen: bool = True) -> list[str]:
    """The goals whose rows stand out, by their ids, once there is a line, or none: the address changes before."""
    expect(page.locator("#okr_map")).to_have_class("map scripted chosen" if chosen else "map scripted")
    found = page.eval_on_selector_all("#okr_map li.line > .row > .pick", "all => all.map((pick) => pick.hash.slice(5))")
    return list(found)


def test_a_line_stands_out(visit: Visits, example: Portal) -> None:
    """The mark before a goal shows what is above and below it; a second time, or Escape, shows all again."""
    page = _map(visit, example)
    goal = _middle(example)
    pick = page.locator(f'li[id="okr_{goal}"] > .row > .pick')
    pick.click()
    lines = _lines(page)
    assert goal in lines
    assert len(set(lines)) > 2
    assert len(lines) < page.locator("#okr_map li").count()
    expect(page.get_by_role("status").first).to_contain_text("The line of")
    assert page.url.endswith(f"#okr_{goal}")
    pick.focus()
    page.keyboard.press("Escape")
    assert _lines(page, chosen=False) == []
    pick.click()
    pick.click()
    assert _lines(page, chosen=False) == []


def test_a_goal_leads_to_its_line(visit: Visits, example: Portal) -> None:
    """The link on an objective's page opens the map with its line, all branches above open."""
    goal = _middle(example)
    page = visit(f"{example.url}{goal}/index.html")
    page.get_by_role("link", name="Show its line on the map").click()
    assert goal in _lines(page)
    expect(page.locator(f'li[id="okr_{goal}"] > .row')).to_be_in_viewport()


def test_branches_and_arrow_keys(visit: Visits, example: Portal) -> None:
    """Arrows go through what is open, left closes and goes up, right opens and goes down; space shows the line."""
    page = _map(visit, example)
    everything = page.locator(SHOWN).count()
    page.get_by_role("button", name="Close all").click()
    roots = page.locator(SHOWN).count()
    assert roots < everything
    first = page.locator("#okr_map > ul > li").first
    first.locator("> .row .goal").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(SHOWN).count() > roots
    page.keyboard.press("ArrowRight")
    inside = page.evaluate("document.activeElement.closest('li').parentElement.closest('li') !== null")
    assert inside
    page.keyboard.press(" ")
    assert len(_lines(page)) > 1
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(first.locator("> details")).not_to_have_attribute("open", "")
    page.keyboard.press("ArrowDown")
    second = page.evaluate(
        "document.activeElement.closest('li') === document.querySelectorAll('#okr_map > ul > li')[1]"
    )
    assert second
    page.get_by_role("button", name="Open all").click()
    assert page.locator(SHOWN).count() == page.locator("#okr_map li").count()


def test_the_filter_keeps_what_is_above(visit: Visits, example: Portal) -> None:
    """Words, level, status and gaps narrow the map to goals with what they support; emptied, all is as before."""
    page = _map(visit, example)
    before = page.locator(SHOWN).count()
    field = page.get_by_role("searchbox", name="Show", exact=True)
    field.fill("fleet")
    expect(page.get_by_role("status").first).to_contain_text("objectives, with what")
    rows = page.locator(SHOWN)
    assert 0 < rows.count() < before
    expect(page.locator("#okr_map > ul > li:visible .goal").first).to_be_visible()
    field.fill("")
    expect(rows).to_have_count(before)
    page.get_by_label("gaps only").check()
    expect(page.locator("#okr_map .gap:visible").first).to_be_visible()
    page.get_by_label("gaps only").uncheck()
    page.get_by_label("Level").select_option("team")
    assert page.locator(SHOWN).count() > 0


def test_without_script(visit: Visits, example: Portal) -> None:
    """Branches open and close, an address marks its line, and nothing is offered that would not work."""
    page = _map(visit, example, _middle(example), java_script_enabled=False)
    expect(page.locator(".map-tools")).to_be_hidden()
    place = page.locator(f'li[id="okr_{_middle(example)}"]')
    filters = "rows => rows.map((row) => getComputedStyle(row).filter)"
    line = place.locator(".row").evaluate_all(filters)
    assert set(line) == {"none"}
    assert page.locator("#okr_map .row").evaluate_all(filters).count("none") < page.locator("#okr_map .row").count()
    rows = page.locator(SHOWN).count()
    page.locator("#okr_map summary").first.click()
    assert page.locator(SHOWN).count() < rows


def test_figures_stand_in_line(visit: Visits, example: Portal) -> None:
    """On wide screens the figures of all levels end at the same place, and each level begins further right."""
    page = _map(visit, example)
    rights = page.eval_on_selector_all(
        SHOWN + " > .value", "all => all.map((one) => one.getBoundingClientRect().right)"
    )
    assert max(rights) - min(rights) < 1
    lefts = page.eval_on_selector_all(
        "#okr_map > ul > li:first-child, #okr_map > ul > li:first-child li",
        "all => all.map((one) => [one.dataset.level, one.firstElementChild.getBoundingClientRect().left])",
    )
    starts = {level: min(left for name, left in lefts if name == level) for level, _ in lefts}
    assert starts["corporate"] < starts["department"] < starts["team"]
