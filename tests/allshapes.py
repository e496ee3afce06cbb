"""A portal of all shapes: every kind of goal, every state, empty and overfull, in many scripts, with hostile texts.

It lies under git, and some of its goalposts moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gitrepos import Repo
from portalfiles import MKDOCS

VALID = Path(__file__).parent / "portals/valid"
TOPS = {
    "acme": "several-rollouts",
    "kinds": "every-kind",
    "numbers": "numbers-and-text",
    "world": "names-of-the-world",
}
"""A unit at the top -> the valid portal whose ``acme`` it was."""

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf"
HOSTILE = "<b>bold</b> & \"quoted\" 'text' {{ 7 * 7 }} {% raw %} </script><!-- ]]>"

_NAMES = ("李雷", "محمد العربي", "नेहा", "Zoë Ångström", "Ada Example", f"{LONG} {LONG}")


def _states() -> str:
    """An objective in every state, some without any reading, one far behind, one ahead."""
    goals = []
    for number, state in enumerate(("draft", "active", "postponed", "cancelled", "closed")):
        closing = "    score: 0.4\n    closing_note: It was *harder* than thought.\n" if state == "closed" else ""
        goals.append(
            f"  - id: {state}\n    title: An objective that is {state}\n    owner: {_NAMES[number]}\n"
            f"    state: {state}\n"
            f"{closing}    key_results:\n"
            f"      - {{id: up, title: 'Orders, {state}', kind: increase, baseline: 0, target: 100,\n"
            f"         check_ins: [{{date: 2026-01-10, value: {number * 9}, confidence: 9}},"
            f" {{date: 2026-02-10, value: {number * 25}, confidence: {9 - 2 * number}, note: {LONG}}}]}}\n"
            f"      - {{id: none, title: Never measured, kind: decrease, baseline: 9, target: 1}}\n"
        )
    return "objectives:\n" + "".join(goals)


def _many(count: int) -> str:
    """More objectives than a list shows, all supporting one."""
    goals = (
        f"  - {{id: goal-{number}, title: 'Goal {number}: {LONG}', owner: 'Owner {number % 9}', "
        f"supports: [crowd/2026-Q1/one], key_results: [{{id: done, title: Done, kind: done}}]}}\n"
        for number in range(count)
    )
    return "objectives:\n" + "".join(goals)


def files() -> Iterator[tuple[str, str | bytes]]:
    """The portal's files, by name."""
    yield "mkdocs.yml", MKDOCS.replace("site_name: Goals", f"site_name: 'Goals & {LONG}'")
    yield "content/index.md", "# Every shape\n\nA [link](okr:states), `code`, and *words*.\n"
    yield "content/guide/table.md", f"# A table\n\n| a | b |\n|---|---|\n| {LONG} | {LONG} |\n\n```\n{LONG * 4}\n```\n"
    yield "content/guide/rtl.md", "# دليل\n\nنص من اليمين إلى اليسار.\n"
    for top, portal in TOPS.items():
        for file in sorted((VALID / portal / "content").rglob("*")):
            name = file.relative_to(VALID / portal).as_posix()
            if file.is_file():
                yield name.replace("okrs/acme/", f"okrs/{top}/"), file.read_bytes()
    for file in sorted((VALID / "deep-tree/content").rglob("*.yml")):
        yield file.relative_to(VALID / "deep-tree").as_posix(), file.read_bytes()
    yield "content/okrs/states/unit.yml", f"name: '{HOSTILE.replace(chr(39), chr(39) * 2)}'\nlevel: corporate\n"
    yield "content/okrs/states/2026-Q1.yml", _states()
    yield "content/okrs/states/2025-Q4.yml", _states()
    yield (
        "content/okrs/states/kpis.yml",
        (
            "kpis:\n  - {id: one, name: Measured once, direction: up, target: 5, cadence: monthly, "
            "measurements: [{date: 2026-01-31, value: 4}]}\n"
            "  - {id: none, name: Never measured, direction: down, target: 5, amber: 7, cadence: weekly}\n"
        ),
    )
    yield "content/okrs/crowd/unit.yml", f"name: Crowd\nlevel: corporate\nlead: {_NAMES[1]}\nmission: {LONG}\n"
    key_results = "key_results: [{id: a, title: A, kind: done}]"
    one = f"objectives:\n  - {{id: one, title: Supported by many, owner: Ada, {key_results}}}\n"
    yield "content/okrs/crowd/2026-Q1.yml", one
    for number in range(30):
        below = f"content/okrs/crowd/unit-{number}"
        yield f"{below}/unit.yml", f"name: Unit {number}\nlevel: {('department', 'team')[number % 2]}\n"
        yield f"{below}/2026-Q1.yml", _many(1)
    yield "content/okrs/crowd/full/unit.yml", f"name: {LONG}\nlevel: department\n"
    yield "content/okrs/crowd/full/2026-Q1.yml", _many(60)


MOVED = {
    "content/okrs/states/2026-Q1.yml": [("target: 100", "target: 120"), ("owner: नेहा", "owner: Ada")],
    "content/okrs/states/kpis.yml": [("target: 5, cadence", "target: 6, cadence")],
    "content/okrs/crowd/2026-Q1.yml": [("title: A,", "title: B,")],
}
"""What stood in files before: what stands there now, and what it was."""


def make(root: Path) -> None:
    """The portal with its history, whose messages are as hostile as its texts."""
    repo = Repo(root)
    now = dict(files())
    repo.write_all({".gitignore": ".okrsite/\nsite/\n", **now})
    for name, changes in MOVED.items():
        text = str(now[name])
        for after, before in changes:
            text = text.replace(after, before)
        repo.write(name, text)
    repo.commit("Goals", "2025-09-01")
    repo.write_all({name: now[name] for name in MOVED})
    repo.commit(f"{HOSTILE} (#7)\n\n{HOSTILE}\n{LONG * 3}", "2026-02-10", LONG)
