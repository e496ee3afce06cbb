"""Built portals as a browser visits them: pages that watch what must not happen in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.effectiveDirective} forbids ${event.blockedURI || event.sample}`));
"""

SETTLED = """async () => {
  const names = [...document.querySelectorAll("[data-okr-script]")].map((element) => element.dataset.okrScript);
  await Promise.all(names.map((name) => okr.load(name)));
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}"""
"""Fulfilled when the page's own scripts have run and what they did is painted."""

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Portal:
    """A built portal behind a web server.

    Attributes:
        folder: The site's files.
        url: Where the server has them, with a slash at the end.
        kinds: Template -> the pages made with it, the fullest first.
    """

    folder: Path
    url: str
    kinds: Mapping[str, list[str]]

    def of(self, kind: str) -> str:
        """The fullest page of a kind."""
        assert kind in self.kinds, f"no page is made with {kind}: give the portal something that makes one"
        return self.kinds[kind][0]

    @property
    def files(self) -> list[str]:
        """Every page."""
        return sorted(name for names in self.kinds.values() for name in names)


Portals = Callable[..., Portal]
"""Takes a portal's name, ``example`` or ``shapes``, and a ``locale``."""


class Visits:
    """Opens pages, each in a fresh profile, and notes what must not happen in any."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def __call__(self, address: str, width: int = 1440, scheme: Scheme = "light", **options: Any) -> Page:
        """Open a page and wait until its scripts have run.

        Args:
            address: ``http:`` or ``file:``.
            width: The window's, in CSS pixels.
            scheme: What the visitor's system prefers.
            options: Others of Playwright's ``new_context``.
        """
        page = self.blank(width, scheme, **options)
        page.goto(address)
        if options.get("java_script_enabled", True):
            page.evaluate(SETTLED)
        return page

    def blank(self, width: int = 1440, scheme: Scheme = "light", **options: Any) -> Page:
        """An empty page that is watched from its first address on."""
        options.setdefault("viewport", {"width": width, "height": 900})
        context = self.browser.new_context(color_scheme=scheme, locale="en-GB", timezone_id="UTC", **options)
        self.contexts.append(context)
        context.set_default_timeout(120_000)  # only guards against hanging
        if options.get("java_script_enabled", True):
            context.add_init_script(VIOLATIONS)
        context.on("console", self._heard)
        context.on("weberror", self._failed)
        context.on("request", self._asked)
        return context.new_page()

    def close(self) -> None:
        """End all of them."""
        for context in self.contexts:
            context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _failed(self, error: WebError) -> None:
        self.faults.append(f"{error.page.url if error.page else ''}: {error.error}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "file:///", "data:", "blob:")):
            self.faults.append(f"{request.frame.url}: asks {request.url}")
