"""Writes a portal of a given size: the same seed gives the same bytes.

    python benchmarks/portal.py 1000 /tmp/portal

Of every 100 goal pages 16 are units, 80 objectives and 4 KPIs. Every unit has 5 objectives in three cycles, every
objective 4 key results, and of all kinds; at 10,000 pages that makes 32,000 key results and about 100,000 check-ins.
Units have up to 12 units below them, so that more pages make the tree deeper, not the pages longer.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2026, 5, 20)
"""The day that figures are computed for: in the third of the cycles."""

BELOW = 12
"""Units below a unit."""

CYCLES = {
    "2025-Q4": (date(2025, 10, 1), ("steady",)),
    "2026-Q1": (date(2026, 1, 1), ("steady", "better")),
    "2026-Q2": (date(2026, 4, 1), ("steady", "better")),
}
"""Cycle -> its first day and the ids of each unit's objectives."""

_KINDS = ("increase", "decrease", "at_least", "at_most", "between", "milestones", "done", "sustained")
_MEETINGS = (13, 34, 55, 76)
"""Days after a cycle's start."""

_THINGS = (
    "orders",
    "answers",
    "releases",
    "visits",
    "repairs",
    "bookings",
    "reports",
    "trainings",
    "offers",
    "repeats",
)
_QUALITIES = ("sooner", "without rework", "on the first try", "at half the effort", "in every region", "by themselves")


@dataclass(frozen=True, slots=True)
class _Unit:
    number: int
    id: str
    parent: str
    level: str
    has_below: bool
    kpi: bool

    @property
    def people(self) -> tuple[str, str]:
        return f"Lead {self.number}", f"Colleague {self.number}"


def write_portal(folder: Path, pages: int, seed: int = 1) -> None:
    """Write a portal of about as many goal pages into an empty folder.

    Args:
        folder: Made where it does not exist.
        pages: Units, objectives and KPIs together.
        seed: Of the random numbers.
    """
    chance = random.Random(seed)
    for name, text in _files(pages, chance):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def new_check_in() -> tuple[str, str]:
    """Name and text of a meeting that `write_portal` left out, on the day, at the top unit."""
    return f"content/okrs/unit-0/check-ins/{AS_OF}.yml", "check_ins:\n  better/kr-1: {confidence: 8, note: Added}\n"


