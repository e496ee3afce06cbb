"""Portals that are larger, smaller or stranger than the usual ones: each is built, and all its links lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from portalfiles import MKDOCS, SMALL, put
from sitebuilds import Build, Built, build_at

from okrsite.problems import ContentError, OkrsiteError
from okrsite.site.build import build

UNIT = "name: Acme\nlevel: corporate\n"
ONE_UNIT = {"mkdocs.yml": MKDOCS, "content/okrs/acme/unit.yml": UNIT}
DONE = "    key_results: [{id: done, title: Done, kind: done}]\n"


def _objective(id: str, more: str = "", cycle_id: str = "") -> str:
    return f"  - id: {id}\n    title: Objective {id}\n    owner: Ada\n{more}{DONE}{cycle_id}"


def check(root: Path, files: dict[str, str], as_of: str | None = None) -> Built:
    """Build and look at every page."""
    put(root, files)
    built = build_at(root, as_of)
    for name, page in built.site.pages.items():
        assert (page.faults, page.duplicate_ids, len(page.all("h1"))) == ([], set(), 1), name
    assert built.site.broken_links() == []
    return built


def test_one_unit_without_goals(tmp_path: Path) -> None:
    """The smallest portal: no index.md, no objective, no KPI, no plan."""
    pages = check(tmp_path, ONE_UNIT).site.pages
    assert {"index.html", "acme/index.html", "alignment/index.html", "quality/index.html", "404.html"} <= set(pages)
    assert "rollout/index.html" not in pages
    assert not any("rollout" in link for link in pages["index.html"].links)


def test_no_written_page(build_files: Build) -> None:
    """Without any Markdown page the home page is made all the same."""
    built = build_files({name: None for name in SMALL if name.endswith(("start.md", "map.svg", "content/index.md"))})
    assert "Acme" in built.site.pages["index.html"].text
    assert built.site.broken_links() == ["acme/2026-Q1/trust/index.html: ../../../guide/start/index.html"]


def test_a_home_page_outside_the_navigation(build_files: Build) -> None:
    """A home page that ``nav`` leaves out, or puts into a section, is the home page still; nothing is written twice."""
    for nav in ("nav:\n  - guide/start.md\n", "nav:\n  - Section:\n    - index.md\n    - guide/start.md\n"):
        for _ in range(2):
            built = build_files({"mkdocs.yml": nav + SMALL["mkdocs.yml"]})
        assert built.result.written == 0
        page = built.site.pages["index.html"]
        assert "Welcome." in page.text
        assert "The same in numbers" in page.text, "the portal's figures are there"
        sitemap = (built.site.folder / "sitemap.xml").read_text(encoding="utf-8")
        assert sitemap.count("<loc>/guide/start/</loc>") == 1


def test_pages_outside_the_navigation(build_files: Build) -> None:
    """A written page that ``nav`` does not name is built, and in the sitemap."""
    built = build_files({"mkdocs.yml": "nav: [index.md]\n" + SMALL["mkdocs.yml"]})
    assert "guide/start/index.html" in built.site.pages
    assert "/guide/start/" in (built.site.folder / "sitemap.xml").read_text(encoding="utf-8")


def test_links_in_the_navigation(build_files: Build) -> None:
    """Addresses elsewhere and on the server stay as they are, titles are escaped."""
    links = "  - Wiki: https://wiki.example/\n  - Mail: mailto:a@b.example\n  - Map: /map/\n"
    nav = f"nav:\n{links}  - A & <b>: guide/start.md\n"
    page = build_files({"mkdocs.yml": nav + SMALL["mkdocs.yml"]}).site.pages["acme/index.html"]
    assert {"https://wiki.example/", "mailto:a@b.example", "/map/", "../guide/start/index.html"} <= set(page.links)
    assert "A & <b>" in page.text


def test_names_of_written_pages(build_files: Build) -> None:
    """Spaces, umlauts and other scripts in a page's file are addressed once-quoted, also from neighbours."""
    built = build_files({"content/guide/über uns.md": "# Über uns\n", "content/指南/開始.md": "# 開始\n"})
    assert {"guide/über uns/index.html", "指南/開始/index.html"} <= set(built.site.pages)
    assert built.site.broken_links() == []


