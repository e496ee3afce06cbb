"""Checking in: what a unit is asked, what is taken, and the one new file."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from cycleportal import GOALS, SETTINGS, Read
from hypothesis import given, settings
from hypothesis import strategies as st
from portalfiles import put

from okrsite.content import read_portal
from okrsite.content.syntax.text import forbidden_character
from okrsite.editing import (
    AnswerError,
    Entry,
    RefusedError,
    check_in,
    effects,
    entries_file,
    matched,
    meeting,
    meeting_unit,
    write,
)
from okrsite.editing.answers import confidence, note, person, reading
from okrsite.scoring import score

DAY = date(2026, 3, 9)
NPS, STEPS, DONE = (f"acme/2026-Q1/trust/{id}" for id in ("nps", "steps", "done"))
UPTIME, CALLS = "acme/it/2026-Q1/up/uptime", "acme/it/2026-Q1/up/calls"


def test_asks_for_key_results_of_active_objectives(read: Read) -> None:
    """In the running cycles; of those that get their value from elsewhere, it says from where."""
    portal, _ = read()
    found = meeting(portal, score(portal, DAY), "acme", DAY)
    assert found.cycles == ("2026", "2026-Q1")
    assert [(each.kr.id, each.origin) for each in found.questions] == [
        ("acme/2026/grow/all", "the objectives that support it"),
        (NPS, "its KPI"),
        (STEPS, "its milestones"),
        (DONE, ""),
    ]
    same_day = meeting(portal, score(portal, date(2026, 2, 13)), "acme", date(2026, 2, 13), "2026-Q1")
    assert same_day.done == (DONE,)
    assert DONE not in [each.kr.id for each in same_day.questions]


def test_writes_one_new_file_and_says_what_it_does(root: Path, read: Read) -> None:
    """The file is as short as it can be read; progress goes up the tree."""
    portal, _ = read()
    before = score(portal, DAY)
    what = meeting(portal, before, "acme/it", DAY)
    entries = matched(what, [("uptime", "97.5,8,Two weeks: no alarm"), ("up/calls", "4")])
    change, after = check_in(root, SETTINGS, portal, what, entries, "Grace")
    assert change.name == "content/okrs/acme/it/check-ins/2026-03-09.yml"
    assert change.after.decode() == (
        'by: Grace\ncheck_ins:\n  up/uptime: {value: 97.5, confidence: 8, note: "Two weeks: no alarm"}\n  up/calls: 4\n'
    )
    told = effects(after, ["acme/it/2026-Q1/up"], before, score(after, DAY))
    assert [(each.id, round(float(each.before), 2), round(float(each.after), 2)) for each in told] == [
        ("acme/it/2026-Q1/up", 0.52, 0.84),
        ("acme/it", 0.52, 0.84),
    ]
    assert effects(after, after.objectives, before, score(after, DAY)) == told  # what feeds nothing else has no others
    write(root, "content", [change])
    portal, figures = read()
    assert meeting(portal, figures, "acme/it", DAY).done == (UPTIME, CALLS)
    second = replace(meeting(portal, figures, "acme/it", DAY))
    again, _ = check_in(root, SETTINGS, portal, second, {"acme/it/2026-Q1/up/calm": Entry(Decimal(5))}, "")
    assert again.name.endswith("/2026-03-09-2.yml")


def test_names_the_cycle_where_the_day_does_not(root: Path, read: Read) -> None:
    """A check-in after a cycle's end names it; one in two cycles has full ids where short ones could mean either."""
    portal, _ = read()
    day = date(2026, 4, 2)
    what = meeting(portal, score(portal, day), "acme/it", day, "2026-Q1")
    change, _ = check_in(root, SETTINGS, portal, what, {CALLS: Entry(Decimal(3))}, "")
    assert change.after == b"cycle: 2026-Q1\ncheck_ins:\n  up/calls: 3\n"
    put(
        root,
        {
            "content/okrs/acme/it/2026.yml": GOALS["content/okrs/acme/2026.yml"]
            .replace("grow", "up")
            .replace("{id: all, title: All, kind: rollup}", "{id: calls, title: C, kind: done}")
        },
    )
    portal, _ = read()
    what = meeting(portal, score(portal, DAY), "acme/it", DAY)
    entries = matched(what, [("2026/up/calls", "yes"), ("2026-Q1/up/calls", "3"), ("uptime", ",5")])
    change, _ = check_in(root, SETTINGS, portal, what, entries, "")
    assert change.after == (
        b"check_ins:\n  acme/it/2026/up/calls: true\n  up/uptime: {confidence: 5}\n  acme/it/2026-Q1/up/calls: 3\n"
    )


