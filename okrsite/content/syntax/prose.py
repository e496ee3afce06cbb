"""Markdown that a converter can turn into HTML in bounded time.

Python-Markdown looks for the end of every bracket, tag and emphasis anew, so that a few thousand of them that never end
take minutes, and it recurses into what is nested. Nobody writes such text by hand: it is refused at the door, and what
passes is converted in time that grows with its length alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_NESTED = 20
"""Quotes and lists within each other."""
MAX_OPEN = 50
"""Brackets or tags that are open at the same time."""
MAX_MARKS = 200
"""Headings, rules or pieces of code in one block of lines."""
MAX_BLOCK = 10_000
"""Characters of a block: lines without an empty line between them."""
TANGLE_HINT = "part it with empty lines, close what is open, or put it between lines of ``` as code"
"""What to do about a tangle."""

_MARKER = r"(?:>|[-*+](?=[ \t])|[0-9]{1,9}\.(?=[ \t]))"
_MARKERS = re.compile(rf"(?:[ \t]*{_MARKER})*")
_ONE_MARKER = re.compile(_MARKER)
_RULE = re.compile(r" {0,3}(?:(?:- {0,2})+|(?:\* {0,2})+|(?:_ {0,2})+|=+) *")
_HEADING = re.compile(r"[ \t]*#")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BRACKETS = re.compile(r"\\.|\]\(|[\[\])]", re.DOTALL)
_ANGLES = re.compile(r"<[A-Za-z/!?]|>")
_TICKS = re.compile(r"`+")


@dataclass(slots=True)
class _Block:
    """Lines without an empty line between them."""

    line: int
    lines: list[str] = field(default_factory=list)


def tangle(text: str) -> tuple[int, str] | None:
    """The first place where a Markdown text is too tangled to be converted: its line, from 1, and what is wrong there.

    Linear in the length of the text.
    """
    lines = text.split("\n")
    closings = _closings(lines)
    fences = sum(line.startswith(("```", "~~~")) for line in lines) - 2 * len(closings)
    if fences > MAX_OPEN:
        return 1, f"more than {MAX_OPEN} pieces of code that never end"
    open_tags = 0
    for block in _blocks(lines, closings):
        for place, line in enumerate(block.lines, block.line):
            if _depth(line) > MAX_NESTED:
                return place, f"quotes or lists nested deeper than {MAX_NESTED} levels"
        whole = "\n".join(block.lines)
        wrong = _in_block(block, whole)
        if wrong is None:
            open_tags, wrong = _tags(whole, open_tags)
        if wrong is not None:
            return block.line, wrong
    return None


def _blocks(lines: list[str], closings: dict[int, int]) -> Iterator[_Block]:
    """The blocks of a text, without what stands in fences that are closed: that is taken as it is."""
    block = _Block(1)
    place = 0
    while place < len(lines):
        if place in closings:
            yield block
            place = closings[place]
            block = _Block(place + 2)
        elif not lines[place].strip():
            yield block
            block = _Block(place + 2)
        else:
            block.lines.append(lines[place])
        place += 1
    yield block


def _closings(lines: list[str]) -> dict[int, int]:
    """Line that opens a fence -> line that closes it. A fence that is never closed is none, nor are those after it."""
    found: dict[int, int] = {}
    opened, fence = -1, ""
    for place, line in enumerate(lines):
        if opened >= 0:
            if line.rstrip(" ") == fence:
                found[opened] = place
                opened = -1
        elif line[:3] in ("```", "~~~") and (mark := _FENCE.match(line)):
            opened, fence = place, mark[0]
    return found


def _depth(line: str) -> int:
    """How deep a line is in quotes and lists, by the marks it begins with and how far these are indented."""
    markers = _MARKERS.match(line)
    if markers is None or not markers[0] or _RULE.fullmatch(line):
        return 0
    lead = markers[0].expandtabs(4)
    indent = len(lead) - len(lead.lstrip(" "))
    return indent // 4 + len(_ONE_MARKER.findall(markers[0] + " "))


def _in_block(block: _Block, whole: str) -> str | None:
    table = len(block.lines) > 1 and "|" in block.lines[0] and _DELIMITERS.fullmatch(block.lines[1]) is not None
    longest = max(map(len, block.lines), default=0) if table else len(whole)
    if longest > MAX_BLOCK:
        return f"more than {MAX_BLOCK} characters without an empty line"
    if _most_open(whole) > MAX_OPEN:
        return f"more than {MAX_OPEN} brackets open at the same time"
    marks = sum(bool(_HEADING.match(line) or _RULE.fullmatch(line)) for line in block.lines)
    ticks = 0 if table else len(_TICKS.findall(whole))
    if max(marks, ticks) > MAX_MARKS:
        return f"more than {MAX_MARKS} headings, rules or pieces of code without an empty line"
    return None


def _most_open(text: str) -> int:
    """The most brackets that are open at one place, those of links and those around their texts."""
    texts = links = most = 0
    for found in _BRACKETS.finditer(text):
        mark = found[0]
        if mark == "[":
            texts += 1
        elif mark in ("]", "]("):
            texts = max(texts - 1, 0)
            links += mark == "]("
        elif mark == ")":
            links = max(links - 1, 0)
        most = max(most, texts + links)
    return most


def _tags(text: str, before: int) -> tuple[int, str | None]:
    """How many tags were begun and not ended by now, in this block and those before it."""
    begun, count = False, before
    for found in _ANGLES.finditer(text):
        if found[0] == ">":
            begun = False
        else:
            count += begun
            begun = True
    count += begun
    return count, f"more than {MAX_OPEN} tags that never end" if count > MAX_OPEN else None
