"""Quality: what do the rules say?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okrsite.frozen import frozen
from okrsite.problems import Problem
from okrsite.site.pages.page import Material, Page, PagePlan
from okrsite.site.views import Link, Some, first

MOST_FINDINGS = 50
"""How many findings of a rule the page shows; `okrsite check` lists all of them."""

_MOST_UNITS = 100


@frozen
class Finding:
    """What a rule says of one place.

    Attributes:
        source: Leads to the line on the forge; empty where that is unknown.
        unit: Whose goal it is; None for what belongs to no unit.
    """

    problem: Problem
    source: str
    unit: Link | None


@frozen
class Broken:
    """A rule and what it found.

    Attributes:
        fails: Whether it is more than a notice somewhere: then a strict check fails.
        findings: The first of them.
        units: In how many units.
    """

    code: str
    title: str
    why: str
    mend: str
    fails: bool
    findings: Some[Finding]
    total: int
    units: int


@frozen
class UnitCount:
    """How many findings a unit has."""

    unit: Link
    warnings: int
    notices: int


@frozen
class Quality:
    """The quality page: findings by rule, those that fail a strict check first, and how many each unit has."""

    rules: tuple[Broken, ...]
    units: Some[UnitCount]
    warnings: int
    notices: int
    total_rules: int


def plans(material: Material) -> Iterator[PagePlan]:
    """The quality page."""
    del material
    yield PagePlan("quality/", _page)


def _page(material: Material) -> Page:
    _ = material.gallery.words.language.gettext
    by_code: dict[str, list[Problem]] = {}
    units: dict[str, str] = {}
    for problem in material.problems:
        by_code.setdefault(problem.code, []).append(problem)
        if problem.path not in units:
            units[problem.path] = _unit_of(material, problem.path)
    rules = [_broken(material, code, problems, units) for code, problems in sorted(by_code.items())]
    record = Quality(
        rules=tuple(sorted(rules, key=lambda rule: not rule.fails)),
        units=first(_by_unit(material, units), _MOST_UNITS),
        warnings=sum(problem.severity != "notice" for problem in material.problems),
        notices=sum(problem.severity == "notice" for problem in material.problems),
        total_rules=len(material.rules),
    )
    return Page("quality/", "okr/quality.html", _("Quality"), record, description=_("What the rules say of the goals."))


def _broken(material: Material, code: str, problems: list[Problem], units: Mapping[str, str]) -> Broken:
    title, why, mend = material.rules[code]
    return Broken(
        code=code,
        title=title,
        why=why,
        mend=mend,
        fails=any(problem.severity != "notice" for problem in problems),
        findings=first(problems, MOST_FINDINGS).each(lambda each: _finding(material, each, units[each.path])),
        total=len(problems),
        units=len({units[problem.path] for problem in problems} - {""}),
    )


def _finding(material: Material, problem: Problem, unit: str) -> Finding:
    link = material.gallery.unit_link(unit) if unit else None
    return Finding(problem, material.forge.edit(problem), link)


def _unit_of(material: Material, path: str) -> str:
    """The unit whose folder holds a file; empty for a file outside of all of them."""
    prefix = f"{material.settings.content}/{material.settings.source}/"
    folder = path.removeprefix(prefix).rpartition("/")[0] if path.startswith(prefix) else ""
    while folder and folder not in material.gallery.portal.units:
        folder = folder.rpartition("/")[0]
    return folder


def _by_unit(material: Material, units: Mapping[str, str]) -> list[UnitCount]:
    """The units that findings belong to, by the files that these are in; most first."""
    counts: dict[str, list[int]] = {}
    for problem in material.problems:
        if unit := units[problem.path]:
            counts.setdefault(unit, [0, 0])[problem.severity == "notice"] += 1
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    return [UnitCount(material.gallery.unit_link(id), *found) for id, found in ordered]
