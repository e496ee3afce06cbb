"""Impact, present and what else looks over the whole portal, as records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import (
    Q1,
    make_check_in,
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
from okrsite.settings import ImpactOptions, Settings
from okrsite.site.layout.rendering import strewn
from okrsite.site.options.impact import impact_problems, read_impact
from okrsite.site.pages import Kind, alignment, check_ins, cycles, impact, pages, present, quality, rollout
from okrsite.site.pages.page import Material, Page
from okrsite.site.views import Gallery
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle

NOON = "2026-02-14"
KPI = "acme/kpis/kpi"


def material(portal: Portal, as_of: str = NOON, problems: tuple[Problem, ...] = (), **settings: Any) -> Material:
    """What pages are made from."""
    figures = score(portal, date.fromisoformat(as_of))
    rules = {rule.code: (rule.summary, rule.reason, rule.mend) for rule in RULES}
    gallery = Gallery(portal, figures)
    return Material(gallery, Chronicle(gallery), Ledgers(gallery), problems, Settings(**settings), rules)


def pages_of(kind: Kind, made_from: Material) -> Iterator[Page]:
    """The pages of a kind."""
    return pages(made_from, kind)


def goal(id: str, value: float | None = None, **fields: Any) -> Objective:
    """An objective with one key result from 0 to 100, read on the 13th of February."""
    check_ins = [] if value is None else [make_check_in("2026-02-13", value)]
    return make_objective(id, [make_key_result(check_ins=check_ins)], **fields)


def record(found: Any) -> Any:
    """The record of the one page."""
    (page,) = found
    return page.record


def impact_of(portal: Portal, as_of: str = NOON, **options: Any) -> Any:
    """The impact page's record."""
    return record(pages_of(impact, material(portal, as_of, impact=ImpactOptions(**options))))


MEASURED = {"2025-11-01": 50, "2025-12-01": 52, "2026-01-01": 51, "2026-01-10": 60, "2026-01-20": 61, "2026-02-01": 62}


def test_no_rollout_no_impact() -> None:
    """Without a day that divides before from since there is nothing to compare, and no page."""
    assert list(pages_of(impact, material(make_portal([goal("acme/2026-Q1/a")])))) == []


def test_impact_of_a_kpi() -> None:
    """What became of it in words, with what it rests on, and a chart that marks the day."""
    kpi = make_kpi(measurements=MEASURED, unit_of_measure="%")
    portal = make_portal(kpis=[kpi], rollouts=[make_rollout([make_task()])])
    found = impact_of(portal, kpis={"productivity": (KPI,)})
    (area,) = found.areas
    (compared,) = area.kpis
    assert compared.sentence == "Better: 61.0% on average since, 51.0% before, 10 points more."
    assert compared.before == "51.0% in 3 measurements, the last 51.0% on 1 Jan 2026"
    assert compared.cautions == ("It was getting better before the rollout, too.",)
    assert [mark["date"] for mark in compared.chart.data["marks"]] == ["2026-01-05"]
    assert found.sentence == "The rollout began on 5 Jan 2026, 40 days ago. Of 1 KPI, 1 is better."
    assert found.without == ("Engagement", "Project success", "Alignment")


def test_impact_says_on_how_little_it_rests() -> None:
    """Few measurements are counted in the first sentence already; none at all is said."""
    some = make_kpi(measurements={"2025-12-01": 5, "2026-02-01": 4})
    none = make_kpi("acme/kpis/none")
    late = make_kpi("acme/kpis/late", measurements={"2026-02-01": 4})
    portal = make_portal(kpis=[some, none, late], rollouts=[make_rollout([make_task()])])
    found = impact_of(portal, kpis={"engagement": (KPI, none.id, late.id)})
    sentences = [each.sentence for each in found.areas[0].kpis]
    assert sentences == [
        "Worse: 4.0 on average since, 5.0 before, 1.0 less.",
        "Not measured yet.",
        "Nothing measured before the rollout began; 4.0 on average since.",
    ]
    assert found.sentence.endswith(
        "Of 3 KPIs, 1 is worse, 2 cannot be compared yet; 1 of them rests on fewer than three measurements on a side."
    )
    assert found.areas[0].kpis[1].chart is None


