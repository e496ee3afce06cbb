"""The text of a content file, to put a few values into it and leave every other byte as it is.

A round trip through a YAML library would wrap lines, indent lists anew and rewrite quotes and numbers all over a file.
So the parser that content is read with says where values begin and end, and lines are put in or replaced there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import yaml

from okrsite.content.syntax.events import LINE_ENDS_OF_1_1
from okrsite.editing.fragments import Fragment, block_lines, flow_text
from okrsite.problems import OkrsiteError

_BOM = "\ufeff"
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")

Place = tuple[str | int, ...]
"""Keys and indices from the top."""


class UneditableError(OkrsiteError):
    """A file that cannot be changed by a program; its text says why."""


class YamlText:
    """A YAML file, or a Markdown file whose front matter is changed.

    Changes are noted first and made all at once by `text`; places always mean the file as it was.

    Args:
        raw: What the file holds; valid content.
        markdown: Whether the YAML is front matter.
    """

    def __init__(self, raw: bytes, *, markdown: bool = False) -> None:
        whole = raw.decode()
        self._bom = _BOM if whole.startswith(_BOM) else ""
        whole = whole.removeprefix(_BOM)
        self._before, self._yaml, self._after = _parts(whole) if markdown else ("", whole, "")
        self._end = "\r\n" if "\r\n" in whole else "\n"
        self._edits: list[tuple[int, int, str]] = []
        parser = yaml.CLoader(self._yaml.translate(LINE_ENDS_OF_1_1))
        try:
            self._root: yaml.Node | None = parser.get_single_node()
        finally:
            parser.dispose()

    def text(self) -> bytes:
        """The file with all changes."""
        made, done = [self._bom, self._before], 0
        for start, end, words in sorted(self._edits, key=lambda edit: edit[:2]):
            made += [self._yaml[done:start], words]
            done = end
        return "".join([*made, self._yaml[done:], self._after]).encode()

    def with_front_matter(self, mapping: Mapping[str, Fragment]) -> bytes:
        """The Markdown file with another front matter; its text stays as it is, to the byte."""
        front = "".join(f"{line}{self._end}" for line in block_lines(mapping))
        return f"{self._bom}{self._before}{front}{self._after}".encode()

    def set(self, mapping: Place, values: Mapping[str, Fragment], order: Sequence[str]) -> None:
        """Give keys of a mapping new values; keys that are not there are put in.

        Args:
            mapping: Where it is.
            values: In the order in which new keys that belong to one place shall stand.
            order: Of the format's keys: a new one stands behind the nearest of those before it.
        """
        node = self._mapping(mapping)
        own = {key.value: (key, value) for key, value in node.value}
        for key, value in values.items():
            if key in own:
                self._replace(node, *own[key], value)
            else:
                self._put_in(node, own, key, value, order)

    def item(self, sequence: Place, key: str, word: str) -> Place:
        """The place of the mapping in a list that says a word under a key."""
        node = self._node(sequence)
        for index, each in enumerate(node.value if isinstance(node, yaml.SequenceNode) else ()):
            pairs = each.value if isinstance(each, yaml.MappingNode) else ()
            if any(name.value == key and value.value == word for name, value in pairs):
                return *sequence, index
        raise UneditableError(f"there is no {key} {word} in it any more")

    def append(self, sequence: Place, items: Sequence[Mapping[str, Fragment]]) -> None:
        """Put mappings at the end of a list of mappings."""
        node = self._node(sequence)
        if not isinstance(node, yaml.SequenceNode):
            raise UneditableError("there is no list where one is to be added to")
        if node.flow_style:
            self._append_between_brackets(node, items)
            return
        indent = " " * node.start_mark.column
        apart = len(node.value) == 1 or self._apart(node.value[-2], node.value[-1])
        lines: list[str] = []
        for item in items:
            lines += ["", *_item_lines(item, indent)] if apart else _item_lines(item, indent)
        self._insert_lines(self._line_after(node), lines)

    def _append_between_brackets(self, node: yaml.SequenceNode, items: Sequence[Mapping[str, Fragment]]) -> None:
        if node.value:
            words = "".join(f", {flow_text(item)}" for item in items)
            self._edits.append((self._end_of(node.value[-1]), self._end_of(node.value[-1]), words))
            return
        start, end = node.start_mark.index, node.end_mark.index
        while start and self._yaml[start - 1] == " ":
            start -= 1
        self._edits.append((start, end, ""))
        column = self._yaml.rfind("\n", 0, start) + 1
        indent = len(self._yaml[column:start]) - len(self._yaml[column:start].lstrip()) + 2
        lines: list[str] = []
        for item in items:
            lines += [*([""] if lines else []), *_item_lines(item, " " * indent)]
        self._insert_lines(self._next_line(end), lines)

    def _replace(self, mapping: yaml.MappingNode, key: yaml.Node, node: yaml.Node, value: Fragment) -> None:
        start, end = node.start_mark.index, self._end_of(node)
        comment = self._yaml[end : self._next_line(end)].strip()
        if mapping.flow_style or (comment and isinstance(value, str)):  # lines would take the comment in
            self._edits.append((start, end, flow_text(value)))
            return
        head, *rest = block_lines({"k": value})
        indent = " " * key.start_mark.column
        words = head.removeprefix("k:").lstrip(" ")
        self._edits.append((start, end, self._end.join([words, *(_indented(line, indent) for line in rest)])))

    def _put_in(
        self,
        mapping: yaml.MappingNode,
        own: Mapping[str, tuple[yaml.Node, yaml.Node]],
        key: str,
        value: Fragment,
        order: Sequence[str],
    ) -> None:
        if mapping.flow_style:
            place = self._end_of(mapping.value[-1][1])
            self._edits.append((place, place, f", {flow_text({key: value})[1:-1]}"))
            return
        before = [each for each in order[: order.index(key)] if each in own]
        behind = own[before[-1]][1] if before else mapping.value[-1][1]
        indent = " " * mapping.value[0][0].start_mark.column
        lines = [_indented(line, indent) for line in block_lines({key: value})]
        self._insert_lines(self._line_after(behind), lines)

    def _insert_lines(self, place: int, lines: Sequence[str]) -> None:
        """Put lines in at the beginning of a line, or behind the last one that does not end."""
        words = "".join(f"{line}{self._end}" for line in lines)
        if place and self._yaml[place - 1] != "\n":
            words = self._end + words.removesuffix(self._end)
        self._edits.append((place, place, words))

    def _apart(self, one: yaml.Node, other: yaml.Node) -> bool:
        """Whether an empty line stands between two items."""
        return _BLANK_LINE.search(self._yaml, max(self._end_of(one) - 1, 0), other.start_mark.index) is not None

    def _line_after(self, node: yaml.Node) -> int:
        """Where the line begins that follows a value."""
        end = self._end_of(node)
        return end if end and self._yaml[end - 1] == "\n" else self._next_line(end)

    def _next_line(self, place: int) -> int:
        found = self._yaml.find("\n", place)
        return len(self._yaml) if found < 0 else found + 1

    def _end_of(self, node: yaml.Node) -> int:
        """Where a value ends. The parser ends a block only where the next thing begins, behind empty lines."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(node, yaml.MappingNode) else last
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
            return end
        header = self._yaml[start : self._next_line(start)]
        return end if "+" in header.partition("#")[0] else start + len(self._yaml[start:end].rstrip())

    def _mapping(self, place: Place) -> yaml.MappingNode:
        node = self._node(place)
        if not isinstance(node, yaml.MappingNode) or not node.value:
            raise UneditableError("there is no mapping where one is to be changed")
        return node

    def _node(self, place: Place) -> yaml.Node | None:
        node = self._root
        for step in place:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step]
            elif isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == step), None)
        return node


def _parts(whole: str) -> tuple[str, str, str]:
    """What stands before, in and after the YAML of a Markdown file."""
    found = _FRONT_MATTER.match(whole)
    if found is None:
        raise UneditableError("the file has no front matter that can be changed")
    return whole[: found.start(1)], found[1], whole[found.end(1) :]


def _item_lines(item: Mapping[str, Fragment], indent: str) -> list[str]:
    first, *rest = block_lines(item)
    return [f"{indent}- {first}", *(_indented(line, f"{indent}  ") for line in rest)]


def _indented(line: str, indent: str) -> str:
    return f"{indent}{line}" if line else line