def test_titles_of_written_pages(build_files: Build) -> None:
    """A title is text wherever it stands."""
    built = build_files({"content/guide/q.md": "# Q & A <i>x</i> `a<b`\n\nText.\n"})
    for name in ("guide/q/index.html", "acme/index.html"):
        text = (built.site.folder / name).read_text(encoding="utf-8")
        assert "&amp;amp;" not in text
    assert "Q & A x a<b · Goals" in built.site.pages["guide/q/index.html"].text
    assert "Q & A x a<b" in built.site.pages["guide/start/index.html"].text


def test_several_top_units(tmp_path: Path) -> None:
    """Two companies side by side: the portal has the site's name."""
    files = {f"content/okrs/{id}/unit.yml": f"name: {id.title()}\nlevel: corporate\n" for id in ("one", "two")}
    goals = {f"content/okrs/{id}/2026-Q1.yml": "objectives:\n" + _objective("a") for id in ("one", "two")}
    built = check(tmp_path, {"mkdocs.yml": MKDOCS, **files, **goals})
    assert "Goals is " in built.site.pages["index.html"].text


def test_levels_of_ones_own(tmp_path: Path) -> None:
    """A level page for each level that is declared, also for one without units or with odd hyphens."""
    config = MKDOCS + "      levels: [corporate, individual, a--b, a-b]\n"
    files = {
        "mkdocs.yml": config,
        "content/okrs/acme/unit.yml": UNIT,
        "content/okrs/acme/ada/unit.yml": "name: Ada\nlevel: individual\n",
        "content/okrs/acme/bob/unit.yml": "name: Bob\nlevel: a--b\n",
    }
    pages = check(tmp_path, files).site.pages
    assert {f"levels/{level}/index.html" for level in ("corporate", "individual", "a--b", "a-b")} <= set(pages)
    assert "Ada" in pages["levels/individual/index.html"].text


def test_ids_that_the_theme_might_use(tmp_path: Path) -> None:
    """Goals may be called like parts of a page; two cycles at once may hold goals of one name; plans like tasks."""
    words = ("content", "kpis", "s-waits")
    krs = ", ".join(f"{{id: {word}, title: Key result {word}, kind: done}}" for word in words)
    goals = "objectives:\n" + "".join(
        f"  - id: {word}\n    title: {word}\n    owner: Ada\n    key_results: [{krs}]\n" for word in words
    )
    plan = (
        "title: Plan\nstart: 2026-01-05\nmonths:\n  - {title: M, tasks: [{title: T, weeks: 1}, {title: U, weeks: 2}]}\n"
    )
    plans = {
        f"content/rollouts/{name}.yml": f"{plan}".replace("Plan", f"Plan {name}")
        for name in ("adoption", "a", "a-1", "content")
    }
    cycles = {f"content/okrs/acme/{cycle}.yml": goals for cycle in ("2026-Q1", "2026")}
    check(tmp_path, {**ONE_UNIT, **plans, **cycles})


def test_scripts_and_long_names(tmp_path: Path) -> None:
    """Right-to-left and other scripts, names of 300 letters, people who differ in a vowel sign alone."""
    people = ("李雷", "محمد العربي", "नेहा", "नीहा", "か", "が", "☃", "🙂", "ß" * 300, "ß" * 299 + "x", "A" * 300, "Con")
    goals = "".join(
        f"  - id: g{n}\n    title: '{who[:200]} {'長い' * 20}'\n    owner: '{who}'\n{DONE}"
        for n, who in enumerate(people)
    )
    files = {
        "mkdocs.yml": MKDOCS.replace("site_name: Goals", "site_name: أهداف"),
        "content/okrs/acme/unit.yml": f"name: {'長' * 300}\nlevel: corporate\nlead: Søren Øåé\n",
        "content/okrs/acme/2026-Q1.yml": "objectives:\n" + goals,
    }
    pages = check(tmp_path, files).site.pages
    owners = [name for name in pages if name.startswith("owners/")]
    assert len(owners) == len(people) + 2
    assert max(len(name.encode()) for name in owners) < 150


