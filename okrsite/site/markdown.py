"""Markdown of units, objectives and notes to HTML that is safe to show: nothing of it runs, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import nh3
from markdown import Markdown
from markupsafe import Markup

_EXTENSIONS = ["tables", "sane_lists", "fenced_code"]
_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "div", "dl", "dt", "em"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s"),
    *("samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    *("u", "ul", "var"),
}
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
}
_SCHEMES = {"http", "https", "mailto", "tel", "okr"}
_ALIGN = re.compile(r' style="text-align: (left|right|center);"')
_OWN_CLASSES = re.compile(r"okr-")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Images come from the site itself; classes of the theme's own stay its own."""
    if name == "src" and tag == "img":
        parts = urlsplit(value.strip())
        return None if parts.scheme or parts.netloc or value.strip().startswith(("//", "\\")) else value
    if name == "class" and _OWN_CLASSES.search(value):
        return None
    return value


def sanitise(html: str) -> str:
    """HTML with nothing in it but an allow-list of tags, attributes and schemes; links to elsewhere get a ``rel``."""
    aligned = _ALIGN.sub(r' class="align-\1"', html)  # tables of Python-Markdown; styles are not allowed
    return nh3.clean(
        aligned,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


class MarkdownText:
    """Turns Markdown into safe HTML; one converter serves all texts, since making one costs more than most texts.

    Args:
        resolve: Gives the link of an ``okr:`` reference, relative to the site's root; None where there is no such goal.
    """

    def __init__(self, resolve: Callable[[str], str | None]) -> None:
        self._resolve = resolve
        self._markdown = Markdown(extensions=_EXTENSIONS, output_format="html")

    def html(self, text: str, base: str) -> Markup:
        """The text as HTML on a page from which ``base`` leads to the site's root."""
        if not text:
            return Markup()
        html = self._markdown.reset().convert(text)
        return Markup(link_goals(sanitise(html), self._resolve, base))  # noqa: S704 - sanitised


_GOAL_LINK = re.compile(r'href="okr:([^"#]*)(#[^"]*)?"')


def link_goals(html: str, resolve: Callable[[str], str | None], base: str) -> str:
    """HTML whose ``okr:`` links lead to the goals' pages; those that lead nowhere become plain anchors."""

    def link(found: re.Match[str]) -> str:
        target = resolve(found[1])
        return f'class="okr-broken" title="no such goal: {found[1]}"' if target is None else f'href="{base}{target}"'

    return _GOAL_LINK.sub(link, html) if "okr:" in html else html


_FOLDER_LINK = re.compile(r'(<a\b[^>]*?\bhref="(?![a-z][a-z0-9+.-]*:|/|#)[^"#?]*/)(#[^"]*)?"')


def written_html(html: str, resolve: Callable[[str], str | None], base: str) -> str:
    """The HTML of a written page made safe; its links lead to goals and work without a server."""
    return _FOLDER_LINK.sub(r'\1index.html\2"', link_goals(sanitise(html), resolve, base))


def goals_linked(text: str) -> list[str]:
    """What the ``okr:`` links of a Markdown text name; what stands in code is no link."""
    html = Markdown(extensions=_EXTENSIONS, output_format="html").convert(text)
    return [found[1] for found in _GOAL_LINK.finditer(html)]
