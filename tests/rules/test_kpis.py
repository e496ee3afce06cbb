"""Rules on KPIs, and the SMART marks."""

from okrsite.rules import smart_marks


def test_unit_without_kpi(goals, limits):
    """Every unit has a KPI, unless its level needs none."""
    goals.unit("acme/it/platform", kpi=False)
    (problem,) = goals.found("OKR541")
    assert problem.message == 'team "Platform" has no KPI'
    assert problem.hint == "add a kpis.yml beside its unit.yml, with the number that tells first whether it is well"
    assert (problem.path, problem.severity) == ("content/okrs/acme/it/platform/unit.yml", "warning")
    assert goals.messages("OKR541", setting=limits(except_levels=("team",))) == []


def test_kpi_not_smart(goals, limits):
    """One problem a KPI lists everything that is missing, and what to add."""
    bare = {"definition": "", "unit_of_measure": "", "data_source": "", "baseline": None, "due": None}
    goals.kpis.clear()
    goals.kpi("acme/kpis/mood", name="Mood", **bare)
    (problem,) = goals.found("OKR542")
    assert problem.message == (
        'KPI "Mood" is not SMART (specific: no definition; measurable: no unit, no source; achievable: no baseline; '
        "relevant: no key result takes its value from it; time-bound: no due date)"
    )
    assert problem.hint == (
        "add `definition`, `unit`, `source`, `baseline`, `due`; name it in a key result: `kpi: mood`"
    )
    assert problem.path == "content/okrs/acme/kpis.yml"
    assert goals.messages("OKR542", setting=limits(marks=("time-bound",))) == [
        'KPI "Mood" is not SMART (time-bound: no due date)'
    ]


def test_smart_kpi(goals):
    """A KPI with all five is left alone; a goal that was given up makes none relevant."""
    goals.objective("acme/2026-Q1/a", {"kpi": "acme/kpis/health"}, {})
    goals.objective("acme/it/2026-Q1/a", {"kpi": "acme/it/kpis/health"}, {}, state="cancelled")
    assert goals.messages("OKR542") == ['KPI "Health" is not SMART (relevant: no key result takes its value from it)']
    assert goals.found("OKR542")[0].path == "content/okrs/acme/it/kpis.yml"


def test_smart_marks(goals):
    """The marks come in the order of the letters and say what is missing."""
    kpi = goals.kpi("acme/kpis/mood", data_source="", due=None)
    marks = smart_marks(goals.portal(), kpi)
    assert "".join(mark.letter for mark in marks) == "SMART"
    assert [mark.word for mark in marks if mark.ok] == ["specific", "achievable"]
    assert [mark.missing for mark in marks if not mark.ok] == [
        ("no source",),
        ("no key result takes its value from it",),
        ("no due date",),
    ]
