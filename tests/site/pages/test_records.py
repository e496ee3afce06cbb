"""What pages show, as records: who needs attention, what is due, what contributes to what."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import (
    Q1,
    make_check_in,
    make_cycle,
    make_evidence,
    make_key_result,
    make_kpi,
    make_objective,
    make_portal,
    make_rollout,
    make_task,
    make_unit,
)

from okrsite.model import Objective, Portal
from okrsite.problems import Problem
from okrsite.rules import RULES
from okrsite.scoring import score
from okrsite.settings import Settings
from okrsite.site.pages import (
    Kind,
    alignment,
    catalogue,
    check_ins,
    cycles,
    home,
    levels,
    owners,
    pages,
    quality,
    rollout,
    units,
)
from okrsite.site.pages.page import Material, Page
from okrsite.site.views import Gallery
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle

NOON = "2026-02-14"
"""About half of the cycle has passed."""


def material(portal: Portal, as_of: str = NOON, problems: tuple[Problem, ...] = ()) -> Material:
    """What pages are made from."""
    figures = score(portal, date.fromisoformat(as_of))
    rules = {rule.code: (rule.summary, rule.reason, rule.mend) for rule in RULES}
    gallery = Gallery(portal, figures)
    return Material(gallery, Chronicle(gallery), Ledgers(gallery), problems, Settings(site_name="Goals"), rules)


def pages_of(kind: Kind, made_from: Material) -> Iterator[Page]:
    """The pages of a kind."""
    return pages(made_from, kind)


def goal(id: str = "acme/2026-Q1/a", value: float | None = None, **fields: Any) -> Objective:
    """An objective with one key result from 0 to 100, read on the 13th of February."""
    key_result = {key: fields.pop(key) for key in ("start", "due") if key in fields}
    cycle = fields.pop("cycle", Q1)
    check_ins = [] if value is None else [make_check_in("2026-02-13", value)]
    krs = fields.pop("key_results", [make_key_result(check_ins=check_ins, cycle=cycle, **key_result)])
    return make_objective(id, krs, **fields)


def only(found: Any) -> Page:
    """The one page."""
    (page,) = found
    return page


def test_home_says_what_needs_attention() -> None:
    """Off track first by distance, then at risk; what has no reading; nothing of drafts or other cycles."""
    portal = make_portal(
        [
            goal("acme/2026-Q1/good", 60),
            goal("acme/2026-Q1/risky", 30),
            goal("acme/2026-Q1/bad", 10),
            goal("acme/2026-Q1/worse", 1),
            goal("acme/2026-Q1/silent"),
            goal("acme/2026-Q1/draft", 1, state="draft"),
            goal("acme/2026-Q1/closed", 1, state="closed"),
            goal("acme/2025-Q4/old", 1, cycle=make_cycle("2025-Q4", "2025-10-01", "2025-12-31")),
        ],
        cycles=[Q1, make_cycle("2025-Q4", "2025-10-01", "2025-12-31")],
    )
    record = home.home(material(portal))
    needed = record.attention
    assert needed.is_needed
    assert [view.objective.id for view in needed.off_track] == ["acme/2026-Q1/worse", "acme/2026-Q1/bad"]
    assert [view.objective.id for view in needed.at_risk] == ["acme/2026-Q1/risky"]
    assert [view.kr.id for view in needed.no_data] == ["acme/2026-Q1/silent/kr"]
    assert needed.waiting == 1
    assert record.sentence.startswith("ACME is ")
    assert (record.headline, record.pace) == ("ACME is off track", "17% done, 49% expected by today.")
    assert {item.kr.objective_id.rpartition("/")[2] for item in record.telling} >= {"good", "risky", "bad"}
    assert record.objectives.total == 6
    assert record.key_results.total == 6
    assert record.why is not None


def test_confidence_falls() -> None:
    """By a point or more below what was held at some time within a fortnight; the steepest first; drafts not."""

    def confident(*steps: tuple[str, int]) -> Any:
        return [make_key_result(check_ins=[make_check_in(day, 50, confidence) for day, confidence in steps])]

    since_long, lately = "2026-01-10", "2026-02-10"
    portal = make_portal(
        [
            goal("acme/2026-Q1/steep", key_results=confident((since_long, 9), (lately, 4))),
            goal("acme/2026-Q1/slight", key_results=confident((since_long, 7), (lately, 6))),
            goal("acme/2026-Q1/rose", key_results=confident((since_long, 5), ("2026-02-05", 8), (lately, 6))),
            goal("acme/2026-Q1/earlier", key_results=confident(("2026-01-05", 9), ("2026-01-20", 4))),
            goal("acme/2026-Q1/risen", key_results=confident((since_long, 3), (lately, 9))),
            goal("acme/2026-Q1/draft", key_results=confident((since_long, 9), (lately, 1)), state="draft"),
            goal("acme/2026-Q1/silent"),
        ]
    )
    falls = home.home(material(portal)).attention.falling
    assert [(fall.view.objective.id.rpartition("/")[2], fall.before, fall.now) for fall in falls] == [
        ("steep", 9, 4),
        ("rose", 8, 6),
        ("slight", 7, 6),
    ]


def test_a_fall_of_means_is_not_missed() -> None:
    """A mean of three that falls by exactly one, though its floats differ by a little less."""
    krs = [
        make_key_result(
            f"k{n}", check_ins=[make_check_in("2026-01-10", 50, then), make_check_in("2026-02-10", 50, now)]
        )
        for n, (then, now) in enumerate([(7, 6), (7, 6), (6, 5)])
    ]
    (fall,) = home.home(material(make_portal([goal(key_results=krs)]))).attention.falling
    assert round(fall.before - fall.now, 9) == 1


def test_status_turned_within_a_week() -> None:
    """What was known a week ago against today, the worse first; nothing of what stayed, or had not begun then."""

    def read(**values: float) -> Any:
        return [make_key_result(check_ins={day.replace("_", "-")[1:]: value for day, value in values.items()})]

    portal = make_portal(
        [
            goal("acme/2026-Q1/caught-up", key_results=read(_2026_01_20=5, _2026_02_13=60)),
            goal("acme/2026-Q1/fell-back", key_results=read(_2026_01_20=60, _2026_02_13=10)),
            goal("acme/2026-Q1/stays", key_results=read(_2026_01_20=5, _2026_02_13=6)),
            goal("acme/2026-Q1/spoke", key_results=read(_2026_02_13=70)),
            goal("acme/2026-Q1/done", key_results=read(_2026_01_20=60, _2026_02_13=100)),
            goal("acme/2026-Q1/closed", key_results=read(_2026_01_20=5, _2026_02_13=60), state="closed"),
        ]
    )
    turned = home.home(material(portal)).news.turned
    assert [(each.id.rpartition("/")[2], each.before, each.is_better) for each in turned] == [
        ("fell-back", "on_track", False),
        ("caught-up", "off_track", True),
        ("done", "on_track", True),
        ("spoke", "no_data", True),
    ]
    assert home.home(material(portal, "2026-01-03")).news.turned == ()


def test_home_has_each_top_unit_in_its_own_cycle() -> None:
    """Two units at the top whose current cycles differ are both there with their objectives."""
    year = make_cycle("2026", "2026-01-01", "2026-12-31")
    portal = make_portal([goal("acme/2026-Q1/a", 1), goal("bolt/2026/b", 1, cycle=year)], cycles=[Q1, year])
    record = home.home(material(portal))
    assert [(view.unit.id, view.cycle.id, len(view.objectives)) for view in record.top if view.cycle] == [
        ("acme", "2026-Q1", 1),
        ("bolt", "2026", 1),
    ]


def test_home_before_there_are_goals() -> None:
    """A portal of units alone has a home page that says so."""
    record = home.home(material(make_portal(units=[make_unit("acme")])))
    assert (record.cycle, record.figures, record.sentence, record.trend) == (None, None, "", None)
    assert (record.heat_level, record.heat_cycles) == ("corporate", ())


def test_what_came_in() -> None:
    """Seven days back, not what is to come, newest first."""
    readings = {"2026-02-07": 1, "2026-02-08": 2, "2026-02-14": 3, "2026-02-15": 4}
    record = home.home(material(make_portal([goal(key_results=[make_key_result(check_ins=readings)])])))
    assert (len(record.news.check_ins), record.changed) == (2, "2 check-ins.")
    assert [(item.before, item.reading.value) for item in record.telling] == [(2, 3), (1, 2)]


def test_what_says_most_comes_first() -> None:
    """A note with a new value before either alone, and these before a confidence; else the newest first."""
    check_ins = [
        make_check_in("2026-02-09", 1),
        make_check_in("2026-02-10", 2, note="Twice as much."),
        make_check_in("2026-02-11", 3),
        make_check_in("2026-02-12", None, 5, note="A word."),
        make_check_in("2026-02-13", None, 6),
    ]
    record = home.home(material(make_portal([goal(key_results=[make_key_result(check_ins=check_ins)])])))
    assert [item.reading.date.day for item in record.telling] == [10, 12, 11, 13, 9]


def test_confidence_a_fortnight_ago() -> None:
    """The mean of what was known then; nothing before the cycle began."""

    def confident(day: str, confidence: int) -> Any:
        return make_check_in(day, 50, confidence)

    krs = [make_key_result(check_ins=[confident("2026-01-20", 8), confident("2026-02-13", 4)])]
    portal = make_portal([goal(key_results=krs)])
    record = home.home(material(portal))
    assert (record.confidence, record.confidence_before) == (4, 8)
    assert home.home(material(portal, "2026-01-10")).confidence_before is None


def test_heat_is_that_of_the_second_level() -> None:
    """Units of the second level by the last four cycles that have figures; a gap where a unit has none."""
    years = [make_cycle(str(year), f"{year}-01-01", f"{year}-12-31") for year in range(2021, 2027)]
    goals = [goal(f"acme/it/{cycle.id}/a", cycle=cycle) for cycle in years]
    portal = make_portal([*goals, goal("acme/hr/2026/a", cycle=years[-1])], cycles=years)
    record = home.home(material(portal))
    assert record.heat_level == "department"
    assert [cycle.id for cycle in record.heat_cycles] == ["2023", "2024", "2025", "2026"]
    rows = {row.unit.id: [figures is not None for _, figures in row.cells] for row in record.heat}
    assert rows == {"acme/hr": [False, False, False, True], "acme/it": [True] * 4}


def test_a_level_shows_how_its_key_results_are_spread() -> None:
    """Each unit's key results by the bins of the chart, and by status, as the charts have them."""
    values = [0, 24.9, 25, 49, 50, 75, 99.9, 100, 130]
    krs = [make_key_result(f"k{n}", check_ins={"2026-02-13": value}) for n, value in enumerate(values)]
    portal = make_portal([goal("acme/it/2026-Q1/a", key_results=krs)])
    found = {page.address: page.record for page in pages_of(levels, material(portal))}
    record: Any = found["levels/department/"]
    assert record.spread_table == (("IT", (1, 0, 2, 0, 1, 1, 0, 1, 0, 1, 2)),)
    assert (record.bins[0], record.bins[-1]) == ("0–9%", "100%")
    drawn = [column["count"] for column in record.spread.data["columns"]]
    assert drawn == [n for n in record.spread_table[0][1] if n]
    assert record.statuses == ("off_track", "at_risk", "on_track", "achieved")
    assert record.status_table == (("IT", (1, 2, 4, 2)),)
    assert record.trend_table.columns == ("Department level",)
    assert (record.heat, record.unit_count) == (None, 1)
    assert [row.address for row in record.objectives] == ["acme/it/2026-Q1/a/"]
    assert set(found) == {"levels/", "levels/corporate/", "levels/department/", "levels/team/"}
    assert (found["levels/team/"].figures, found["levels/team/"].spread) == (None, None)


