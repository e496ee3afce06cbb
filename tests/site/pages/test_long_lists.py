"""Lists that grow with the portal: a goal's page shows a part of them and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from portalfiles import MKDOCS, put
from sitebuilds import Built, build_at

from okrsite.site.views import Some, around, beside, first

UNITS = 30
MANY = tuple(range(100))


@pytest.mark.parametrize(
    ("some", "shown", "more"),
    [
        (first(MANY[:3], 3), (0, 1, 2), 0),
        (first(MANY, 2), (0, 1), 98),
        (beside(MANY, 0, 2), (1, 2), 97),
        (beside(MANY, 50, 1), (49, 51), 97),
        (beside(MANY, 99, 2), (97, 98), 97),
        (beside(MANY[:1], 0), (), 0),
        (around(MANY, 50, 1), (49, 50, 51), 97),
        (around(MANY[:3], 2, 5), (0, 1, 2), 0),
    ],
)
def test_some(some: Some[int], shown: tuple[int, ...], more: int) -> None:
    """What is shown keeps its order, and with what is left out makes the whole list."""
    assert (some.shown, some.more) == (shown, more)
    assert (tuple(some), len(some)) == (shown, len(shown))
    assert some.each(str) == Some(tuple(map(str, shown)), more)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One unit with many below it, which all support its objective."""
    root: Path = tmp_path_factory.mktemp("wide")
    files = {"mkdocs.yml": MKDOCS, "content/okrs/acme/unit.yml": "name: Acme\nlevel: corporate\n"}
    goal = "objectives:\n  - id: goal\n    title: A goal\n    owner: Ada\n"
    results = "    key_results: [{id: done, title: Done, kind: done}]\n"
    files["content/okrs/acme/2026-Q1.yml"] = goal + results
    for number in range(UNITS):
        folder = f"content/okrs/acme/unit-{number:02}"
        files[f"{folder}/unit.yml"] = f"name: Unit {number:02}\nlevel: team\n"
        files[f"{folder}/2026-Q1.yml"] = f"{goal}    supports: [acme/2026-Q1/goal]\n{results}"
        files[f"{folder}/2025-Q4.yml"] = goal + results
    files["content/okrs/old/unit.yml"] = "name: Old\nlevel: corporate\n"
    files |= {
        f"content/okrs/old/{2020 + month // 12}-{month % 12 + 1:02}.yml": goal + results for month in range(UNITS)
    }
    put(root, files)
    return build_at(root)


def test_cycles_beside(wide: Built) -> None:
    """The page of a cycle names those around it and leads to the list of all."""
    page = wide.site.pages["cycles/2021-03/index.html"]
    named = {link for link in page.links if link.startswith("../../cycles/20")}
    assert len(named - {"../../cycles/2021-03/index.html"}) == 24
    assert "and 7 more" in page.text
    assert "and 7 more" not in wide.site.pages["cycles/2025-Q4/index.html"].text


def test_units_below(wide: Built) -> None:
    """A unit's page has the first of the units below it and the way to all of them."""
    page = wide.site.pages["acme/index.html"]
    assert "../acme/unit-11/index.html" in page.links
    assert "../acme/unit-12/index.html" not in page.links
    assert "And 18 more" in page.text
    assert "../levels/team/index.html" in page.links
    assert all(f"Unit {number:02}" in wide.site.pages["levels/team/index.html"].text for number in range(UNITS))


def test_units_beside(wide: Built) -> None:
    """A unit's page names its neighbours alone, so that all pages together grow with the units, not their square."""
    page = wide.site.pages["acme/unit-15/index.html"]
    named = [
        number for number in range(UNITS) if number != 15 and f"../../acme/unit-{number:02}/index.html" in page.links
    ]
    assert named == [*range(3, 15), *range(16, 28)]
    assert "and 5 more" in page.text


def test_links_lead_somewhere(wide: Built) -> None:
    """What is left out breaks no link."""
    assert wide.site.broken_links() == []