def test_impact_before_the_rollout() -> None:
    """The page gathers what is before, and says when it begins."""
    portal = make_portal(kpis=[make_kpi(measurements=MEASURED)], rollouts=[make_rollout([make_task()])])
    found = impact_of(portal, "2026-01-02", kpis={"productivity": (KPI,)})
    assert found.sentence == "The rollout begins on 5 Jan 2026; until then this page gathers what is before."
    assert found.areas[0].kpis[0].sentence == "Nothing measured since the rollout began; 51.0 on average before."


def test_impact_of_the_plan_that_is_named() -> None:
    """Of several plans the one of the option; else the one that the rollout page shows first."""
    pilot = make_rollout([make_task(plan_start="2025-12-01")], id="pilot", start="2025-12-01")
    whole = make_rollout([make_task(plan_start="2026-02-02")], id="whole", start="2026-02-02")
    portal = make_portal([goal("acme/2026-Q1/a")], rollouts=[pilot, whole])
    assert impact_of(portal).began == date(2026, 2, 2)
    named = impact_of(portal, rollout="pilot")
    assert (named.began, named.plan.address) == (date(2025, 12, 1), "rollout/#plan_pilot")


def test_what_became_of_the_goals() -> None:
    """Units with goals on the day before and now, cycle by cycle, and check-in periods on both sides."""
    krs = [make_key_result(check_ins={"2026-01-02": 1, "2026-02-01": 2})]
    portal = make_portal(
        [make_objective("acme/2026-Q1/a", krs), goal("acme/it/2026-Q1/b", supports=["acme/2026-Q1/a"])],
        kpis=[make_kpi(measurements={"2026-02-01": 1})],
        rollouts=[make_rollout([make_task(plan_start="2026-01-15")], start="2026-01-15")],
    )
    found = impact_of(portal)
    assert [(step.does, step.before, step.now) for step in found.adoption] == [
        ("have objectives", 2, 2),
        ("measure a KPI", 0, 1),
        ("are checking in", 1, 1),
    ]
    assert (found.before.kept, found.before.total) == (1, 2)
    assert (found.since.kept, found.since.total) == (1, 4)
    (row,) = found.cycles
    assert (row.link.title, row.objectives, row.aligned, row.is_before) == (Q1.id, 2, 1, False)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (5, "impact: '5' is not a mapping"),
        ({"rollout": 3}, "impact: rollout is 3"),
        ({"morale": []}, "impact: there is no 'morale'"),
        ({"engagement": "pulse"}, "impact: engagement is no list of KPIs"),
        ({"engagement": [1]}, "impact: engagement is no list of KPIs"),
    ],
)
def test_what_the_option_cannot_be(value: Any, fault: str) -> None:
    """Each fault is named."""
    _, faults = read_impact(value, "mkdocs.yml", 7)
    assert [message for message, _ in faults] == [fault]


def test_what_the_option_names_has_to_exist() -> None:
    """A KPI or plan that is not there is an error at the option, with what may be meant."""
    options, faults = read_impact({"rollout": "x", "engagement": ["acme/kpis/kp", KPI, KPI]}, "mkdocs.yml", 7)
    assert (faults, options.kpis) == ([], {"engagement": ("acme/kpis/kp", KPI)})
    problems = impact_problems(make_portal(kpis=[make_kpi()]), options)
    assert [str(problem) for problem in problems] == [
        "mkdocs.yml:7:1: OKR401 impact: there is no rollout plan 'x'",
        "mkdocs.yml:7:1: OKR401 impact: there is no KPI 'acme/kpis/kp'",
    ]
    assert problems[1].hint == f"did you mean '{KPI}'?"


def slides(portal: Portal, as_of: str = NOON) -> Any:
    """The slides of a portal."""
    return record(pages_of(present, material(portal, as_of)))


def test_slides_in_order() -> None:
    """The whole, the objectives of the top, each unit below, attention, KPIs, rollout."""
    portal = make_portal(
        [goal("acme/2026-Q1/a", 60), goal("acme/2026-Q1/b", 1), goal("acme/it/2026-Q1/c", 40)],
        kpis=[make_kpi(measurements={"2026-02-01": 1})],
        rollouts=[make_rollout([make_task()])],
    )
    found = slides(portal)
    assert [(slide.kind, slide.id) for slide in found.slides] == [
        ("state", "okr_state"),
        ("objective", "acme/2026-Q1/a"),
        ("objective", "acme/2026-Q1/b"),
        ("unit", "acme/it"),
        ("attention", "okr_attention"),
        ("kpis", "okr_kpis"),
        ("rollout", "okr_rollout"),
    ]
    assert [slide.title for slide in found.units] == ["IT"]
    attention = found.slides[4]
    assert [(row.title, row.status) for row in attention.rows] == [("Objective acme/2026-Q1/b", "off_track")]