def tree(portal: Portal, as_of: str = NOON) -> Any:
    """The alignment page's record."""
    return only(pages_of(alignment, material(portal, as_of))).record


def test_the_tree_of_alignment() -> None:
    """Supporters below what they support; below several, once each, with their own supporters below the first."""
    kr = "acme/2026-Q1/top/kr"
    portal = make_portal(
        [
            goal("acme/2026-Q1/top"),
            goal("acme/2026-Q1/other"),
            goal("acme/it/2026-Q1/a", supports=["acme/2026-Q1/top", "acme/2026-Q1/other"]),
            goal("acme/it/2026-Q1/b", supports=[kr]),
            goal("acme/it/ops/2026-Q1/c", supports=["acme/it/2026-Q1/a"]),
            goal("acme/it/ops/2026-Q1/alone"),
        ]
    )
    record = tree(portal)
    shown = [(node.depth, node.goal.id.rpartition("/")[2], node.via, node.repeated) for node in record.tree]
    assert shown == [
        (0, "other", "", False),
        (1, "a", "", False),
        (2, "c", "", False),
        (0, "top", "", False),
        (1, "a", "", True),
        (1, "b", "Key result kr", False),
        (0, "alone", "", False),
    ]
    assert [(node.step, node.below, node.is_first) for node in record.tree][1:5] == [
        (1, 1, True),
        (1, 0, True),
        (0, 2, True),
        (1, 0, False),
    ]
    assert [node.goal.id.rpartition("/")[2] for node in record.tree if node.supports_nothing] == ["alone"]
    assert [node.goal.id.rpartition("/")[2] for node in record.tree if node.unsupported] == ["b"]
    assert all(node.is_open for node in record.tree if node.has_children)
    assert sum(node.has_children for node in record.tree) == sum(node.closes for node in record.tree)
    assert [goal.id for goal in record.supporting_nothing] == ["acme/it/ops/2026-Q1/alone"]
    assert record.share == Fraction(3, 4)
    assert {goal.id for goal in record.unsupported} == {"acme/it/2026-Q1/b"}


