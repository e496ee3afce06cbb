"""What many pages share is rendered once: ``{% once okr.base, okr.standing %} ... {% endonce %}``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import ClassVar

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from okrsite.reads import Place, note, recording


class Once(Extension):
    """The tag ``once``: its body is rendered once for each combination of its values.

    All that the body shows has to follow from these values and from what is the same in a whole build. What was
    rendered is kept as long as the environment, with all that was read for it.
    """

    tags: ClassVar[set[str]] = {"once"}  # type: ignore[misc]

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._kept: dict[tuple[Hashable, ...], tuple[Markup, Collection[Place]]] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag and its body."""
        line = next(parser.stream).lineno
        values = parser.parse_tuple(with_condexpr=False)
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = nodes.Const(f"{parser.filename or parser.name}:{line}")
        return nodes.CallBlock(self.call_method("_once", [place, values]), [], [], body).set_lineno(line)

    def _once(self, place: str, values: Hashable, caller: Callable[[], Markup]) -> Markup:
        key = (place, values)
        if key not in self._kept:
            with recording() as read:
                self._kept[key] = caller(), read
        made, places = self._kept[key]
        for each in places:
            note(each)
        return made
