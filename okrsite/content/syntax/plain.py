"""The part of YAML in which nearly all content is written, read line by line.

Blocks of ``key: value`` and ``- item``, texts in quotes or as they are, one level of ``[a, b]`` and ``{a: b}`` on a
line, literal texts after ``|``. Everything else, and all that is wrong, is left to the parser: of what is read here
it would make the same tree with the same places, in more than twice the time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from sys import intern
from typing import Any

from okrsite.content.syntax.scalars import NumberError, Scalar, resolve
from okrsite.content.syntax.tree import Mark, YamlMapping, YamlSequence, same

MAX_LENGTH = 2_000_000
"""Characters of a text that is read here; so it holds fewer values than any file may."""
MAX_DEPTH = 20
"""Mappings and lists within each other."""

_STRANGE = re.compile(
    "[^\n -~\xa0-\u2027\u2030-\u2065\u206a-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Tabs and other characters that end lines for some, or that content may not hold."""

_KEY = "[A-Za-z0-9_][A-Za-z0-9_/.-]{0,99}"
_EASY = "[A-Za-z0-9][^:#]*"
"""A text that can be nothing else, up to spaces at its end."""
_ENTRY = re.compile(rf"( *)(- )?({_KEY}):(?: +(?:({_EASY})|([^ ].*)))? *")
_ITEM = re.compile("( *)- +([^ ].*)")
_COMMENT = "(?: +#.*| *)"
_QUOTED = re.compile(rf'"([^"\\]*)"{_COMMENT}|\'((?:[^\']|\'\')*)\'{_COMMENT}')
_EASY_IN_FLOW = r"[A-Za-z0-9][^,\[\]{}?:#]*"
_ANY_IN_FLOW = r"""\"[^"\\]*\"|'(?:[^']|'')*'|[^ "',\[\]{}?][^,\[\]{}?]*"""
_VALUE_IN_FLOW = rf"(?:({_EASY_IN_FLOW})|({_ANY_IN_FLOW})) *([,\]}}])"
_FLOW_ITEM = re.compile(rf" *(){_VALUE_IN_FLOW}")
_FLOW_ENTRY = re.compile(rf" *({_KEY}): +{_VALUE_IN_FLOW}")
_AFTER_FLOW = re.compile(_COMMENT)
_NOT_PLAIN = frozenset("-+.?:,[]{}#&*!|>'\"%@`=<")
"""A text that begins with one of these may be more than a text."""

_Value = Scalar | YamlMapping | YamlSequence


class _OtherError(Exception):
    """There is something else than what is read here."""


class _Block:
    """A mapping or list of several lines.

    Attributes:
        indent: Spaces before each of its lines.
        holds: What it is.
        waiting: The key whose value begins below; empty for none.
        place: Where that key is.
    """

    __slots__ = ("holds", "indent", "place", "waiting")

    def __init__(self, indent: int, holds: YamlMapping | YamlSequence) -> None:
        self.indent = indent
        self.holds: Any = holds
        self.waiting = ""
        self.place: Mark = (0, 0)


def read_plainly(text: str, first_line: int) -> YamlMapping | None:
    """The tree of a text; None where it is for the parser.

    Args:
        text: The YAML.
        first_line: The number of its first line in its file.
    """
    if len(text) > MAX_LENGTH or not text.endswith("\n") or _STRANGE.search(text):
        return None
    try:
        return _Lines(text.split("\n"), first_line).tree()
    except (_OtherError, NumberError):
        return None


