"""Markdown with YAML front matter."""

from __future__ import annotations

import re

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str) -> tuple[str, str] | None:
    """The YAML (from line 2 on) and the Markdown of a file; None where it has no front matter."""
    found = _FRONT_MATTER.match(text)
    return (found[1], text[found.end() :]) if found else None