def test_people_written_in_two_ways(tmp_path: Path) -> None:
    """Two names that would share a page are told, once each, with where the other stands."""
    goals = (
        "objectives:\n" + _objective("a").replace("Ada", "José Núñez") + _objective("b").replace("Ada", "jose nunez")
    )
    config = put(tmp_path, {**ONE_UNIT, "content/okrs/acme/2026-Q1.yml": goals})
    with pytest.raises(ContentError) as raised:
        build(config)
    (problem,) = raised.value.problems
    assert str(problem) == (
        "content/okrs/acme/2026-Q1.yml:6:5: OKR305 the owners 'José Núñez' and 'jose nunez' would share the page "
        "owners/jose-nunez/"
    )
    assert problem.hint == "write the name in one way; the other is at content/okrs/acme/2026-Q1.yml:2"


@pytest.mark.parametrize(
    ("file", "code", "message"),
    [
        ("acme.md", "OKR305", "this page and a goal would share the address acme/"),
        ("acme/index.md", "OKR305", "this page and a goal would share the address acme/"),
        ("acme/README.md", "OKR305", "this page and a goal would share the address acme/"),
        (
            "acme/it/2026-Q1/reliability.md",
            "OKR305",
            "this page and a goal would share the address acme/it/2026-Q1/reliability/",
        ),
        ("acme/it/2026-Q1.markdown", "OKR305", "this page and a goal would share the address acme/it/2026-Q1/"),
        ("acme/kpis/revenue.md", "OKR305", "this page and a goal would share the address acme/kpis/revenue/"),
        ("acme/it/index.html", "OKR305", "this page and a goal would share the address acme/it/"),
        ("levels.md", "OKR310", "the address levels/ is okrsite's own"),
        ("owners/ada.md", "OKR310", "the address owners/ is okrsite's own"),
        ("assets/page.md", "OKR310", "the address assets/ is okrsite's own"),
        ("api/okrs.json", "OKR310", "the address api/ is okrsite's own"),
    ],
)
def test_two_things_at_one_address(tmp_path: Path, file: str, code: str, message: str) -> None:
    """A file that a goal's or okrsite's own page would overwrite is an error that names it."""
    config = put(tmp_path, {**SMALL, f"content/{file}": "# Page\n"})
    with pytest.raises(ContentError) as raised:
        build(config)
    assert [str(each) for each in raised.value.problems] == [f"content/{file}:1:1: {code} {message}"]
    assert all(each.hint for each in raised.value.problems)


def test_what_is_left_out_cannot_collide(build_files: Build) -> None:
    """Hidden files, templates and exclude_docs are neither built nor checked; pictures may stand in assets/."""
    built = build_files(
        {
            "mkdocs.yml": "exclude_docs: drafts/\n" + SMALL["mkdocs.yml"],
            "content/drafts/a.md": "[x](okr:nowhere)\n",
            "content/guide/.hidden.md": "[x](okr:nowhere)\n",
            "content/templates/x.md": "[x](okr:nowhere)\n",
            "content/assets/logo.png": b"\x89PNG",
            "content/quality.pdf": b"%PDF",
        }
    )
    assert not (built.site.folder / "drafts").exists()
    assert (built.site.folder / "assets/logo.png").is_file()


@pytest.mark.parametrize(
    ("text", "place", "id"),
    [
        ("One\n\nSee [this](okr:acme/it/gone).\n", "3:12", "acme/it/gone"),
        ("[a]: okr:nothing\n\n[a]\n", "1:6", "nothing"),
        ("<a href='OKR:nothing'>x</a>\n", "1:10", "nothing"),
        ("`okr:fine` [b](okr:acme/2026-Q9)\n", "1:16", "acme/2026-Q9"),
        ("[c](okr:)\n", "1:5", ""),
    ],
)
def test_broken_links_to_goals(tmp_path: Path, text: str, place: str, id: str) -> None:
    """A link to a goal that does not exist is an error at its place."""
    config = put(tmp_path, {**SMALL, "content/guide/start.md": text})
    with pytest.raises(ContentError) as raised:
        build(config)
    assert [str(each) for each in raised.value.problems] == [
        f"content/guide/start.md:{place}: OKR402 there is no goal '{id}' to link to"
    ]