def test_everything_wrong_is_said_at_once(read: Read) -> None:
    """Unknown and ambiguous names, values that a kind cannot take, and a second check-in of a day."""
    portal, _ = read()
    day = date(2026, 2, 13)
    what = meeting(portal, score(portal, day), "acme", day)
    with pytest.raises(RefusedError) as refused:
        matched(what, [("nsp", "1"), ("done", "true"), ("nps", "5"), ("steps", ",11"), ("grow/all", ""), ("x", "1")])
    assert [each.message for each in refused.value.complaints] == [
        "there is no key result of acme to check in 'nsp'",
        f"{DONE} has a check-in of 2026-02-13 already",
        f"{NPS}: the value comes from its KPI",
        f"{STEPS}: 11 is not from 0 to 10",
        "acme/2026/grow/all: nothing is checked in",
        "there is no key result of acme to check in 'x'",
    ]
    with pytest.raises(RefusedError, match=r"which unit(.|\n)*check-in acme/it"):
        meeting_unit(portal, None)
    assert meeting_unit(portal, "it") == "acme/it"
    with pytest.raises(RefusedError, match=r"holds 2027-01-01\n    hint: name another cycle: --cycle 2026-Q1"):
        meeting(portal, score(portal, day), "acme/it", date(2027, 1, 1))


def test_a_file_of_entries(root: Path, read: Read) -> None:
    """It has the form of a check-in file; entries that do not fit a kind are refused like typed ones."""
    portal, _ = read()
    file = root / "friday.yml"
    file.write_text(
        "by: Grace\ncheck_ins:\n  calls: {value: 4, note: n, by: Linus}\n  uptime: true\n", encoding="utf-8"
    )
    entries, by, cycle = entries_file(file)
    assert (by, cycle) == ("Grace", None)
    what = meeting(portal, score(portal, DAY), "acme/it", DAY)
    with pytest.raises(RefusedError, match=f"{UPTIME}: kind increase is read as a number"):
        matched(what, entries.items())
    assert matched(what, [("calls", entries["calls"])]) == {CALLS: Entry(Decimal(4), None, "n", "Linus")}


@pytest.mark.parametrize(
    ("take", "typed", "message"),
    [
        (lambda text: reading(text, "increase"), "99,5", "'99,5' is not a number"),
        (lambda text: reading(text, "increase"), ".inf", ".inf is not a finite number"),
        (lambda text: reading(text, "increase"), "true", "'true' is not a number"),
        (lambda text: reading(text, "done"), "1", "'1' is neither true nor false"),
        (confidence, "10.1", "10.1 is not from 0 to 10"),
        (note, "x" * 5_001, "the text is longer than 5000 characters"),
        (note, "a\x00b", "the character U+0000 may not be used"),
        (person, "   ", "the text is empty"),
    ],
)
def test_answers_are_checked_as_they_are_entered(take: object, typed: str, message: str) -> None:
    """By the rules of the content, with a hint."""
    with pytest.raises(AnswerError) as refused:
        take(typed)  # type: ignore[operator]
    assert refused.value.complaint.message == message
    assert refused.value.complaint.hint


TEXT = st.text(max_size=60).filter(lambda text: not forbidden_character(text) and "\r" not in text)
TRICKY = st.sampled_from(["no", "1e3", "- a\n- b", "a: b #c", "'\"", "|", "x\n\n  y", " lead\n", "2026-01-01", "a,b]}"])
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3)


@settings(max_examples=60, deadline=None)
@given(NUMBERS, st.none() | st.decimals(0, 10, places=1), TEXT | TRICKY, TEXT.map(str.strip))
def test_whatever_is_entered_is_read_back(value: Decimal, sure: Decimal | None, words: str, by: str) -> None:
    """Any number, confidence, note and name comes out of the file as it went in."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        put(
            root,
            {path: text for path, text in GOALS.items() if "/it/" in path or "acme/unit" in path}
            | {
                "content/okrs/acme/it/2026-Q1/up.md": GOALS["content/okrs/acme/it/2026-Q1/up.md"].replace(
                    "supports: [acme/2026-Q1/trust/done, acme/2026-Q1/trust/nps, acme/2026-Q1/later]\n", ""
                )
            },
        )
        portal = read_portal(root, SETTINGS).portal
        assert portal is not None
        what = meeting(portal, score(portal, DAY), "acme/it", DAY)
        typed = f"{value},{'' if sure is None else sure},{words}"
        who = person(by) if by else ""
        _, after = check_in(root, SETTINGS, portal, what, matched(what, [("calls", typed)]), who)
        found = after.key_results[CALLS].check_ins[-1]
        assert (found.date, found.value, found.confidence, found.note, found.by) == (
            DAY,
            value,
            sure,
            words.strip(),
            who,
        )
