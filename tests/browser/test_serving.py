"""A page that ``okrsite serve`` shows: a save is seen where the reader is, an error lies over the last good page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from portalfiles import RELIABILITY, SMALL, TRUST, put
from visits import Visits

from okrsite.site.serving.desk import Desk
from okrsite.site.serving.server import Server

ERRORS, NOTE = "section.errors", "section.note"
TRUST_FILE, UNIT_FILE = "content/okrs/acme/2026-Q1/trust.md", "content/okrs/acme/it/unit.yml"


@dataclass(frozen=True, slots=True)
class Served:
    """A portal that is served."""

    root: Path
    url: str
    desk: Desk

    def save(self, name: str, text: str) -> None:
        """Write a file and have it noticed."""
        put(self.root, {name: text})
        self.desk.renew({str(self.root / name)})
        self.desk.announce()


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Served]:
    """The small portal."""
    root, folder = tmp_path / "portal", tmp_path / "desk"
    folder.mkdir()
    desk = Desk(put(root, SMALL), folder, None, "http://127.0.0.1/", lambda _: None)
    desk.renew()
    desk.announce()
    with Server(("127.0.0.1", 0), desk) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield Served(root, f"http://127.0.0.1:{server.server_port}/", desk)
        server.shutdown()
        thread.join()


def test_a_save(portal: Served, visit: Visits) -> None:
    """The page on the screen is made anew and stays where it was, in each window that shows it."""
    low = {"width": 1440, "height": 300}
    page, other = visit(f"{portal.url}acme/2026-Q1/trust/", viewport=low), visit(f"{portal.url}guide/start/")
    page.evaluate("() => scrollTo(0, 400)")
    portal.save(TRUST_FILE, TRUST.replace("Customers trust us", "Customers believe us"))
    page.get_by_role("heading", level=1, name="Customers believe us").wait_for()
    page.wait_for_function("() => scrollY === 400")
    portal.save("content/guide/start.md", SMALL["content/guide/start.md"].replace("# Start", "# Begin"))
    other.get_by_role("heading", level=1, name="Begin").wait_for()


def test_an_error_and_its_end(portal: Served, visit: Visits) -> None:
    """Each error is there with code, message, hint and place, as text; mended, the panel goes and the page is new."""
    page = visit(f"{portal.url}acme/it/")
    portal.save(UNIT_FILE, 'name: "<b>IT</b>"\nlevel: "<img src=x>"\nleed: Ada\n')
    panel = page.locator(ERRORS)
    panel.wait_for()
    assert panel.get_attribute("role") == "alert"
    said = panel.inner_text()
    assert "2 errors" in said
    assert f"{UNIT_FILE}:2:8" in said
    assert "OKR308" in said
    assert "<img src=x>" in said, "as text"
    assert "did you mean 'lead'?" in said
    assert panel.locator("img, b").count() == 0
    assert page.get_by_role("heading", level=1, name="IT").is_visible(), "the last good page stays"
    page.reload()
    panel.wait_for()
    panel.get_by_role("button", name="Close").click()
    assert panel.count() == 0
    portal.save(UNIT_FILE, "name: Computing\nlevel: nation\n")
    panel.wait_for()
    assert "One error" in panel.inner_text()
    portal.save(UNIT_FILE, "name: Computing\nlevel: department\n")
    page.get_by_role("heading", level=1, name="Computing").wait_for()
    assert panel.count() == 0


def test_taken_back(portal: Served, visit: Visits) -> None:
    """An error that is undone leaves the page as it was, without loading it anew."""
    page = visit(f"{portal.url}acme/it/")
    page.evaluate("() => { window.untouched = true; }")
    portal.save(UNIT_FILE, "name: IT\nlevel: nation\n")
    page.locator(ERRORS).wait_for()
    portal.save(UNIT_FILE, SMALL[UNIT_FILE])
    page.locator(ERRORS).wait_for(state="detached")
    assert page.evaluate("() => window.untouched")


def test_a_page_that_vanishes(portal: Served, visit: Visits) -> None:
    """A renamed goal leads to the nearest page above, which says so once."""
    page = visit(f"{portal.url}acme/it/2026-Q1/reliability/")
    (portal.root / "content/okrs/acme/it/check-ins/2026-02-13.yml").unlink()
    put(portal.root, {"content/guide/start.md": "# Start\n"})  # it links there
    portal.save("content/okrs/acme/it/2026-Q1.yml", RELIABILITY.replace("id: reliability", "id: availability"))
    page.wait_for_url(f"{portal.url}acme/it/2026-Q1/")
    page.locator(NOTE).wait_for()
    assert "no page /acme/it/2026-Q1/reliability/ any more" in page.locator(NOTE).inner_text()
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    assert page.locator(NOTE).count() == 0


def test_hidden_tabs(portal: Served, visit: Visits) -> None:
    """A tab out of sight listens to nothing, since a browser has six connections; in sight again it is up to date."""
    page = visit(f"{portal.url}acme/it/")
    hide = """(state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(hide, "hidden")
    portal.save(UNIT_FILE, "name: Computing\nlevel: department\n")
    assert page.get_by_role("heading", level=1, name="IT").is_visible()
    page.evaluate(hide, "visible")
    page.get_by_role("heading", level=1, name="Computing").wait_for()