def test_drafts_are_not_in_the_tree() -> None:
    """What rolls up nowhere neither supports nor is supported there."""
    record = tree(make_portal([goal(), goal("acme/it/2026-Q1/a", supports=["acme/2026-Q1/a"], state="draft")]))
    assert len(record.tree) == 1
    assert [goal.id for goal in record.unsupported] == ["acme/2026-Q1/a"]


def test_a_chain_of_three_thousand() -> None:
    """A chain that deep, and a thousand supporters of two goals, take no recursion and no quadratic time."""
    chain = [goal("acme/2026-Q1/g0000")]
    chain += [goal(f"acme/2026-Q1/g{n:04}", supports=[f"acme/2026-Q1/g{n - 1:04}"]) for n in range(1, 3000)]
    begun = time.process_time()
    record = tree(make_portal(chain))
    assert [node.depth for node in record.tree] == list(range(3000))
    assert record.tree[-1].closes == 2999
    wide = [goal("acme/2026-Q1/x"), goal("acme/2026-Q1/y")]
    wide += [goal(f"acme/it/2026-Q1/s{n}", supports=["acme/2026-Q1/x", "acme/2026-Q1/y"]) for n in range(1000)]
    assert len(tree(make_portal(wide)).tree) == 2002
    assert time.process_time() - begun < 20


