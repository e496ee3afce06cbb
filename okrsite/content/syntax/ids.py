"""Ids: the names of folders, files and entries that become parts of addresses."""

from __future__ import annotations

import re

from okrsite.content.syntax.wording import suggest_id

ID_PATTERN = r"[a-z0-9][a-z0-9-]{0,63}"
ID = re.compile(ID_PATTERN)
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})


def why_no_id(text: str) -> tuple[str, str] | None:
    """What keeps a text from being an id, as a message and a hint; None where it is one."""
    if not ID.fullmatch(text):
        better = suggest_id(text)
        example = f", e.g. {better}" if better and better != text else ""
        return "cannot be an id", f"use lower-case letters, digits and hyphens, 64 at most{example}"
    if text in _DEVICES:
        return "cannot be an id: Windows keeps that name for a device", "choose another word"
    if text == "index":
        return "cannot be an id: every folder's own page is called that", "choose another word"
    return None
