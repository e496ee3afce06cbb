"""A check after an edit judges the units that the edit may have changed, and takes the rest from the last check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import rmtree

import pytest
from portalfiles import MKDOCS, put

from okrsite.cli.opened import problems
from okrsite.languages import Plain
from okrsite.rules import Judge, OfUnit

DAY = date(2026, 2, 14)
UNITS = {"acme": "corporate", "acme/hr": "department", "acme/it": "department"}


def _goals(title: str, kind: str, more: str = "") -> str:
    return (
        f"objectives:\n  - id: goal\n    title: {title}\n    owner: Ada\n{more}"
        f"    key_results: [{{id: kr, title: Done, {kind}}}]\n"
    )


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A company with a roll-up of what a department below it does, and another department."""
    supports = "    supports: [acme/2026-Q1/goal/kr]\n"
    put(
        tmp_path,
        {
            "mkdocs.yml": MKDOCS,
            **{f"content/okrs/{unit}/unit.yml": f"name: {unit}\nlevel: {level}\n" for unit, level in UNITS.items()},
            "content/okrs/acme/2026-Q1.yml": _goals("Ours", "kind: rollup"),
            "content/okrs/acme/hr/2026-Q1.yml": _goals("Alone", "kind: done"),
            "content/okrs/acme/it/2026-Q1.yml": _goals("Supporting", "kind: done", supports),
        },
    )
    return tmp_path


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The units that are judged, in order."""
    ids: list[str] = []
    of_unit = Judge.of_unit

    def listen(self: Judge, id: str, said: Callable[[str], Plain]) -> OfUnit:
        ids.append(id)
        return of_unit(self, id, said)

    monkeypatch.setattr(Judge, "of_unit", listen)
    return ids


def _checked(portal: Path, judged: list[str]) -> list[str]:
    """The units that a check judges; what it says is what a check says of which no note is left."""
    judged.clear()
    found = problems(portal / "mkdocs.yml", DAY)
    anew = [*judged]
    builds, kept = portal / ".okrsite/builds", portal / ".okrsite/kept"
    builds.rename(kept)
    assert problems(portal / "mkdocs.yml", DAY) == found
    rmtree(builds)
    kept.rename(builds)
    return anew


def _edit(portal: Path, unit: str, old: str, new: str) -> None:
    file = portal / f"content/okrs/{unit}/2026-Q1.yml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_only_what_an_edit_may_have_changed_is_judged(portal: Path, judged: list[str]) -> None:
    """The unit itself; the one whose roll-up it feeds, where it gives something else; none, where nothing changed."""
    assert _checked(portal, judged) == [*UNITS]
    assert _checked(portal, judged) == []
    _edit(portal, "acme/hr", "Alone", "Reach 100%")
    assert _checked(portal, judged) == ["acme/hr"]
    _edit(portal, "acme/it", "Supporting", "Reach 50%")
    assert _checked(portal, judged) == ["acme/it"]
    _edit(portal, "acme/it", "owner: Ada", "owner: TBD\n    state: postponed")
    assert "acme/hr" not in _checked(portal, judged)


def test_another_rule_is_another_check(portal: Path, judged: list[str]) -> None:
    """What the options say decides what was found."""
    _checked(portal, judged)
    config = portal / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "      rules: {OKR541: error}\n", "utf-8")
    assert _checked(portal, judged) == [*UNITS]


def test_a_damaged_note_is_as_good_as_none(portal: Path, judged: list[str]) -> None:
    """Every unit is judged again."""
    _checked(portal, judged)
    [note] = (portal / ".okrsite/builds").glob("*.checked")
    note.write_bytes(note.read_bytes()[:-3])
    assert _checked(portal, judged) == [*UNITS]