def test_slides_have_room_for_so_much() -> None:
    """Six rows, twelve objectives and forty units; the rest is counted."""
    goals = [goal(f"acme/2026-Q1/o{n:02}", 50) for n in range(15)]
    goals += [goal(f"acme/u{n:02}/2026-Q1/a", 1) for n in range(45)]
    found = slides(make_portal(goals))
    kinds = [slide.kind for slide in found.slides]
    assert (kinds.count("objective"), kinds.count("unit"), found.left_out) == (12, 40, 5)
    assert (len(found.slides[0].rows), found.slides[0].more) == (6, 39)
    assert (len(found.slides[-1].rows), found.slides[-1].more) == (6, 39)


def test_a_portal_of_one_unit_presents_it() -> None:
    """Where nothing is below the top, the top is the unit."""
    found = slides(make_portal([goal("acme/2026-Q1/a", 60)]))
    assert [slide.id for slide in found.units] == ["acme"]
    assert "Nothing: every running goal" in found.slides[-1].sentence


def test_nothing_to_present() -> None:
    """A portal without goals has a page without slides."""
    assert slides(make_portal(units=[make_unit("acme")])).slides == ()


def test_large_maps_open_a_screen_of_rows() -> None:
    """Branches below are closed, and say how many are off track and at risk in them."""
    goals = [goal("acme/2026-Q1/top", 50)]
    goals += [goal(f"acme/u{n}/2026-Q1/g", 50, supports=["acme/2026-Q1/top"]) for n in range(9)]
    goals += [
        goal(f"acme/u{n}/t{m}/2026-Q1/g", 1, supports=[f"acme/u{n}/2026-Q1/g"]) for n in range(9) for m in range(9)
    ]
    tree = record(pages_of(alignment, material(make_portal(goals)))).tree
    assert [node.is_open for node in tree[:2]] == [True, False]
    assert (tree[0].below, tree[0].trouble) == (90, (("off_track", 81),))
    assert (tree[1].below, tree[1].trouble) == (9, (("off_track", 9),))
    wide = [goal("acme/2026-Q1/top", 50)]
    wide += [goal(f"acme/it/2026-Q1/s{n}", 50, supports=["acme/2026-Q1/top"]) for n in range(300)]
    assert not record(pages_of(alignment, material(make_portal(wide)))).tree[0].is_open


def test_the_share_of_the_map_is_explained() -> None:
    """How many support something, of how many, level by level; without goals below the top there is nothing to say."""
    goals = [goal("acme/2026-Q1/top", 50), goal("acme/it/2026-Q1/a", 50, supports=["acme/2026-Q1/top"])]
    goals += [goal("acme/it/2026-Q1/b", 50), goal("acme/it/web/2026-Q1/c", 50, supports=["acme/it/2026-Q1/a"])]
    why = record(pages_of(alignment, material(make_portal(goals)))).why
    assert why.formula.endswith("= 2 / 3 = 67%")
    assert [(each.label, each.value) for each in why.inputs] == [("Department", "1 / 2"), ("Team", "1 / 1")]
    assert record(pages_of(alignment, material(make_portal(goals[:1])))).why is None


def test_a_check_in_meeting_is_one_entry() -> None:
    """What one person said on one day for one unit stands together; others apart, the newest first."""

    def said(day: str, by: str) -> Any:
        return make_check_in(day, 50, by=by)

    krs = [
        make_key_result("a", check_ins=[said("2026-02-12", "Ada"), said("2026-02-13", "Bob")]),
        make_key_result("b", check_ins=[said("2026-02-12", "Ada"), said("2026-02-12", "Bob")]),
    ]
    found = record(pages_of(check_ins, material(make_portal([make_objective("acme/2026-Q1/o", krs)]))))
    assert [(str(each.on), each.by, len(each.said)) for each in found.meetings] == [
        ("2026-02-13", "Bob", 1),
        ("2026-02-12", "Ada", 2),
        ("2026-02-12", "Bob", 1),
    ]


