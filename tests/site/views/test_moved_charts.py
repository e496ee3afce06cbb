"""What charts show of goalposts that moved, and of what was known then."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from builders import make_key_result, make_kpi, make_objective, make_portal
from moves import OBJECTIVE, make_change, make_commit, make_history

from okrsite.charts import Limits
from okrsite.history import Known
from okrsite.scoring import score
from okrsite.site.views import Gallery
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.moved_charts import former_limits, goalposts_of_objective, known_then

KR, KPI = f"{OBJECTIVE}/kr", "acme/kpis/kpi"


def ledgers(*changes: object, known: Known = (), as_of: date = date(2026, 3, 1)) -> Ledgers:
    """The ledgers of a portal with a key result that was read twice, and a KPI with a target of 85."""
    kr = make_key_result("kr", check_ins={"2026-01-16": 20, "2026-02-13": 50})
    portal = make_portal([make_objective(OBJECTIVE, [kr])], kpis=[make_kpi(KPI, target=85, amber=80)])
    history = make_history(changes, known={KR: known})  # type: ignore[arg-type]  # they are changes
    return Ledgers(Gallery(portal, score(portal, as_of), history=history))


def differs(known: Known, as_of: date = date(2026, 3, 1)) -> bool:
    """Whether a chart shows what was known then."""
    made = ledgers(known=known, as_of=as_of)
    return bool(known_then(made, made.gallery.objectives[OBJECTIVE]))


def test_the_words_of_a_mark() -> None:
    """What matters most on a day and goal; numbers with their values, the rest in a word; titles have no mark."""
    commits = [make_commit(f"2026-02-0{number}") for number in (1, 2, 3, 4)]
    made = ledgers(
        make_change(KR, commits[0], field="due", before=date(2026, 3, 31), after=date(2026, 3, 1)),
        make_change(KR, commits[0], field="target", before=Decimal(45), after=Decimal(36), unit_of_measure="%"),
        make_change(OBJECTIVE, commits[1], field="owner", before="Ada", after="Grace"),
        make_change(KR, commits[2], field="title", before="A", after="B"),
        make_change(f"{OBJECTIVE}/gone", commits[3], what="removed", sort="key_result", title="Gone"),
    )
    marks = goalposts_of_objective(made, made.gallery.objectives[OBJECTIVE])
    assert [(mark.label, mark.text) for mark in marks] == [
        ("target 45% → 36%", "Key result kr: target 45% → 36%; due 31 Mar 2026 → 1 Mar 2026"),
        ("owner", "owner Ada → Grace"),
        ("removed", "Gone: removed"),
    ]
    assert goalposts_of_objective(made, made.gallery.objectives[OBJECTIVE], 1) == marks[-1:]
    assert goalposts_of_objective(made, made.gallery.objectives[OBJECTIVE], 0) == []


def test_the_limits_of_a_kpi_before_they_moved() -> None:
    """From today's back; of several changes on a day what held before; a band turns into a limit with its direction."""
    first, second = make_commit("2026-01-10"), make_commit("2026-02-24")
    made = ledgers(
        make_change(KPI, first, field="direction", before="band", after="up"),
        make_change(KPI, first, field="target", before=(Decimal(1), Decimal(2)), after=Decimal(90)),
        make_change(KPI, first, field="amber", before=None, after=Decimal(80)),
        make_change(KPI, second, field="target", before=Decimal(90), after=Decimal(88)),
        make_change(KPI, second, field="target", before=Decimal(88), after=Decimal(85)),
        make_change(KPI, second, field="owner", before="Ada", after="Grace"),
    )
    assert former_limits(made, made.gallery.portal.kpis[KPI]) == [
        Limits(date(2026, 1, 10), "band", (1.0, 2.0), None),
        Limits(date(2026, 2, 24), "up", 90.0, 80.0),
    ]


def test_what_was_known_then() -> None:
    """Shown where it was otherwise for longer than a weekend; before history begins nothing is compared."""
    read = [(date(2026, 1, 1), Fraction(0)), (date(2026, 1, 16), Fraction(1, 5)), (date(2026, 2, 13), Fraction(1, 2))]
    assert not differs(())
    assert not differs(tuple(read))
    assert not differs((*read[:2], (date(2026, 2, 16), Fraction(1, 2)))), "it came in after the weekend"
    assert differs((*read[:2], (date(2026, 2, 20), Fraction(1, 2)))), "it came in a week late"
    assert differs(((date(2026, 1, 1), Fraction(0)), (date(2026, 1, 16), Fraction(1, 4)), read[2])), "a goalpost moved"
    assert not differs(((date(2026, 2, 13), Fraction(1, 2)),)), "history begins late"


def test_what_became_known_after_the_cycle_is_compared_within_it() -> None:
    """A chart shows the days of the cycle, so it is there for a difference on these, whatever the day is."""
    read = [(date(2026, 1, 1), Fraction(0)), (date(2026, 1, 16), Fraction(1, 5)), (date(2026, 2, 13), Fraction(1, 2))]
    corrected = (*read, (date(2026, 4, 10), Fraction(3, 4)))
    assert not differs(corrected, date(2026, 5, 1)), "the same on all days of the cycle"
    assert not differs(((date(2026, 5, 12), Fraction(1, 4)),), date(2026, 6, 1)), "history begins after the cycle"
    assert differs((*read[:2], (date(2026, 4, 10), Fraction(1, 2))), date(2026, 5, 1)), "it came in after the cycle"
