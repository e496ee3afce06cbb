"""The index of the search: what it holds, how large it is, and that hostile text stays text."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from builders import make_key_result, make_kpi, make_objective, make_portal, make_rollout, make_task, make_unit
from manygoals import AS_OF, gallery_of
from mkdocs.contrib import search as mkdocs_search
from sitebuilds import Build, Built
from webpages import asset

from okrsite.model import Portal
from okrsite.scoring import STATUSES, score
from okrsite.site.layout.shell import MenuEntry
from okrsite.site.search import search_index, written_text
from okrsite.site.views import Gallery

EVIL = "</script><!--<script>alert(1)</script>\"'\\ \u2028\u2029 ]]>"


def _data(script: str) -> dict[str, Any]:
    """What the script hands over, as a browser would read it."""
    found = re.fullmatch(r"okr\.index\((.*)\);\n", script, re.DOTALL)
    assert found is not None
    return dict(json.loads(found[1]))


def _index(portal: Portal, **others: Any) -> dict[str, Any]:
    gallery = Gallery(portal, score(portal, AS_OF))
    return _data(search_index(gallery, others.get("menu", ()), others.get("written", ())))


def test_what_the_small_portal_has(small: Built) -> None:
    """Units, objectives, key results, KPIs, owners and pages are there, with what their pages show of them."""
    data = _data((small.site.folder / "search/index.js").read_text("utf-8"))
    assert data["units"]["id"].split("\n") == ["0/acme", "1/it"]
    assert data["units"]["title"].split("\n") == ["Acme", "IT"]
    objectives = data["objectives"]
    assert objectives["title"].split("\n") == ["Customers trust us", "People rely on our systems"]
    assert objectives["unit"] == [0, 1]
    assert [data["cycles"][at][0] for at in objectives["cycle"]] == ["2026-Q1", "2026-Q1"]
    assert objectives["key_results"]["count"] == [1, 2]
    assert objectives["key_results"]["id"].split("\n") == ["nps", "uptime", "drills"]
    owners = data["owners"]["title"].split("\n")
    assert [owners[at] for at in objectives["owner"]] == ["Ada Example", "Grace Hopper"]
    assert data["kpis"]["title"] == "Revenue"
    assert {"", "rollout/", "guide/start/", "guide/start/#next"} <= set(data["pages"]["address"].split("\n"))


def test_every_address_is_a_page(example: Built) -> None:
    """What search finds leads to files of the site, and to places on them."""
    data = _data((example.site.folder / "search/index.js").read_text("utf-8"))
    for address in data["pages"]["address"].split("\n"):
        page, _, anchor = address.partition("#")
        assert not anchor or anchor in example.site.pages[f"{page}index.html"].ids
        assert f"{page}index.html" in example.site.pages
    assert all(f"owners/{id}/index.html" in example.site.pages for id in data["owners"]["id"].split("\n"))


def test_ids_come_back() -> None:
    """Units say how many parts of their id they share with the one before."""
    ids = ["acme", "acme/it", "acme/it/platform", "acme/it/web", "acme/sales", "other"]
    coded = _index(make_portal(units=[make_unit(id) for id in ids]))["units"]["id"].split("\n")
    found: list[list[str]] = [[]]
    for line in coded:
        same, *rest = line.split("/")
        found.append([*found[-1][: int(same)], *rest])
    assert ["/".join(parts) for parts in found[1:]] == ids


def test_the_current_cycle_comes_first() -> None:
    """A cycle's number is its rank: the current one, then the latest before the earlier ones."""
    gallery = gallery_of(300)
    cycles = [id for id, _ in _data(search_index(gallery, (), ()))["cycles"]]
    assert cycles == ["2026-Q2", "2026-Q1", "2025-Q4", "2025-Q3"]


def test_columns_are_of_one_length() -> None:
    """Each entry has one value in each column, whatever is left out in the content."""
    portal = make_portal(
        [make_objective(key_results=[make_key_result("a"), make_key_result("b")]), make_objective("acme/it/2026-Q1/x")],
        kpis=[make_kpi(owner="")],
        rollouts=[make_rollout([make_task(owner="Planner")])],
    )
    data = _index(portal)
    for name, size in (("units", 2), ("objectives", 2), ("kpis", 1), ("owners", 2)):
        columns = {key: value for key, value in data[name].items() if key != "key_results"}
        assert {key: len(value.split("\n") if isinstance(value, str) else value) for key, value in columns.items()} == (
            dict.fromkeys(columns, size)
        )
    assert data["units"]["owner"] == [-1, -1]
    assert data["kpis"]["owner"] == [-1]
    assert len(data["objectives"]["key_results"]["owner"]) == sum(data["objectives"]["key_results"]["count"])


