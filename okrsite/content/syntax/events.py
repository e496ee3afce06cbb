"""YAML text to a tree of plain values, event by event over PyYAML's C parser.

Anchors, aliases, tags, duplicate keys and deep nesting are errors. There is no recursion, so no input can exhaust the
stack.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from okrsite.content.syntax.errors import explain
from okrsite.content.syntax.log import MAX_IN_FILE, ProblemLog
from okrsite.content.syntax.plain import MAX_DEPTH
from okrsite.content.syntax.scalars import NumberError, resolve
from okrsite.content.syntax.text import forbidden_character
from okrsite.content.syntax.tree import Mark, NoValue, YamlMapping, YamlSequence
from okrsite.content.syntax.wording import named, shown
from okrsite.model import Source

MAX_VALUES = 2_000_000
"""Values in one file: 200,000 check-ins with all their keys fit in."""

# In YAML 1.2 these two are ordinary characters, but the parser (YAML 1.1) ends lines at them: a comment could hide a
# key behind one. They pass through it as noncharacters, which no content may hold.
LINE_ENDS_OF_1_1 = {0x2028: 0xFDD0, 0x2029: 0xFDD1}
_BACK = {there: here for here, there in LINE_ENDS_OF_1_1.items()}


class _Stop(Exception):  # noqa: N818 - not an error: it only ends the reading of a file whose problem is noted
    """Ends the reading of one file."""


class _Builder:
    """Builds the tree of one file from parser events.

    The common case of each event comes first and calls little: what is long is seldom plain throughout.
    """

    def __init__(self, path: str, log: ProblemLog, first_line: int) -> None:
        self.path = path
        self.log = log
        self.offset = first_line
        self.root: Any = NoValue.EMPTY
        # What is being filled, and the key that waits for its value; what is around it stands on the stack.
        self.container: YamlMapping | YamlSequence | None = None
        self.key: str | NoValue | None = None
        self.key_mark: Mark = (1, 1)
        self.stack: list[tuple[YamlMapping | YamlSequence | None, str | NoValue | None, Mark]] = []
        self.documents = 0
        self.values = 0
        self.noted = 0
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

    def problem(self, code: str, mark: Mark, message: str, hint: str) -> None:
        self.log.add(code, Source(self.path, *mark), message, hint)
        self.noted += 1
        if self.noted >= MAX_IN_FILE:
            raise _Stop

    def mark(self, event: yaml.Event) -> Mark:
        start: Any = event.start_mark
        return start.line + self.offset, start.column + 1

    def build(self, text: str) -> Any:
        if "\u2028" in text or "\u2029" in text:
            self.swapped = True
            text = text.translate(LINE_ENDS_OF_1_1)
        parser = yaml.CLoader(text)
        takes, next_event = self.takes, parser.get_event
        try:
            while (event := next_event()) is not None:
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
            message = f"not valid YAML: {' '.join(str(error).split())}"
            self.problem("OKR104", (self.offset, 1), message, "delete what is no text")
            raise _Stop from None
        finally:
            parser.dispose()
        return self.root

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            hint = "keep one document a file; a line of --- begins another"
            self.problem("OKR109", self.mark(event), "a second YAML document", hint)
            raise _Stop

    def scalar(self, event: yaml.ScalarEvent) -> None:
        mark = self.mark(event)
        value: Any = event.value
        plain = event.implicit[0]
        if not plain or self.swapped or event.anchor is not None:
            value = self.unusual(event, mark)
        if self.key is None and type(self.container) is YamlMapping:
            self.key_mark = mark
            self.key = value
            if plain and value == "<<":
                self.problem("OKR107", mark, "merge key '<<'", "write the keys out")
                self.key = NoValue.BROKEN
            return
        if plain:
            try:
                value = resolve(value)
            except NumberError as error:
                self.problem("OKR204", mark, str(error), error.hint)
                value = NoValue.BROKEN
        self.put(value, mark)

    def unusual(self, event: yaml.ScalarEvent, mark: Mark) -> str | NoValue:
        """The text of a scalar that has quotes or more before it."""
        self.properties(event)
        text: str = event.value.translate(_BACK) if self.swapped else event.value
        if event.style == '"' and (bad := forbidden_character(text)):
            self.problem("OKR102", mark, f"the character {named(bad)} may not be used, not even escaped", "delete it")
            return NoValue.BROKEN
        return text if event.tag is None else NoValue.BROKEN

    def open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        mark = self.mark(event)
        container = YamlMapping(mark) if type(event) is yaml.MappingStartEvent else YamlSequence(mark)
        self.properties(event)
        if self.key is None and type(self.container) is YamlMapping:
            self.problem("OKR201", mark, "a key has to be text", "put the key in quotes if it holds brackets")
            raise _Stop
        if len(self.stack) >= MAX_DEPTH:
            hint = "nothing in a content file nests this deep"
            self.problem("OKR105", mark, f"nested deeper than {MAX_DEPTH} levels", hint)
            raise _Stop
        self.put(container if event.tag is None else NoValue.BROKEN, mark)
        self.stack.append((self.container, self.key, self.key_mark))
        self.container, self.key = container, None

    def close(self, _: yaml.CollectionEndEvent) -> None:
        self.container, self.key, self.key_mark = self.stack.pop()

    def alias(self, event: yaml.AliasEvent) -> None:
        mark = self.mark(event)
        hint = "write the value out; a text that begins with * needs quotes"
        self.problem("OKR107", mark, f"alias {shown(f'*{event.anchor}')}", hint)
        if self.key is None and type(self.container) is YamlMapping:
            raise _Stop
        self.put(NoValue.BROKEN, mark)

    def properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Note the anchor and the tag before a value."""
        if event.anchor is not None:
            hint = "write the value out where it is used; a text that begins with & needs quotes"
            self.problem("OKR107", self.mark(event), f"anchor {shown(f'&{event.anchor}')}", hint)
        if event.tag is not None:
            hint = "delete the tag; a text that begins with ! needs quotes"
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problem("OKR108", self.mark(event), f"tag {shown(tag)}", hint)

    def put(self, value: Any, mark: Mark) -> None:
        """Put a value where it belongs: behind its key, at the end of its list, or at the top."""
        self.values += 1
        if self.values > MAX_VALUES:
            self.problem("OKR103", mark, f"more than {MAX_VALUES:,} values in one file", "split it")
            raise _Stop
        container, key = self.container, self.key
        if type(container) is YamlMapping:
            if type(key) is str:
                if key not in container:
                    container[key] = value
                    container.marks[key] = (*self.key_mark, *mark)
                else:
                    hint = f"it stands on line {container.key_mark(key)[0]} already; keep one of them"
                    self.problem("OKR106", self.key_mark, f"duplicate key {shown(key)}", hint)
            self.key = None  # a key that is no text has a problem of its own
        elif type(container) is YamlSequence:
            container.append(value)
            container.marks.append(mark)
        else:
            self.root = value


def read_events(text: str, path: str, log: ProblemLog, first_line: int) -> YamlMapping | None:
    """As `okrsite.content.syntax.parser.parse_yaml`, whatever stands in the text."""
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
