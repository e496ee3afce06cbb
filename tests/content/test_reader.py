"""Reading a whole portal: where it is, in which order, and what a first problem does to the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from okrsite.content import Reading, read_portal
from okrsite.settings import Settings

Read = Callable[[Mapping[str, str | bytes]], Reading]

DONE = "key_results: [{id: done, title: Done, kind: done}]"
OBJECTIVES = f"objectives: [{{id: o, title: O, owner: Ada, {DONE}}}]\n"
UNIT = {"okrs/acme/unit.yml": "name: Acme\nlevel: corporate\n"}


def said(reading: Reading) -> list[str]:
    """Place, code and message of each problem, below the goals' folder."""
    return [str(problem).removeprefix("content/okrs/") for problem in reading.problems]


def test_other_folders_and_levels(tmp_path: Path) -> None:
    """The content folder, the goals' folder and the levels are what the settings say."""
    unit = tmp_path / "docs/pages/goals/acme/unit.yml"
    unit.parent.mkdir(parents=True)
    unit.write_text("name: Acme\nlevel: guild\n")
    reading = read_portal(tmp_path, Settings(content="docs/pages", source="goals", levels=("guild", "person")))
    assert reading.portal is not None
    assert reading.portal.levels == ("guild", "person")
    assert reading.portal.units["acme"].source.path == "docs/pages/goals/acme/unit.yml"


def test_content_beside_the_portal_folder(tmp_path: Path) -> None:
    """A content folder outside the portal's folder is named by the way there."""
    unit = tmp_path / "words/okrs/acme/unit.yml"
    unit.parent.mkdir(parents=True)
    unit.write_text("name: Acme\n")
    (tmp_path / "portal").mkdir()
    reading = read_portal(tmp_path / "portal", Settings(content="../words"))
    assert [problem.path for problem in reading.problems] == ["../words/okrs/acme/unit.yml"]


def test_the_same_name_in_many_places(read_files: Read) -> None:
    """Units of the same name below different parents are units, each of them."""
    files = {f"okrs/acme/{name}/platform/unit.yml": "name: P\nlevel: team\n" for name in "abc"}
    files |= {f"okrs/acme/{name}/unit.yml": "name: X\nlevel: department\n" for name in "abc"}
    reading = read_files({**UNIT, **files, "okrs/acme/check-ins/2026-02-13.yml": "check_ins: {}\n"})
    assert said(reading) == []
    assert reading.portal is not None
    assert "acme/c/platform" in reading.portal.units


def test_order_of_files_does_not_matter(tmp_path: Path) -> None:
    """The same files give the same portal in whatever order they were made."""
    files = {
        **UNIT,
        "okrs/acme/2026-Q1.yml": OBJECTIVES,
        "okrs/acme/it/unit.yml": "name: IT\nlevel: team\n",
        "okrs/acme/it-2/unit.yml": "name: IT 2\nlevel: team\n",
        "okrs/acme/it/a/unit.yml": "name: A\nlevel: team\n",
        "okrs/acme/check-ins/2026-02-13.yml": "check_ins: {o/done: true}\n",
    }
    readings = []
    for number, order in enumerate((list(files), list(reversed(files)))):
        for path in order:
            file = tmp_path / str(number) / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(files[path])
        readings.append(read_portal(tmp_path / str(number), Settings()))
    assert readings[0] == readings[1]
    assert readings[0].portal is not None
    assert list(readings[0].portal.units) == ["acme", "acme/it", "acme/it-2", "acme/it/a"]


@pytest.mark.parametrize(
    ("check_ins", "problem"),
    [
        (
            "o/done: true\n  acme/2026-Q1/o/done: false",
            "3:3: OKR306 a second check-in of this key result on 2026-02-13",
        ),
        ("o: true", "2:3: OKR302 there is no key result 'o'"),
        ("done: true", "2:3: OKR302 there is no key result 'done'"),
        ("'o/done ': true", "2:3: OKR302 there is no key result 'o/done'"),
        ("/o/done: true", "2:3: OKR302 there is no key result '/o/done'"),
        ("2026-Q2/o/done: true", "2:3: OKR302 there is no key result '2026-Q2/o/done'"),
        ("o/done: [true]", "2:11: OKR201 o/done: a list is not a number"),
        ("o/done:", "2:10: OKR207 'o/done' is empty"),
        ("o/done: {value: }", "2:19: OKR207 'value' is empty"),
        ("o/done: {confidence: 5, sure: 1}", "2:27: OKR202 unknown key 'sure'"),
    ],
)
def test_check_in_entries(read_files: Read, check_ins: str, problem: str) -> None:
    """What can be wrong with one entry is reported at its key or value."""
    files = {**UNIT, "okrs/acme/2026-Q1.yml": OBJECTIVES}
    reading = read_files({**files, "okrs/acme/check-ins/2026-02-13.yml": f"check_ins:\n  {check_ins}\n"})
    assert said(reading) == [f"acme/check-ins/2026-02-13.yml:{problem}"]


