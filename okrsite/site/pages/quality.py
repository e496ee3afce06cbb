"""Quality: what do the rules say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.problems import Problem
from okrsite.site.page import Material, Page
from okrsite.site.shell import edit_link
from okrsite.site.views import Gallery, Link


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of one place; ``source`` leads to the line on the forge, and is empty where that is unknown."""

    problem: Problem
    source: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule and what it found."""

    code: str
    title: str
    why: str
    mend: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality page: findings by rule, and how many each unit has."""

    rules: tuple[Broken, ...]
    units: tuple[tuple[Link, int], ...]
    warnings: int
    notices: int
    total_rules: int


def pages(material: Material) -> Iterator[Page]:
    """The quality page."""
    by_code: dict[str, list[Problem]] = {}
    for problem in material.problems:
        by_code.setdefault(problem.code, []).append(problem)
    record = Quality(
        rules=tuple(
            Broken(code, *material.rules[code], findings=tuple(_finding(material, each) for each in problems))
            for code, problems in sorted(by_code.items())
        ),
        units=_by_unit(material),
        warnings=sum(problem.severity != "notice" for problem in material.problems),
        notices=sum(problem.severity == "notice" for problem in material.problems),
        total_rules=len(material.rules),
    )
    yield Page("quality/", "okr/quality.html", "Quality", record, description="What the rules say of the goals.")


def _finding(material: Material, problem: Problem) -> Finding:
    return Finding(problem, edit_link(material.settings, problem.path, problem.line))


def _by_unit(material: Material) -> tuple[tuple[Link, int], ...]:
    """The units that findings belong to, most first: the one whose folder holds the file."""
    gallery: Gallery = material.gallery
    prefix = f"{material.settings.content}/{material.settings.source}/"
    counts: dict[str, int] = {}
    for problem in material.problems:
        if problem.path.startswith(prefix):
            folder = problem.path[len(prefix) :].rpartition("/")[0]
            while folder and folder not in gallery.portal.units:
                folder = folder.rpartition("/")[0]
            if folder:
                counts[folder] = counts.get(folder, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((gallery.unit_link(id), n) for id, n in ordered)
