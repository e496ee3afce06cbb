"""Markdown of units, objectives and notes to HTML that is safe to show: nothing of it runs, nothing is fetched."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence

import nh3
from markdown import Markdown
from markdown.extensions import Extension
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
_QUIET_CLASS = re.compile(r"(?:language|align)-[\w+#.-]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
OWN_IDS = "okr_"
"""What the theme's ids begin with, so that they meet neither those of goals nor those of headings."""

_IGNORED_IN_URLS = dict.fromkeys([*range(0x21), 0x7F])
"""Browsers drop control characters and spaces at the ends of an address, some of them within."""

Resolve = Callable[[str], str | None]
"""Gives the link to the goal of an id, relative to the site's root; None where there is no such goal."""


class SafeHtml:
    """Makes HTML safe: an allow-list of tags, attributes and schemes; links to elsewhere get a ``rel``.

    ``okr:`` links lead to the goals' pages, links to folders name ``index.html``, images come from the site itself.

    Args:
        resolve: Finds goals.
        page: Whether the HTML is a page of its own. A text within a page may not take ids there, nor look like a part
            of the theme.
    """

    def __init__(self, resolve: Resolve, *, page: bool) -> None:
        self._resolve = resolve
        self._page = page
        self._base = ""
        self._cleaner = nh3.Cleaner(
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=self._attribute,
            url_schemes=_SCHEMES,
            link_rel="noopener noreferrer",
            set_tag_attribute_values={"pre": {"tabindex": "0"}},  # long lines are scrolled to by keyboard too
        )

    def clean(self, html: str, base: str) -> str:
        """The HTML as it may stand on a page from which ``base`` leads to the site's root."""
        self._base = base
        return self._cleaner.clean(_ALIGN.sub(r' class="align-\1"', html))  # tables; styles are not allowed

    def _attribute(self, _: str, name: str, value: str) -> str | None:
        """The value that an attribute may have; None to leave it out. Schemes were looked at before."""
        if name == "src":
            return value if _is_own(value) else None
        if name == "href":
            return self._href(value)
        if name == "class":
            allowed = [each for each in value.split() if self._allows(each)]
            return " ".join(allowed) or None
        if name == "id":
            return value if self._page and not value.startswith(OWN_IDS) else None
        return value

    def _allows(self, name: str) -> bool:
        return not name.startswith("okr-") if self._page else _QUIET_CLASS.fullmatch(name) is not None

    def _href(self, value: str) -> str | None:
        address = value.strip()
        if address[:4].lower() == "okr:":
            target = self._resolve(address[4:].partition("#")[0])
            return None if target is None else f"{self._base}{target}"
        if _SCHEME.match(address) or address.startswith(("/", "\\", "#")):
            return value
        end = min((at for at in (address.find("?"), address.find("#")) if at >= 0), default=len(address))
        folder = address[:end]
        if posixpath.basename(folder) in (".", ".."):
            folder += "/"
        return f"{folder}index.html{address[end:]}" if folder.endswith("/") else value


def _is_own(address: str) -> bool:
    """Whether an address is within the site, as browsers read it: without controls, backslashes as slashes."""
    plain = address.translate(_IGNORED_IN_URLS).replace("\\", "/")
    return not plain.startswith("//") and not _SCHEME.match(plain)


class MarkdownText:
    """Turns the Markdown of goals into safe HTML; one converter serves all texts: making one costs more than most.

    Args:
        resolve: Finds goals.
        more: Extensions beside those of every text.
    """

    def __init__(self, resolve: Resolve, more: Sequence[Extension] = ()) -> None:
        self._markdown = Markdown(extensions=[*_EXTENSIONS, *more], output_format="html")
        self._safe = SafeHtml(resolve, page=False)

    def html(self, text: str, base: str) -> Markup:
        """The text as HTML within a page from which ``base`` leads to the site's root; its headings are smaller."""
        if not text:
            return Markup()
        html = self._safe.clean(self._markdown.reset().convert(text), base)
        return Markup(_HEADINGS.sub(_smaller, html))  # noqa: S704 - made safe


_HEADINGS = re.compile(r"(</?h)([1-6])(?=[ >])")


def _smaller(found: re.Match[str]) -> str:
    """A heading two levels down, below the section of the page that it stands in."""
    return f"{found[1]}{min(int(found[2]) + 2, 6)}"
