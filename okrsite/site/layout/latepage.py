"""The home page, where it is a written one, is laid out last: it tells of all goals, whose parts are there then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.structure.pages import Page

if TYPE_CHECKING:  # it loads all pages: for the plugin's options alone nobody should wait for them
    from okrsite.site.pages.home import Home

NOTHING = "okr/later.html"
"""Lays out nothing, so that MkDocs writes no file."""


class LatePage:
    """A written page that MkDocs leaves out, and that is laid out afterwards as MkDocs would have done it.

    Attributes:
        context: What MkDocs hands to the page's template, once that is known.

    Args:
        page: The page; its text has been read.
        environment: Has the templates.
    """

    def __init__(self, page: Page, environment: Environment) -> None:
        self.context: dict[str, Any] = {}
        self._page, self._environment = page, environment
        self._template = str(page.meta.get("template", "main.html"))
        page.meta["template"] = NOTHING

    def undo(self) -> None:
        """Let MkDocs lay the page out from now on."""
        self._page.meta["template"] = self._template

    def file(self, home: Callable[[], Home]) -> tuple[str, bytes]:
        """The page's file and what it holds.

        Args:
            home: What it shows.
        """
        self._page.active = True
        try:
            template = self._environment.get_template(self._template)
            text = template.render({**self.context, "record": home()})
        finally:
            self._page.active = False
        return self._page.file.dest_uri, text.encode("utf-8", errors="xmlcharrefreplace")