def _files(pages: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    yield "mkdocs.yml", _configuration(pages)
    yield "content/index.md", "# Goals\n\nWritten by a machine, to be measured.\n"
    for number in range(1, 6):
        yield f"content/guide/page-{number}.md", _written_page(number)
    yield "content/rollout.yml", _rollout()
    for unit in _units(pages):
        for name, text in _unit_files(unit, chance):
            yield f"content/okrs/{unit.id}/{name}", text


def _configuration(pages: int) -> str:
    return (
        f"site_name: {pages} pages\ndocs_dir: content\ntheme: {{name: okr}}\n"
        f"plugins:\n  - okrsite:\n      as_of: {AS_OF}\n"
    )


def _written_page(number: int) -> str:
    text = "Words of a guide that stand for *what people write*, with a [goal](okr:unit-0/2026-Q2/better).\n\n" * 8
    return f"# Guide {number}\n\n{text}"


def _units(pages: int) -> Iterator[_Unit]:
    """The units, breadth first, so that only the last with units below has fewer than `BELOW`."""
    total = max(2, pages * 16 // 100)
    kpis = pages * 4 // 100
    ids: list[str] = []
    for number in range(total):
        parent = ids[(number - 1) // BELOW] if number else ""
        ids.append(f"{parent}/unit-{number}" if parent else f"unit-{number}")
        has_below = number * BELOW + 1 < total
        level = "corporate" if not number else "department" if has_below else "team"
        kpi = (number + 1) * kpis // total > number * kpis // total
        yield _Unit(number, ids[-1], parent, level, has_below, kpi)


def _unit_files(unit: _Unit, chance: random.Random) -> Iterator[tuple[str, str]]:
    lead, _ = unit.people
    mission = f"We care for {chance.choice(_THINGS)}."
    yield "unit.yml", f"name: Unit {unit.number}\nlevel: {unit.level}\nlead: {lead}\nmission: {mission}\n"
    if unit.number % 5 == 0:
        yield "index.md", f"The unit's own words, *{chance.choice(_QUALITIES)}*.\n"
    if unit.kpi:
        yield "kpis.yml", _kpi(unit)
        yield "kpis/answered.csv", _measurements(chance)
    for cycle, (start, names) in CYCLES.items():
        in_markdown = unit.number % 3 == 0
        inline = unit.number % 8 == 0 and cycle == "2025-Q4"
        objectives = [_objective(unit, cycle, start, name, chance, inline=inline) for name in names]
        if in_markdown:
            # The last of them as a file of its own.
            yield f"{cycle}/{names[-1]}.md", f"---\n{objectives.pop()}---\n{_description(chance)}"
        if objectives:
            entries = "".join(_item(f"id: {name}\n{text}") for name, text in zip(names, objectives, strict=False))
            yield f"{cycle}.yml", f"objectives:\n{entries}"
        if not inline:
            for days in _MEETINGS:
                day = start + timedelta(days=days)
                if day < AS_OF:
                    yield f"check-ins/{day}.yml", _meeting(unit, cycle, names, days, chance)


def _item(text: str) -> str:
    """A mapping as an item of a list."""
    return "  - " + text.rstrip("\n").replace("\n", "\n    ") + "\n"


def _description(chance: random.Random) -> str:
    return f"Why this matters: {chance.choice(_THINGS)} come {chance.choice(_QUALITIES)}.\n\n- one reason\n- another\n"


def _objective(unit: _Unit, cycle: str, start: date, name: str, chance: random.Random, *, inline: bool) -> str:
    lead, colleague = unit.people
    lines = [
        f"title: {chance.choice(_THINGS).capitalize()} arrive {chance.choice(_QUALITIES)}",
        f"owner: {lead if name == 'steady' else colleague}",
        f"type: {'committed' if name == 'steady' else 'aspirational'}",
    ]
    if unit.parent:
        # Key result 4 of a unit with units below rolls up what supports it.
        goal = f"{unit.parent}/{cycle}/{name}"
        lines.append(f"supports: [{goal}{'/kr-4' if name == 'steady' else ''}]")
    if cycle == "2025-Q4" and unit.number % 4 == 0:
        lines += ["state: closed", "closing_note: Fewer goals next time."]
    lines.append("key_results:")
    text = "".join(f"{line}\n" for line in lines)
    for place in range(1, 5):
        text += _item(_key_result(unit, start, name, place, chance, inline=inline))
    return text


def _kind(unit: _Unit, name: str, place: int) -> str:
    if unit.has_below and name == "steady" and place == 4:
        return "rollup"
    if unit.kpi and name == "better" and place == 1:
        return "kpi"
    return _KINDS[(unit.number + place + 3 * (name == "better")) % len(_KINDS)]


def _key_result(unit: _Unit, start: date, name: str, place: int, chance: random.Random, *, inline: bool) -> str:
    kind = _kind(unit, name, place)
    thing = chance.choice(_THINGS)
    low, high = chance.randint(10, 40), chance.randint(60, 95)
    body = {
        "increase": f"title: {thing} rise to {high}\nkind: increase\nbaseline: {low}\ntarget: {high}\n",
        "decrease": f"title: Faulty {thing} fall to {low}\nkind: decrease\nbaseline: {high}\ntarget: {low}\n",
        "at_least": f"title: At least {low} {thing} a week\nkind: at_least\ntarget: {low}\n",
        "at_most": f"title: At most {high} {thing} wait\nkind: at_most\ntarget: {high}\n",
        "between": f"title: Between {low} and {high} {thing} a day\nkind: between\ntarget: [{low}, {high}]\n",
        "done": f"title: The first of the {thing} is finished\nkind: done\n",
        "rollup": "title: The units below us deliver\nkind: rollup\n",
        "kpi": "title: Answered in time rises to 90%\nkind: increase\nbaseline: 50\ntarget: 90\nkpi: answered\n",
        "sustained": f"title: At least {low} {thing} a fortnight\nkind: at_least\ntarget: {low}\nsustained: true\n",
        "milestones": f"title: Three steps of {thing}\nkind: milestones\nmilestones:\n"
        f"  - {{title: First, done: {start + timedelta(days=20)}}}\n"
        f"  - {{title: Second, weight: 2, done: {start + timedelta(days=44 + chance.randint(0, 30))}}}\n"
        "  - {title: Third}\n",
    }[kind]
    text = f"id: kr-{place}\n{body}weight: {1 + place % 2}\n"
    if kind in ("increase", "decrease", "at_least", "at_most", "between", "sustained"):
        text += 'unit: "%"\n'
    if inline:
        rows = [f"{{date: {start + timedelta(days=days)}, {_reading(kind, days, chance)}}}" for days in _MEETINGS]
        text += "check_ins:\n" + "".join(f"  - {row}\n" for row in rows)
    return text


def _reading(kind: str, days: int, chance: random.Random) -> str:
    """What one check-in says."""
    rest = f"confidence: {chance.randint(3, 9)}"
    if chance.random() < 0.3:
        rest += f", note: {chance.choice(_THINGS)} came {chance.choice(_QUALITIES)}"
    if kind in ("milestones", "rollup", "kpi"):
        return rest
    if kind == "done":
        return f"value: {'true' if days > 60 and chance.random() < 0.6 else 'false'}, {rest}"
    value = chance.randint(20, 45) + days // 2
    return f"value: {90 - value if kind == 'decrease' else value}, {rest}"


def _meeting(unit: _Unit, cycle: str, names: tuple[str, ...], days: int, chance: random.Random) -> str:
    """A check-in file; now and then a key result is left out."""
    text = f"by: {unit.people[0]}\ncycle: {cycle}\ncheck_ins:\n"
    for name in names:
        for place in range(1, 5):
            if place == 1 or chance.random() < 0.85:
                text += f"  {name}/kr-{place}: {{{_reading(_kind(unit, name, place), days, chance)}}}\n"
    return text


def _kpi(unit: _Unit) -> str:
    return "kpis:\n" + _item(
        "id: answered\nname: Answered in time\ndefinition: Answers within a day, of all\n"
        f'unit: "%"\ndirection: up\nbaseline: 50\ntarget: 90\namber: 75\ndue: 2026-12-31\ncadence: monthly\n'
        f"kind: lagging\nsource: The register\nowner: {unit.people[0]}\n"
    )


def _measurements(chance: random.Random) -> str:
    rows = ["date,value,note"]
    value = 50
    for month in range(1, 18):
        value = min(97, max(40, value + chance.randint(-3, 7)))
        rows.append(f"{2025 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}-15,{value},")
    return "\n".join(rows) + "\n"


def _rollout() -> str:
    tasks = (
        ("Workshops on the strategic objectives", "1-2", "done: 2026-04-17"),
        ("Objectives of each department and team", "3-4", "evidence: {measure: units_with_objectives, at_least: 100%}"),
        ("KPIs of each department and team", "3-4", "evidence: {measure: units_with_kpis, at_least: 100%}"),
    )
    later = (
        ("Everybody checks in", "1-3", "evidence: {measure: units_checking_in, at_least: 90%}"),
        ("Goals support each other", "4", "evidence: {measure: objectives_aligned, at_least: 80%}"),
    )
    text = "title: Introducing goals\nstart: 2026-04-06\nmonths:\n"
    for title, entries in (("Planning", tasks), ("Training", later), ("Adjustment", (("Review", "4", "progress: 0"),))):
        items = "".join(_item(f"title: {task}\nweeks: {weeks}\n{state}\n") for task, weeks, state in entries)
        text += _item(f"title: {title}\ntasks:\n{items}")
    return text


def main() -> None:
    """Write the portal that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a portal of about N goal pages.")
    parser.add_argument("pages", type=int, metavar="N")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_portal(given.folder, given.pages, given.seed)


if __name__ == "__main__":
    main()
