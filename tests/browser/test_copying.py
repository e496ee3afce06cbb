"""Handing on a status: both forms reach the clipboard, with and without the browser's own."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from visits import Portal, Visits

UNIT = "skerry/it/index.html"
READ = """async (type) => {
  const [item] = await navigator.clipboard.read();
  return item.types.includes(type) ? await (await item.getType(type)).text() : "";
}"""
LISTEN = """() => {
  const set = DataTransfer.prototype.setData;
  DataTransfer.prototype.setData = function (type, data) {
    (window.copied ??= {})[type] = data;
    return set.call(this, type, data);
  };
}"""


def _open(visit: Visits, address: str, **options: Any) -> Page:
    page = visit(address, **options)
    page.locator(".handout > summary").click()
    return page


def _copy(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    expect(page.locator(".copying", has=page.get_by_role("button", name=name))).to_contain_text("Copied.")


def test_markdown_is_copied_with_the_address(example: Portal, visit: Visits) -> None:
    """The text of the page, and where it was copied from."""
    page = _open(visit, example.url + UNIT, permissions=["clipboard-read", "clipboard-write"])
    _copy(page, "Copy as Markdown")
    text = page.evaluate(READ, "text/plain")
    assert text.startswith("**Information Technology, as of 5 Jun 2026**\n")
    assert text.rstrip().endswith(example.url + UNIT)


def test_formatted_text_is_copied_with_whole_addresses(example: Portal, visit: Visits) -> None:
    """Mail gets a table with a frame and links that work there; a place for plain text gets the Markdown."""
    page = _open(visit, example.url + UNIT, permissions=["clipboard-read", "clipboard-write"])
    _copy(page, "Copy as formatted text")
    html = page.evaluate(READ, "text/html")
    assert "<table" in html
    assert f'href="{example.url}skerry/it/2026-Q2/reliability/index.html"' in html
    assert "class=" not in html
    assert page.evaluate(READ, "text/plain").startswith("**Information Technology")


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_without_a_clipboard_of_the_browser(example: Portal, visit: Visits, scheme: str) -> None:
    """On plain http and from a folder there is none for pages; the old way is taken, and the focus stays."""
    address = example.url + UNIT if scheme == "http" else (example.folder / UNIT).as_uri()
    page = _open(visit, address)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate(LISTEN)
    _copy(page, "Copy as formatted text")
    copied = page.evaluate("copied")
    assert copied["text/plain"].startswith("**Information Technology")
    assert "<table" in copied["text/html"]
    assert ("href=" in copied["text/html"]) == (scheme == "http")
    assert page.evaluate("document.activeElement.textContent") == "Copy as formatted text"
    assert page.locator(".copied").count() == 0


def test_without_script_the_text_is_there(example: Portal, visit: Visits) -> None:
    """To select and copy by hand."""
    page = _open(visit, example.url + UNIT, java_script_enabled=False)
    expect(page.get_by_label("The same as Markdown")).to_be_visible()
    assert page.get_by_role("button", name="Copy").count() == 0
