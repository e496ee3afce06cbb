"""YAML text to a tree of plain values.

Anchors, aliases, tags, duplicate keys and deep nesting are errors. Reading goes event by event over PyYAML's C parser:
no recursion, so no input can exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from okrsite.content.log import ProblemLog
from okrsite.content.scalars import NumberError, resolve
from okrsite.content.syntax import explain
from okrsite.content.text import forbidden_character
from okrsite.content.wording import named, shown
from okrsite.content.yamltree import Mark, NoValue, YamlMapping, YamlSequence
from okrsite.model import Source

MAX_DEPTH = 20
"""Mappings and lists within each other."""

# In YAML 1.2 these two are ordinary characters, but the parser (YAML 1.1) ends lines at them: a comment could hide a
# key behind one. They pass through it as noncharacters, which no content may hold.
_LINE_ENDS_OF_1_1 = {0x2028: 0xFDD0, 0x2029: 0xFDD1}
_BACK = {there: here for here, there in _LINE_ENDS_OF_1_1.items()}


class _Stop(Exception):  # noqa: N818 - not an error: it only ends the reading of a file whose problem is noted
    """Ends the reading of one file."""


class _Builder:
    """Builds the tree of one file from parser events."""

    def __init__(self, path: str, log: ProblemLog, first_line: int) -> None:
        self.path = path
        self.log = log
        self.offset = first_line
        self.stack: list[tuple[YamlMapping | YamlSequence, str | NoValue | None, Mark]] = []
        self.root: Any = NoValue.EMPTY
        self.documents = 0
        self.swapped = False
        self.takes: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.open,
            yaml.SequenceStartEvent: self.open,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }

    def problem(self, code: str, mark: Mark, message: str, hint: str = "") -> None:
        self.log.add(code, Source(self.path, *mark), message, hint)

    def mark(self, event: yaml.Event) -> Mark:
        start = event.start_mark
        assert start is not None  # noqa: S101 - the parser sets it
        return start.line + self.offset, start.column + 1

    def build(self, text: str) -> Any:
        if "\u2028" in text or "\u2029" in text:
            self.swapped = True
            text = text.translate(_LINE_ENDS_OF_1_1)
        parser = yaml.CLoader(text)
        takes = self.takes
        try:
            while True:
                event = parser.get_event()
                if event is None:
                    return self.root
                take = takes.get(type(event))
                if take is not None:
                    take(event)
        except yaml.MarkedYAMLError as error:
            found = explain(error, text)
            line, column = found.mark
            place = (line + self.offset - 1, column)
            self.problem("OKR104", place, f"not valid YAML: {found.message}", found.hint)
            raise _Stop from None
        except yaml.YAMLError as error:
            self.problem("OKR104", (self.offset, 1), f"not valid YAML: {' '.join(str(error).split())}")
            raise _Stop from None
        finally:
            parser.dispose()

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            hint = "keep one document a file; a line of --- begins another"
            self.problem("OKR109", self.mark(event), "a second YAML document", hint)
            raise _Stop

    def properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            hint = "write the value out where it is used; a text that begins with & needs quotes"
            self.problem("OKR107", self.mark(event), f"anchor {shown('&' + event.anchor)}", hint)
        if event.tag is not None:
            hint = "delete the tag; a text that begins with ! needs quotes"
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problem("OKR108", self.mark(event), f"tag {shown(tag)}", hint)

    def alias(self, event: yaml.AliasEvent) -> None:
        mark = self.mark(event)
        hint = "write the value out; a text that begins with * needs quotes"
        self.problem("OKR107", mark, f"alias {shown(f'*{event.anchor}')}", hint)
        if self.at_key():
            raise _Stop
        self.put(NoValue.BROKEN, mark)

    def at_key(self) -> bool:
        """Whether what comes next is the key of a mapping."""
        return bool(self.stack) and self.stack[-1][1] is None and type(self.stack[-1][0]) is YamlMapping

    def open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        mark = self.mark(event)
        container = YamlMapping(mark) if type(event) is yaml.MappingStartEvent else YamlSequence(mark)
        self.properties(event)
        if self.at_key():
            self.problem("OKR201", mark, "a key has to be text", "put the key in quotes if it holds brackets")
            raise _Stop
        if len(self.stack) >= MAX_DEPTH:
            hint = "nothing in a content file nests this deep"
            self.problem("OKR105", mark, f"nested deeper than {MAX_DEPTH} levels", hint)
            raise _Stop
        self.put(container if event.tag is None else NoValue.BROKEN, mark)
        self.stack.append((container, None, mark))

    def close(self, _: yaml.CollectionEndEvent) -> None:
        self.stack.pop()

    def scalar(self, event: yaml.ScalarEvent) -> None:
        mark = self.mark(event)
        text: str = event.value
        plain = event.implicit[0]
        value: Any = text
        if event.anchor is not None or event.tag is not None:
            self.properties(event)
            if event.tag is not None:
                value = NoValue.BROKEN
        if self.swapped:
            value = text = text.translate(_BACK)
        if event.style == '"' and (bad := forbidden_character(text)):
            self.problem("OKR102", mark, f"the character {named(bad)} may not be used, not even escaped", "delete it")
            value = NoValue.BROKEN
        if self.at_key():
            if plain and text == "<<":
                self.problem("OKR107", mark, "merge key '<<'", "write the keys out")
                value = NoValue.BROKEN
            self.stack[-1] = (self.stack[-1][0], value, mark)
            return
        if plain:
            try:
                value = resolve(text)
            except NumberError as error:
                self.problem("OKR204", mark, str(error), error.hint)
                value = NoValue.BROKEN
        self.put(value, mark)

    def put(self, value: Any, mark: Mark) -> None:
        if not self.stack:
            self.root = value
            return
        container, key, key_mark = self.stack[-1]
        if type(container) is YamlSequence:
            container.append(value)
            container.item_marks.append(mark)
            return
        assert type(container) is YamlMapping  # noqa: S101 - there are two kinds of containers
        if not isinstance(key, str):
            pass  # its problem is noted
        elif key in container:
            hint = f"it stands on line {container.key_marks[key][0]} already; keep one of them"
            self.problem("OKR106", key_mark, f"duplicate key {shown(key)}", hint)
        else:
            container[key] = value
            container.key_marks[key] = key_mark
            container.value_marks[key] = mark
        self.stack[-1] = (container, None, key_mark)


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
    if isinstance(tree, YamlMapping):
        return tree
    if tree is NoValue.EMPTY:
        log.add("OKR109", Source(path, first_line), "there are no keys in it", "fill it in or delete it")
    elif len(log) == before:
        mark = getattr(tree, "mark", (first_line, 1))
        kind = "a list" if isinstance(tree, YamlSequence) else "a single value"
        log.add("OKR201", Source(path, *mark), f"a mapping belongs here, not {kind}", "begin with 'key: value'")
    return None
