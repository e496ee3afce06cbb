"""Versions of the portal as readers meet them: the switch, the line above a page, the page of all of them.

The same three versions are served in each way that there is: a folder as it is published, the newest as a whole site
with the others beside it, and without any server. `visit` fails a test whose pages ask for what is not there.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest
from pagelooks import COLOURS, PAINTED, SHIFTS, WIDER, found
from playwright.sync_api import Page, Route, expect
from threeversions import CHANNEL, Versions, publish_three
from visits import Portal, Scheme, Visits
from webserver import served

TRUST = "acme/2026-Q1/trust/index.html"
WAYS = ("folder", "whole", "file")
LISTED = "() => document.documentElement.classList.contains('okr-listed')"


class Served:
    """Three versions behind the addresses of the ways to serve them."""

    def __init__(self, versions: Versions, folder: str, whole: str) -> None:
        self.versions = versions
        self.tops = {"folder": folder, "whole": whole, "file": f"{versions.target.as_uri()}/"}

    def newest(self, way: str, page: str = "index.html") -> str:
        """A page of the newest, at its usual address."""
        return self.tops[way] + ("" if way == "whole" else "current/") + page

    def at(self, way: str, id: str, page: str = "index.html") -> str:
        """A page of a version at the version's own address."""
        return f"{self.tops[way]}s/{id}/{page}"


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Published once."""
    versions = publish_three(tmp_path_factory.mktemp("three"))
    with ExitStack() as servers:
        folder = servers.enter_context(served(versions.target))
        yield Served(versions, folder, servers.enter_context(served(versions.target, "current")))


def go(page: Page, address: str) -> Page:
    """Open a page and wait until it knows of the other versions."""
    page.goto(address)
    page.wait_for_function(LISTED)
    return page


def arrived(page: Page, address: str) -> None:
    """Wait until a click has led there."""
    page.wait_for_url(address)
    page.wait_for_function(LISTED)


@pytest.mark.parametrize("way", WAYS)
def test_switch(three: Served, visit: Visits, way: str) -> None:
    """Labels first, then the newest on top, no draft; it stays on the page, and knows from there of newer versions."""
    page = go(visit.empty(), three.newest(way, TRUST))
    page.locator("details.versions summary").click()
    choices = page.locator("details.versions li")
    expect(choices).to_have_count(4)
    assert [each.split("\n")[0] for each in choices.all_inner_texts()] == [
        *("kick-off", "20 Feb 2026", "14 Feb 2026", "10 Feb 2026")
    ]
    expect(page.locator("details.versions [aria-current]")).to_contain_text("newest")
    choices.nth(3).locator("a").click()
    arrived(page, three.at(way, three.versions.first, TRUST))
    page.locator("details.versions summary").click()
    expect(page.locator("details.versions [aria-current]").last).to_contain_text("10 Feb 2026")
    page.locator("details.versions li", has_text="14 Feb 2026").locator("a").click()
    arrived(page, three.at(way, three.versions.second, TRUST))


@pytest.mark.parametrize("way", WAYS)
def test_line_above_an_old_page(three: Served, visit: Visits, way: str) -> None:
    """It says the version's day and label, and leads to the same page in the newest."""
    page = go(visit.empty(), three.at(way, three.versions.first, TRUST))
    line = page.locator(".version-line")
    expect(line.locator(".about")).to_contain_text("Old version of 10 Feb 2026")
    expect(line.locator(".tag")).to_have_text("kick-off")
    line.get_by_role("link").click()
    arrived(page, three.newest(way, TRUST))
    expect(line).to_be_hidden()


@pytest.mark.parametrize("way", WAYS)
def test_a_page_that_is_not_there(three: Served, visit: Visits, way: str) -> None:
    """One lands on the nearest page above it, which says so, and comes back to the page one came from."""
    reach = "acme/2026-Q1/reach/index.html"
    page = go(visit.empty(), three.newest(way, reach))
    page.locator("details.versions summary").click()
    page.locator("details.versions li", has_text="14 Feb 2026").locator("a").click()
    arrived(page, f"{three.at(way, three.versions.second, 'acme/2026-Q1/index.html')}?*")
    missing = page.locator(".version-line .missing")
    expect(missing).to_contain_text("There is no page acme/2026-Q1/reach/ in this version")
    page.locator(".version-line").get_by_role("link").click()
    arrived(page, three.newest(way, reach))
    assert missing.count() == 0


