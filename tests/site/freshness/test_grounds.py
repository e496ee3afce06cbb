"""What decides many values at once: the ground of each, and what moves it."""

from __future__ import annotations

from pathlib import Path

from ledgers import MEETING, NPS, Q1, TRUST, history_of, started

from okrsite.site.freshness.grounds import (
    ALONE,
    GOALS,
    HISTORY,
    KNOWN,
    LINKS,
    TREE,
    ground_of,
    known_grounds,
    told_grounds,
)


def test_grounds_of_ways() -> None:
    """Each value of the content has the ground that decides it; what has none is looked at by itself."""
    grounds = {
        ("portal", "objectives", "acme/it/2026-Q1/o"): "acme/it",
        ("portal", "objectives", "*"): GOALS,
        ("portal", "objective_ids", "acme", "2026-Q1"): "acme",
        ("portal", "titles", "acme/2026-Q1/o/kr"): "acme",
        ("portal", "titles", "acme/2026-Q1/o"): "acme",
        ("portal", "place_beside", "acme/it"): TREE,
        ("portal", "place_beside", "acme/it/kpis/k"): "acme/it",
        ("portal", "supporter_ids", "acme/2026-Q1/o"): LINKS,
        ("history", "changes"): HISTORY,
        ("history", "head"): ALONE,
        ("history", "known", "acme/it/2026-Q1/o/kr"): f"{KNOWN}acme/it",
        ("history", "known", "*"): ALONE,
        ("gallery", "owned", "owners/amy/"): ALONE,
    }
    assert {way: ground_of(way, ("acme", "acme/it")) for way in grounds} == grounds


def test_a_commit_moves_what_it_told(tmp_path: Path) -> None:
    """A check-in moves what is known of its unit, and no ground of changes; a goalpost moves that, and its unit's."""
    other = "content/okrs/acme/it/"
    repo = started(tmp_path, **{f"{other}unit.yml": "name: IT\nlevel: department\n", f"{other}2026-Q1.yml": TRUST})
    first = history_of(repo)
    repo.write(MEETING, "check_ins:\n  trust/nps: 30\n")
    repo.commit("Check in", "2026-01-20")
    second = history_of(repo)
    assert second.known[NPS] != first.known[NPS]
    assert told_grounds(second) == told_grounds(first)
    repo.write(Q1, TRUST.replace("target: 60", "target: 50"))
    repo.commit("Ask for less", "2026-01-25")
    third = history_of(repo)
    assert told_grounds(third) != told_grounds(second)
    before, after, last = map(known_grounds, (first, second, third))
    assert before.keys() == after.keys() == last.keys() == {f"{KNOWN}acme", f"{KNOWN}acme/it"}
    assert {name for name in before if before[name] != after[name]} == {f"{KNOWN}acme"}
    assert {name for name in before if after[name] != last[name]} == {f"{KNOWN}acme"}