def test_everyone_finds_their_own_unit() -> None:
    """The longest waits stand in the list, their number beside it; each unit has a number of its own."""
    units = [make_unit("acme"), *(make_unit(f"acme/team-{n}") for n in range(3))]
    krs = [make_key_result(f"kr-{n}") for n in range(30)]
    goals = [make_objective(f"{unit.id}/2026-Q1/o", krs) for unit in units[1:]]
    found = record(pages_of(check_ins, material(make_portal(goals, units=units))))
    assert (len(found.waiting), found.waiting.more, found.waited_for) == (60, 30, 90)
    assert [(each.unit.title, each.waiting) for each in found.rhythm] == [(unit.name, 30) for unit in units[1:]]


def test_units_that_begin_are_led_to_the_guide() -> None:
    """If the portal has a written page of that name, and not otherwise."""
    made = material(
        make_portal([goal("acme/2026-Q1/a")], rollouts=[make_rollout([make_task(evidence=make_evidence())])])
    )
    assert record(pages_of(rollout, made)).how_to_start == ""
    led = replace(made, written=frozenset({"guide/how-to-start/"}))
    assert record(pages_of(rollout, led)).how_to_start == "guide/how-to-start/"


def test_very_many_units_show_first_who_begins() -> None:
    """Of more than four hundred, those that lack something stand first."""
    whole = [goal(f"acme/u{n:03}/2026-Q1/a", 50) for n in range(420)]
    done = [make_kpi(f"acme/u{n:03}/kpis/k") for n in range(400)]
    portal = make_portal(whole, kpis=done, rollouts=[make_rollout([make_task()])])
    found = record(pages_of(rollout, material(portal)))
    assert (len(found.adoption), found.adoption.more) == (400, 21)
    assert not any(row.is_complete for row in found.adoption.shown[:21])
    assert all(row.is_complete for row in found.adoption.shown[21:])


def test_findings_are_capped_a_rule() -> None:
    """The first fifty of a rule, with the number of the rest; what fails a strict check stands first."""
    codes = [rule.code for rule in RULES[:2]]
    problems = tuple(
        Problem(f"content/okrs/acme/{n:03}.yml", 1, 1, code, "x", severity=severity)
        for code, severity in zip(codes, ("notice", "warning"), strict=True)
        for n in range(70)
    )
    found = record(pages_of(quality, material(make_portal([goal("acme/2026-Q1/a")]), problems=problems)))
    assert [(rule.code, rule.fails) for rule in found.rules] == [(codes[1], True), (codes[0], False)]
    assert [(len(rule.findings), rule.findings.more, rule.total) for rule in found.rules] == [(50, 20, 70)] * 2


def test_of_many_units_a_cycle_has_those_farthest_behind() -> None:
    """Those that are left out are those that need attention least; few stand in the order of their ids."""
    many = [f"acme/team-{n:03}" for n in range(cycles.MOST_UNITS + 20)]
    units = [make_unit("acme"), *map(make_unit, many)]
    portal = make_portal([goal(f"{id}/2026-Q1/o", n) for n, id in enumerate(reversed(many))], units=units)

    def shown(portal: Portal) -> Any:
        return next(
            page.record for page in pages_of(cycles, material(portal)) if page.template == "okr/cycle.html"
        ).units

    found = shown(portal)
    assert ([view.unit.id for view in found], found.more) == (many[:19:-1], 20)
    few = make_portal([goal("acme/a/2026-Q1/o", 90), goal("acme/b/2026-Q1/o", 0)])
    assert [view.unit.id for view in shown(few)] == ["acme/a", "acme/b"]


def test_a_strip_has_one_path_a_status() -> None:
    """However many marks it has; those at the same place are one."""
    half, end = Fraction(1, 2), Fraction(1)
    found = strewn([(half, "off_track"), (end, "no_data"), (half, "off_track"), (end, "off_track")], 120)
    assert [status for status, _ in found] == ["off_track", "no_data"]
    assert [path.count("M") for _, path in found] == [2, 1]
    assert found[0][1].startswith("M57 7")
