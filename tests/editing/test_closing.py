"""Closing a cycle: what can be closed, what the rules want, and what stands in the files afterwards."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from cycleportal import GOALS, SETTINGS, Read, written

from okrsite.content import read_portal
from okrsite.editing import (
    FileChange,
    NotMeantError,
    RefusedError,
    Verdict,
    closable,
    close,
    known_cycle,
    left_alone,
    matched_verdicts,
    missing_notes,
)
from okrsite.editing.proof import check_meant, read_with
from okrsite.scoring import score
from okrsite.settings import RuleSetting, Settings

PORTALS = Path(__file__).parents[1] / "portals" / "valid"
TRUST, UP = "acme/2026-Q1/trust", "acme/it/2026-Q1/up"


def test_shows_what_can_be_closed(read: Read) -> None:
    """Active objectives with their grades; of the rest, how many are left alone."""
    portal, figures = read()
    found = closable(portal, figures, SETTINGS, portal.cycles["2026-Q1"])
    assert [(each.id, each.grade, each.wants_note) for each in found.closings] == [
        (TRUST, "red", True),
        (UP, "yellow", False),
    ]
    assert left_alone(found) == "1 draft, 1 postponed"
    assert not found.early
    assert closable(portal, score(portal, date(2026, 3, 30)), SETTINGS, portal.cycles["2026-Q1"]).early
    only = closable(portal, figures, SETTINGS, portal.cycles["2026-Q1"], ["acme/it"])
    assert [each.id for each in only.closings] == [UP]


def test_the_rule_decides_whether_a_note_is_wanted(read: Read) -> None:
    """A portal that switched the rule off closes without notes."""
    portal, figures = read()
    off = replace(SETTINGS, rules={"OKR506": RuleSetting(level="off")})
    found = closable(portal, figures, off, portal.cycles["2026-Q1"])
    assert missing_notes(found, {}) == []
    wanted = missing_notes(closable(portal, figures, SETTINGS, portal.cycles["2026-Q1"]), {})
    assert [each.message for each in wanted] == [
        f"an objective needs a closing note, as committed to and missed:\n      {TRUST}, at 68%"
    ]


def test_closes_in_the_files(root: Path, read: Read) -> None:
    """State, score and note are put in; a closed portal has nothing left to close."""
    portal, figures = read()
    found = closable(portal, figures, SETTINGS, portal.cycles["2026-Q1"])
    verdicts = {TRUST: Verdict(closing_note="Too late.\n\n- begin *earlier*"), UP: Verdict(Decimal("0.50"))}
    texts = written(root, close(root, SETTINGS, portal, found.closings, verdicts))
    name = "acme/2026-Q1.yml"
    assert texts[name] == GOALS[f"content/okrs/{name}"].replace(
        "    supports: [acme/2026/grow/all]\n", "    supports: [acme/2026/grow/all]\n    state: closed\n"
    ).replace(
        "kind: done}\n\n",
        "kind: done}\n    closing_note: |\n      Too late.\n\n      - begin *earlier*\n\n",
        1,
    )
    assert "/later]\nstate: closed\ntags:" in texts["acme/it/2026-Q1/up.md"]
    assert texts["acme/it/2026-Q1/up.md"].endswith("value: 6}]}\nscore: 0.50\n---\nWhy:  *because*.\n")
    portal, figures = read()
    assert (portal.objectives[UP].state, portal.objectives[UP].score) == ("closed", Decimal("0.5"))
    assert closable(portal, figures, SETTINGS, portal.cycles["2026-Q1"]).closings == ()


def test_options_and_file_say_verdicts(root: Path, read: Read) -> None:
    """Ids as short as they can be told apart; an option wins over the file."""
    portal, figures = read()
    found = closable(portal, figures, SETTINGS, portal.cycles["2026-Q1"])
    file = root / "lessons.yml"
    file.write_text("acme/2026-Q1/trust: {score: 0.4, closing_note: From the file}\nup: {score: 1}\n", encoding="utf-8")
    assert matched_verdicts(found, ["trust=By option = it wins"], [], file) == {
        TRUST: Verdict(Decimal("0.4"), "By option = it wins"),
        UP: Verdict(Decimal(1)),
    }


def test_everything_wrong_is_said_at_once(root: Path, read: Read) -> None:
    """All the reasons for a refusal, each with a hint."""
    portal, figures = read()
    found = closable(portal, figures, SETTINGS, portal.cycles["2026-Q1"])
    with pytest.raises(RefusedError) as refused:
        matched_verdicts(found, ["trst=Note", "no id", "up=\u202e"], ["up=7", "trust=a lot", "later=1"], None)
    assert [each.message for each in refused.value.complaints] == [
        "--note 'no id' names no goal",
        "there is no active objective of 2026-Q1 'trst'",
        "up: the character U+202E (right-to-left override) may not be used",
        "up: 7 is not from 0 to 1",
        "trust: 'a lot' is not a number",
        "there is no active objective of 2026-Q1 'later'",
    ]
    assert all(each.hint for each in refused.value.complaints)
    with pytest.raises(RefusedError, match="there is no unit 'acme/ti'"):
        closable(portal, figures, SETTINGS, portal.cycles["2026-Q1"], ["acme/ti"])
    with pytest.raises(RefusedError, match="no objective of acme/it is in 2026"):
        closable(portal, figures, SETTINGS, portal.cycles["2026"], ["acme/it"])
    with pytest.raises(RefusedError, match=r"unknown cycle '2026-q1'\n    hint: did you mean '2026-Q1'"):
        known_cycle(root, SETTINGS, "2026-q1")


def test_what_does_not_say_what_was_meant_is_refused(root: Path, read: Read) -> None:
    """A change is read back before it is written: it has to be valid, and nothing else may differ."""
    portal, _ = read()
    name = "content/okrs/acme/2026-Q1.yml"
    before = (root / name).read_bytes()
    broken = FileChange(name, before, before.replace(b"kind: done", b"kind: dune", 1))
    with pytest.raises(NotMeantError, match=r"not be valid any more: .*OKR206"):
        read_with(root, SETTINGS, [broken])
    more = read_with(root, SETTINGS, [FileChange(name, before, before.replace(b"owner: Ada", b"owner: Eve"))])
    with pytest.raises(NotMeantError, match="acme/2026-Q1/idea would not be what was meant"):
        check_meant(portal, more, {})


@pytest.mark.parametrize("portal_name", sorted(path.name for path in PORTALS.iterdir()))
def test_every_valid_portal_can_be_closed(portal_name: str, tmp_path: Path) -> None:
    """Whatever a portal's files look like, all its cycles can be closed, and then hold what was said."""
    root = tmp_path / portal_name
    shutil.copytree(PORTALS / portal_name, root)
    portal = read_portal(root, Settings()).portal
    assert portal is not None
    for cycle in portal.cycles.values():
        if not any(cycle.id in cycles for cycles in portal.objectives_by_unit.values()):
            continue
        found = closable(portal, score(portal, cycle.end), Settings(), cycle)
        verdicts = {each.id: Verdict(Decimal("0.3"), "One: #1\n\ntwo") for each in found.closings}
        written(root, close(root, Settings(), portal, found.closings, verdicts))
        portal = read_portal(root, Settings()).portal
        assert portal is not None
        assert all(portal.objectives[id].closing_note == "One: #1\n\ntwo" for id in verdicts)
