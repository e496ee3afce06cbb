"""What is served is what would be built of the files as they are, whatever was saved before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gitrepos import Repo
from portalfiles import RELIABILITY, SMALL, TRUST, put

from okrsite.site.build import build
from okrsite.site.serving.desk import Desk
from okrsite.site.serving.watch import Watch

URL = "http://127.0.0.1:8000/"
PORTAL = {
    **SMALL,
    "content/guide/start.md": SMALL["content/guide/start.md"] + '\nMore: {{ okr("acme/it/2026-Q1/reliability") }}\n',
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A portal whose charts others may have drawn."""
    put(tmp_path / "portal", PORTAL)
    return tmp_path / "portal"


@pytest.fixture
def told() -> list[str]:
    """What the terminal was told."""
    return []


@pytest.fixture
def desk(root: Path, tmp_path: Path, told: list[str]) -> Iterator[Desk]:
    """A desk that has read the portal."""
    (tmp_path / "desk").mkdir()
    desk = Desk(root / "mkdocs.yml", tmp_path / "desk", None, URL, told.append)
    assert desk.renew(), desk.problems
    desk.announce()
    yield desk
    assert len(list((tmp_path / "desk").iterdir())) == 1, "what MkDocs found before is gone"


def save(desk: Desk, root: Path, name: str, text: str) -> bool:
    """Write a file, and have it read."""
    put(root, {name: text})
    return desk.renew({str(root / name)})


def text(desk: Desk, name: str) -> str:
    """What is served of a file that is there."""
    answer = desk.answer(name)
    assert answer is not None
    assert answer.found, name
    return answer.content.decode()


def assert_as_built(desk: Desk, root: Path, site: Path) -> None:
    """Each file of the site that a build makes is served, byte for byte: pages first, then what they ask for."""
    build(root / "mkdocs.yml", site, site_url=URL)
    names = [file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()]
    for name in sorted(names, key=lambda name: (not name.endswith(".html"), name)):
        assert text(desk, name) == (site / name).read_bytes().decode(), name


def test_as_built(desk: Desk, root: Path, tmp_path: Path) -> None:
    """After goals, a written page and its title were edited, every file is what a build makes of them."""
    assert_as_built(desk, root, tmp_path / "site")
    assert save(desk, root, "content/okrs/acme/it/2026-Q1.yml", RELIABILITY.replace("Uptime", "Availability"))
    assert_as_built(desk, root, tmp_path / "site")
    assert save(desk, root, "content/guide/start.md", PORTAL["content/guide/start.md"].replace("# Start", "# Begin"))
    assert_as_built(desk, root, tmp_path / "site")


def test_what_mkdocs_finds(desk: Desk, root: Path) -> None:
    """New and deleted pages, other files, the configuration and the theme are noticed as well as goals are."""
    assert save(desk, root, "content/guide/next.md", "# What comes next\n")
    assert "What comes next" in text(desk, "guide/next/index.html")
    assert "What comes next" in text(desk, "guide/start/index.html"), "the menu has it"
    (root / "content/guide/next.md").unlink()
    assert desk.renew({str(root / "content/guide/next.md")})
    assert not desk.answer("guide/next/index.html").found  # type: ignore[union-attr]
    before = desk.sight("guide/start/").version
    assert save(desk, root, "content/guide/map.svg", "<svg xmlns='http://www.w3.org/2000/svg' id='new'/>\n")
    assert "id='new'" in text(desk, "guide/map.svg")
    assert desk.sight("guide/start/").version != before, "a page may show it"
    put(root, {"own/okr/unit.html": "{% extends 'base.html' %}\n{% block content %}Our units{% endblock %}\n"})
    assert save(desk, root, "mkdocs.yml", SMALL["mkdocs.yml"].replace("{name: okr}", "{name: okr, custom_dir: own}"))
    assert "Our units" in text(desk, "acme/index.html")
    assert root / "own" in desk.watched()


def test_broken_content(desk: Desk, root: Path) -> None:
    """The last good pages stay, with what is wrong; what was saved meanwhile is not forgotten."""
    before = desk.sight("acme/it/")
    assert not save(desk, root, "content/okrs/acme/it/unit.yml", "name: IT\nlevel: nation\n")
    now = desk.sight("acme/it/")
    assert now.version == before.version
    assert [(p.path, p.line, p.code) for p in now.problems] == [("content/okrs/acme/it/unit.yml", 2, "OKR308")]
    assert not save(desk, root, "content/guide/more.md", "# Written meanwhile\n")
    assert save(desk, root, "content/okrs/acme/it/unit.yml", "name: Computing\nlevel: department\n")
    assert desk.sight("acme/it/").problems == []
    assert "Computing" in text(desk, "acme/it/index.html")
    assert "Written meanwhile" in text(desk, "guide/more/index.html")


