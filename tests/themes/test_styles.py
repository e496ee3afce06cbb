"""The theme's style sheets, part by part."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okrsite.site.layout.assets import STYLES

PARTS = Path(__file__).parents[2] / "themes" / "okr" / "styles"
PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right)[\w-]*|left|right)\s*:|"
    r"\b(?:text-align|float|clear):\s*(?:left|right)\b"
)
SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset):\s*([^\s;(]+) ([^\s;(]+) ([^\s;(]+) ([^\s;(]+)\s*[;}]")


def test_every_part_is_loaded() -> None:
    """Each file is one of those that are put together, and each of those is there."""
    assert sorted(STYLES) == sorted(path.stem for path in PARTS.glob("*.css"))


@pytest.mark.parametrize("name", sorted(set(STYLES) - {"directions"}))
def test_start_and_end_instead_of_left_and_right(name: str) -> None:
    """Sides are said so that they turn with the language's direction; text of the content may have its own."""
    sheet = re.sub(r"/\*.*?\*/", "", (PARTS / f"{name}.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    sheet = sheet.replace(".align-right { text-align: right; }", "")
    assert [found.group().strip() for found in PHYSICAL.finditer(sheet)] == []
    assert [found.group() for found in SIDES.finditer(sheet) if found[2] != found[4]] == []
