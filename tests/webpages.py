"""HTML pages as tests look at them: their elements, and whether everything that is opened is closed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
HASHED = re.compile(r"(.+)\.[0-9a-f]{10}\.([a-z0-9]+)")
"""A name with a hash of the file's content in it."""
OPTIONAL_END = frozenset({"li", "p", "dt", "dd", "td", "th", "tr", "option"})
"""Elements whose end may be left out in HTML; the theme closes them all the same."""


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag with its attributes."""

    tag: str
    attributes: dict[str, str]


@dataclass(slots=True)
class WebPage:
    """A page taken apart.

    Attributes:
        faults: What is wrong with its tags, in words.
        text: All its text, scripts and styles included.
        read: The text without them.
    """

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    text: str = ""
    read: str = ""

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [each.attributes["id"] for each in self.elements if "id" in each.attributes]

    @property
    def duplicate_ids(self) -> set[str]:
        """Ids that stand there more than once."""
        return {id for id, n in Counter(self.ids).items() if n > 1}

    def all(self, tag: str) -> list[Element]:
        """The elements of a name."""
        return [each for each in self.elements if each.tag == tag]

    @property
    def links(self) -> Iterator[str]:
        """Everything that leads or loads from somewhere: ``href``, ``src`` and their kin."""
        for each in self.elements:
            for name in ("href", "src", "xlink:href", "action", "poster", "data", "srcset", "formaction"):
                if name in each.attributes:
                    yield each.attributes[name]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = WebPage()
        self.open: list[str] = []
        self.words: list[str] = []
        self.read: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._element(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._element(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            inside = " > ".join(self.open[-3:])
            self.page.faults.append(f"</{tag}> at {self.getpos()} inside {inside}")
            if tag not in self.open:
                return
            while self.open[-1] != tag:
                self.open.pop()
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.open[-1:] not in (["script"], ["style"]):
            self.read.append(data)

    def _element(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.page.faults.append(f"<{tag}> at {self.getpos()} has an attribute twice")
        self.page.elements.append(Element(tag, {name: value or "" for name, value in attrs}))


def parse(html: str) -> WebPage:
    """Take a page, or a part of one, apart."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.page.faults += [f"<{tag}> is never closed" for tag in parser.open]
    parser.page.text = "".join(parser.words)
    parser.page.read = "".join(parser.read)
    return parser.page


@dataclass(frozen=True, slots=True)
class WebSite:
    """A built site: its folder, and every HTML page by its file's name."""

    folder: Path
    pages: dict[str, WebPage]

    def broken_links(self) -> list[str]:
        """Links within the site that lead to no file, to no id, or to a folder instead of its ``index.html``."""
        return [
            f"{name}: {link}"
            for name, page in self.pages.items()
            for link in dict.fromkeys(page.links)
            if not self._resolves(name, link)
        ]

    def _resolves(self, name: str, link: str) -> bool:
        address, place = urldefrag(link)
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return True
        path = unquote(parts.path)
        start = self.folder if path.startswith("/") else (self.folder / name).parent
        file = (start / path.lstrip("/")).resolve() if path else self.folder / name
        if not file.is_file() or not file.is_relative_to(self.folder):
            return False
        if not place or file.suffix != ".html":
            return True
        return unquote(place) in self.pages[file.relative_to(self.folder).as_posix()].ids


def site_of(folder: Path) -> WebSite:
    """Take a built site apart."""
    files = sorted(folder.rglob("*.html"))
    pages = {file.relative_to(folder).as_posix(): parse(file.read_text(encoding="utf-8")) for file in files}
    return WebSite(folder, pages)


def asset(folder: Path, name: str) -> Path:
    """The file of a built site that a name such as ``okr.css`` stands for; it has a hash in its own name."""
    stem, _, ending = name.rpartition(".")
    files = [each for each in (folder / "assets").glob(f"{stem}.*.{ending}") if HASHED.fullmatch(each.name)]
    assert len(files) == 1, f"{name}: {files}"
    return files[0]


def plain(name: str) -> str:
    """What a file with a hash in its name is called without it; any other file as it is."""
    found = HASHED.fullmatch(name)
    return f"{found[1]}.{found[2]}" if found else name


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name."""
    return {
        each.relative_to(folder).as_posix(): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()
    }
