"""Proposing a check-in: the form's file is one that okrsite reads, and it reaches the forge."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from portalfiles import SMALL, put
from visits import Visits
from webserver import served

from okrsite.cli.opened import problems
from okrsite.content import read_portal
from okrsite.model import Portal
from okrsite.site.build import build
from okrsite.site.options.config import load

ID = "acme/it/2026-Q1/reliability"
GOALS = """\
objectives:
  - id: reliability
    title: People rely on our systems </script><!--
    owner: Grace Hopper
    key_results:
      - {id: uptime, title: Uptime from 0 to 100, kind: increase, baseline: 0, target: 100, unit: "%"}
      - {id: drills, title: Drills held, kind: done}
      - {id: steps, title: Steps taken, kind: milestones, milestones: [{title: One}]}
"""
CHECKED_IN = "check_ins:\n  reliability/uptime: {value: 30, confidence: 6}\n"
FORGES = {
    "github": "repo_url: https://github.com/acme/goals\n",
    "bitbucket": "repo_url: https://bitbucket.org/acme/goals\n",
    "none": "",
}


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Path, str]]]:
    """The small portal on each forge: its folder and its form's address."""
    found, servers = {}, []
    for name, lines in FORGES.items():
        root = tmp_path_factory.mktemp(name)
        files = {
            **SMALL,
            "mkdocs.yml": lines + SMALL["mkdocs.yml"],
            "content/okrs/acme/it/2026-Q1.yml": GOALS,
            "content/okrs/acme/it/check-ins/2026-02-13.yml": CHECKED_IN,
            "content/okrs/acme/it/check-ins/2026-02-12-reliability.yml": CHECKED_IN,
        }
        site = build(put(root, files)).site_dir
        server = served(site)
        servers.append(server)
        found[name] = root, f"{server.__enter__()}{ID}/index.html"
    yield found
    for server in servers:
        server.__exit__(None, None, None)


def _open(visit: Visits, address: str, **options: Any) -> Page:
    """The page with the form open, on a day of the cycle."""
    page = visit(address, **options)
    page.locator("#okr_propose > summary").click()
    page.get_by_label("Day").fill("2026-02-20")
    return page


def _row(page: Page, title: str) -> Any:
    return page.get_by_role("group", name=title)


def _preview(page: Page) -> str:
    return page.locator("#okr_propose pre").inner_text()


def _read(root: Path, page: Page, tmp_path: Path) -> Portal:
    """The portal with the form's file in it; reading it finds nothing wrong."""
    shutil.copytree(root, tmp_path / "portal", ignore=shutil.ignore_patterns("site", ".okrsite"))
    name = page.locator("#okr_propose .file code").inner_text()
    put(tmp_path / "portal", {name: page.evaluate("document.querySelector('#okr_propose pre').textContent")})
    assert [each for each in problems(tmp_path / "portal/mkdocs.yml", None) if each.severity == "error"] == []
    settings, folder = load(tmp_path / "portal/mkdocs.yml")
    portal = read_portal(folder, settings).portal
    assert portal is not None
    return portal


def test_the_file_is_read_as_it_was_filled_in(
    portals: dict[str, tuple[Path, str]], visit: Visits, tmp_path: Path
) -> None:
    """Value, confidence and note of each row that says something, by its author, on its day; empty rows stay out."""
    root, address = portals["github"]
    page = _open(visit, address)
    page.get_by_label("Your name").fill("Grace Hopper")
    _row(page, "Uptime").get_by_label("Value").fill("99.50")
    _row(page, "Uptime").get_by_label("Confidence").fill("7.5")
    _row(page, "Drills").get_by_label("Value").select_option(label="done")
    assert _preview(page) == (
        'by: "Grace Hopper"\ncheck_ins:\n'
        "  reliability/uptime: {value: 99.50, confidence: 7.5}\n"
        "  reliability/drills: {value: true}\n"
    )
    portal = _read(root, page, tmp_path)
    uptime, drills = (portal.key_results[f"{ID}/{name}"].check_ins[-1] for name in ("uptime", "drills"))
    assert (str(uptime.value), str(uptime.confidence), uptime.by) == ("99.50", "7.5", "Grace Hopper")
    assert (drills.value, drills.date.isoformat()) == (True, "2026-02-20")
    assert portal.key_results[f"{ID}/steps"].check_ins == ()


HOSTILE = [
    """He said "yes": it's done \\ \\n #1 {a: b}, [c] & *d !e |f >g %h @i `j""",
    "- not a list\n\nsecond line\ttab",
    "true",
    "2026-02-13",
    "näher am Ziel ✓ 日本語 😀",
    "controls \u0007 and \u202e turned \ufeff",
    "</script><!-- & <b>",
    "\u2028 ends \u2029 of lines \u0085",
]


