"""Goals within written pages: ``{{ okr("ID") }}`` and ``{{ okr_chart("ID") }}``, two forms and no more.

Nothing of a page is ever run: this is a pattern of Markdown like those of emphasis and links, so that what stands in
code stays as it is, and so does everything else between double braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from okrsite.frozen import frozen
from okrsite.site.written.called import Call

_PATTERN = r"""\{\{[ \t]*(okr|okr_chart)[ \t]*([("'][^{}\n]*)\}\}"""
_ARGUMENT = re.compile(r"""\([ \t]*(?:"([^"]*)"|'([^']*)')[ \t]*\)[ \t]*""")
_AFTER_ESCAPES = 175  # before links and emphasis; code and escaped braces have been taken out by then
_AFTER_INLINE = 15
_NO_ROOM = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Where a goal can only be named: links do not nest, and headings become titles."""


@frozen
class Placeholder:
    """What stands in for an embedding until the page has been made safe.

    Attributes:
        text: Letters and digits that no page can have by chance or by guessing.
        title: The goal's, where there is room for no more.
    """

    text: str
    title: str


Take = Callable[[Call], Placeholder | None]
"""Takes an embedding and says what to put there; None leaves it as it was written."""


class EmbedCalls(Extension):
    """The pattern as an extension of Markdown.

    Args:
        take: Is given each embedding in turn.
    """

    def __init__(self, take: Take) -> None:
        super().__init__()
        self._take = take

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Register with a converter."""
        names: dict[str, str] = {}
        md.inlinePatterns.register(_Calls(md, self._take, names), "okr", _AFTER_ESCAPES)
        md.treeprocessors.register(_Names(md, names), "okr", _AFTER_INLINE)


class _Calls(InlineProcessor):
    """Finds embeddings and puts their placeholders there."""

    def __init__(self, md: Markdown, take: Take, names: dict[str, str]) -> None:
        super().__init__(_PATTERN, md)
        self._take = take
        self._names = names

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's own name, typed wider there
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Markdown gives it
    ) -> tuple[str | None, int | None, int | None]:
        argument = _ARGUMENT.fullmatch(m[2])
        id = None if argument is None else argument[1] if argument[1] is not None else argument[2]
        placeholder = self._take(Call(m[1], id, m[0]))
        if placeholder is None:
            return None, None, None
        self._names[placeholder.text] = placeholder.title
        return placeholder.text, m.start(0), m.end(0)


class _Names(Treeprocessor):
    """Has titles instead of placeholders where there is no room for a card."""

    def __init__(self, md: Markdown, names: dict[str, str]) -> None:
        super().__init__(md)
        self._names = names

    def run(self, root: Element) -> None:
        if not self._names:
            return
        pattern = re.compile("|".join(self._names))
        for element in root.iter():
            if element.tag in _NO_ROOM:
                for inner in element.iter():
                    self._name(inner, "text", pattern)
                    if inner is not element:
                        self._name(inner, "tail", pattern)
        self._names.clear()

    def _name(self, element: Any, part: str, pattern: re.Pattern[str]) -> None:
        text = getattr(element, part)
        if text:
            setattr(element, part, pattern.sub(lambda found: self._names[found[0]], text))
