"""The system's Chromium, driven by Playwright; no browser is ever downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window, with an empty profile, asking nobody for anything.

    Raises:
        FileNotFoundError: There is none.
    """
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise FileNotFoundError(f"none of {', '.join(NAMES)} is installed")
    arguments = [
        "--no-sandbox",  # as root, as in containers, it does not start; the pages are our own
        "--disable-background-networking",
        "--disable-smooth-scrolling",  # what has the focus is in sight at once
        "--font-render-hinting=none",  # letters are as wide on every machine
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()
