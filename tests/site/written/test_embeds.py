"""Cards and charts of goals within written pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from portalfiles import SMALL, put, run
from sitebuilds import Build, Built

PAGE = "content/guide/start.md"
ID = "acme/it/2026-Q1/reliability"


def _html(built: Built, name: str = "guide/start/index.html") -> str:
    """The part of a page that its writer made."""
    html = (built.root / "site" / name).read_text(encoding="utf-8")
    return html[html.index("<main") : html.index("</main>")]


@pytest.fixture
def shown(build_files: Build) -> str:
    """A page with every kind of goal in every form."""
    text = f"""\
# Status of {{{{ okr("{ID}") }}}}

{{{{ okr("{ID}") }}}}

{{{{okr('{ID}/uptime')}}}}
{{{{ okr( "acme/kpis/revenue" ) }}}}

{{{{ okr("acme/it") }}}}

{{{{ okr("acme/it/2026-Q1") }}}}

{{{{ okr_chart("{ID}") }}}}

{{{{ okr_chart("acme/kpis/revenue") }}}}

{{{{ okr_chart("acme/it") }}}}

{{{{ okr_chart("{ID}/uptime") }}}}

{{{{ okr_chart("{ID}") }}}}

In a sentence {{{{ okr("{ID}") }}}} it is short, and [in a link to {{{{ okr("acme") }}}}](okr:acme) a name.

| unit | state |
|---|---|
| IT | {{{{ okr("acme/it") }}}} |
"""
    return _html(build_files({PAGE: text}))


def test_each_kind_of_goal_has_a_card(shown: str) -> None:
    """On lines of their own, also several in a paragraph; with a link to the goal."""
    cards = re.findall(r'<article class="okr-card[^>]*>.*?</article>', shown, re.DOTALL)
    assert len(cards) == 5
    for card, address, word in zip(
        cards,
        (ID, f"{ID}", "acme/kpis/revenue", "acme/it", "acme/it/2026-Q1"),
        ("Grace Hopper", "Key result of", "KPI of", "IT is", "2026-Q1"),
        strict=False,
    ):
        assert f'href="../../{address}/index.html' in card
        assert word in card
    assert 'reliability/index.html#uptime"' in cards[1]
    assert not re.search(r"<p>\s*<article|okrembed", shown)


def test_each_kind_of_goal_has_a_chart(shown: str) -> None:
    """Drawn like those of the goals' own pages; the same one twice repeats no id."""
    assert len(re.findall(r'<figure class="okr-chart chart">.*?<svg', shown, re.DOTALL)) == 5
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_in_running_text_it_is_short(shown: str) -> None:
    """Within sentences and tables a link with the status; within links and headings the title alone."""
    named = re.findall(r'<span class="okr-named">(.*?)</span>\s*(?:it is|<)', shown, re.DOTALL)
    assert len(named) == 2
    assert ">People rely on our systems</a>" in named[0]
    assert ">in a link to Acme</a>" in shown
    assert "<h1" in shown
    assert re.search(r"<h1[^>]*>Status of People rely on our systems</h1>", shown)


def test_titles_and_search_have_no_placeholders(build_files: Build) -> None:
    """A heading with a goal in it becomes the page's title and is found."""
    built = build_files({PAGE: '# About {{ okr("acme/it") }}\n\n![{{ okr("acme/it") }}](map.svg)\n'})
    assert "<title>About IT" in (built.root / "site/guide/start/index.html").read_text(encoding="utf-8")
    assert 'alt="IT"' in _html(built)
    for file in (built.root / "site").rglob("*"):
        assert not file.is_file() or b"okrembed" not in file.read_bytes(), file


@pytest.mark.parametrize(
    "text",
    [
        '`{{ okr("acme/it") }}`',
        '    {{ okr("acme/it") }}',
        '```\n{{ okr("acme/it") }}\n```',
        '\\{{ okr("acme/it") }}',
        '{{ other("acme/it") }}',
        '{{ okr_other("acme/it") }}',
        "{{ okr }} and {{ okr.base }}",
        "{{ 7 * 7 }} {% for a in b %} {# c #}",
        '{ { okr("acme/it") } }',
    ],
)
def test_everything_else_stays_as_it_is(build_files: Build, text: str) -> None:
    """Code, escaped braces and other words between braces are text; nothing of a page is run."""
    html = _html(build_files({PAGE: f"# Start\n\n{text}\n"}))
    assert "okr-card" not in html
    assert "okr-named" not in html
    assert re.search(r"\{\{|\{ \{", html)


def test_a_card_cannot_be_forged(build_files: Build) -> None:
    """A page may neither use the classes of cards nor guess what stands in for one until it is safe."""
    text = '<article class="okr-card red">x</article>\n\n<p class="okr-card">y</p>\n\nokrembed0z &#2;0&#3;\n'
    html = _html(build_files({PAGE: f'# Start\n\n{{{{ okr("acme/it") }}}}\n\n{text}'}))
    assert html.count("okr-card ") == 1
    assert "okrembed0z" in html


def test_what_a_goal_says_cannot_break_out(build_files: Build) -> None:
    """Titles with HTML, quotes and double braces in them stay text, in cards, names and attributes."""
    title = """<b onclick='x'>"{{ okr("acme") }}</b>"""
    unit = f"name: '{title.replace(chr(39), chr(39) * 2)}'\nlevel: department\n"
    text = (
        '# On {{ okr("acme/it") }}\n\n{{ okr("acme/it") }}\n\n![{{ okr("acme/it") }}](map.svg) {{ okr("acme/it") }}\n'
    )
    html = _html(build_files({"content/okrs/acme/it/unit.yml": unit, PAGE: text}))
    assert "<b onclick" not in html
    assert html.count("okr-card ") == 1
    assert html.count("okr-named") == 1


def test_the_home_page_may_have_them(build_files: Build) -> None:
    """The words of content/index.md are a written page like others."""
    built = build_files({"content/index.md": '# Our goals\n\n{{ okr("acme/it") }}\n'})
    assert '<article class="okr-card' in _html(built, "index.html")


def test_the_same_bytes_each_time(build_files: Build) -> None:
    """What stands in for goals while a page is made is random; the page is not."""
    files = {PAGE: f'# Start\n\n{{{{ okr("{ID}") }}}}\n'}
    assert _html(build_files(files)) == _html(build_files(files))


def test_plain_mkdocs_shows_them_too(tmp_path: Path) -> None:
    """``mkdocs build`` gives the same cards."""
    root = put(tmp_path, {**SMALL, PAGE: '# Start\n\n{{ okr("acme/it") }}\n'}).parent
    done = run("mkdocs", "build", "--quiet", cwd=root)
    assert done.returncode == 0, done.stderr
    assert '<article class="okr-card' in (root / "site/guide/start/index.html").read_text(encoding="utf-8")
