"""The theme's templates: whole, used, and without what a strict content security policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from okrsite.site.layout.once import Once

THEME = Path(__file__).parents[2] / "themes" / "okr"
TEMPLATES = sorted(THEME.rglob("*.html"))
PAGES = Path(__file__).parents[2] / "okrsite" / "site"
PARTS = {
    f"okr/{name}.html"
    for name in ("digest", "explain", "goals", "handout", "ledger", "marks", "news", "propose", "search-box", "symbols")
}
SAFE = re.compile(r"\|\s*safe\b")


def _name(template: Path) -> str:
    return template.relative_to(THEME).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_is_a_template(template: Path) -> None:
    """It parses, and what it extends, includes or imports is part of the theme."""
    tree = Environment(autoescape=True, extensions=[Once]).parse(template.read_text(encoding="utf-8"))
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        assert isinstance(node.template, nodes.Const)
        assert (THEME / node.template.value).is_file()


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_nothing_inline(template: Path) -> None:
    """No style, no handler, no script of its own (data is none), and nothing loaded from elsewhere."""
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    assert not re.search(r"""<script(?![^>]*(?:\ssrc=|\stype="application/json"))""", text)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_little_is_taken_as_it_is(template: Path) -> None:
    """Only the written page's HTML, made safe by the plugin, and words of the theme's own go unescaped."""
    for line in template.read_text(encoding="utf-8").splitlines():
        for found in SAFE.finditer(line):
            before = line[: found.start()].rstrip()
            assert before.endswith(("page.content", "'")), line
    assert "autoescape" not in template.read_text(encoding="utf-8")


def test_every_template_is_used() -> None:
    """A page's template is named by the page; the rest are parts that others take in."""
    code = "".join(file.read_text(encoding="utf-8") for file in PAGES.rglob("*.py"))
    named = set(re.findall(r'"(okr/[a-z-]+\.html)"', code))
    assert {_name(each) for each in TEMPLATES if _name(each).startswith("okr/")} == named | PARTS


def test_styles_fetch_nothing() -> None:
    """No font, picture or sheet from another place."""
    for sheet in THEME.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", text)
