"""The kinds of pages: every template that lays out a whole page, and which files a build makes with each.

Nothing here names a page: a template that is added is a kind from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from okrsite.site import addresses
from okrsite.site.layout.rendering import PageRenderer
from okrsite.site.pages.page import Page

THEME = Path(__file__).parents[1] / "themes/okr"
WRITTEN = "main.html"
HOME = "okr/home.html"

Templates = dict[str, str]
"""File of a page, relative to the site -> template it was made with."""


def _kinds() -> Iterator[str]:
    texts = {file.relative_to(THEME).as_posix(): file.read_text("utf-8") for file in sorted(THEME.rglob("*.html"))}
    frames = {frame for text in texts.values() for frame in re.findall(r'{%-? extends "([^"]+)"', text)}
    for name, text in texts.items():
        if name not in frames and ("{% extends" in text or "<!doctype" in text.lower()):
            yield name


KINDS = tuple(_kinds())
"""Every template that lays out a whole page; those that they extend or import are not."""


def short(kind: str) -> str:
    """A kind's name for people: ``unit`` of ``okr/unit.html``."""
    return Path(kind).stem


@contextmanager
def recorded() -> Iterator[Templates]:
    """Note the template of each page that okrsite renders; written pages are MkDocs' and not among them."""
    made: Templates = {}
    html = PageRenderer.html

    def note(renderer: PageRenderer, page: Page) -> str:
        made[addresses.file_of(page.address)] = page.template
        return html(renderer, page)

    with patch.object(PageRenderer, "html", note):
        yield made


def by_kind(site: Path, made: Templates) -> dict[str, list[str]]:
    """Kind -> its pages in a built site, the fullest first."""
    pages: dict[str, list[str]] = {}
    for file in sorted(site.rglob("*.html"), key=lambda file: (-file.stat().st_size, file.as_posix())):
        name = file.relative_to(site).as_posix()
        static = name if name in KINDS else WRITTEN
        pages.setdefault(made.get(name, HOME if name == "index.html" else static), []).append(name)
    return pages
