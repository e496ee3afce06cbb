"""Hostile text in every field of the content: nothing of it runs, and nothing is fetched, in any file of the site."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
import yaml
from portalfiles import MKDOCS, put
from sitebuilds import Build, Built, build_at
from webpages import parse

from okrsite.problems import ContentError
from okrsite.site.layout.markdown import MarkdownText, SafeHtml

EVIL = """<script>alert(1)</script>"'><img src=x onerror=alert(1)><svg onload=alert(1)>{{ 7*7 }}{% raw %}"""
SCHEMES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "jav&#x09;ascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    " javascript:alert(1)",
)
MARKDOWN = "\n\n".join(
    [
        EVIL,
        *(f"[link]({scheme}) <a href='{scheme}'>a</a> <{scheme}>" for scheme in SCHEMES),
        '[quote](okr:acme/it "\\" onmouseover=alert(1) \\"") [a](okr:acme/it#"onclick=alert(1))',
        "![remote](https://evil.example/x.png) ![remote](//evil.example/x.png) ![r](/\\evil.example/x.png)",
        "<img src='https://evil.example/y.png'><img src='/\t/evil.example/z.png' onerror=alert(1)>",
        "<iframe src='https://evil.example'></iframe><object data=x></object><embed src=x>",
        "<form name=evil><input name=evil></form>",
        "<style>body{display:none}</style><link rel=stylesheet href=//evil.example/x.css><base href=//evil.example/>",
        "<meta http-equiv=refresh content='0;url=//evil.example'><p style='position:fixed' id=okr_content>x</p>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        "```html\n<script>alert(1)</script>\n```\n",
    ]
)


def _unit(name: str, level: str) -> str:
    return yaml.safe_dump({"name": f"{name} {EVIL}", "level": level, "lead": f"Lead {EVIL}", "mission": EVIL})


def _objectives(unit: str) -> str:
    key_results = [
        {"id": "up", "title": EVIL, "kind": "increase", "baseline": 0, "target": 9, "unit": EVIL, "owner": f"U {EVIL}"},
        {"id": "steps", "title": EVIL, "kind": "milestones", "milestones": [{"title": EVIL}, {"title": EVIL}]},
        {"id": "done", "title": EVIL, "kind": "done", "evidence": [*SCHEMES, f"https://e.example/{EVIL}"]},
        {"id": "kpi", "title": EVIL, "kind": "at_least", "target": 1, "kpi": "k", "unit": EVIL},
    ]
    objective = {
        "id": "goal",
        "title": EVIL,
        "owner": f"Owner {EVIL}",
        "tags": [EVIL, "x"],
        "description": MARKDOWN,
        "closing_note": MARKDOWN,
        "state": "closed",
        "key_results": key_results,
    }
    if unit != "acme":
        objective["supports"] = ["acme/2026-Q1/goal/up"]
    return yaml.safe_dump({"objectives": [objective]})


def _kpis() -> str:
    words = dict.fromkeys(("name", "definition", "unit", "source"), EVIL)
    kpi = {"id": "k", "direction": "up", "target": 1, "cadence": "monthly", "owner": f"Owner {EVIL}", **words}
    return yaml.safe_dump({"kpis": [kpi]})


def _check_ins() -> str:
    entry = {"value": 3, "confidence": 2, "note": f"{EVIL} {SCHEMES[0]}", "by": EVIL}
    return yaml.safe_dump({"by": EVIL, "cycle": "2026-Q1", "check_ins": {"goal/up": entry}})


def _rollout() -> str:
    task = {"title": EVIL, "weeks": "1-2", "owner": f"Task {EVIL}", "evidence": {"measure": "units_checking_in"}}
    month = {"title": EVIL, "tasks": [task, {"title": EVIL, "weeks": 3, "levels": ["team"]}]}
    return yaml.safe_dump({"title": EVIL, "start": "2026-01-05", "months": [month]})