class _Lines:
    """Reads lines; most of the time of reading a portal is spent here, so that the common line calls little."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self._lines = lines
        self._offset = first_line
        self._next = 0
        self._root = YamlMapping((first_line, 1))
        self._blocks = [_Block(0, self._root)]

    def tree(self) -> YamlMapping:
        lines, blocks, entry = self._lines, self._blocks, _ENTRY.fullmatch
        while self._next < len(lines):
            line, number = lines[self._next], self._offset + self._next
            self._next += 1
            found = entry(line)
            if found is None:
                if (words := line.lstrip(" ")) and words[0] != "#":
                    self._item(line, number)
                continue
            spaces, dash, key, easy, other = found.groups()
            indent = len(spaces)
            block = blocks[-1]
            if dash is not None:
                block, indent = self._begun(indent, number), indent + 2
            elif indent != block.indent or block.waiting or type(block.holds) is YamlSequence:
                block = self._block(indent, number, listed=False)
            mapping, key = block.holds, intern(key)
            if key in mapping:
                raise _OtherError
            if easy is not None:
                value: _Value = resolve(easy.rstrip(" "))
                column = found.start(4)
            elif other is not None:
                column = found.start(5)
                value = self._value(other, number, column, block.indent)
            else:
                block.waiting, block.place = key, (number, indent + 1)
                continue
            mapping[key] = value
            mapping.marks[key] = same((number, indent + 1, number, column + 1))
        root = self._root
        if not root or blocks[-1].waiting:
            raise _OtherError
        root.mark = root.key_mark(next(iter(root)))
        return root

    def _begun(self, indent: int, number: int) -> _Block:
        """The mapping that begins behind a dash."""
        sequence, mark = self._block(indent, number, listed=True).holds, same((number, indent + 3))
        mapping = YamlMapping(mark)
        sequence.append(mapping)
        sequence.marks.append(mark)
        return self._open(indent + 2, mapping)

    def _item(self, line: str, number: int) -> None:
        """Take a line with a dash and a value."""
        found = _ITEM.fullmatch(line)
        if found is None:
            raise _OtherError
        block, column = self._block(len(found[1]), number, listed=True), found.start(2)
        block.holds.append(self._value(found[2], number, column, block.indent))
        block.holds.marks.append(same((number, column + 1)))

    def _block(self, indent: int, number: int, *, listed: bool) -> _Block:
        """The block that a line belongs to, by the spaces before it and whether it begins with a dash."""
        blocks = self._blocks
        last = blocks[-1]
        if last.waiting:
            if indent < last.indent or (indent == last.indent and not listed):
                raise _OtherError
            mark = same((number, indent + 1))
            holds = YamlSequence(mark) if listed else YamlMapping(mark)
            last.holds[last.waiting] = holds
            last.holds.marks[last.waiting] = same((*last.place, *mark))
            last.waiting = ""
            return self._open(indent, holds)
        while last.indent > indent or (last.indent == indent and not listed and type(last.holds) is YamlSequence):
            blocks.pop()
            last = blocks[-1]
        if last.indent != indent or listed is not (type(last.holds) is YamlSequence):
            raise _OtherError
        return last

    def _open(self, indent: int, holds: YamlMapping | YamlSequence) -> _Block:
        if len(self._blocks) >= MAX_DEPTH:
            raise _OtherError
        block = _Block(indent, holds)
        self._blocks.append(block)
        return block

    def _value(self, words: str, number: int, column: int, indent: int) -> _Value:
        """The value that begins on a line.

        Args:
            words: From its first character to the end of the line.
            number: Of the line.
            column: How many characters are before it.
            indent: Of the block that it is in.
        """
        begin = words[0]
        if begin in "{[":
            if len(self._blocks) >= MAX_DEPTH:
                raise _OtherError
            return _flow(words, number, column)
        if begin in "\"'":
            found = _QUOTED.fullmatch(words)
            if found is None:
                raise _OtherError
            return found[1] if begin == '"' else found[2].replace("''", "'")
        if begin == "|":
            return self._literal(words.rstrip(" "), indent)
        return _plain(words.partition(" #")[0].rstrip(" "))

    def _literal(self, indicator: str, indent: int) -> str:
        """The text of the lines that follow."""
        lines = self._lines
        first = lines[self._next]
        width = _spaces(first)
        if indicator not in ("|", "|-") or width <= indent or width == len(first):
            raise _OtherError
        taken: list[str] = []
        while self._next < len(lines):
            line = lines[self._next]
            spaces = _spaces(line)
            if spaces == len(line):
                if spaces > width:
                    raise _OtherError
            elif spaces <= indent:
                break
            elif spaces < width:
                raise _OtherError
            taken.append(line[width:])
            self._next += 1
        text = "\n".join(taken).rstrip("\n")
        return f"{text}\n" if indicator == "|" else text


def _plain(words: str) -> Scalar:
    """The value of a text without quotes."""
    begin = words[0]
    if begin in _NOT_PLAIN and not (begin in "-+." and words[1:2].isdigit()):
        raise _OtherError
    if ": " in words or words.endswith(":"):
        raise _OtherError
    return resolve(words)


def _flow(words: str, number: int, column: int) -> YamlMapping | YamlSequence:
    """A mapping or list on one line.

    Args:
        words: From its bracket to the end of the line.
        number: Of the line.
        column: How many characters are before it.
    """
    mapping, sequence = YamlMapping((number, column + 1)), YamlSequence((number, column + 1))
    is_mapping = words[0] == "{"
    match, end = (_FLOW_ENTRY.match, "}") if is_mapping else (_FLOW_ITEM.match, "]")
    is_empty = words[1:2] == end
    place, after = (2, end) if is_empty else (1, ",")
    while after == ",":
        found = match(words, place)
        if found is None:
            raise _OtherError
        key, easy, other, after = found.groups()
        if easy is not None:
            value, mark = resolve(easy.rstrip(" ")), (number, column + found.start(2) + 1)
        else:
            value, mark = _in_flow(other), (number, column + found.start(3) + 1)
        if not is_mapping:
            sequence.append(value)
            sequence.marks.append(same(mark))
        elif key in mapping:
            raise _OtherError
        else:
            mapping[intern(key)] = value
            mapping.marks[intern(key)] = same((number, column + found.start(1) + 1, *mark))
        place = found.end()
    if after != end or not _AFTER_FLOW.fullmatch(words, place):
        raise _OtherError
    return mapping if is_mapping else sequence


def _in_flow(words: str) -> Scalar:
    """A value in a mapping or list on one line."""
    if words[0] == '"':
        return words[1:-1]
    if words[0] == "'":
        return words[1:-1].replace("''", "'")
    if " #" in words:
        raise _OtherError
    return _plain(words.rstrip(" "))


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