def test_broken_configuration(desk: Desk, root: Path) -> None:
    """The configuration and MkDocs may fail too, without taking anything away."""
    for broken in ("site_name: [", "theme: {name: okr}\n", SMALL["mkdocs.yml"] + "strict: true\nnav: [nowhere.md]\n"):
        assert not save(desk, root, "mkdocs.yml", broken)
        assert "mkdocs.yml" in desk.problems[0].path
        assert "Goals" in text(desk, "guide/start/index.html")
    assert save(desk, root, "mkdocs.yml", SMALL["mkdocs.yml"].replace("Goals", "Aims"))
    assert "Aims" in text(desk, "guide/start/index.html")


def test_broken_template(desk: Desk, root: Path) -> None:
    """A template that fails on one page is told there, over the last good one; other pages go on."""
    own = SMALL["mkdocs.yml"].replace("{name: okr}", "{name: okr, custom_dir: own}")
    put(root, {"own/robots.txt": "", "mkdocs.yml": own})
    assert desk.renew({str(root / "mkdocs.yml")})
    good = text(desk, "acme/index.html")
    assert save(desk, root, "own/okr/unit.html", "{{ record.nothing.at_all }}")
    sight = desk.sight("acme/")
    assert "nothing" in sight.problems[0].message
    assert text(desk, "acme/index.html") == good
    assert desk.sight("alignment/").problems == []
    assert not save(desk, root, "own/okr/unit.html", "{% if %}")
    assert "unit.html:1" in desk.sight("alignment/").problems[0].message


def test_a_commit_alone(root: Path, tmp_path: Path) -> None:
    """What it moved is told at once, though no file of the content is another."""
    repo = Repo(root)
    repo.commit("Begin", "2026-01-02")
    desk = Desk(root / "mkdocs.yml", tmp_path, None, URL, lambda _: None)
    assert desk.renew(), desk.problems
    desk.announce()
    with Watch(desk.watched()) as watch:
        assert save(desk, root, "content/okrs/acme/it/2026-Q1.yml", RELIABILITY.replace("target: 100", "target: 90"))
        assert watch.wait(60)
        assert "2 Feb 2026" not in text(desk, "acme/it/2026-Q1/reliability/index.html")
        repo.commit("Aim lower", "2026-02-02")
        assert desk.renew(watch.wait(60))
    assert "2 Feb 2026" in text(desk, "acme/it/2026-Q1/reliability/index.html")


def test_pages_that_vanish(desk: Desk, root: Path) -> None:
    """Of a page that is no longer there, the nearest above is known; of one that never was, too."""
    (root / "content/okrs/acme/2026-Q1/trust.md").rename(root / "content/okrs/acme/2026-Q1/believe.md")
    put(root, {"content/okrs/acme/it/2026-Q1.yml": RELIABILITY.replace("trust", "believe")})
    assert desk.renew({str(root / "content/okrs")})
    assert desk.sight("acme/2026-Q1/trust/").above == "acme/2026-Q1/"
    assert desk.sight("acme/2026-Q1/believe/").above is None
    assert desk.sight("acme/2031-Q1/trust/").above == "acme/"
    assert desk.sight("nowhere/at/all").above == ""


def test_only_what_is_asked_for(desk: Desk, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a save, pages that nobody asks for are not made, and each that is asked for is made once."""
    from okrsite.site.making.workshop import Workshop

    made: list[str] = []
    make = Workshop.make

    def noted(shop: Workshop, plans: list) -> object:  # type: ignore[type-arg]
        made.extend(plan.address for plan in plans)
        return make(shop, plans)

    monkeypatch.setattr(Workshop, "make", noted)
    assert save(desk, root, "content/okrs/acme/2026-Q1/trust.md", TRUST.replace("trust us", "believe us"))
    for _ in range(2):
        desk.sight("acme/2026-Q1/trust/")
        text(desk, "acme/2026-Q1/trust/index.html")
    assert made == ["acme/2026-Q1/trust/"]


def test_the_home_page_is_made_when_it_is_asked_for(desk: Desk, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells of all goals: whoever opens another page first does not wait for it, nor for its mistakes."""
    from okrsite.site.portal import PortalSite

    made: list[PortalSite] = []
    home = PortalSite.home
    monkeypatch.setattr(PortalSite, "home", lambda site: made.append(site) or home(site))
    assert desk.renew()
    text(desk, "acme/index.html")
    assert made == []
    assert text(desk, "index.html") == text(desk, "index.html")
    assert len(made) == 1
    put(root, {"own/okr/home.html": "{{ record.nothing.at_all }}"})
    own = SMALL["mkdocs.yml"].replace("{name: okr}", "{name: okr, custom_dir: own}")
    assert save(desk, root, "mkdocs.yml", own)
    text(desk, "acme/index.html")
    assert desk.sight("acme/").problems == []
    assert "nothing" in desk.sight("").problems[0].message


def test_a_new_day(desk: Desk, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that runs over midnight notices; a day that the portal names stays."""
    assert not desk.is_of_yesterday()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # 2026-03-01
    assert desk.is_of_yesterday()
    assert save(desk, root, "content/index.md", "# Goals\n")
    assert not desk.is_of_yesterday()