def _cycles() -> str:
    return yaml.safe_dump({"cycles": {"2026-Q1": {"name": EVIL, "start": "2026-01-01", "end": "2026-03-31"}}})


FILES = {
    "mkdocs.yml": MKDOCS,
    "content/index.md": f"---\ndescription: '{EVIL.replace(chr(39), '')}'\n---\n\n# {EVIL}\n\n{MARKDOWN}",
    "content/guide/evil.md": f"# Title {EVIL}\n\n{MARKDOWN}",
    "content/rollout.yml": _rollout(),
    "content/okrs/acme/unit.yml": _unit("Acme", "corporate"),
    "content/okrs/acme/index.md": MARKDOWN,
    "content/okrs/acme/kpis.yml": _kpis(),
    "content/okrs/acme/kpis/k.csv": f'date,value,note\n2026-01-31,1,"{EVIL.replace(chr(34), chr(34) * 2)}"\n',
    "content/okrs/acme/2026-Q1.yml": _objectives("acme"),
    "content/okrs/acme/check-ins/2026-02-13.yml": _check_ins(),
    "content/okrs/acme/it/unit.yml": _unit("IT", "department"),
    "content/okrs/acme/it/kpis.yml": _kpis(),
    "content/okrs/acme/it/2026-Q1.yml": _objectives("acme/it"),
    "content/okrs/cycles.yml": _cycles(),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A portal whose every field tries to run something."""
    root = tmp_path_factory.mktemp("hostile")
    put(root, FILES)
    return build_at(root)


def as_browsers_read(address: str) -> str:
    """An address as the URL standard takes it: no control characters around it, no tabs or line breaks within."""
    return re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33)))))


FORBIDDEN = {"iframe", "object", "embed", "style", "base", "math", "foreignobject"}
CONTROLS = {"form", "input", "button", "select", "textarea"}
OWN_SCRIPT = re.compile(r"(/|(\.\./)*)assets/[a-z-]+\.[0-9a-f]{10}\.js")


def test_no_page_runs_anything(hostile: Built) -> None:
    """No script or form but the theme's own, no handler, no style, no frame, wherever the text came from."""
    for name, page in hostile.site.pages.items():
        for element in page.elements:
            assert element.tag not in FORBIDDEN, name
            bad = [key for key in element.attributes if key.startswith("on") or key in ("style", "srcdoc")]
            assert bad == [], f"{name}: {element}"
            if element.tag == "meta":
                assert element.attributes.get("http-equiv", "Content-Security-Policy") == "Content-Security-Policy"
            if element.tag == "script":
                source = element.attributes.get("src")
                data = source is None and element.attributes.get("type") == "application/json"
                assert data or OWN_SCRIPT.fullmatch(source or ""), f"{name}: {element}"
            if element.tag in CONTROLS:  # sanitised, those of the content would have lost their attributes
                assert element.attributes, f"{name}: {element}"
                assert "evil" not in element.attributes.values(), f"{name}: {element}"


def test_no_link_runs_anything(hostile: Built) -> None:
    """Links have schemes of the allow-list, as browsers read them."""
    for name, page in hostile.site.pages.items():
        for link in page.links:
            assert urlsplit(as_browsers_read(link)).scheme in ("", "http", "https", "mailto"), f"{name}: {link}"


def test_nothing_is_fetched(hostile: Built) -> None:
    """Images, styles and icons come from the site, whatever slashes say otherwise."""
    for name, page in hostile.site.pages.items():
        for element in page.elements:
            if element.tag == "a":
                continue
            where = element.attributes.get("src") or element.attributes.get("href") or ""
            plain = as_browsers_read(where).replace("\\", "/")
            assert not plain.startswith("//"), f"{name}: {element}"
            assert not urlsplit(plain).netloc, f"{name}: {element}"


def test_pages_stay_whole(hostile: Built) -> None:
    """No text ends an element of the theme or takes one of its ids; the links still lead somewhere."""
    faults = {name: (page.faults, page.duplicate_ids) for name, page in hostile.site.pages.items()}
    assert {name: found for name, found in faults.items() if found != ([], set())} == {}
    assert [link for link in hostile.site.broken_links() if "index.html" in link.partition(": ")[2]] == []


def test_the_text_is_shown(hostile: Built) -> None:
    """It is escaped, not cut away: who writes about scripts reads about scripts."""
    page = hostile.site.pages["acme/2026-Q1/goal/index.html"]
    assert EVIL in page.text
    assert "{{ 7*7 }}" in page.text


def test_data_files_hold(hostile: Built) -> None:
    """JSON and XML parse; the table's cells run no formula."""
    data = json.loads((hostile.site.folder / "api/okrs.json").read_text(encoding="utf-8"))
    assert data["objectives"][0]["title"] == EVIL
    ET.parse(hostile.site.folder / "sitemap.xml")  # noqa: S314 - made by us just now
    table = (hostile.site.folder / "api/okrs.csv").read_text(encoding="utf-8-sig")
    assert not re.search(r"(^|,)[=+@]", table, re.MULTILINE)


def test_drawings_hold(hostile: Built) -> None:
    """Each chart in a page is XML of its own, without elements that act."""
    for name in hostile.site.pages:
        text = (hostile.site.folder / name).read_text(encoding="utf-8")
        for drawing in re.findall(r"<svg[^>]*okr-chart.*?</svg>", text, re.DOTALL):
            tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(drawing).iter()}  # noqa: S314 - as above
            assert not tags & {"script", "foreignObject", "a", "image", "use", "animate"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_schemes(scheme: str) -> None:
    """No way of writing a scheme that runs passes."""
    text = MarkdownText(lambda _: None)
    html = text.html(f'[x]({scheme}) <a href="{scheme}">y</a> <{scheme}>\n\n[z]: {scheme}\n[z]', "")
    schemes = {urlsplit(as_browsers_read(link)).scheme for link in parse(html).links}
    assert schemes <= {""}


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("map.svg", True),
        ("../img/a.png", True),
        ("/img/a.png", True),
        ("a:b.png", False),
        ("//evil.example/x", False),
        ("/\\evil.example/x", False),
        ("\\\\evil.example/x", False),
        ("/\t/evil.example/x", False),
        (" //evil.example", False),
        ("https:evil.example", False),
        ("https://evil.example", False),
        ("data:image/svg+xml,<svg/>", False),
        ("//[broken", False),
    ],
)
def test_images_come_from_the_site(source: str, kept: bool) -> None:
    """An address that a browser would take elsewhere is left out."""
    escaped = source.replace("<", "&lt;")
    html = SafeHtml(lambda _: None, page=True).clean(f'<img src="{escaped}">', "")
    assert ("src" in html) is kept


