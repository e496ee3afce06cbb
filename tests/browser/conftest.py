"""One Chromium and one build of each portal for all browser tests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
import yaml
from allshapes import make as make_all_shapes
from chromium import chromium
from pagekinds import by_kind, recorded
from playwright.sync_api import Browser
from portalfiles import once, warm
from visits import Portal, Portals, Visits
from webserver import served

from okrsite.crew import ALONE
from okrsite.problems import OkrsiteError
from okrsite.site.build import build

ROOT = Path(__file__).parents[2]
KINDS = "kinds.json"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def portals() -> Iterator[Portals]:
    """Builds and serves a portal when it is first asked for."""
    known: dict[tuple[str, str], Portal | OkrsiteError] = {}
    with ExitStack() as servers:

        def made(name: str, locale: str) -> Portal | OkrsiteError:
            try:
                folder = once(f"{name}-{locale}", partial(_build, name, locale))
            except OkrsiteError as error:
                return error
            kinds = json.loads((folder / KINDS).read_text("utf-8"))
            return Portal(folder / "site", servers.enter_context(served(folder / "site")), kinds)

        def portal(name: str = "example", locale: str = "en") -> Portal:
            if (name, locale) not in known:
                known[name, locale] = made(name, locale)
            found = known[name, locale]
            if isinstance(found, OkrsiteError):  # told of by every test, tried once
                raise found
            return found

        yield portal


def _build(name: str, locale: str, root: Path) -> None:
    """Make a portal in a language, its site in ``site/``, and a list of its pages of each kind."""
    _write(name, root)
    _speak(root / "mkdocs.yml", locale)
    warm(root)
    with recorded() as templates:
        site = build(root / "mkdocs.yml", hands=ALONE).site_dir
    (root / KINDS).write_text(json.dumps(by_kind(site, templates)), "utf-8")


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


@pytest.fixture(scope="session")
def visits(browser: Browser) -> Visits:
    """Visits of all tests."""
    return Visits(browser)


@pytest.fixture
def visit(visits: Visits) -> Iterator[Visits]:
    """Opens pages; any error, violation of the policy or request to another host in one of them fails the test."""
    yield visits
    assert visits.leave() == []
