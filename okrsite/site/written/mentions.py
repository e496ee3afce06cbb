"""What texts name: the goals that they link to, and those that are put into written pages."""

from __future__ import annotations

from functools import cache, lru_cache

from okrsite.site.layout.markdown import MarkdownText
from okrsite.site.written.called import Call
from okrsite.site.written.calls import EmbedCalls

_REMEMBERED = 1000
"""Of how many texts it is remembered what they name."""


class _Finder:
    """Finds what texts name, by converting each once: after a save, `okrsite serve` looks at all of them again."""

    def __init__(self) -> None:
        self._goals: dict[str, None] = {}
        self._calls: dict[str, Call] = {}
        self._links = MarkdownText(self._goals.setdefault)
        self._embeds = MarkdownText(lambda _: None, [EmbedCalls(self._take)])
        self.goals = lru_cache(_REMEMBERED)(self._goals_in)
        self.calls = lru_cache(_REMEMBERED)(self._calls_in)

    def _goals_in(self, text: str) -> tuple[str, ...]:
        """The ids of the goals that a text links to."""
        self._goals.clear()
        self._links.html(text, "")
        return tuple(self._goals)

    def _calls_in(self, text: str) -> tuple[Call, ...]:
        """What is put into a written page; the same text counts once."""
        self._calls.clear()
        self._embeds.html(text, "")
        return tuple(self._calls.values())

    def _take(self, call: Call) -> None:
        self._calls[call.text] = call


_finder = cache(_Finder)
"""The one that serves all."""


def goals_in(text: str) -> tuple[str, ...]:
    """The ids of the goals that a text links to."""
    return _finder().goals(text)


def calls_in(text: str) -> tuple[Call, ...]:
    """What is put into a written page; the same text counts once."""
    return _finder().calls(text)
