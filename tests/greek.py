"""The example portal with every text of its content in Greek letters: what is in Latin ones is okrsite's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

LATIN, GREEK = "abcdefghijklmnopqrstuvwxyz", "αβκδεφγηιζκλμνοπκρστυβωξψζ"
_LETTERS = str.maketrans(LATIN + LATIN.upper(), GREEK + GREEK.upper())
TEXTS = {
    *("title", "name", "lead", "mission", "owner", "note", "by", "description", "definition", "source", "unit"),
    *("closing_note", "tags"),
}
"""The fields that people read; what else there is are ids, dates, numbers and fixed words."""


def greek(text: str) -> str:
    """A text in Greek letters."""
    return text.translate(_LETTERS)


def _value(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _value(each, str(name)) for name, each in value.items()}
    if isinstance(value, list):
        return [_value(each, key) for each in value]
    return greek(value) if isinstance(value, str) and key in TEXTS else value


def _yaml(text: str) -> str:
    return yaml.safe_dump(_value(yaml.safe_load(text)), allow_unicode=True, sort_keys=False, width=1000)


def _markdown(text: str) -> str:
    front, _, body = text.removeprefix("---\n").partition("\n---\n") if text.startswith("---\n") else ("", "", text)
    prose = greek(" ".join(re.findall(r"[A-Za-z]+", body)[:40]))
    head = f"---\n{_yaml(front)}---\n" if front else ""
    return f"{head}\n# {greek('Written')}\n\n{prose}\n"


def _csv(text: str) -> str:
    head, *rows = text.splitlines()
    return "\n".join([head, *(greek(row) for row in rows)]) + "\n"


def greek_portal(example: Path, root: Path) -> None:
    """Copy a portal, its texts in Greek letters.

    Args:
        example: Its folder.
        root: Where the copy is made.
    """
    makers = {".yml": _yaml, ".md": _markdown, ".csv": _csv}
    for path in sorted((example / "content").rglob("*")):
        name = path.relative_to(example).as_posix()
        if name.startswith("content/guide/"):  # one page is enough, and the folder's name would be a title
            if path.stem != "faq":
                continue
            name = "content/ερωτησεις.md"
        if path.suffix in makers:
            copy = root / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(makers[path.suffix](path.read_text(encoding="utf-8")), encoding="utf-8")
