"""Written pages as search sees them: their sections with the words that stand there."""

from __future__ import annotations

from html.parser import HTMLParser

from okrsite.frozen import frozen

MOST_WORDS = 600
"""Characters of a section that are searched, its beginning."""

_HEADINGS = frozenset({"h1", "h2", "h3"})
_BREAKS = frozenset({"p", "li", "td", "th", "dt", "dd", "div", "br", "pre", "blockquote", "h4", "h5", "h6", "summary"})


@frozen
class WrittenSection:
    """A part of a written page.

    Attributes:
        title: Its heading; empty for what stands before the first one.
        anchor: Its place on the page; empty for the beginning.
        text: Its words.
    """

    title: str
    anchor: str
    text: str


@frozen
class WrittenText:
    """A written page: where it is, what it is called, its sections in order."""

    address: str
    title: str
    sections: tuple[WrittenSection, ...]


def written_text(address: str, title: str, html: str) -> WrittenText:
    """Take the text of a page out of its HTML, as it is shown."""
    parser = _Sections()
    parser.feed(html)
    parser.close()
    return WrittenText(address, title, parser.sections())


class _Sections(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[tuple[list[str], str, list[str]]] = [([], "", [])]
        self._in_heading = False

    def sections(self) -> tuple[WrittenSection, ...]:
        """What was found; a page's own title and places that cannot be led to belong to the section before."""
        return tuple(
            WrittenSection(_plain(title), anchor, _plain(text)[:MOST_WORDS])
            for title, anchor, text in self._found
            if title or text
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = dict(attrs).get("id")
        if tag in _HEADINGS and tag != "h1" and anchor:
            self._found.append(([], anchor, []))
            self._in_heading = True
        elif tag in _BREAKS or tag in _HEADINGS:
            self._found[-1][2].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._in_heading = False
        if tag in _BREAKS or tag in _HEADINGS:
            self._found[-1][2].append(" ")

    def handle_data(self, data: str) -> None:
        title, _, text = self._found[-1]
        (title if self._in_heading else text).append(data)


def _plain(parts: list[str]) -> str:
    """Parts of a text as one line."""
    return " ".join("".join(parts).split())