def due(portal: Portal, as_of: str = NOON) -> Any:
    """The check-ins page's record."""
    return only(pages_of(check_ins, material(portal, as_of))).record


def test_who_is_due_and_who_waits() -> None:
    """A check-in is due every 14 days and waits from the day after; what is done, closed or rolls up is never due."""

    def read(id: str, day: str, **fields: Any) -> Objective:
        return goal(f"acme/2026-Q1/{id}", key_results=[make_key_result(check_ins={day: 50})], **fields)

    done = goal("acme/2026-Q1/e", key_results=[make_key_result(check_ins={"2026-01-02": 100})])
    rolled = goal("acme/2026-Q1/f", key_results=[make_key_result(kind="rollup")])
    portal = make_portal(
        [
            read("a", "2026-01-30"),
            read("b", "2026-01-31"),
            read("c", "2026-02-10"),
            read("d", "2026-01-02", state="closed"),
            done,
            rolled,
        ]
    )
    record = due(portal)
    assert [(entry.objective[-1], entry.days) for entry in record.waiting] == [("a", 15)]
    assert [(entry.objective[-1], str(entry.on)) for entry in record.due] == [("b", "2026-02-14")]


def test_the_window_counts() -> None:
    """Before its start a key result is not due; its first check-in is expected a period later."""
    portal = make_portal([goal(start="2026-02-20", due="2026-03-20")])
    assert (len(due(portal).due), len(due(portal).waiting)) == (0, 0)
    assert [str(entry.on) for entry in due(portal, "2026-03-02").due] == ["2026-03-06"]


def test_kpis_that_wait() -> None:
    """A KPI with an old measurement is named; one without any is not overdue."""
    portal = make_portal(kpis=[make_kpi(measurements={"2026-01-01": 1}), make_kpi("acme/kpis/new")])
    assert [view.kpi.id for view in due(portal).kpis] == ["acme/kpis/kpi"]


