"""The ledger of a goal: what it tells, in which words, and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from builders import make_key_result, make_kpi, make_objective, make_portal
from moves import OBJECTIVE, make_change, make_commit, make_effect, make_history

from okrsite.history import BrokenVersion, Change, Gap, History
from okrsite.languages import Language
from okrsite.scoring import score
from okrsite.site.views import Gallery
from okrsite.site.views.ledger import Entry, Ledger, Ledgers
from okrsite.site.words import Words
from okrsite.site.words.ledger import gap_line

KR = f"{OBJECTIVE}/kr"
KPI = "acme/kpis/kpi"
AS_OF = date(2026, 3, 1)


def ledgers(changes: Sequence[Change] = (), history: History | None = None, locale: str = "en") -> Ledgers:
    """The ledgers of a portal with an objective, its key result and a KPI."""
    portal = make_portal([make_objective(OBJECTIVE, [make_key_result("kr")])], kpis=[make_kpi(KPI)])
    known = history or make_history(changes)
    return Ledgers(Gallery(portal, score(portal, AS_OF), Words(Language(locale)), history=known))


def ledger(changes: Sequence[Change] = (), history: History | None = None, locale: str = "en") -> Ledger:
    """The ledger of the objective."""
    made = ledgers(changes, history, locale)
    found = made.objective(made.gallery.objectives[OBJECTIVE])
    assert found is not None
    return found


def told(entry: Entry) -> list[str]:
    """What an entry says, a line for each change."""
    return [
        f"{step.text} {step.before} > {step.after}".replace("  > ", " ").removesuffix(" > ").strip()
        for moved in entry.moved
        for step in moved.steps
    ]


def test_the_newest_commit_first_its_changes_together() -> None:
    """A commit is one entry, whatever it moved; a title that follows its target comes after it."""
    first, second = make_commit("2026-02-12", "One"), make_commit("2026-02-20", "Two\n\nAnd why.", request=7)
    found = ledger(
        [
            make_change(OBJECTIVE, first, field="owner", before="Ada", after="Grace"),
            make_change(KR, second, field="title", before="To 100", after="To 90"),
            make_change(
                KR, second, field="target", before=Decimal(100), after=Decimal(90), unit_of_measure="%", easier=True
            ),
        ]
    )
    newest, oldest = found.entries
    assert (newest.commit.subject, newest.rest, newest.commit.request) == ("Two", "And why.", 7)
    assert told(newest) == ["target 100% > 90%", "title To 100 > To 90"]
    assert [step.easier for step in newest.moved[0].steps] == [True, False]
    assert told(oldest) == ["owner Ada > Grace"]
    assert oldest.moved[0].goal is None, "the page's own goal is not named"
    assert (found.quiet, found.planned, found.missing, found.entries.more) == ("", "", None, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"field": "due", "before": date(2026, 3, 31), "after": date(2026, 3, 1)}, "due 31 Mar 2026 > 1 Mar 2026"),
        ({"field": "kind", "before": "at_least", "after": "between"}, "kind at least > between"),
        ({"field": "target", "before": Decimal(9), "after": (Decimal(1), Decimal(2)), "unit_of_measure": "min"}, None),
        ({"field": "inclusive", "before": True, "after": False}, "equality meets the target yes > no"),
        ({"field": "unit", "before": "", "after": "%"}, "unit of measure – > %"),
        ({"field": "milestones", "before": ("A", "B"), "after": ("B", "C")}, "milestones C came; A went"),
        ({"field": "milestones", "before": ("A", "B"), "after": ("B", "A")}, "milestones in another order"),
        ({"field": "kpi", "before": None, "after": KPI}, f"measured by – > KPI {KPI}"),
        ({"field": "newer", "before": None, "after": "x"}, "newer – > x"),
        ({"what": "added"}, "added after the cycle began"),
        ({"what": "removed"}, "removed"),
        ({"what": "renamed", "field": "id", "before": f"{OBJECTIVE}/old", "how": "equal"}, None),
    ],
)
def test_what_changed_in_words(change: dict[str, object], said: str | None) -> None:
    """Fields and values are said as readers know them; lists by what came and what went."""
    (entry,) = ledger([make_change(KR, **change)]).entries
    expected = {
        "target": "target 9 min > between 1 and 2 min",
        "id": f"known as {OBJECTIVE}/old until 12 Feb 2026; recognised by an equal title",
    }
    assert [line.replace("\u00a0", " ") for line in told(entry)] == [said or expected[str(change["field"])]]


def test_readings_that_were_edited_or_removed() -> None:
    """Check-ins are added, never edited: what was done to one is told by its day."""
    day = date(2026, 2, 13)
    commits = [make_commit("2026-02-17", str(number)) for number in range(4)]
    values = [("value", Decimal("99.5"), Decimal("99.6")), ("confidence", Decimal(7), Decimal(3)), ("note", "a", "b")]
    changes = [
        make_change(KR, commit, what="reading_edited", field=field, before=before, after=after, reading=day)
        for commit, (field, before, after) in zip(commits, values, strict=False)
    ]
    changes.append(make_change(KR, commits[3], what="reading_removed", field="value", before=Decimal(4), reading=day))
    assert [line for entry in ledger(changes).entries for line in told(entry)][::-1] == [
        "the reading of 13 Feb 2026 was changed from 99.5 to 99.6",
        "the confidence of 13 Feb 2026 was changed from 7 to 3",
        "the note on the reading of 13 Feb 2026 was changed",
        "the reading of 13 Feb 2026, 4, was removed",
    ]


def test_what_it_did_to_progress() -> None:
    """Of the goal itself, of the objective where a key result came, of a KPI its status; nothing nobody would see."""
    changes = [
        make_change(KR, make_commit("2026-02-01"), field="target", effect=make_effect(KR, "0.43", "0.61")),
        make_change(KR, make_commit("2026-02-02"), what="added", effect=make_effect(OBJECTIVE, "0.5", "0.4")),
        make_change(KR, make_commit("2026-02-03"), field="target", effect=make_effect(KR, "0.431", "0.432")),
        make_change(OBJECTIVE, make_commit("2026-02-04"), field="weight", effect=make_effect("acme", None, "0.4")),
    ]
    shifts = [entry.moved[0].shift for entry in ledger(changes).entries][::-1]
    assert [shift and (shift.name, shift.before, shift.after) for shift in shifts] == [
        ("progress", "43%", "61%"),
        ("progress of the objective", "50%", "40%"),
        None,
        ("progress of the unit", "–", "40%"),
    ]
    effect = make_effect(KPI, None, None, status_before="red", status_after="green")
    made = ledgers([make_change(KPI, field="target", before=Decimal(9), after=Decimal(8), effect=effect)])
    kpi = made.kpi(made.gallery.kpis[KPI])
    assert kpi is not None
    shift = next(iter(kpi.entries)).moved[0].shift
    assert shift is not None
    assert (shift.name, shift.before, shift.after, shift.of_kpi) == ("status", "red", "green", True)


def test_planning_is_counted_not_listed() -> None:
    """What changed before the cycle began is planning; that the goals came at all is none of it."""
    begun, planned = make_commit("2025-12-10", "Goals"), make_commit("2025-12-18", "Talked over")
    changes = [
        make_change(OBJECTIVE, begun, what="added", in_cycle=False),
        make_change(KR, begun, what="added", in_cycle=False),
        make_change(KR, planned, field="target", in_cycle=False),
        make_change(KR, planned, field="due", in_cycle=False),
    ]
    found = ledger(changes)
    assert list(found.entries) == []
    assert found.planned == "2 changes before the cycle began were planning and are not listed."
    assert found.quiet == "No goalpost has moved since the cycle began."


def test_key_results_that_are_gone_or_went_along() -> None:
    """One that was removed is told by its last title; ids and owners that only follow the objective's are not."""
    old = "acme/2026-Q1/old"
    moved, commit = make_commit("2026-02-02", "Renamed"), make_commit("2026-01-20", "Dropped")
    changes = [
        make_change(f"{old}/gone", commit, what="removed", sort="key_result", title="Gone"),
        make_change(OBJECTIVE, moved, what="renamed", field="id", before=old, after=OBJECTIVE, how="rename"),
        make_change(KR, moved, what="renamed", field="id", before=f"{old}/kr", after=KR, how="rename"),
        make_change(OBJECTIVE, moved, field="owner", before="Ada", after="Grace"),
        make_change(KR, moved, field="owner", before="Ada", after="Grace"),
    ]
    newest, oldest = ledger(changes).entries
    assert told(newest) == [
        f"known as {old} until 2 Feb 2026; recognised by git's detection of renamed files",
        "owner Ada > Grace",
    ]
    gone = oldest.moved[0].goal
    assert gone is not None
    assert (gone.title, gone.address, told(oldest)) == ("Gone", "", ["removed"])


