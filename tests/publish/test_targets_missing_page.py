"""The page that a bucket shows for what is not there, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import chromium
from playwright.sync_api import Page
from webserver import served

from okrsite.publish.redirect import redirect_page
from okrsite.publish.targets.remote.pages import missing_page

OLD, NEW = "2026-01-05-0000001-aaaaaaaa", "2026-02-05-0000002-bbbbbbbb"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A tab of a browser."""
    with chromium() as browser:
        yield browser.new_page()


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A bucket's web server with two snapshots in a folder of it; the older one is without its pages."""
    top = tmp_path_factory.mktemp("bucket")
    _write(top / "404.html", missing_page(NEW, "Goals of <Acme>", "goals"))
    _write(top / "goals" / "index.html", redirect_page(f"s/{NEW}/index.html", "Goals"))
    for path in ("index.html", "acme/it/index.html"):
        _write(top / "goals" / "s" / NEW / path, f"<!doctype html><title>{path}</title>".encode())
    with served(top, policy="") as address:
        yield address


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def test_the_root_leads_to_the_newest(page: Page, bucket: str) -> None:
    """Whoever has the portal's address gets its newest snapshot."""
    page.goto(f"{bucket}goals/")
    page.wait_for_url(f"**/goals/s/{NEW}/index.html")


@pytest.mark.parametrize("path", ["acme/it/", "acme/it", "acme/it/index.html", "current/acme/it/"])
def test_a_page_without_a_snapshot_leads_to_the_newest(page: Page, bucket: str, path: str) -> None:
    """An address that lasts, such as a bookmark or a link in a mail, shows the page as it is now."""
    page.goto(f"{bucket}goals/{path}#kr")
    page.wait_for_url(f"**/goals/s/{NEW}/acme/it/index.html#kr")
    assert page.title() == "acme/it/index.html"


def test_a_page_of_a_deleted_snapshot_is_offered_in_the_newest(page: Page, bucket: str) -> None:
    """Whoever asked for an old state is not sent to another one unasked."""
    page.goto(f"{bucket}goals/s/{OLD}/acme/it/index.html")
    assert page.url.endswith(f"/goals/s/{OLD}/acme/it/index.html")
    assert page.inner_text("p") == "There is no such page in this version of Goals of <Acme>."
    page.click("#okr_newest")
    assert page.title() == "acme/it/index.html"


def test_a_page_that_the_newest_lacks_ends_there(page: Page, bucket: str) -> None:
    """No page leads to itself for ever; the link is that of the newest's home."""
    page.goto(f"{bucket}goals/nowhere/")
    page.wait_for_url(f"**/goals/s/{NEW}/nowhere/index.html")
    assert page.get_attribute("#okr_newest", "href") == f"{bucket}goals/s/{NEW}/index.html"


def test_no_address_leads_to_another_host(page: Page, bucket: str) -> None:
    """Slashes at the beginning of a path are no host."""
    page.goto(f"{bucket}/example.com/s/{OLD}/x")
    assert (page.get_attribute("#okr_newest", "href") or "").startswith(bucket)


def test_without_a_script_there_is_a_link(bucket: str) -> None:
    """The link is in the page, where the target is in its bucket; its policy allows its own script only."""
    assert bucket
    text = missing_page(NEW, "Goals", "goals").decode()
    assert f'href="/goals/s/{NEW}/index.html"' in text
    assert "unsafe" not in text
