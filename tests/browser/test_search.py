"""Search as readers use it: from any page, by keyboard, with slips of the finger, without server or script."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from builders import make_key_result, make_kpi, make_objective, make_portal, make_unit
from manygoals import AS_OF, gallery_of
from playwright.sync_api import Page, expect
from visits import Portal, Visits
from webpages import plain

from okrsite.model import Portal as Model
from okrsite.scoring import score
from okrsite.site.search import search_index
from okrsite.site.views import Gallery

EVIL = "<img src=x onerror=alert(1)>\"'</script>&lt;b&gt;"
KEYS = "reliability"
DRAWN = """(text) => new Promise((done) => {
  const input = document.querySelector("#okr_search");
  const begun = performance.now();
  const watcher = new MutationObserver(() => {
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
  });
  watcher.observe(document.querySelector("#okr_search_list"), { childList: true });
  input.value = text;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
})"""
"""Milliseconds from a key to the frame after the one that shows its results."""


def _goals(portal: Portal) -> Any:
    return json.loads((portal.folder / "api/okrs.json").read_text("utf-8"))


def _objective(portal: Portal) -> Any:
    """An objective of the current cycle, the one with the longest title."""
    data = _goals(portal)
    return max((each for each in data["objectives"] if each["cycle"] == data["cycle"]), key=lambda o: len(o["title"]))


def _slip(title: str) -> str:
    """A title as it is typed in a hurry: a letter of its longest word is missing."""
    word = max(title.split(), key=len)
    return title.replace(word, word[:2] + word[3:])


def _with_index(page: Page, index: str) -> None:
    """Let a page search other goals than its portal's."""
    page.route("**/search/index.js", lambda route: route.fulfill(body=index, content_type="text/javascript"))


def _index(portal: Model) -> str:
    return search_index(Gallery(portal, score(portal, AS_OF)), (), ())


def _type(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)


def test_slash_leads_to_the_box(example: Portal, visit: Visits) -> None:
    """From anywhere on a page; typed into a box it is a slash; Escape hides results, empties the box, leaves it."""
    page = visit(example.url)
    page.keyboard.press("/")
    box = page.locator("#okr_search")
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")
    results = page.locator("form.search .popup").first
    expect(results).to_be_visible()  # from here on the script that came with the focus answers
    page.keyboard.press("Escape")
    expect(results).to_be_hidden()
    expect(box).to_have_value("a/b")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()


