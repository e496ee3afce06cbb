"""The worked examples of docs/scoring.md: read, scored, and every figure compared with the cell that states it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from docpages import DOCS, Section, put, sections

from okrsite.content import read_portal
from okrsite.scoring import STATUSES, Figures, score
from okrsite.scoring.kinds import KINDS
from okrsite.settings import Settings
from okrsite.site.options.config import load

SECTIONS = {section.title: section for section in sections(DOCS / "scoring.md")}
EXAMPLES = [section for section in SECTIONS.values() if any("goal" in row for row in section.rows())]
OBJECTIVE = "content/okrs/acme/spring.yml"
FRAME = """\
objectives:
  - id: example
    title: The example
    owner: Ada
    key_results:
"""


def _files(section: Section) -> dict[str, str]:
    """An example's portal: the shared frame, its own files, and its key results in the frame's objective."""
    files = {**SECTIONS["What holds everywhere"].files, **section.files}
    for block in section.blocks:
        if block.language == "yaml" and not block.file:
            assert OBJECTIVE not in files, "one list of key results an example"
            files[OBJECTIVE] = FRAME + "".join(f"      {line}\n" for line in block.text.splitlines())
    return files


def _settings(folder: Path) -> Settings:
    return load(folder / "mkdocs.yml")[0] if (folder / "mkdocs.yml").is_file() else Settings()


def _figure(figures: Figures, goal: str, name: str) -> object:
    """What a cell states: an attribute of the figures of a goal, as the column calls it."""
    if name == "cycle":
        return figures.cycle if goal == "portal" else figures.unit_cycle[goal]
    return getattr(_record(figures, goal), name)


def _record(figures: Figures, goal: str) -> object:
    if goal.startswith("rollout"):
        return _of_plan(figures, goal.removeprefix("rollout").removeprefix(": "))
    thing, _, cycle = goal.partition(" in ")
    if cycle:
        if thing == "portal":
            return figures.portal[cycle]
        level = thing.removeprefix("level ")
        return figures.units[thing][cycle] if level == thing else figures.levels[level][cycle]
    full = goal if "/" in goal else f"acme/spring/example/{goal}"
    every = {**figures.key_results, **figures.objectives, **figures.kpis}
    return every[full]


def _of_plan(figures: Figures, part: str) -> object:
    plan = figures.rollouts["rollout"]
    if not part:
        return plan
    if month := re.fullmatch(r"month (\d)", part):
        progress, expected = plan.months[int(month[1]) - 1]
        return _Month(progress, expected)
    return next(task for task in plan.tasks if task.task.title == part)


class _Month:
    def __init__(self, progress: Fraction, expected: Fraction) -> None:
        self.progress = progress
        self.expected = expected


def _stated(column: str, cell: str) -> object:
    """What a cell says: nothing, yes or no, an exact number or share of numbers, a day, or a word."""
    if column == "cycle":
        return cell
    if cell in ("–", "yes", "no"):
        return {"–": None, "yes": True, "no": False}[cell]
    if re.fullmatch(r"-?[\d.]+(/[\d.]+)?", cell):
        above, _, below = cell.partition("/")
        return Fraction(above) / Fraction(below or 1)
    return date.fromisoformat(cell) if re.fullmatch(r"\d{4}-\d\d-\d\d", cell) else cell


def _comparable(value: object) -> object:
    return Fraction(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("section", EXAMPLES, ids=lambda section: section.title)
def test_worked_examples(section: Section, tmp_path: Path) -> None:
    """Each cell of an example's tables is what the code computes, exactly."""
    put(_files(section), tmp_path)
    settings = _settings(tmp_path)
    reading = read_portal(tmp_path, settings)
    assert reading.portal is not None, list(map(str, reading.problems))
    wrong = []
    for row in section.rows():
        if "goal" not in row:
            continue
        figures = score(reading.portal, date.fromisoformat(row["as of"]), settings.status)
        for name, cell in row.items():
            if name not in ("as of", "goal"):
                found = _comparable(_figure(figures, row["goal"], name))
                if found != _stated(name, cell):
                    wrong.append(f"{row['as of']} {row['goal']} {name}: {cell} is {found}")
    assert wrong == []


def _cells(column: str) -> set[str]:
    return {row[column] for section in EXAMPLES for row in section.rows() if column in row}


def test_examples_leave_nothing_out() -> None:
    """Every kind, status, grade, colour and trend occurs in an example."""
    text = "".join(block.text for section in EXAMPLES for block in section.blocks)
    assert {kind for kind in KINDS if f"kind: {kind}" not in text} == set()
    assert set(STATUSES) <= _cells("status")
    assert _cells("grade") >= {"green", "yellow", "red"}
    assert _cells("status") >= {"green", "amber", "red", "no_data"}
    assert _cells("trend") == {"improving", "worsening", "flat", "–"}


def test_no_example_is_skipped() -> None:
    """A section with YAML and a table of figures is an example; the page has one for each of its topics."""
    assert len(EXAMPLES) >= 19
    bare = [each.title for each in SECTIONS.values() if each.blocks and each not in EXAMPLES]
    assert bare == ["What holds everywhere"]
