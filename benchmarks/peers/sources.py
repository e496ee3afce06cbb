"""The goal pages of a site that okrsite built, as sources for other generators.

What stands in ``<main>`` becomes Markdown: headings, paragraphs and lists as such; tables, definition lists and figures
with their SVG as HTML, each in one block. All three generators pass such a block through, which costs them less than
tables in Markdown would. Buttons, and the data that okrsite's charts bring for their large view, are left out.

What stands around ``<main>`` becomes the template, the same for all pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path

TITLE = "=== TITLE ==="
CONTENT = "=== CONTENT ==="
"""Where a template has the page's title and content."""

_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "wbr"))
_ASIDE = "\ue000\ue001"
"""What stands around the number of a drawing, which is set aside while the rest is parsed."""

_WRAPPERS = frozenset(("main", "div", "section", "article", "aside", "header", "details"))
_BLOCKS = _WRAPPERS | {"table", "figure", "dl", "ul", "ol", "p", "h1", "h2", "h3", "h4", "pre", "nav", "summary"}
_MARKS = {"b": "**", "strong": "**", "em": "*", "i": "*"}


@dataclass(frozen=True, slots=True)
class GoalPage:
    """A page as a source.

    Attributes:
        address: Relative to the site's root, without slashes at the ends.
        title: As text.
        markdown: What is on it.
    """

    address: str
    title: str
    markdown: str


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: str = ""
    inside: list[_Element | str] = field(default_factory=list)


def goal_pages(site: Path) -> Iterator[GoalPage]:
    """The pages of units, objectives and KPIs of a site, in the order of ``okrs.json``."""
    goals = json.loads((site / "api" / "okrs.json").read_text("utf-8"))
    for kind in ("units", "objectives", "kpis"):
        for goal in goals[kind]:
            title = goal["title"] if kind == "objectives" else goal["name"]
            yield GoalPage(goal["id"], title, markdown_of(_main(site, goal["id"])))


def frame(site: Path) -> str:
    """A page's HTML with `TITLE` and `CONTENT` in it, and all addresses from the site's root on."""
    page = next(iter(json.loads((site / "api" / "okrs.json").read_text("utf-8"))["units"]))["id"]
    html = (site / page / "index.html").read_text("utf-8")
    html = re.sub(r"<title>.*?</title>", f"<title>{TITLE}</title>", html, flags=re.DOTALL)
    html = re.sub(r"<main.*</main>", f'<main id="okr_content">\n{CONTENT}\n</main>', html, flags=re.DOTALL)
    html = re.sub(r'<meta name="description"[^>]*>\n', "", html)
    return re.sub(r'((?:href|src|action)=")(?:\.\./)+', r"\1/", html)


def markdown_of(html: str) -> str:
    """HTML as Markdown, with addresses that begin at the site's root."""
    parser = _Tree()
    drawings: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        drawings.append(found[0].replace("\n", " "))
        return f"{_ASIDE[0]}{len(drawings) - 1}{_ASIDE[1]}"

    html = re.sub(r"<(script|button|form)\b.*?</\1>", "", html, flags=re.DOTALL)
    parser.feed(re.sub(r"<svg\b.*?</svg>", set_aside, html, flags=re.DOTALL))
    parser.close()
    text = "\n\n".join(_blocks(parser.root)) + "\n"
    return re.sub(f"{_ASIDE[0]}(\\d+){_ASIDE[1]}", lambda found: drawings[int(found[1])], text)


def _main(site: Path, address: str) -> str:
    found = re.search(r"<main.*</main>", (site / address / "index.html").read_text("utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{address} has no main part")
    return found[0]


class _Tree(HTMLParser):
    """HTML as elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.root = _Element("main")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, self._attributes(attrs))
        self._open[-1].inside.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(_Element(tag, self._attributes(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag == tag and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _attributes(self, given: list[tuple[str, str | None]]) -> str:
        return "".join(
            f" {name}" if value is None else f' {name}="{escape(self._absolute(name, value))}"' for name, value in given
        )

    def _absolute(self, name: str, value: str) -> str:
        if name != "href" or not value.startswith("../"):
            return value
        return "/" + value.replace("../", "").removesuffix("index.html").replace("/index.html#", "/#")


def _blocks(element: _Element) -> Iterator[str]:
    """The blocks inside an element, in Markdown."""
    waiting: list[_Element | str] = []
    for one in [*element.inside, _Element("p")]:
        if isinstance(one, str) or one.tag not in _BLOCKS:
            waiting.append(one)
            continue
        if text := _inline(waiting):
            yield text
        waiting = []
        yield from _block(one)


def _block(element: _Element) -> Iterator[str]:
    if element.tag in _WRAPPERS:
        yield from _blocks(element)
    elif element.tag in ("p", "summary"):
        if text := _inline(element.inside):
            yield text
    elif element.tag in ("h1", "h2", "h3", "h4"):
        yield f"{'#' * int(element.tag[1])} {_inline(element.inside)}"
    elif element.tag in ("ul", "ol") and not any(_holds_blocks(item) for item in element.inside):
        items = (item for item in element.inside if not isinstance(item, str))
        yield "\n".join(f"- {_inline(item.inside)}" for item in items)
    else:
        # One line, since a blank one would end it.
        text = re.sub(r"\s+", " ", _html(element))
        yield text if element.tag != "nav" else f"<div>{text}</div>"


def _holds_blocks(item: _Element | str) -> bool:
    return not isinstance(item, str) and any(not isinstance(one, str) and one.tag in _BLOCKS for one in item.inside)


def _inline(parts: list[_Element | str]) -> str:
    return re.sub(r"\s+", " ", "".join(map(_inline_part, parts))).strip()


def _inline_part(part: _Element | str) -> str:
    if isinstance(part, str):
        return re.sub(r"([\\`*_\[\]|])", r"\\\1", part)
    text = _inline(part.inside)
    if part.tag == "a" and (found := re.search(r'href="([^"]*)"', part.attributes)):
        return f"[{text}]({unescape(found[1])})"
    if part.tag == "code":
        return f"`{unescape(''.join(one for one in part.inside if isinstance(one, str)))}`"
    mark = _MARKS.get(part.tag, "")
    # As in HTML, words on both sides of an element's border may belong together.
    return f"{mark}{text}{mark}" if text else " "


def _html(element: _Element | str) -> str:
    if isinstance(element, str):
        return element
    inside = "".join(map(_html, element.inside))
    if element.tag == "pre":
        inside = inside.replace("\n", "&#10;")
    if element.tag in _VOID:
        return f"<{element.tag}{element.attributes}>"
    return f"<{element.tag}{element.attributes}>{inside}</{element.tag}>"
