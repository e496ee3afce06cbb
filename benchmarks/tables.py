"""Markdown tables, and the places of documents that hold measured ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def line(cells: Iterable[str]) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def head(names: Sequence[str], left: int = 1) -> str:
    """A table's first two lines; so many columns are words, the rest are numbers."""
    return f"{line(names)}\n{line(['---'] * left + ['---:'] * (len(names) - left))}"


def table(names: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """A whole table; each line is printed as soon as it is there."""
    text = head(names, left)
    print(text, flush=True)
    for row in rows:
        print(line(row), flush=True)
        text += "\n" + line(row)
    return text


def put(page: str, name: str, text: str) -> None:
    """Put a text where a page of the documentation holds the figures of this name.

    Args:
        page: A file of ``docs/``.
        name: Stands in ``<!-- measured: NAME -->``; the place ends with ``<!-- end -->``.
        text: What stands between from now on.

    Raises:
        ValueError: There is no such place, or more than one.
    """
    file = DOCS / page
    place = rf"(<!-- measured: {re.escape(name)} -->\n).*?(<!-- end -->)"
    found = file.read_text("utf-8")
    replaced, count = re.subn(place, lambda old: f"{old[1]}\n{text}\n\n{old[2]}", found, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{page} has {count} places for {name}")
    file.write_text(replaced, "utf-8")