def plan(*tasks: Any, as_of: str = "2026-01-14", objectives: tuple[Objective, ...] = ()) -> Any:
    """The view of a plan with these tasks."""
    portal = make_portal(objectives, rollouts=[make_rollout(tasks)], units=[make_unit("acme"), make_unit("acme/it")])
    record: Any = only(pages_of(rollout, material(portal, as_of))).record
    return record.plans[0]


def test_tasks_by_time() -> None:
    """Done, late, now and next: of what is to come only the soonest."""
    view = plan(
        make_task("done", done="2026-01-09"),
        make_task("overdue"),
        make_task("running", weeks=(2, 3), progress="0.4"),
        make_task("lagging", weeks=(1, 2)),
        make_task("soon", weeks=(3, 3)),
        make_task("later", weeks=(4, 4)),
    )
    named = {name: [each.figures.task.title for each in getattr(view, name)] for name in ("late", "now", "next")}
    assert named == {"late": ["overdue"], "now": ["running", "lagging"], "next": ["soon"]}
    assert view.sentence.startswith("Month 1 of 1, week 2 of 4. ")
    assert len({task.anchor for month in view.months for task in month.tasks}) == 6


@pytest.mark.parametrize(
    ("evidence", "said", "missing"),
    [
        (make_evidence(), "1 of 2 units have objectives; all are wanted", ["acme"]),
        (make_evidence("units_with_kpis", "0.5"), "0 of 2 units have KPIs; 50% are wanted", ["acme", "acme/it"]),
        (make_evidence("units_checking_in"), "0 of 2 units check in; all are wanted", ["acme", "acme/it"]),
        (
            make_evidence("objectives_aligned"),
            "0 of 1 objective supports something above it; all are wanted",
            ["acme/it/2026-Q1/a"],
        ),
    ],
)
def test_evidence_in_words(evidence: Any, said: str, missing: list[str]) -> None:
    """What is measured, of how many, and who is missing."""
    view = plan(make_task(evidence=evidence), objectives=(goal("acme/it/2026-Q1/a"),))
    task = view.months[0].tasks[0]
    assert task.evidence == said
    assert [link.address.rstrip("/") for link in task.missing] == missing


def test_before_and_after_the_plan() -> None:
    """It begins, it ended."""
    assert plan(make_task(), as_of="2025-12-31").sentence.startswith("Begins on 5 Jan 2026. ")
    assert plan(make_task(), as_of="2026-03-31").sentence.startswith("Ended on 1 Feb 2026. ")


def test_no_plan_no_page() -> None:
    """A portal without a plan has no rollout page."""
    assert list(pages_of(rollout, material(make_portal([goal()])))) == []


def test_owners() -> None:
    """One page for everybody who owns something, with all of it."""
    kr = make_key_result(owner="Bob")
    portal = make_portal(
        [goal(key_results=[kr, make_key_result("own")])],
        kpis=[make_kpi(owner="Bob")],
        units=[make_unit("acme", lead="Cleo")],
        rollouts=[make_rollout([make_task(owner="Bob"), make_task(owner="PMO")])],
    )
    found = {page.address: page.record for page in pages_of(owners, material(portal))}
    assert set(found) == {"owners/", "owners/ada/", "owners/bob/", "owners/cleo/", "owners/pmo/"}
    bob: Any = found["owners/bob/"]
    assert (len(bob.objectives), len(bob.key_results), len(bob.kpis), len(bob.tasks)) == (0, 1, 1, 1)
    ada: Any = found["owners/ada/"]
    assert [row.address for row in ada.objectives] == ["acme/2026-Q1/a/"]
    cleo: Any = found["owners/cleo/"]
    assert [link.title for link in cleo.leads] == ["ACME"]


def test_a_cycle_that_is_over_is_graded() -> None:
    """Grades, worst first, lessons, and the cycle before it."""
    before = make_cycle("2025-Q4", "2025-10-01", "2025-12-31")
    portal = make_portal(
        [
            goal("acme/2026-Q1/high", 90, closing_note="It went well."),
            goal("acme/2026-Q1/low", 10),
            goal("acme/2026-Q1/draft", 10, state="draft", closing_note="Never begun."),
            goal("acme/2025-Q4/old", cycle=before),
        ],
        cycles=[before, Q1],
    )
    found: Any = {page.address: page.record for page in pages_of(cycles, material(portal, "2026-03-31"))}
    record = found["cycles/2026-Q1/"]
    assert [(view.objective.id[12:], view.figures.grade) for view in record.graded] == [
        ("/low", "red"),
        ("/high", "green"),
    ]
    assert record.outcome.grades == (("green", 1), ("red", 1))
    assert [view.objective.id for view in record.looking_back.reached] == ["acme/2026-Q1/high"]
    assert record.previous.cycle.id == "2025-Q4"
    assert [row.cycle.id for row in found["cycles/"].cycles] == ["2026-Q1", "2025-Q4"]


