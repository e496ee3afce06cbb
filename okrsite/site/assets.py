"""Styles and scripts as pages load them: of the theme's parts, the scripts' words, and installed libraries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

STYLES = ("tokens", "text", "frame", "tables", "goals", "marks", "charts", "prose", "pages", "phones", "print")
"""The theme's style sheets in the order in which they apply; pages load them as one."""


def asset_files(themes: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files below ``assets/`` that are made, not copied.

    Args:
        themes: The folders of the theme, the portal's own first: a file there takes the place of the theme's.
    """
    parts = [_part(themes, f"styles/{name}.css") for name in STYLES]
    yield "assets/okr.css", "\n".join(parts).encode()


def _part(themes: Sequence[str], name: str) -> str:
    for folder in themes:
        file = Path(folder, name)
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise FileNotFoundError(name)
