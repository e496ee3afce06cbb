"""YAML to plain values that remember their line and column.

Values are resolved by the core schema of YAML 1.2 (so ``no`` is text and ``010`` is ten), numbers stay decimal, keys
are always text. Anchors, aliases, tags, duplicate keys and deep nesting are errors. Reading goes event by event over
PyYAML's C parser: no recursion, so no input can exhaust the stack.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from okrsite.content.log import ProblemLog
from okrsite.content.text import forbidden_character
from okrsite.model import Source

MAX_DEPTH = 20
_MAX_DIGITS = 400

Mark = tuple[int, int]
"""Line and column, counted from 1."""

_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_STARTS = frozenset("-+.0123456789")


class PlainNumber(Decimal):
    """A number with the text it was written as, so that an id such as ``2026`` or ``010`` keeps its look."""

    __slots__ = ("text",)
    text: str


class YamlMapping(dict[str, Any]):
    """A mapping that knows where it, its keys and its values begin."""

    __slots__ = ("key_marks", "mark", "value_marks")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}


class YamlSequence(list[Any]):
    """A list that knows where it and its items begin."""

    __slots__ = ("item_marks", "mark")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.item_marks: list[Mark] = []


def mark_of(tree: object, location: tuple[int | str, ...], *, key: bool = False) -> Mark:
    """Where the value at a location begins; of the nearest container where there is no such value.

    Args:
        tree: What `parse_yaml` gave.
        location: Keys and indices from the top. What leads nowhere (such as the tag of a union) is passed over.
        key: Whether the key is meant rather than its value.
    """
    mark: Mark = getattr(tree, "mark", (1, 1))
    for place, step in enumerate(location):
        last = place == len(location) - 1
        if isinstance(tree, YamlMapping) and step in tree:
            assert isinstance(step, str)  # noqa: S101 - keys are text
            mark = tree.key_marks[step] if key and last else tree.value_marks[step]
            tree = tree[step]
        elif isinstance(tree, YamlSequence) and isinstance(step, int) and step < len(tree):
            mark = tree.item_marks[step]
            tree = tree[step]
    return mark


class _Stop(Exception):  # noqa: N818 - not an error: it only ends the reading of a file whose problem is noted
    """Ends the reading of one file."""


class _Builder:
    """Builds the tree of one file from parser events."""

    def __init__(self, path: str, log: ProblemLog, first_line: int) -> None:
        self.path = path
        self.log = log
        self.offset = first_line
        self.stack: list[tuple[YamlMapping | YamlSequence, str | None, Mark]] = []
        self.root: Any = None
        self.documents = 0

    def problem(self, code: str, mark: Mark, message: str, hint: str = "") -> None:
        self.log.add(code, Source(self.path, *mark), message, hint)

    def mark(self, event: yaml.Event) -> Mark:
        start = event.start_mark
        assert start is not None  # noqa: S101 - the parser sets it
        return start.line + self.offset, start.column + 1

    def build(self, text: str) -> Any:
        parser = yaml.CLoader(text)
        try:
            while True:
                event = parser.get_event()
                if event is None or type(event) is yaml.StreamEndEvent:
                    return self.root
                self.take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = (mark.line + self.offset, mark.column + 1) if mark else (1, 1)
            self.problem("OKR104", place, f"not valid YAML: {error.problem or error.context}", _syntax_hint(text, mark))
            raise _Stop from None
        except yaml.YAMLError as error:
            self.problem("OKR104", (self.offset, 1), f"not valid YAML: {error}")
            raise _Stop from None
        finally:
            parser.dispose()

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self.open(YamlMapping(self.mark(event)), event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.open(YamlSequence(self.mark(event)), event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.problem("OKR107", self.mark(event), f"alias '*{event.anchor}'", "write the value out")
            self.put(None, self.mark(event))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.problem("OKR109", self.mark(event), "a second YAML document", "keep one document a file")
                raise _Stop

    def properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self.problem(
                "OKR107", self.mark(event), f"anchor '&{event.anchor}'", "write the value out where it is used"
            )
        if event.tag is not None:
            self.problem("OKR108", self.mark(event), f"tag '{event.tag}'", "delete the tag")

    def open(self, container: YamlMapping | YamlSequence, event: yaml.CollectionStartEvent) -> None:
        self.properties(event)
        if self.stack and isinstance(self.stack[-1][0], YamlMapping) and self.stack[-1][1] is None:
            self.problem("OKR201", container.mark, "a key has to be text", "quote the key if it holds brackets")
            raise _Stop
        if len(self.stack) >= MAX_DEPTH:
            self.problem("OKR105", container.mark, f"nested deeper than {MAX_DEPTH} levels")
            raise _Stop
        self.put(container, container.mark)
        self.stack.append((container, None, container.mark))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        mark = self.mark(event)
        self.properties(event)
        text: str = event.value
        if event.style == '"' and (bad := forbidden_character(text)):
            self.problem("OKR102", mark, f"the character U+{ord(bad):04X} may not be used", "delete it")
            text = ""
        if self.stack:
            container, key, _ = self.stack[-1]
            if isinstance(container, YamlMapping) and key is None:
                if text == "<<" and event.implicit[0]:
                    self.problem("OKR107", mark, "merge key '<<'", "write the keys out")
                self.stack[-1] = (container, text, mark)
                return
        self.put(self.value(text, mark) if event.implicit[0] else text, mark)

    def value(self, text: str, mark: Mark) -> Any:
        """The value of a plain scalar by the core schema (YAML 1.2.2, section 10.3.2)."""
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMBER_STARTS:
            return text
        if _NUMBER.fullmatch(text):
            return self.number(text, text, mark)
        if _BASED.fullmatch(text):
            return self.number(str(int(text, 0)), text, mark)
        if _NOT_FINITE.fullmatch(text):
            self.problem("OKR204", mark, f"'{text}' is not a finite number", "give a number, or quote it to mean text")
            return None
        return text

    def number(self, digits: str, text: str, mark: Mark) -> PlainNumber | None:
        try:
            number = PlainNumber(digits) if len(text) <= _MAX_DIGITS else None
        except InvalidOperation:
            number = None
        if number is None or abs(number.adjusted()) > _MAX_DIGITS:
            self.problem("OKR204", mark, "a number beyond all measure", "give a number with fewer digits")
            return None
        if not number:
            number = PlainNumber(0)  # -0 is 0
        number.text = text
        return number

    def put(self, value: Any, mark: Mark) -> None:
        if not self.stack:
            self.root = value
            return
        container, key, key_mark = self.stack[-1]
        if isinstance(container, YamlSequence):
            container.append(value)
            container.item_marks.append(mark)
            return
        assert key is not None  # noqa: S101 - scalar() set it
        if key in container:
            first = container.key_marks[key]
            self.problem("OKR106", key_mark, f"duplicate key '{key}'", f"it stands on line {first[0]} already")
        else:
            container[key] = value
            container.key_marks[key] = key_mark
            container.value_marks[key] = mark
        self.stack[-1] = (container, None, key_mark)


def _syntax_hint(text: str, mark: yaml.Mark | None) -> str:
    if mark is None:
        return ""
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not tabs"
    if mark.column < len(line) and line[mark.column] in "%@`":
        return f"quote a text that begins with '{line[mark.column]}'"
    if ": " in line.partition(": ")[2]:
        return "quote a text that holds ': '"
    return "check indentation, quotes and brackets here and on the line before"


def parse_yaml(text: str, path: str, log: ProblemLog, *, first_line: int = 1) -> YamlMapping | None:
    """The mapping that a content file holds; None, with the problems noted, where it holds none.

    Args:
        text: The YAML.
        path: The file's name in problems.
        log: Takes the problems.
        first_line: The number of the text's first line in its file.
    """
    before = len(log)
    try:
        tree = _Builder(path, log, first_line).build(text)
    except _Stop:
        return None
    if tree is None:
        if len(log) == before:
            log.add("OKR109", Source(path, first_line), "the file says nothing", "fill it or delete it")
        return None
    if not isinstance(tree, YamlMapping):
        kind = "a list" if isinstance(tree, YamlSequence) else "a single value"
        mark = getattr(tree, "mark", (first_line, 1))
        log.add("OKR201", Source(path, *mark), f"a mapping belongs here, not {kind}", "begin with 'key: value'")
        return None
    return tree