def test_grades_against_confidence() -> None:
    """Graded objectives by how sure their owners were last; bands without any are left out."""
    sure = {"high": (90, 8), "unlucky": (10, 7), "open": (50, 4), "doubtful": (10, 3.9), "mute": (90, None)}
    goals = [
        goal(f"acme/2026-Q1/{id}", key_results=[make_key_result(check_ins=[make_check_in("2026-03-30", *given)])])
        for id, given in sure.items()
    ]
    found: Any = {page.address: page.record for page in pages_of(cycles, material(make_portal(goals), "2026-03-31"))}
    bands = found["cycles/2026-Q1/"].bands
    assert [(band.least, band.below, band.grades) for band in bands] == [
        (7, None, (1, 0, 1)),
        (4, 7, (0, 1, 0)),
        (0, 4, (0, 0, 1)),
        (None, None, (1, 0, 0)),
    ]


def test_quality_by_unit_and_rule() -> None:
    """A finding belongs to the unit whose folder holds its file; the rest to none."""
    code = RULES[0].code
    paths = ("acme/it/2026-Q1.yml", "acme/it/2026-Q1/a.md", "acme/kpis.yml", "cycles.yml")
    problems = tuple(Problem(f"content/okrs/{path}", 1, 1, code, "x", severity="warning") for path in paths)
    other = Problem("mkdocs.yml", 1, 1, code, "x", severity="notice")
    portal = make_portal([goal("acme/it/2026-Q1/a")])
    record: Any = only(pages_of(quality, material(portal, problems=(*problems, other)))).record
    assert [(each.unit.title, each.warnings, each.notices) for each in record.units] == [("IT", 2, 0), ("ACME", 1, 0)]
    assert (record.warnings, record.notices, record.total_rules) == (4, 1, len(RULES))
    (rule,) = record.rules
    assert (rule.code, len(rule.findings), rule.total, rule.units, rule.fails) == (code, 5, 5, 2, True)
    assert [each.unit.title if each.unit else "" for each in rule.findings] == ["IT", "IT", "ACME", "", ""]


def test_a_unit_shows_every_cycle_that_runs() -> None:
    """A quarter and the year that holds it; past ones have pages of their own."""
    year = make_cycle("2026", "2026-01-01", "2026-12-31")
    past = make_cycle("2025-Q4", "2025-10-01", "2025-12-31")
    portal = make_portal(
        [goal(), goal("acme/2026/b", cycle=year), goal("acme/2025-Q4/c", cycle=past)], cycles=[past, year, Q1]
    )
    found: Any = {page.address: page.record for page in pages_of(units, material(portal))}
    assert {section.cycle.id for section in found["acme/"].sections} == {"2026-Q1", "2026"}
    assert {address for address in found if address != "acme/"} == {"acme/2026-Q1/", "acme/2026/", "acme/2025-Q4/"}
    assert found["acme/2025-Q4/"].one_cycle


def test_the_catalogue_of_kpis() -> None:
    """By level, with the units that have none."""
    portal = make_portal(kpis=[make_kpi("acme/it/kpis/a", measurements={"2026-02-01": 100})], units=[make_unit("acme")])
    record: Any = only(pages_of(catalogue, material(portal))).record
    assert [(level.level, len(level.kpis), len(level.without)) for level in record.levels] == [
        ("corporate", 0, 1),
        ("department", 1, 0),
        ("team", 0, 0),
    ]
    assert (record.colours, record.total) == ((("green", 1),), 1)


def test_addresses_of_pages_are_all_different() -> None:
    """No two pages of a portal share an address, and each has a template."""
    portal = make_portal([goal(), goal("acme/it/2026-Q1/a")], kpis=[make_kpi()], rollouts=[make_rollout([make_task()])])
    made = list(pages(material(portal)))
    assert len({page.address for page in made}) == len(made)
    assert all(page.template.startswith("okr/") and page.template.endswith(".html") for page in made)