def test_what_comes_later_does_not_exist_yet() -> None:
    """As with readings: a change after the day is not told."""
    late = make_change(KR, make_commit("2026-03-02"), field="target", before=Decimal(2), after=Decimal(1))
    assert list(ledger([late]).entries) == []


def test_what_came_with_the_first_state_is_not_told() -> None:
    """A history that begins in the middle of a cycle says so, and does not call everything added."""
    added = make_change(KR, make_commit("2026-02-01"), what="added")
    found = ledger(history=make_history([added], since=date(2026, 2, 1)))
    assert (list(found.entries), found.begins) == ([], "History begins on 1 Feb 2026.")


def test_a_page_has_only_so_much_room() -> None:
    """Of many changes the newest are told, at least one; the rest is counted."""
    changes = [
        make_change(
            KR,
            make_commit("2026-02-12", f"{number:03} {'x' * 300}"),
            field="target",
            before=Decimal(2),
            after=Decimal(1),
        )
        for number in range(100)
    ]
    made = ledgers(changes)
    view = made.gallery.objectives[OBJECTIVE]
    whole, least = made.objective(view), made.objective(view, 0)
    assert whole is not None
    assert least is not None
    assert 5 < len(whole.entries) < 20
    assert (len(whole.entries) + whole.entries.more, len(least.entries), least.entries.more) == (100, 1, 99)
    assert next(iter(least.entries)).commit.subject.startswith("099")


