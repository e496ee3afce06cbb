"""One Chromium and one build of each portal for all browser tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml
from allshapes import make as make_all_shapes
from chromium import chromium
from pagekinds import by_kind, recorded
from playwright.sync_api import Browser
from portalfiles import warm
from visits import Portal, Portals, Visits
from webserver import served

from okrsite.problems import OkrsiteError
from okrsite.site.build import build

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portals]:
    """Builds and serves a portal when it is first asked for."""
    known: dict[tuple[str, str], Portal | OkrsiteError] = {}
    with ExitStack() as servers:

        def made(name: str, locale: str) -> Portal | OkrsiteError:
            root = tmp_path_factory.mktemp(name)
            _write(name, root)
            _speak(root / "mkdocs.yml", locale)
            warm(root)
            try:
                with recorded() as templates:
                    site = build(root / "mkdocs.yml").site_dir
            except OkrsiteError as error:
                return error
            return Portal(site, servers.enter_context(served(site)), by_kind(site, templates))

        def portal(name: str = "example", locale: str = "en") -> Portal:
            if (name, locale) not in known:
                known[name, locale] = made(name, locale)
            found = known[name, locale]
            if isinstance(found, OkrsiteError):  # told of by every test, tried once
                raise found
            return found

        yield portal


def _write(name: str, root: Path) -> None:
    if name == "example":
        shutil.copytree(ROOT / "content", root / "content")
        shutil.copy(ROOT / "mkdocs.yml", root)
    else:
        {"shapes": make_all_shapes}[name](root)


def _speak(config: Path, locale: str) -> None:
    """Set the language of a portal's pages."""
    settings = yaml.safe_load(config.read_text("utf-8"))
    for plugin in settings["plugins"]:
        if isinstance(plugin, dict) and "okrsite" in plugin:
            plugin["okrsite"]["locale"] = locale
    config.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture(scope="session")
def example(portals: Portals) -> Portal:
    """The example portal."""
    return portals("example")


@pytest.fixture(scope="session")
def shapes(portals: Portals) -> Portal:
    """The portal of all shapes."""
    return portals("shapes")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    """Opens pages; any error, violation of the policy or request to another host in one of them fails the test."""
    visits = Visits(browser)
    yield visits
    visits.close()
    assert visits.faults == []