@pytest.mark.parametrize(
    ("link", "becomes"),
    [
        ("../faq/", "../faq/index.html"),
        ("../faq/#x", "../faq/index.html#x"),
        ("../faq/?q=1#x", "../faq/index.html?q=1#x"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("a.pdf", "a.pdf"),
        ("#x", "#x"),
        ("/intranet/", "/intranet/"),
        ("https://example.com/a/", "https://example.com/a/"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("okr:acme/it", "../acme/it/index.html"),
        ("OKR:acme/it", "../acme/it/index.html"),
        ("okr:acme/it#x", "../acme/it/index.html"),
    ],
)
def test_links_name_files(link: str, becomes: str) -> None:
    """Links to folders work without a server, wherever the attribute stands in its tag."""
    safe = SafeHtml(lambda goal: f"{goal}/index.html" if goal == "acme/it" else None, page=True)
    assert f'href="{becomes}"' in safe.clean(f'<a title="a > b" href="{link}">x</a>', "../")


def test_written_pages_keep_what_they_need(build_files: Build) -> None:
    """Tables with their alignment, code with its language, anchors of headings, images of the site."""
    text = (
        "# Page\n\n## A heading\n\n[there](#a-heading)\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n"
        "```python\nprint('<b>')\n```\n\n![map](map.svg)\n\n<details><summary>More</summary>text</details>\n"
    )
    page = build_files({"content/guide/page.md": text}).site.pages["guide/page/index.html"]
    tags = {each.tag for each in page.elements}
    assert {"table", "pre", "code", "details", "summary"} <= tags
    assert "a-heading" in page.ids
    assert [each.attributes["src"] for each in page.all("img")] == ["../map.svg"]
    assert "align-right" in {each.attributes.get("class") for each in page.all("td")}
    assert "language-python" in {each.attributes.get("class") for each in page.all("code")}
    assert "print('<b>')" in page.text


def test_texts_of_goals_take_no_place_of_the_theme() -> None:
    """A text within a page has no ids, no classes of the theme and no headings above its section."""
    text = MarkdownText(lambda _: None)
    html = text.html('# Big\n\n<p id="okr_content" class="lead status">x</p>\n\n<h6>small</h6>', "")
    assert "id=" not in html
    assert "class=" not in html
    assert "<h3>Big</h3>" in html
    assert "<h6>small</h6>" in html


TANGLES = {
    "brackets": "[" * 5_000,
    "images": "![" * 5_000,
    "links": "[a](" * 3_000,
    "links with titles": '[a](<b "' * 3_000,
    "nested brackets": "[" * 2_500 + "]" * 2_500,
    "quotes": ">" * 1_000,
    "spaced quotes": "> " * 1_000,
    "lists": "-\t" * 1_000,
    "numbered lists": "1. " * 1_000,
    "indented lists": "\n".join("    " * depth + "- x" for depth in range(150)),
    "mixed": "> - 1. " * 300,
    "tags": "<a " * 5_000,
    "sections": "<![CDATA[" * 2_000,
    "headings": "# a\n" * 5_000,
    "rules": "---\n" * 5_000,
    "underlines": "a\n=\n" * 5_000,
    "code": "``a`" * 5_000,
    "fences": "a\n\n```" * 5_000,
    "a wall": "word " * 9_000,
}


def _written(root: Path, text: str, place: str) -> Iterator[str]:
    front = "---\ntitle: T\nowner: Ada\nkey_results: [{id: d, title: D, kind: done}]\n---\n\n"
    files = {"guide": "content/guide/x.md", "goal": "content/okrs/acme/2026-Q1/x.md"}
    config = put(
        root,
        {
            "mkdocs.yml": MKDOCS,
            "content/okrs/acme/unit.yml": "name: Acme\nlevel: corporate\n",
            files[place]: (front if place == "goal" else "") + text,
        },
    )
    from okrsite.site.build import build

    with pytest.raises(ContentError) as raised:
        build(config)
    yield from (f"{each.path} {each.code}" for each in raised.value.problems)


@pytest.mark.parametrize("name", TANGLES)
@pytest.mark.parametrize("place", ["guide", "goal"])
def test_tangled_markdown_is_refused(tmp_path: Path, name: str, place: str) -> None:
    """What would take a converter minutes, or exhaust its stack, is a problem that is found at once."""
    begun = time.process_time()
    file = "guide/x.md" if place == "guide" else "okrs/acme/2026-Q1/x.md"
    assert list(_written(tmp_path, TANGLES[name], place)) == [f"content/{file} OKR218"]
    assert time.process_time() - begun < 5


def test_front_matter_of_pages_cannot_exhaust_anything(tmp_path: Path) -> None:
    """MkDocs reads it with a parser that dies of deep nesting, and expands aliases."""
    assert list(_written(tmp_path, f"---\na: {'[' * 50_000}\n---\n# Page\n", "guide")) == ["content/guide/x.md OKR105"]
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\ndescription: [*b, *b]\n---\n# Page\n"
    assert set(_written(tmp_path, bomb, "guide")) == {"content/guide/x.md OKR107"}