def test_any_note_comes_through(portals: dict[str, tuple[Path, str]], visit: Visits, tmp_path: Path) -> None:
    """Whatever is typed arrives as that text, without what content may not hold."""
    root, address = portals["github"]
    page = _open(visit, address)
    for number, note in enumerate(HOSTILE):
        page.get_by_label("Your name").fill(note)
        _row(page, "Steps").get_by_label("Note").fill(note)
        portal = _read(root, page, tmp_path / str(number))
        check_in = portal.key_results[f"{ID}/steps"].check_ins[-1]
        wanted = " ".join("".join(c for c in note if c not in "\u0007\u202e\ufeff\u0085").split())
        assert (check_in.note, check_in.by) == (wanted, wanted)


def test_github_opens_with_the_file(portals: dict[str, tuple[Path, str]], visit: Visits) -> None:
    """The link has the file's path and text; before anything is filled in it leads nowhere."""
    page = _open(visit, portals["github"][1])
    link = page.locator("#okr_propose a.button")
    expect(link).not_to_have_attribute("href", "")
    assert link.get_attribute("href") is None
    _row(page, "Uptime").get_by_label("Value").fill("50")
    expect(link).to_have_text("Open the new file on GitHub")
    url = urlsplit(link.get_attribute("href") or "")
    asked = parse_qs(url.query)
    assert (url.netloc, url.path) == ("github.com", "/acme/goals/new/main")
    assert asked["filename"] == ["content/okrs/acme/it/check-ins/2026-02-20-reliability.yml"]
    assert asked["value"] == ["check_ins:\n  reliability/uptime: {value: 50}\n"]


def test_elsewhere_the_text_is_copied(portals: dict[str, tuple[Path, str]], visit: Visits) -> None:
    """A forge that takes no text along opens its page for a new file; without a forge there is the path."""
    page = _open(visit, portals["bitbucket"][1])
    _row(page, "Uptime").get_by_label("Value").fill("50")
    link = page.locator("#okr_propose a.button").get_attribute("href") or ""
    assert link == "https://bitbucket.org/acme/goals/create-file/main/content/okrs/acme/it/check-ins?at=main"
    expect(page.locator("#okr_propose form")).to_contain_text("Copy the text first")
    page = _open(visit, portals["none"][1])
    _row(page, "Uptime").get_by_label("Value").fill("50")
    expect(page.locator("#okr_propose a.button")).to_have_count(0)
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator("#okr_propose .copying")).to_contain_text("Copied.")


def test_no_file_and_no_reading_twice(portals: dict[str, tuple[Path, str]], visit: Visits) -> None:
    """A name that is taken gets a number; a key result with a check-in on the day is left out, and it says so."""
    page = _open(visit, portals["github"][1])
    page.get_by_label("Day").fill("2026-02-12")
    _row(page, "Uptime").get_by_label("Value").fill("50")
    _row(page, "Drills").get_by_label("Confidence").fill("3")
    expect(page.locator("#okr_propose .file code")).to_have_text(
        "content/okrs/acme/it/check-ins/2026-02-12-reliability-2.yml"
    )
    expect(_row(page, "Uptime")).to_contain_text("has a check-in on that day already")
    assert _preview(page) == "check_ins:\n  reliability/drills: {confidence: 3}\n"


def test_outside_its_cycle_the_file_names_it(
    portals: dict[str, tuple[Path, str]], visit: Visits, tmp_path: Path
) -> None:
    """A reading that comes in after the cycle is still one of the cycle."""
    root, address = portals["github"]
    page = _open(visit, address)
    page.get_by_label("Day").fill("2026-04-03")
    _row(page, "Uptime").get_by_label("Value").fill("50")
    assert 'cycle: "2026-Q1"' in _preview(page)
    assert len(_read(root, page, tmp_path).key_results[f"{ID}/uptime"].check_ins) == 3


def test_what_is_no_number_is_said(portals: dict[str, tuple[Path, str]], visit: Visits) -> None:
    """A confidence beyond ten is marked and left out."""
    page = _open(visit, portals["github"][1])
    _row(page, "Uptime").get_by_label("Confidence").fill("11")
    expect(_row(page, "Uptime")).to_contain_text("confidence goes from 0 to 10")
    expect(page.locator("#okr_propose pre")).to_be_hidden()


def test_without_script_it_says_how(portals: dict[str, tuple[Path, str]], visit: Visits, tmp_path: Path) -> None:
    """The path, an example that can be read, and the forge's page for a new file."""
    root, address = portals["github"]
    page = visit(address, java_script_enabled=False)
    page.locator("#okr_propose > summary").click()
    where = page.locator("#okr_propose p code").inner_text()
    assert where == "content/okrs/acme/it/check-ins/YYYY-MM-DD-reliability.yml"
    example = page.locator("#okr_propose pre").inner_text()
    link = urlsplit(page.get_by_role("link", name="Open the new file on GitHub").get_attribute("href") or "")
    assert parse_qs(link.query)["value"] == [example]
    shutil.copytree(root, tmp_path / "portal", ignore=shutil.ignore_patterns("site", ".okrsite"))
    config = put(tmp_path / "portal", {where.replace("YYYY-MM-DD", "2026-02-20"): example})
    assert config.is_file()
    assert [each for each in problems(tmp_path / "portal/mkdocs.yml", None) if each.severity == "error"] == []
