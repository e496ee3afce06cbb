"""A portal read back as it would be: the same, whether all of it is read again or only the units with a change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cycleportal import GOALS, SETTINGS
from portalfiles import put

from okrsite.content import ContentCache, read_portal
from okrsite.editing import FileChange, NotMeantError
from okrsite.editing.proof import read_with
from okrsite.model import Portal
from okrsite.settings import Settings

ACME, IT = "content/okrs/acme", "content/okrs/acme/it"
UP = GOALS[f"{IT}/2026-Q1/up.md"]
CHANGES = {
    "a meeting": {f"{IT}/check-ins/2026-03-09.yml": "check_ins:\n  up/uptime: 97\n"},
    "a first meeting": {f"{ACME}/it/lab/check-ins/2026-03-09.yml": "check_ins:\n  try/it: true\n"},
    "an owner": {f"{IT}/2026-Q1/up.md": UP.replace("owner: Grace", "owner: Eve")},
    "a new cycle": {f"{IT}/2026-Q2.yml": GOALS[f"{ACME}/2026.yml"]},
    "two units": {
        f"{IT}/2026-Q1/up.md": UP.replace("weight: 2.0", "weight: 3"),
        f"{ACME}/2026.yml": GOALS[f"{ACME}/2026.yml"].replace("We grow", "We grow more"),
    },
    "nothing": {},
}
BROKEN = {
    "a word": {f"{IT}/2026-Q1/up.md": UP.replace("kind: decrease", "kind: decreese")},
    "what others support": {
        f"{ACME}/2026-Q1.yml": GOALS[f"{ACME}/2026-Q1.yml"].replace("id: later", "id: sooner"),
    },
    "no unit": {"content/okrs/other/2026.yml": GOALS[f"{ACME}/2026.yml"]},
}
LAB = {
    f"{IT}/lab/unit.yml": "name: Lab\nlevel: team\n",
    f"{IT}/lab/2026-Q1.yml": "objectives:\n  - {id: try, title: Try, owner: Lin, supports: [acme/it/2026-Q1/up], "
    "key_results: [{id: it, title: It, kind: done}]}\n",
}


def _read(root: Path, settings: Settings = SETTINGS) -> ContentCache:
    known = ContentCache(root / "known")
    assert read_portal(root, settings, known).portal
    return known


def _changes(texts: dict[str, str]) -> list[FileChange]:
    return [FileChange(name, None, text.encode()) for name, text in texts.items()]


def _said(portal: Portal) -> object:
    goals = (dict(portal.objectives), dict(portal.kpis), dict(portal.key_results))
    return dict(portal.units), dict(portal.cycles), portal.rollouts, goals, portal.supporter_ids


@pytest.mark.parametrize("changed", CHANGES)
def test_is_the_same_portal(root: Path, changed: str) -> None:
    """What is known of the other units is what their files say."""
    put(root, LAB)
    changes = _changes(CHANGES[changed])
    assert _said(read_with(root, SETTINGS, changes, _read(root))) == _said(read_with(root, SETTINGS, changes))


@pytest.mark.parametrize("changed", BROKEN)
def test_says_the_same_of_what_would_be_wrong(root: Path, changed: str) -> None:
    """Also where it is wrong for a unit that is not changed."""
    put(root, LAB)
    known = _read(root)
    said = []
    for each in (known, None):
        with pytest.raises(NotMeantError) as refused:
            read_with(root, SETTINGS, _changes(BROKEN[changed]), each)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_reads_units_with_a_change_alone(root: Path) -> None:
    """No file of another unit is opened, so that it may hold anything by now; what is kept of the portal stays."""
    put(root, LAB)
    known = _read(root)
    kept = {file: file.read_bytes() for file in known.folder.rglob("*") if file.is_file()}
    before = _said(read_with(root, SETTINGS, [], known))
    (root / ACME / "2026.yml").write_text("garbage: [")
    changes = _changes(CHANGES["a meeting"])
    after = read_with(root, SETTINGS, changes, known)
    with pytest.raises(NotMeantError, match="would not be valid"):
        read_with(root, SETTINGS, changes)
    check_ins = after.key_results["acme/it/2026-Q1/up/uptime"].check_ins
    assert [str(each.value) for each in check_ins] == ["95.50", "97"]
    assert {file: file.read_bytes() for file in known.folder.rglob("*") if file.is_file()} == kept
    assert _said(read_with(root, SETTINGS, [], known)) == before  # what is known is of the portal as it was


def test_content_beside_the_portal(root: Path) -> None:
    """The folder of the content may be named by a way that leads upwards."""
    settings = replace(SETTINGS, content="../content")
    portal = root / "portal"
    portal.mkdir()
    changes = [FileChange(f"../{name}", None, text.encode()) for name, text in CHANGES["an owner"].items()]
    known = _read(portal, settings)
    assert _said(read_with(portal, settings, changes, known)) == _said(read_with(portal, settings, changes))
