"""Built portals as a browser visits them: pages that watch what must not happen in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    WebError,
)

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


FORGET = """() => {
  for (const name of ["localStorage", "sessionStorage"]) try { window[name].clear(); } catch { /* has none */ }
}"""
"""Empties what pages keep in a profile."""


class Visits:
    """Opens pages and notes what must not happen in any.

    A new profile with its window takes the browser longer than most tests take: they take turns with a few, in which
    nothing is left of the visit before.

    Attributes:
        faults: What must not happen, and did since `leave` was called.
    """

    def __init__(self, browser: Browser) -> None:
        self.faults: list[str] = []
        self._browser = browser
        self._free: dict[str, list[Page]] = {}
        self._taken: list[tuple[str, Page]] = []
        self._own: list[BrowserContext] = []

    def __call__(self, address: str, width: int = 1440, scheme: Scheme = "light", **options: Any) -> Page:
        """Open a page and wait until its scripts have run.

        Args:
            address: ``http:`` or ``file:``.
            width: The window's, in CSS pixels.
            scheme: What the visitor's system prefers.
            options: Others of Playwright's ``new_context``.
        """
        return _opened(self.empty(width, scheme, **options), address, options.get("java_script_enabled", True))

    def anew(self, address: str, width: int = 1440, scheme: Scheme = "light") -> Page:
        """The same in a window and profile of its own, for tests that leave more than memories there."""
        return _opened(self.blank(width, scheme), address)

    def empty(self, width: int = 1440, scheme: Scheme = "light", **options: Any) -> Page:
        """An empty page that is watched from its first address on."""
        options.setdefault("viewport", {"width": width, "height": 900})
        kind = repr(sorted((name, value) for name, value in options.items() if name != "viewport"))
        free = self._free.setdefault(kind, [])
        page = free.pop() if free else self._new(**options)
        self._taken.append((kind, page))
        page.set_viewport_size(options["viewport"])
        preferences = {name: options.get(name, "no-preference") for name in ("contrast", "reduced_motion")}
        page.emulate_media(media="null", color_scheme=scheme, **preferences)
        return page

    def blank(self, width: int = 1440, scheme: Scheme = "light", **options: Any) -> Page:
        """An empty page of this test alone."""
        options.setdefault("viewport", {"width": width, "height": 900})
        page = self._new(color_scheme=scheme, **options)
        self._own.append(page.context)
        return page

    def leave(self) -> list[str]:
        """End all visits; gives their faults."""
        for context in self._own:
            context.close()
        for kind, page in self._taken:
            if _is_cleared(page):
                self._free[kind].append(page)
            else:
                page.context.close()
        found, self.faults, self._own, self._taken = self.faults, [], [], []
        return found

    def _new(self, **options: Any) -> Page:
        context = self._browser.new_context(locale="en-GB", timezone_id="UTC", **options)
        context.set_default_timeout(120_000)  # only guards against hanging
        if options.get("java_script_enabled", True):
            context.add_init_script(VIOLATIONS)
        context.on("console", self._heard)
        context.on("weberror", self._failed)
        context.on("request", self._asked)
        return context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _failed(self, error: WebError) -> None:
        self.faults.append(f"{error.page.url if error.page else ''}: {error.error}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "file:///", "data:", "blob:")):
            self.faults.append(f"{request.frame.url}: asks {request.url}")


def _opened(page: Page, address: str, scripts: bool = True) -> Page:
    page.goto(address)
    if scripts:
        page.evaluate(SETTLED)
    return page


def _is_cleared(page: Page) -> bool:
    """Leave a page as if nobody had been there, if it still lets itself be left."""
    try:
        page.unroute_all()
        page.evaluate(FORGET)
        page.goto("about:blank")
    except Error:
        return False
    return True
