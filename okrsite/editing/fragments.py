"""Values as YAML, written the way a person would: plain where that is safe, in quotes where it is not.

Text is left without quotes only if the readers of YAML 1.1 and 1.2 both take it for text, so that ``no``, ``1e3`` and
``2026-01-01`` in a note mean the same to every program.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString

from okrsite.content.syntax.scalars import NumberError, resolve
from okrsite.content.syntax.tree import PlainNumber

Fragment = str | bool | Decimal | Mapping[str, "Fragment"] | Sequence["Fragment"]
"""What can be written. A number that knows the text it was written as keeps it."""


class Inline(dict[str, Fragment]):
    """A mapping that stands on one line between braces where it fits there."""


WIDTH = 110
"""Characters up to which a list or a mapping is put on one line."""

_ENDLESS = 10_000_000
"""Texts are never wrapped: that would change what they say."""

_BEGINS_PLAINLY = re.compile(r"[^\W_]")
_NOT_PLAIN = re.compile(r": | #|:$|\t|\s$")
_NOT_PLAIN_BETWEEN_BRACKETS = re.compile(r"[\[\]{},\"']")
_MOST_DIGITS = 30
_PLAIN_NUMBER = re.compile(rf"-?[0-9]{{1,{_MOST_DIGITS}}}(\.[0-9]{{1,{_MOST_DIGITS}}})?")
_READER_OF_1_1 = yaml.resolver.Resolver()


class _Representer(RoundTripRepresenter):
    """Writes numbers by their digits."""

    def number(self, value: Decimal) -> ScalarNode:
        text = number_text(value)
        kind = "int" if text.lstrip("-").isdigit() else "float"
        node: ScalarNode = self.represent_scalar(f"tag:yaml.org,2002:{kind}", text)
        return node


_Representer.add_representer(Decimal, _Representer.number)
_Representer.add_representer(PlainNumber, _Representer.number)


def number_text(value: Decimal) -> str:
    """The digits of a number: those it was written with where they are plain, without an exponent where it is short."""
    written = str(getattr(value, "text", ""))
    if _PLAIN_NUMBER.fullmatch(written):
        return written
    return f"{value:f}" if abs(value.adjusted()) < _MOST_DIGITS else str(value)


def as_lines(text: str) -> str:
    """A text of several lines with an end to its last one, as it stands in a file; its reader strips it."""
    return f"{text}\n" if "\n" in text else text


def block_lines(mapping: Mapping[str, Fragment]) -> list[str]:
    """A mapping as lines, a key each; lists of words and what is `Inline` on one line where they fit."""
    return _dumped(_made(mapping, flow=False))


def flow_text(value: Fragment) -> str:
    """A value on one line, as it may stand between brackets."""
    if isinstance(value, Mapping):
        return "\n".join(_dumped(_made(value, flow=True)))
    items = CommentedSeq([_made(value, flow=True)])
    items.fa.set_flow_style()
    return "\n".join(_dumped(items))[1:-1]


def _dumped(node: object) -> list[str]:
    writer = YAML()
    writer.Representer = _Representer
    writer.width = _ENDLESS
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    writer.dump(node, stream)
    return stream.getvalue().rstrip("\n").split("\n")


def _made(value: Fragment, *, flow: bool) -> object:
    """A value as ruamel.yaml takes it, with the style of each of its texts."""
    if isinstance(value, str):
        return _text(value, flow=flow)
    if isinstance(value, Mapping):
        flow = flow or (isinstance(value, Inline) and _fits(value))
        mapping = CommentedMap((_text(key, flow=True), _made(each, flow=flow)) for key, each in value.items())
        if flow:
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, Sequence):
        flow = flow or (not any(isinstance(each, Mapping) for each in value) and _fits(value))
        items = CommentedSeq(_made(each, flow=flow) for each in value)
        if flow:
            items.fa.set_flow_style()
        return items
    return value


def _fits(value: Mapping[str, Fragment] | Sequence[Fragment]) -> bool:
    """Whether a mapping or list is better on one line."""
    words = value.values() if isinstance(value, Mapping) else value
    if any(isinstance(each, str) and "\n" in each for each in words):
        return False
    return len(flow_text(value)) <= WIDTH


def _text(text: str, *, flow: bool) -> str:
    """A text in the style that suits it: plain, in quotes, or, of several lines, below a ``|``."""
    lines = "\n" in text and not flow and not text.startswith(("\n", "\t", " "))
    if lines and all(character.isprintable() or character in "\n\t" for character in text):
        styled: str = LiteralScalarString(text)
        return styled
    if _is_plain(text, flow=flow):
        return text
    easier = '"' in text and "'" not in text and text.isprintable()
    quoted: str = SingleQuotedScalarString(text) if easier else DoubleQuotedScalarString(text)
    return quoted


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text needs no quotes where it stands."""
    if not _BEGINS_PLAINLY.match(text) or _NOT_PLAIN.search(text) or not text.isprintable():
        return False
    if flow and _NOT_PLAIN_BETWEEN_BRACKETS.search(text):
        return False
    try:
        if not isinstance(resolve(text), str):
            return False
    except NumberError:
        return False
    tag: str = _READER_OF_1_1.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag == "tag:yaml.org,2002:str"