def test_other_lines(three: Served, visit: Visits, tmp_path: Path) -> None:
    """The newest at its own address is called so, a preview not published; a lone copy says its day and asks nobody."""
    page = go(visit.empty(), three.at("folder", three.versions.newest))
    expect(page.locator(".version-line.newest")).to_have_text(f"Newest version, of 20 Feb 2026 {three.versions.newest}")
    go(page, three.at("folder", three.versions.draft))
    expect(page.locator(".version-line.draft .about")).to_contain_text(f"Preview, not published: {CHANNEL}")
    copy = tmp_path / three.versions.first
    shutil.copytree(three.versions.target / "s" / three.versions.first, copy)
    page.goto((copy / TRUST).as_uri())
    assert page.evaluate("() => okr.versions.list") is None
    expect(page.locator(".version-line")).to_have_text("Version of 10 Feb 2026")
    expect(page.locator("details.versions")).to_be_hidden()
    page.goto((copy / "versions/index.html").as_uri())
    expect(page.locator(".unpublished")).to_contain_text("a copy of the version of 10 Feb 2026")


def test_a_version_that_no_list_knows(three: Served, visit: Visits) -> None:
    """A page that is still open, or kept somewhere, says the day alone when its version is gone from the list."""
    page = visit.blank()
    text = (
        (three.versions.target / "versions.js").read_text().replace(three.versions.first, "2026-02-10-0000000-00000000")
    )
    page.route("**/versions.js", lambda route: route.fulfill(body=text, content_type="text/javascript"))
    go(page, three.at("folder", three.versions.first, TRUST))
    expect(page.locator(".version-line")).to_have_text("Version of 10 Feb 2026")


@pytest.mark.parametrize("way", ["folder", "whole"])
def test_search_engines(three: Served, visit: Visits, way: str) -> None:
    """Every page names its address in the newest; those at a version's own address are not to be kept."""
    page = go(visit.empty(), three.at(way, three.versions.first, TRUST))
    canonical = page.locator("link[rel=canonical]")
    current = f"{three.tops[way]}current/acme/2026-Q1/trust/"
    expect(canonical).to_have_attribute("href", current)
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    go(page, three.newest(way, TRUST))
    expect(canonical).to_have_attribute("href", three.newest(way, "acme/2026-Q1/trust/"))
    assert page.locator("meta[name=robots]").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_old_page_is_quiet(three: Served, visit: Visits, scheme: Scheme, width: int) -> None:
    """Nothing moves when the list comes after all else; axe has no objection, with the switch open as well."""
    page = visit.blank(width, scheme)
    held: list[Route] = []
    page.route(lambda url: "/versions.js" in url, lambda route: held.append(route))  # noqa: PLW0108 - as in test_layout
    old = three.at("folder", three.versions.first, TRUST)
    page.goto(f"{old}?okr_from=acme/2026-Q1/trust/gone/", wait_until="domcontentloaded")
    drawn = page.evaluate(PAINTED)
    for route in held:
        route.continue_()
    page.unroute_all()
    page.wait_for_function(LISTED)
    assert page.evaluate(SHIFTS, drawn) == []
    page.locator("details.versions summary").click()
    assert found(page, *([COLOURS] if scheme == "dark" else [])) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(WIDER) == []