def test_statuses_are_those_of_pages() -> None:
    """A number of a status means the word that pages say."""
    data = _index(make_portal([make_objective(key_results=[make_key_result(check_ins={"2026-01-02": 100})])]))
    assert [id for id, _ in data["statuses"][: len(STATUSES)]] == list(STATUSES)
    assert data["statuses"][data["objectives"]["status"][0]] == ["achieved", "achieved"]


def test_owners_are_those_with_a_page(example: Built) -> None:
    """No owner without a page, no page of an owner that cannot be found."""
    data = _data((example.site.folder / "search/index.js").read_text("utf-8"))
    pages = {name.split("/")[1] for name in example.site.pages if re.fullmatch(r"owners/[^/]+/index\.html", name)}
    assert set(data["owners"]["id"].split("\n")) == pages


def test_names_that_share_an_address() -> None:
    """Two ways to write a name are one owner."""
    portal = make_portal([make_objective("acme/2026-Q1/a", owner="Zoë"), make_objective("acme/2026-Q1/b", owner="ZOE")])
    assert Gallery(portal, score(portal, AS_OF)).owner_names["zoe"] == "Zoë"


def test_hostile_text() -> None:
    """Text can end neither the script nor its line, and comes back as it was, on one line."""
    portal = make_portal(
        [make_objective(title=EVIL, owner=EVIL, tags=(EVIL,), key_results=[make_key_result(title=f"a\nb{EVIL}")])],
        units=[make_unit("acme", name=EVIL, mission=EVIL)],
        kpis=[make_kpi(name=EVIL, definition=EVIL)],
    )
    gallery = Gallery(portal, score(portal, AS_OF))
    written = [written_text("x/", EVIL, "<h1>t</h1><h2 id='y'>&lt;script&gt;</h2><p>&lt;!--</p>")]
    script = search_index(gallery, [MenuEntry(EVIL, "")], written)
    assert not re.search("[<\u2028\u2029]", script)
    data = _data(script)
    plain = " ".join(EVIL.split())
    assert data["objectives"]["title"] == plain
    assert data["objectives"]["key_results"]["title"] == f"a b{plain}"
    assert data["pages"]["title"].split("\n") == [plain, "2026-Q1", plain, "<script>"]


def test_written_pages_in_sections() -> None:
    """A heading that can be led to begins a section; scripts of no kind reach the text, which is cut."""
    page = written_text(
        "guide/",
        "Guide",
        f'<h1 id="guide">Guide</h1><p>One <b>two</b></p><h2 id="x">A <em>b</em></h2><p>{"w " * 900}</p>',
    )
    assert [(each.title, each.anchor) for each in page.sections] == [("", ""), ("A b", "x")]
    assert page.sections[0].text == "Guide One two"
    assert len(page.sections[1].text) == 600


def test_nothing_but_what_pages_show(build_files: Build) -> None:
    """Readings after the day, sources and paths are not in the index."""
    files = {
        "content/okrs/acme/it/check-ins/2026-03-01.yml": "by: Later Person\ncheck_ins:\n  reliability/uptime: 99\n"
    }
    text = (build_files(files).site.folder / "search/index.js").read_text("utf-8")
    assert "Later Person" not in text
    assert ".yml" not in text


def test_ten_thousand_entries_are_small() -> None:
    """Within 500 KB as web servers send it."""
    script = search_index(gallery_of(10_000), (), ()).encode()
    assert len(gzip.compress(script)) < 500_000


def test_the_same_bytes_again() -> None:
    """Two builds of the same goals have the same index."""
    assert search_index(gallery_of(500), (), ()) == search_index(gallery_of(500), (), ())


def test_the_library_is_the_installed_one(small: Built) -> None:
    """The search's library comes from the installed MkDocs, whole, and its licence beside it."""
    installed = Path(mkdocs_search.__file__).parent / "templates/search/lunr.js"
    assert asset(small.site.folder, "lunr.js").read_bytes() == installed.read_bytes()
    assert b"Permission is hereby granted" in (small.site.folder / "assets/lunr-licence.txt").read_bytes()


@pytest.mark.parametrize("name", ["search/index.html", "404.html"])
def test_ways_on_without_a_script(small: Built, name: str) -> None:
    """The page of the search and the one for lost readers lead on by links; both have one box."""
    page = small.site.pages[name]
    assert [each.attributes["role"] for each in page.all("form")] == ["search"]
    links = {each.attributes["href"].lstrip("/.") for each in page.all("a")}
    assert {"kpis/index.html", "levels/corporate/index.html"} <= links
    if name == "search/index.html":
        assert {"acme/it/index.html", "owners/ada-example/index.html", "cycles/2026-Q1/index.html"} <= links


def test_a_box_on_every_page(small: Built) -> None:
    """It leads to the page of the search, wherever it stands."""
    for name, page in small.site.pages.items():
        (form,) = (each for each in page.all("form") if "search" in each.attributes.get("class", "").split())
        if name != "404.html":
            assert (small.site.folder / name).parent.joinpath(form.attributes["action"]).resolve() == (
                small.site.folder / "search/index.html"
            )