@pytest.mark.parametrize(
    ("key_result", "at", "message"),
    [
        ("kind: milestones, milestones: [{titel: x}]", "{titel", "OKR203 missing key 'title'"),
        ("kind: milestones, milestones: [{titel: x}]", "titel", "OKR202 unknown key 'titel'"),
        ("kind: milestones, milestones: 3", "3", "OKR201 milestones: 3 is not a list"),
        ("kind: milestones, milestones: []", "[]", "OKR203 milestones: the list is empty"),
        ("kind: milestones", "{id: k", "OKR203 missing key 'milestones'"),
        ("kind: done, done: true", "done: true", "OKR202 unknown key 'done'"),
        ("kind: ", "}]}]", "OKR207 'kind' is empty"),
        ("kind: [a]", "[a]", "OKR206 kind: a list is not one of increase"),
        ("kind: *a", "*a", "OKR107 alias '*a'"),
        ("kind: between, target: [1, .nan]", ".nan", "OKR204 .nan is not a finite number"),
        ("kind: between, target: [1, 2, 3]", "[1, 2", "OKR201 target: a list is not a range"),
        ("kind: at_least, target: 1, baseline: 0", "baseline", "OKR202 unknown key 'baseline' beside kind: at_least"),
        ("kind: done, start: 2026-04-01", "2026-04-01", "OKR213 the key result is due on 2026-03-31"),
        ("kind: done, due: 2025-12-31", "2025-12-31", "OKR213 the key result is due on 2025-12-31"),
    ],
)
def test_places_within_a_key_result(read_files: Read, key_result: str, at: str, message: str) -> None:
    """Problems of a key result stand at their key or value, also where a key is called like a kind."""
    text = f"objectives: [{{id: o, title: O, owner: Ada, key_results: [{{id: k, title: KKKKK, {key_result}}}]}}]\n"
    problems = said(read_files({**UNIT, "okrs/acme/2026-Q1.yml": text}))
    expected = f"acme/2026-Q1.yml:1:{text.rindex(at) + 1}: {message}"
    assert any(problem.startswith(expected) for problem in problems), problems


def test_keys_that_a_markdown_file_says_otherwise(read_files: Read) -> None:
    """Who copies an objective from YAML into a file of its own is told where id and description went."""
    page = f"---\nid: o\ntitle: O\nowner: Ada\n{DONE}\ndescription: x\n---\n"
    reading = read_files({**UNIT, "okrs/acme/2026-Q1/o.md": page})
    assert [(problem.line, problem.code, problem.hint) for problem in reading.problems] == [
        (2, "OKR202", "the file's name is the id"),
        (6, "OKR202", "the text below the front matter is the description"),
    ]


def test_a_full_reference_is_never_ambiguous(read_files: Read) -> None:
    """A unit at the top and a child of the same name can both be referred to."""
    other = f"objectives: [{{id: p, title: P, owner: Ada, supports: [it/2026-Q1/o, acme/it/2026-Q1/o], {DONE}}}]\n"
    unit = "name: IT\nlevel: department\n"
    it = {
        f"okrs/{id}/{name}": text
        for id in ("it", "acme/it")
        for name, text in (("unit.yml", unit), ("2026-Q1.yml", OBJECTIVES))
    }
    reading = read_files({**UNIT, **it, "okrs/acme/2026-Q1.yml": other})
    assert reading.portal is not None
    assert reading.portal.objectives["acme/2026-Q1/p"].supports == ("it/2026-Q1/o", "acme/it/2026-Q1/o")


def test_at_most_a_thousand_problems_of_one_file(read_files: Read) -> None:
    """A file with nothing but mistakes does not drown the others."""
    text = "".join(f"key-{number}: 1\n" for number in range(3_000))
    aliases = "objectives: [" + "*a, " * 3_000 + "]\n"
    reading = read_files({**UNIT, "okrs/acme/2026-Q1.yml": text, "okrs/acme/2026-Q2.yml": aliases})
    assert len(reading.problems) == 2_000
