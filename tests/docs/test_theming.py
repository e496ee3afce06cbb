"""docs/theming.md names what the theme has, and its examples do what they say."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from docpages import DOCS, ROOT, put, sections
from portalfiles import warm
from webpages import asset, plain

from okrsite.charts.style import INKS
from okrsite.languages import ENGLISH
from okrsite.site.build import build
from okrsite.site.layout.assets import assets_of
from okrsite.starter import create, template_files

THEME = ROOT / "themes" / "okr"
DAY = date(2026, 2, 14)
SECTIONS = {section.title: section for section in sections(DOCS / "theming.md")}


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A small portal that builds at once."""
    create(tmp_path, template_files("blank", date(2026, 1, 5)))
    warm(tmp_path)
    return tmp_path


def _column(section: str, name: str) -> list[str]:
    return [row[name] for row in SECTIONS[section].rows() if name in row]


def _tokens() -> set[str]:
    found = set()
    for cell in _column("Colours and type", "token"):
        names = re.findall(r"--okr-[a-z0-9-]+", cell)
        if " to " in cell:
            stem, first = re.fullmatch(r"(.*-)(\d+)", names[0]).groups()
            names = [f"{stem}{n}" for n in range(int(first), int(names[1].removeprefix(stem)) + 1)]
        found.update(names)
    return found


def test_every_token_is_documented() -> None:
    """The table is the style sheet's list of tokens, and the charts' inks are among them in both schemes."""
    sheet = _sheet()
    tokens = set(re.findall(r"(--okr-[a-z0-9-]+):", _first(sheet)))
    assert _tokens() == tokens
    inks = {f"--okr-{name}" for name in INKS}
    assert inks <= tokens
    assert set(INKS) <= set(_colours(sheet, 0)) & set(_colours(sheet, 1))
    assert {name for name in tokens if f"var({name})" not in sheet} <= inks, "defined and never used"


def _sheet() -> str:
    """The style sheet as pages load it."""
    made = assets_of([str(THEME)], ENGLISH)
    return made.files[f"assets/{made.names['okr.css']}"].decode()


def _first(sheet: str) -> str:
    """The rule that says every token."""
    return re.search(r":root \{(.*?)\n\}", sheet, re.DOTALL)[1]


def _colours(sheet: str, scheme: int) -> dict[str, str]:
    """Each colour's value on light (0) or dark (1) screens."""
    pairs = re.findall(r"--okr-([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", _first(sheet))
    return {pair[0]: pair[1 + scheme] for pair in pairs}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read(scheme: int) -> None:
    """Text and statuses have the contrast with the ground that the page promises (WCAG 2.2, 1.4.3)."""
    values = _colours(_sheet(), scheme)
    no_text = ("line", "rule", "control", "paper", "raised")
    text = [name for name in values if name not in no_text and not name.startswith(("band", "series"))]
    assert len(text) >= 10
    assert [name for name in text if _contrast(values[name], values["paper"]) < 4.5] == []


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_template_is_documented() -> None:
    """The table names each template of the theme, and each that pages are laid out by."""
    named = set(_column("Pages of your own", "template"))
    assert named == {path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html")}
    used = {
        name
        for path in (ROOT / "okrsite" / "site").rglob("*.py")
        for name in re.findall(r'"(okr/[a-z-]+\.html)"', path.read_text(encoding="utf-8"))
    }
    assert used <= named


def test_macros_and_filters_exist() -> None:
    """What templates of one's own are told to use is there."""
    for macro in _column("Marks and words", "macro"):
        file, name, arguments = re.fullmatch(r"(\w+)\.(\w+)\((.*)\)", macro).groups()
        macros = (THEME / "okr" / f"{file}.html").read_text(encoding="utf-8")
        declared = re.search(rf"macro {name}\(([^)]*)\)", macros)
        assert declared, name
        required = [part for part in declared[1].split(",") if "=" not in part]
        assert len(arguments.split(",")) == len(required), name
    source = (ROOT / "okrsite" / "site" / "layout" / "rendering.py").read_text(encoding="utf-8")
    for name in _column("Marks and words", "filter"):
        assert f'"{name.partition("(")[0]}":' in source, name


def test_a_style_sheet_is_on_every_page(portal: Path) -> None:
    """``extra_css`` is copied and linked, after the theme's own, from pages of both makers, at any depth."""
    put(SECTIONS["Colours and type"].files, portal)
    site = build(portal / "mkdocs.yml", as_of=DAY).site_dir
    own = [file.relative_to(site).as_posix() for file in (site / "styles").iterdir()]
    assert [plain(name) for name in own] == ["styles/house.css"] != own
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.read_text(encoding="utf-8"))
        base = "/" if page.name == "404.html" else "../" * (len(page.relative_to(site).parts) - 1)
        assert sheets == [f"{base}assets/{asset(site, 'okr.css').name}", f"{base}{own[0]}"], page


def test_a_sheet_elsewhere_keeps_its_address(portal: Path) -> None:
    """A full address is not taken for a file of the site."""
    config = portal / "mkdocs.yml"
    config.write_text(f"{config.read_text()}\nextra_css: ['https://static.example.com/a.css']\n", encoding="utf-8")
    site = build(config, as_of=DAY).site_dir
    assert 'href="https://static.example.com/a.css"' in (site / "owners" / "index.html").read_text(encoding="utf-8")


def test_a_template_of_ones_own(portal: Path) -> None:
    """A template in ``custom_dir`` takes the place of the theme's, with the record and the filters."""
    wide = '{% extends "main.html" %}{% block content %}<p>Wide: {{ page.title }}</p>{% endblock %}'
    put({"overrides/wide.html": wide, "content/map.md": "---\ntemplate: wide.html\n---\n# The map\n"}, portal)
    put(SECTIONS["Pages of your own"].files, portal)
    site = build(portal / "mkdocs.yml", as_of=DAY).site_dir
    page = (site / "owners" / "index.html").read_text(encoding="utf-8")
    assert "<h1>People</h1>" in page
    assert '<a href="../owners/your-name/index.html">Your Name</a>: 1 objective' in page
    assert "<p>Wide: The map</p>" in (site / "map" / "index.html").read_text(encoding="utf-8")


def test_style_sheets_of_ones_own(portal: Path) -> None:
    """A part of the style sheet is replaced by one of the same name, the whole by a sheet of one's own."""
    put(SECTIONS["Pages of your own"].files, portal)
    put({"overrides/styles/tables.css": "/* tables of our own */"}, portal)
    site = build(portal / "mkdocs.yml", as_of=DAY).site_dir
    assert "/* tables of our own */" in asset(site, "okr.css").read_text(encoding="utf-8")
    assert "--okr-ink" in asset(site, "okr.css").read_text(encoding="utf-8")
    put({"overrides/assets/okr.css": "/* all our own */"}, portal)
    build(portal / "mkdocs.yml", as_of=DAY)
    assert asset(site, "okr.css").read_text(encoding="utf-8") == "/* all our own */"