def test_broken_links_in_goals(tmp_path: Path) -> None:
    """So are those in the texts of units and objectives."""
    broken = {"acme/index.md": "[x](okr:x)\n", "acme/2026-Q1/trust.md": SMALL["content/okrs/acme/2026-Q1/trust.md"]}
    broken["acme/2026-Q1/trust.md"] = broken["acme/2026-Q1/trust.md"].replace("okr:acme/it", "okr:acme/ti")
    config = put(tmp_path, {**SMALL, **{f"content/okrs/{name}": text for name, text in broken.items()}})
    with pytest.raises(ContentError) as raised:
        build(config)
    assert [str(each) for each in raised.value.problems] == [
        "content/okrs/acme/2026-Q1/trust.md:2:1: OKR402 there is no goal 'acme/ti' to link to",
        "content/okrs/acme/index.md:1:5: OKR402 there is no goal 'x' to link to",
    ]


def test_written_files_that_cannot_be_used(tmp_path: Path) -> None:
    """Links out of the content, other encodings and hidden characters are errors, as in goals."""
    (tmp_path / "secret.md").write_text("# Secret\n")
    config = put(tmp_path, {**SMALL, "content/guide/b.md": b"Gr\xfc\xdfe\n", "content/guide/c.md": "a\u202eb\n"})
    (tmp_path / "content/guide/a.md").symlink_to("../../secret.md")
    (tmp_path / "content/folder").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(ContentError) as raised:
        build(config)
    assert [f"{each.path} {each.code}" for each in raised.value.problems] == [
        "content/folder OKR112",
        "content/guide/a.md OKR112",
        "content/guide/b.md OKR101",
        "content/guide/c.md OKR102",
    ]


@pytest.mark.parametrize("template", ["nope.html", "okr/unit.html", "../x.html", "[a]"])
def test_templates_of_written_pages(tmp_path: Path, template: str) -> None:
    """A page that asks for a template that is not for it ends the build with its name, not a traceback."""
    config = put(tmp_path, {**SMALL, "content/guide/x.md": f"---\ntemplate: {template}\n---\n# X\n"})
    with pytest.raises(OkrsiteError, match=r"guide/x\.md:2:1: OKR403 there is no template"):
        build(config)


@pytest.mark.parametrize("as_of", ["1970-01-01", "2025-12-31", "2026-03-31", "2199-12-31"])
def test_any_day(build_files: Build, as_of: str) -> None:
    """Before, at the end of and long after everything: each page is whole."""
    built = build_files(as_of=as_of)
    assert built.site.broken_links() == []
    assert all(not page.faults for page in built.site.pages.values())


def test_numbers_beyond_imagination(tmp_path: Path) -> None:
    """Readings of 390 digits or decimals are shown; charts that cannot be drawn say so in their place."""
    huge, tiny = "9" * 390, "0." + "0" * 390 + "1"
    krs = (
        f"      - {{id: a, title: A, kind: increase, baseline: 0, target: {tiny}, "
        f"check_ins: [{{date: 2026-02-01, value: {huge}}}]}}\n"
        f"      - {{id: b, title: B, kind: decrease, baseline: {huge}, target: -{huge}, "
        f"check_ins: [{{date: 2026-02-01, value: {tiny}}}]}}\n"
        f"      - {{id: c, title: C, kind: between, target: [-{huge}, {tiny}], weight: {tiny}}}\n"
    )
    goals = f"objectives:\n  - id: n\n    title: Numbers\n    owner: Ada\n    weight: {huge}\n    key_results:\n{krs}"
    kpis = (
        f"kpis:\n  - {{id: k, name: K, direction: up, target: {tiny}, amber: -{huge}, cadence: daily, "
        f"measurements: [{{date: 2026-02-01, value: {huge}}}, {{date: 2026-02-02, value: -{huge}}}]}}\n"
    )
    files = {**ONE_UNIT, "content/okrs/acme/2026-Q1.yml": goals, "content/okrs/acme/kpis.yml": kpis}
    for name, page in check(tmp_path, files).site.pages.items():
        for element in page.elements:
            shape = " ".join(element.attributes.get(key, "") for key in ("d", "points", "cx", "x", "width", "viewbox"))
            assert "nan" not in shape.lower(), f"{name}: {element}"
            assert "inf" not in shape.lower(), f"{name}: {element}"
            assert max(map(len, shape.split()), default=0) < 2_000, f"{name}: {element}"
        assert max(map(len, page.read.split())) < 400, name
