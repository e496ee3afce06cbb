"""Links to a place on a page of the documentation name a heading that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docpages import DOCS, ROOT, sections

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]


def _anchors(page: Path) -> set[str]:
    """The anchors that forges give to headings: lower case, no punctuation, hyphens for spaces."""
    titles = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", section.title) for section in sections(page))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_anchors_exist(page: Path) -> None:
    """Whatever stands behind a hash is the anchor of a heading of the page that is named."""
    text = re.sub(r"`[^`\n]*`", "", page.read_text(encoding="utf-8"))
    missing = []
    for target, anchor in re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", text):
        named = page if not target else page.parent / target
        if named.suffix == ".md" and anchor not in _anchors(named):
            missing.append(f"{target}#{anchor}")
    assert missing == []
