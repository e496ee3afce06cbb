"""Texts of content in Markdown that is shown elsewhere: they can be no markup, link, reference or mention there."""

from __future__ import annotations

import re

_LONGEST = 200
"""Characters of one text."""

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\xa0\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\\s]+"
)
"""What breaks lines, cannot be seen, or turns the direction of writing; it becomes a blank."""

_MARKUP = re.compile(r"[\\`*_{}\[\]()#!|~^$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_JOINER = "\u2060"
"""The word joiner: it is not seen, and what is around it is not one word to a forge."""

_REFERENCES = (
    re.compile(r"([@#!$&%~^])(?=[\w\"'\[*])"),  # @name, #12, !12, &12, %"milestone", ~label
    re.compile(r"([A-Za-z]-)(?=\d)"),  # GH-12, and the trackers that a forge may know
    re.compile(r"(:)(?=//)"),
    re.compile(r"\b(www)(?=\.)", re.IGNORECASE),
    re.compile(r"([0-9a-f]{6})(?=[0-9a-f])", re.IGNORECASE),  # a commit, by seven letters of its id or more
)
_PLAIN = re.compile(r"[\w./~^@{}:+,=-]+(?: [\w./~^@{}:+,=-]+)*")


def prose(text: str) -> str:
    """A text as it reads, on one line; to stand behind something else on it."""
    shown = _CONTROL.sub(" ", text).strip()
    if len(shown) > _LONGEST:
        shown = f"{shown[: _LONGEST - 1].rstrip()}…"
    for reference in _REFERENCES:
        shown = reference.sub(rf"\1{_JOINER}", shown)
    escaped = _MARKUP.sub(r"\\\g<0>", shown)
    return re.sub("[&<>]", lambda found: _ENTITIES[found[0]], escaped)


def code(text: str) -> str:
    """An id as code; a text that could be something else as prose."""
    return f"`{text}`" if len(text) <= _LONGEST and _PLAIN.fullmatch(text) else prose(text)


def units(text: str) -> int:
    """How long a text is to a forge: in UTF-16 units, of which no way to count characters finds more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
