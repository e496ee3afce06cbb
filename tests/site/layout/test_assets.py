"""Assets have a hash of their content in their names, and pages and scripts know these names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from portalfiles import MKDOCS, SMALL, put
from sitebuilds import Build, Built, build_at
from webpages import HASHED, asset, bytes_of, plain

from okrsite.languages import Language
from okrsite.site.layout.assets import assets_of

THEME = str(Path(__file__).parents[3] / "themes" / "okr")
OWN = MKDOCS.replace("name: okr", "name: okr, custom_dir: own") + "extra_css: [looks/house.css]\n"


def _map(site: Path) -> dict[str, str]:
    found = re.search(r"\nokr\.files = (\{.*\});\n\Z", asset(site, "okr.js").read_text(encoding="utf-8"))
    assert found is not None
    known: dict[str, str] = json.loads(found[1])
    return known


def test_names_tell_the_content(small: Built) -> None:
    """All that pages load below assets/ has its hash in its name; what is only read has none."""
    files = bytes_of(small.site.folder / "assets")
    assert [name for name in files if not HASHED.fullmatch(name)] == ["lunr-licence.txt"]
    for name, content in files.items():
        assert name == "lunr-licence.txt" or f".{sha256(content).hexdigest()[:10]}." in name
    assert {plain(name) for name in files} >= {"okr.css", "okr.js", "icon.svg", "vega.js", "charts/kpi_trend.js"}


def test_pages_and_scripts_know_the_names(small: Built) -> None:
    """Every address of pages leads to a file, and so does every name that scripts or charts' buttons load by."""
    assert small.site.broken_links() == []
    assets = small.site.folder / "assets"
    known = _map(small.site.folder)
    assert known.keys() >= {"search", "tables", "lunr", "chart"}
    assert not known.keys() & {"okr", "vega"}
    assert [name for name in known.values() if not (assets / f"{name}.js").is_file()] == []
    asked = set()
    for script in assets.glob("*.js"):
        asked.update(re.findall(r'\bload\("([a-z-]+)"\)', script.read_text(encoding="utf-8")))
    assert asked <= known.keys()
    needed = {
        name
        for page in small.site.pages.values()
        for button in page.all("button")
        for name in button.attributes.get("data-okr-needs", "").split()
    }
    scripts = {f"charts/{file.name}" for file in (assets / "charts").iterdir()} | {
        asset(small.site.folder, "vega.js").name
    }
    assert {f"{name}.js" for name in needed} == scripts


def test_one_script_of_ones_own(build_files: Build) -> None:
    """It takes the place of the theme's under a name of its own; what only the portal has keeps its name."""
    files = {
        "mkdocs.yml": OWN,
        "content/looks/house.css": "@import 'more.css';",
        "content/looks/more.css": "p { color: red }",
        "content/look.md": "# Look\n\n[ours](looks/house.css)\n",
        "own/assets/map.js": "okr.map = 1;",
        "own/assets/icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "own/assets/house.js": "okr.house = 1;",
        "own/assets/pictures/house.png": "a picture",
    }
    site = build_files(files).site
    assert asset(site.folder, "map.js").read_text() == "okr.map = 1;"
    assert _map(site.folder)["map"] == asset(site.folder, "map.js").name.removesuffix(".js")
    assert asset(site.folder, "icon.svg").read_text() == files["own/assets/icon.svg"]
    assert (site.folder / "assets/house.js").is_file()
    assert (site.folder / "assets/pictures/house.png").is_file()
    assert "house" not in _map(site.folder)
    assert sorted(plain(name) for name in bytes_of(site.folder / "looks")) == ["house.css", "more.css"]
    assert (site.folder / "looks/more.css").is_file()
    assert site.broken_links() == []
    sheet = next((site.folder / "looks").glob("house.*")).name
    assert list(site.pages["look/index.html"].links).count(f"../looks/{sheet}") == 2
    assert (site.folder / "404.html").read_text(encoding="utf-8").count(f"/looks/{sheet}") == 1


def test_content_takes_no_place_of_an_asset(small: Built, tmp_path: Path) -> None:
    """Content comes from others: a file of it that is called like a script is not what pages load."""
    script = asset(small.site.folder, "okr.js")
    evil = {"content/assets/okr.js": "evil()", f"content/assets/{script.name}": "evil()"}
    put(tmp_path, {**SMALL, **evil})
    site = build_at(tmp_path).site.folder
    assert (site / "assets" / script.name).read_bytes() == script.read_bytes()
    assert f"assets/{script.name}" in (site / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def theme(tmp_path: Path) -> Callable[[str, str], dict[str, str]]:
    """The names of assets with one file of one's own."""

    def names(name: str, text: str) -> dict[str, str]:
        put(tmp_path, {f"assets/{name}": text})
        return dict(assets_of([str(tmp_path), THEME], Language("de"), str(tmp_path)).names)

    return names


def test_a_change_renames_what_it_changes(theme: Callable[[str, str], dict[str, str]]) -> None:
    """One script changed: it and the script that knows all names are called anew, nothing else."""
    one, other = theme("tables.js", "one;"), theme("tables.js", "two;")
    assert {name for name in one if one[name] != other[name]} == {"tables.js", "okr.js"}
    assert "words.js" in one
    assert theme("tables.js", "one;") == one