def test_by_keyboard(three: Served, visit: Visits) -> None:
    """Arrows lead through the list and back to the switch, Escape closes it; Enter goes to the version."""
    page = go(visit.empty(), three.newest("folder", TRUST))
    summary = page.locator("details.versions summary")
    summary.focus()
    for key in ("Enter", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("details.versions li a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(summary).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("details.versions .all")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("details.versions nav")).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    arrived(page, three.at("folder", three.versions.first, TRUST))


def test_paper_says_the_version(three: Served, visit: Visits) -> None:
    """On paper the line has the version's whole name, and nothing to be clicked."""
    page = go(visit.empty(), three.at("folder", three.versions.first))
    page.emulate_media(media="print")
    expect(page.locator(".version-line .about")).to_be_visible()
    expect(page.get_by_text(three.versions.first)).to_be_visible()
    expect(page.locator(".version-line a")).to_be_hidden()
    expect(page.locator("details.versions")).to_be_hidden()


def test_without_versions(example: Portal, visit: Visits) -> None:
    """A site that nobody published shows no switch and no line; its page of versions says how one publishes."""
    page = visit(f"{example.url}versions/index.html")
    expect(page.locator("details.versions")).to_be_hidden()
    expect(page.locator(".version-line")).to_be_hidden()
    expect(page.locator(".unpublished")).to_contain_text("okrsite publish")


@pytest.mark.parametrize("way", ["whole", "file"])
def test_page_of_versions(three: Served, visit: Visits, way: str) -> None:
    """Each version with what changed, its figures and its commit, whose message stays text; trends above them."""
    page = go(visit.empty(), three.newest(way, "versions/index.html"))
    rows = page.locator("table.snapshots tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("newest")
    expect(rows.nth(0)).to_contain_text("Reach, and a lower target of trust")
    expect(rows.nth(1)).to_contain_text("No more paper <b>forms</b>")
    expect(rows.nth(2)).to_contain_text("the oldest version kept")
    expect(page.locator("svg.trend[role=img]")).to_have_count(2)  # nobody has said a confidence
    assert page.locator("svg.trend[role=img] path:is(.line, .area)").count() > 1
    if way != "file":  # axe asks for the style sheets, which no page from a folder may
        assert found(page) == []
    rows.nth(2).get_by_role("link").click()
    arrived(page, three.at(way, three.versions.first))


def many(three: Served, n: int) -> str:
    """The list with versions before the oldest: one a day, a label each tenth, a withdrawal each seventh."""
    told = json.loads((three.versions.target / "versions.json").read_text())
    oldest = told["snapshots"][-1]
    for at in range(1, n - 2):
        day = date(2026, 2, 10) - timedelta(at)
        marks = {
            **({"labels": [f"label-{at}"]} if at % 10 == 0 else {}),
            **({"withdrawn": True} if at % 7 == 0 else {}),
        }
        figures = {**oldest["figures"], "cycle": f"{day.year}-Q{(day.month + 2) // 3}"}
        told["snapshots"].append(
            {**oldest, "id": f"{day}-{at:07x}-00000000", "as_of": str(day), "figures": figures, **marks}
        )
    return f"window.okr_versions={json.dumps(told)};"


def test_many_versions(three: Served, visit: Visits) -> None:
    """With 500, the switch stays short and leads on; the page shows the latest of each cycle, and finds the others."""
    page = visit.blank()
    text = many(three, 500)
    page.route("**/versions.js", lambda route: route.fulfill(body=text, content_type="text/javascript"))
    go(page, three.at("folder", three.versions.first))
    page.locator("details.versions summary").click()
    assert 10 < page.locator("details.versions li").count() < 24
    assert page.locator("details.versions li .withdrawn").count() == 0
    page.get_by_role("link", name="All versions: 500").click()
    arrived(page, three.newest("folder", "versions/index.html"))
    shown = page.locator("table.snapshots tbody tr:visible")
    expect(shown).to_have_count(20 * 6)
    page.locator(".more-versions:visible").first.click()
    assert shown.count() > 20 * 6
    assert page.evaluate("() => document.activeElement.closest('tr').rowIndex") == 21
    page.get_by_label("Filter the versions by words").fill("label-40")
    expect(shown).to_have_count(2)
    expect(page.locator("output")).to_have_text("2 of 500")
    page.get_by_label("Label", exact=True).select_option("label-400")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("6 Jan 2025")
