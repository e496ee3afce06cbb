"""Opening a cycle: unfinished goals go on where they stand, say what they continue, and nothing is overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cycleportal import GOALS, SETTINGS, Read, written
from portalfiles import put

from okrsite.content import read_portal
from okrsite.editing import RefusedError, known_cycle, open_cycle, opening
from okrsite.model import Portal
from okrsite.scoring import score
from okrsite.settings import Settings

ROOT = Path(__file__).parents[2]
PORTALS = ROOT / "tests" / "portals" / "valid"

TRUST = """\
objectives:
  - id: trust
    title: Customers trust us
    owner: Ada
    type: committed
    supports: [acme/2026/grow/all]
    continues: 2026-Q1/trust
    key_results:
      - id: nps
        title: Score, from 20 to 40
        kind: increase
        baseline: 31
        target: 40
        kpi: nps
      - id: steps
        title: Steps
        kind: milestones
        milestones:
          - {title: "Two, at last"}

  - id: later
    title: Later
    owner: Ada
    continues: 2026-Q1/later
    key_results:
      - id: k
        title: K
        kind: done
"""

UP = """\
---
title: We are up
owner: Grace
supports: [acme/2026-Q2/trust, acme/2026-Q2/trust/nps, acme/2026-Q2/later]
continues: 2026-Q1/up
tags: [ops]
weight: 2.0
key_results:
  - id: uptime
    title: Uptime
    kind: increase
    unit: "%"
    baseline: 95.50
    target: 99.90
  - id: calls
    title: Calls
    kind: decrease
    baseline: 10
    target: 2
---
Why:  *because*.
"""


def open_q2(root: Path, read: Read, *units: str) -> dict[str, str]:
    """Open 2026-Q2 from 2026-Q1; the texts that were written."""
    portal, figures = read()
    found = opening(portal, figures, known_cycle(root, SETTINGS, "2026-Q2"), portal.cycles["2026-Q1"], units)
    return written(root, open_cycle(root, SETTINGS, portal, found))


def test_carries_unfinished_goals_over(root: Path, read: Read) -> None:
    """Active, closed and postponed ones go on; a key result begins where it stands, what is achieved stays behind."""
    assert open_q2(root, read) == {"acme/2026-Q2.yml": TRUST, "acme/it/2026-Q2/up.md": UP}
    portal, _ = read()
    assert portal.objectives["acme/it/2026-Q2/up"].continues == "acme/it/2026-Q1/up"
    assert [each.id for each in portal.continued_by["acme/2026-Q1/trust"]] == ["acme/2026-Q2/trust"]


def test_a_second_time_changes_nothing(root: Path, read: Read) -> None:
    """What is in the new cycle already is left as it is and said."""
    open_q2(root, read)
    portal, figures = read()
    again = opening(portal, figures, portal.cycles["2026-Q2"], portal.cycles["2026-Q1"])
    assert again.carried == ()
    assert again.there == ("acme/2026-Q1/later", "acme/2026-Q1/trust", "acme/it/2026-Q1/up")
    assert again.left == ("acme/2026-Q1/idea",)
    assert open_cycle(root, SETTINGS, portal, again) == []


def test_adds_to_a_file_that_is_there(root: Path, read: Read) -> None:
    """Of a new cycle that somebody began by hand, every line stays; an id that is taken is skipped."""
    begun = "# Begun by hand\nobjectives:\n  - id: trust   # anew\n    title: T\n    owner: Eve\n    key_results:\n"
    begun += "      - {id: k, title: K, kind: done}\n# end\n"
    put(root, {"content/okrs/acme/2026-Q2.yml": begun})
    texts = open_q2(root, read)
    later = TRUST[TRUST.index("  - id: later") :]
    assert texts["acme/2026-Q2.yml"] == begun.replace("# end\n", f"\n{later}# end\n")
    assert "supports: [acme/2026-Q2/later]\n" in texts["acme/it/2026-Q2/up.md"]


def test_one_unit_alone(root: Path, read: Read) -> None:
    """Links to goals that are not carried over are left out and named."""
    portal, figures = read()
    found = opening(
        portal, figures, known_cycle(root, SETTINGS, "2026-Q2"), portal.cycles["2026-Q1"], ["acme/it"]
    ).carried[0]
    assert found.after.supports == ()
    assert found.unlinked == ("acme/2026-Q1/trust/done", "acme/2026-Q1/trust/nps", "acme/2026-Q1/later")
    assert [kr.id for kr in found.dropped] == ["acme/it/2026-Q1/up/calm"]
    assert set(open_q2(root, read, "acme/it")) == {"acme/it/2026-Q2/up.md"}
    assert set(open_q2(root, read)) == {"acme/2026-Q2.yml"}


def test_refuses_with_all_reasons(root: Path, read: Read) -> None:
    """A cycle that does not begin later, a unit that is not there, an empty cycle."""
    portal, figures = read()
    q1, q2 = portal.cycles["2026-Q1"], known_cycle(root, SETTINGS, "2026-Q2")
    with pytest.raises(RefusedError, match=r"there is no unit 'acme/ti'(.|\n)*2026-Q1 begins on 2026-01-01, not after"):
        opening(portal, figures, q1, q2, ["acme/ti"])
    with pytest.raises(RefusedError, match="no objective is in 2026-Q2"):
        opening(portal, figures, known_cycle(root, SETTINGS, "2026-Q3"), q2)


def test_line_ends_are_those_of_the_old_file(root: Path, read: Read) -> None:
    """A new file has the line ends of the one it comes from, and a Markdown body keeps every byte."""
    put(root, {name: text.replace("\n", "\r\n") for name, text in GOALS.items()})
    texts = open_q2(root, read)
    assert texts == {"acme/2026-Q2.yml": TRUST.replace("\n", "\r\n"), "acme/it/2026-Q2/up.md": UP.replace("\n", "\r\n")}


def folders() -> list[Path]:
    """The example and every small portal that has objectives."""
    return [ROOT, *sorted(path for path in PORTALS.iterdir() if path.name != "several-rollouts")]


@pytest.mark.parametrize("folder", folders(), ids=lambda path: "example" if path == ROOT else path.name)
def test_every_portal_can_be_carried_on(folder: Path, tmp_path: Path) -> None:
    """From each cycle into one that follows: the result has no errors, and opening once more finds nothing to do."""
    shutil.copytree(folder / "content", tmp_path / "content")

    def read() -> Portal:
        portal = read_portal(tmp_path, Settings()).portal
        assert portal is not None
        return portal

    portal = read()
    used = {objective.cycle_id for objective in portal.objectives.values()}
    latest = max((portal.cycles[id] for id in used), key=lambda cycle: (cycle.start, cycle.id))
    following = known_cycle(tmp_path, Settings(), "2031-Q2")
    found = opening(portal, score(portal, latest.end), following, latest)
    written(tmp_path, open_cycle(tmp_path, Settings(), portal, found))
    portal = read()
    assert {each.after.id for each in found.carried} <= set(portal.objectives)
    assert opening(portal, score(portal, latest.end), following, latest).carried == ()