def test_nothing_is_loaded_before_it_is_needed(example: Portal, visit: Visits) -> None:
    """The index, the library and the scripts of the search come with the first focus."""
    page = visit.blank()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(plain(request.url.rpartition("/")[2])))
    page.goto(example.url)
    page.wait_for_load_state("networkidle")
    assert not {"index.js", "lunr.js", "finder.js", "search.js"} & set(asked)
    page.locator("#okr_search").focus()
    page.keyboard.type("a")
    expect(page.locator("[role=option]").first).to_be_visible()
    assert {"index.js", "lunr.js", "finder.js", "search.js"} <= set(asked)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_slip_of_the_finger(example: Portal, visit: Visits, width: int) -> None:
    """A letter is missing, and still the objective is found; arrows and Enter lead to it."""
    objective = _objective(example)
    page = visit(example.url, width)
    _type(page, _slip(objective["title"]))
    expect(page.locator("[role=option] .title").first).to_have_text(objective["title"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{example.url}{objective['id']}/index.html")


def test_ids_come_first(example: Portal, visit: Visits) -> None:
    """A full id, or its end, is that goal: a key result's leads to its place on the page."""
    key_result = _objective(example)["key_results"][0]["id"]
    objective, _, last = key_result.rpartition("/")
    page = visit(example.url)
    _type(page, key_result)
    option = page.locator("[role=option]").first
    expect(option).to_have_attribute("href", f"{example.url}{objective}/index.html#{last}")


def test_a_combobox(example: Portal, visit: Visits) -> None:
    """Roles and states are those of the pattern; the arrows go round, the first Escape closes the list."""
    page = visit(example.url)
    box, options = page.locator("#okr_search"), page.locator("[role=option]")
    _type(page, "customer")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_role("combobox")
    count = options.count()
    page.keyboard.press("ArrowUp")
    expect(options.nth(count - 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("customer")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()


def test_enter_leads_to_all_results(example: Portal, visit: Visits) -> None:
    """Without a choice among the results, Enter shows them all on the page of the search."""
    page = visit(example.url)
    _type(page, "customer")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{example.url}search/index.html?q=customer")
    expect(page.locator(".results .found").nth(5)).to_be_visible()


def test_filters(example: Portal, visit: Visits) -> None:
    """Each narrows the results as its count says; the address keeps all of it, and a visit to it shows the same."""
    data = _goals(example)
    page = visit(f"{example.url}search/index.html")
    page.get_by_label("Kind").select_option("objective")
    told = page.locator(".results-told")
    expect(told).to_have_text(f"{len(data['objectives'])} results")
    page.get_by_label("Cycle").select_option(data["cycle"])
    current = [each for each in data["objectives"] if each["cycle"] == data["cycle"]]
    expect(told).to_have_text(f"{len(current)} results")
    for option in page.get_by_label("Status").locator("option:enabled").all()[1:]:
        status = option.get_attribute("value")
        assert option.text_content().endswith(f"({sum(each['status'] == status for each in current)})")  # type: ignore[union-attr]
    unit = current[0]["unit"]
    page.get_by_label("Unit and below").select_option(unit)
    below = sum(f"{each['unit']}/".startswith(f"{unit}/") for each in current)
    expect(told).to_have_text(f"{below} results" if below > 1 else "1 result")
    assert page.url.endswith(f"?kind=objective&unit={unit.replace('/', '%2F')}&cycle={data['cycle']}")
    again = visit(page.url)
    expect(again.locator(".results-told")).to_have_text(str(told.text_content()))
    again.get_by_role("button", name="Clear filters").click()
    expect(again.locator(".browse")).to_be_visible()


def test_by_level_and_owner(example: Portal, visit: Visits) -> None:
    """What is shown belongs to the level and the owner that were chosen."""
    objective = _objective(example)
    level = next(each["level"] for each in _goals(example)["units"] if each["id"] == objective["unit"])
    page = visit(f"{example.url}search/index.html?kind=objective&level={level}")
    page.get_by_label("Owner").select_option(label=objective["owner"])
    titles = page.locator(".results .title").all_text_contents()
    expected = [each["title"] for each in _goals(example)["objectives"] if each["owner"] == objective["owner"]]
    assert objective["title"] in titles
    assert set(titles) <= set(expected)


def test_from_a_folder(example: Portal, visit: Visits) -> None:
    """Without a server the same is found, and what is found opens."""
    objective = _objective(example)
    page = visit((example.folder / "kpis/index.html").as_uri())
    _type(page, objective["title"])
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url((example.folder / objective["id"] / "index.html").as_uri())
    page = visit((example.folder / "search/index.html").as_uri() + "?q=customer&kind=unit")
    expect(page.locator(".results .found").first).to_contain_text("Unit")


def test_without_a_script(example: Portal, visit: Visits) -> None:
    """The box leads to a page that says why it cannot search, and has links to look for oneself."""
    page = visit(example.url, java_script_enabled=False)
    page.locator("#okr_search").fill("customer")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{example.url}search/index.html?q=customer")
    expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
    assert page.locator(".browse a").count() > 10


def test_other_ways_to_write(example: Portal, visit: Visits) -> None:
    """Umlauts with and without, accents, capitals, and scripts without spaces."""
    portal = make_portal(
        [
            make_objective("acme/2026-Q1/a", title="Künstliche Größe", key_results=[make_key_result(title="x")]),
            make_objective("acme/2026-Q1/b", title="Élan à l'œuvre", key_results=[make_key_result(title="x")]),
            make_objective("acme/2026-Q1/c", title="顧客満足度を高める", key_results=[make_key_result(title="x")]),
            make_objective("acme/2026-Q1/d", title="Καλή υγεία", key_results=[make_key_result(title="x")]),
        ]
    )
    page = visit(example.url)
    _with_index(page, _index(portal))
    page.keyboard.press("/")
    found = page.locator("[role=option] .title")
    for asked, title in (
        ("kunstliche", "Künstliche Größe"),
        ("kuenstl", "Künstliche Größe"),
        ("GRÖSSE", "Künstliche Größe"),
        ("größe", "Künstliche Größe"),
        ("elan oeuvre", "Élan à l'œuvre"),
        ("満足", "顧客満足度を高める"),
        ("ΚΑΛΗ", "Καλή υγεία"),
    ):
        page.locator("#okr_search").fill(asked)
        expect(found).to_have_count(1)
        expect(found).to_have_text(title)


def test_what_comes_first(example: Portal, visit: Visits) -> None:
    """A title that begins as asked, then units and objectives, then key results."""
    portal = make_portal(
        [
            make_objective(
                "acme/2026-Q1/a", title="We care for trust", key_results=[make_key_result(title="More of trust")]
            )
        ],
        kpis=[make_kpi(name="Trust in us")],
        units=[make_unit("acme", name="Brand and trust")],
    )
    page = visit(example.url)
    _with_index(page, _index(portal))
    _type(page, "trust")
    expect(page.locator("[role=option] .title")).to_have_text(
        ["Trust in us", "Brand and trust", "We care for trust", "More of trust"]
    )


def test_hostile_titles_are_text(example: Portal, visit: Visits) -> None:
    """In the list and on the page of the search nothing of them runs."""
    portal = make_portal([make_objective(title=EVIL, owner=EVIL, key_results=[make_key_result(title=EVIL)])])
    portal = replace(portal, units={"acme": make_unit("acme", name=EVIL, mission=EVIL)})
    page = visit(example.url)
    _with_index(page, _index(portal))
    _type(page, "onerror")
    expect(page.locator("[role=option] .title").first).to_have_text(EVIL)
    assert page.locator(".popup img").count() == 0
    page.goto(f"{example.url}search/index.html?q=onerror")
    expect(page.locator(".results .title").first).to_have_text(EVIL)
    assert page.locator(".results img").count() == 0


def test_nothing_found(example: Portal, visit: Visits) -> None:
    """It is said, and what was asked stands there as text."""
    page = visit(example.url)
    _type(page, "qqqqzzzz <!>")
    expect(page.get_by_text("Nothing found for “qqqqzzzz <!>”.")).to_be_visible()


def test_some_of_the_words(example: Portal, visit: Visits) -> None:
    """Where nothing has all words, what has most of them is shown, and that is said."""
    page = visit(example.url)
    _type(page, "customer qqqqzzzz")
    expect(page.get_by_text("Nothing has all of these words; these have some of them.")).to_be_visible()
    assert page.locator("[role=option]").count() > 1


def test_addresses_like_the_one_asked_for(example: Portal, visit: Visits) -> None:
    """Who mistypes an address is led to the goals whose ids are most like it."""
    objective = _objective(example)["id"]
    page = visit.blank()
    body = Path(example.folder / "404.html").read_text("utf-8")
    page.route(f"**/{objective}x/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"{example.url}{objective}x/")
    expect(page.locator(".nearest .found").first).to_have_attribute("href", f"{example.url}{objective}/index.html")


def test_ten_thousand_entries(example: Portal, visit: Visits) -> None:
    """From a key to its results it takes less than a tenth of a second."""
    gallery = gallery_of(10_000)
    page = visit(example.url)
    _with_index(page, search_index(gallery, (), ()))
    page.keyboard.press("/")
    page.keyboard.type("x")
    expect(page.locator("#okr_search")).to_have_attribute("role", "combobox")
    page.evaluate("okr.load('finder').then(() => okr.finder())")
    times = [page.evaluate(DRAWN, KEYS[:length]) for length in range(1, len(KEYS))]
    expect(page.locator("[role=option]").first).to_be_visible()
    assert median(times) < 100