def test_notes_in_a_key_results_own_place() -> None:
    """Its latest goalposts, each leading to the entry that tells all; titles are seen anyway."""
    commits = [make_commit(f"2026-02-0{number}", str(number)) for number in (1, 2, 3)]
    changes = [make_change(KR, commit, field="target", before=Decimal(2), after=Decimal(1)) for commit in commits]
    changes.append(make_change(KR, commits[2], field="title", before="a", after="b"))
    made = ledgers(changes)
    view = made.gallery.objectives[OBJECTIVE]
    notes = made.notes(view.key_results[0], made.objective(view))
    assert [(note.day.day, note.anchor) for note in notes] == [
        (3, f"okr_commit_{commits[2].short}"),
        (2, f"okr_commit_{commits[1].short}"),
    ]
    assert notes.more == 1


def test_what_is_not_known_is_said() -> None:
    """Never a silently shorter history: the reason, from when on, and what to do; without a question nothing."""
    shallow = Gap("shallow", "the clone is shallow", "fetch-depth: 0")
    found = ledger(history=make_history(since=date(2026, 2, 3), gap=shallow))
    assert found.missing is not None
    assert found.missing.sentence == "History is known from 3 Feb 2026 on: the clone is shallow."
    assert "`fetch-depth: 0`" in found.missing.hint
    assert gap_line(make_history(since=date(2026, 2, 3), gap=shallow)) == (
        "history is known from 2026-02-03 on: the clone is shallow: fetch-depth: 0"
    )
    none = ledger(history=History(gap=Gap("no_repository", "the portal is in no git repository", "git init")))
    assert none.missing is not None
    assert none.missing.sentence == "History is not known: the portal is in no git repository."
    assert none.quiet == "", "nobody claims that nothing moved"
    german = ledger(history=History(gap=Gap("failed", "out of memory", "")), locale="de")
    assert german.missing is not None
    assert (german.missing.sentence, german.missing.hint) == ("Die Historie ist nicht bekannt: out of memory.", "")
    made = ledgers(history=History())
    assert made.objective(made.gallery.objectives[OBJECTIVE]) is None


def test_versions_that_could_not_be_read() -> None:
    """Those of the goal's own file, wherever in a repository the portal lies; other files are none of its business."""
    commit = make_commit("2026-02-05", "Oops")
    mine = BrokenVersion("portal/content/okrs/acme/2026-Q1.yml", commit, "no title")
    other = BrokenVersion("content/okrs/acme/it/2026-Q1.yml", commit, "no owner")
    assert ledger(history=make_history(broken=[mine, other])).broken == (mine,)
