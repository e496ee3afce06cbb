"""YAML text to trees: places, refusals, and no exception whatever comes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.parser import parse_yaml
from okrsite.content.syntax.text import forbidden_character
from okrsite.content.syntax.tree import NoValue, YamlMapping, mark_of, reach

KEYS = st.text(st.characters(codec="ascii", categories=("L",)), min_size=1, max_size=8)
LEAVES = st.text(max_size=20).filter(lambda text: forbidden_character(text) is None) | st.booleans()
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
PIECES = (
    *("a", "b", "key", ": ", ":", "- ", "-", "\n", "  ", "\t", "[", "]", "{", "}", ",", "'", '"', "|", ">", "#", " #"),
    *("&x", "*x", "!t", "<<", "? ", "---\n", "...\n", "%YAML 1.2\n", "0x1F", "1e3", ".nan", "null", "~", "\\"),
    *("\\x00", "\\ud800", "\u2028", "\r", "é", "\x00", "\ufeff", "2026-01-01"),
)
YAML_ISH = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def parse(text: str, first_line: int = 1) -> tuple[YamlMapping | None, list[tuple[int, int, str]]]:
    """The tree of a text, and line, column and code of its problems."""
    log = ProblemLog()
    tree = parse_yaml(text, "f.yml", log, first_line=first_line)
    return tree, [(problem.line, problem.column, problem.code) for problem in log.problems]


@given(YAML_ISH | st.text(max_size=60))
def test_nothing_raises(text: str) -> None:
    """Any text gives a tree or problems with places within it, on one line each."""
    log = ProblemLog()
    tree = parse_yaml(text, "f.yml", log)
    assert tree is not None or log.problems
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + 2
    for problem in log.problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert "\n" not in str(problem) + problem.hint


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_plain_values_survive(values: dict[str, object]) -> None:
    """What JSON can say of text, booleans, lists and mappings comes through unchanged."""
    tree, problems = parse(json.dumps(values, ensure_ascii=False))
    assert problems == []
    assert tree == values


@given(st.dictionaries(KEYS, st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1), min_size=1))
def test_places(values: dict[str, str]) -> None:
    """Every key and value knows its line and column."""
    lines = [f"{key}:  {json.dumps(value)}" for key, value in values.items()]
    tree, problems = parse("\n".join(lines), first_line=5)
    assert problems == []
    for line, key in enumerate(values, 5):
        assert mark_of(tree, (key,), key=True) == (line, 1)
        assert mark_of(tree, (key,)) == (line, len(key) + 4)


def test_place_of_what_is_not_there() -> None:
    """What is missing is placed at the nearest thing that is there."""
    tree, _ = parse("a:\n  - b: 1\n")
    assert mark_of(tree, ("a", 0, "c")) == (2, 5)
    assert mark_of(tree, ("a", 7)) == (2, 3)
    assert reach(tree, ("a", 0, "c", "d")) == ("a", 0)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: &x 1\nb: *x\n", [(1, 4, "OKR107"), (2, 4, "OKR107")]),
        ("a: &a [*a]\n", [(1, 4, "OKR107"), (1, 8, "OKR107")]),
        ("<<: {a: 1}\n", [(1, 1, "OKR107")]),
        ("*x : 1\n", [(1, 1, "OKR107")]),
        ("&k a: 1\n", [(1, 1, "OKR107")]),
        ("a: !!python/object:os.system [ls]\n", [(1, 4, "OKR108")]),
        ("!!map {a: 1}\n", [(1, 1, "OKR108")]),
        ("a: 1\na: 2\n'a': 3\n", [(2, 1, "OKR106"), (3, 1, "OKR106")]),
        ("? [a]\n: 1\n", [(1, 3, "OKR201")]),
        ("a: .inf\n", [(1, 4, "OKR204")]),
        ('a: "\\u202e"\n', [(1, 4, "OKR102")]),
        ('"\\0": 1\n', [(1, 1, "OKR102")]),
        ('a: "\\ud800"\n', [(1, 7, "OKR104")]),
        ("null\n", [(1, 1, "OKR109")]),
        ("--- {a: 1}\n--- {b: 1}\n", [(2, 1, "OKR109")]),
        ("just text\n", [(1, 1, "OKR201")]),
    ],
)
def test_refusals(text: str, problems: list[tuple[int, int, str]]) -> None:
    """What content must not hold is reported where it stands."""
    assert parse(text)[1] == problems


def test_values_with_a_problem_are_marked() -> None:
    """A value that was reported is known to be broken, one left out to be empty."""
    tree, _ = parse("a: *x\nb: .nan\nc: !t [1]\nd:\ne: ~\n<<: {f: 1}\n'<<': text\n")
    assert tree == {
        **dict.fromkeys("abc", NoValue.BROKEN),
        **dict.fromkeys("de", NoValue.EMPTY),
        "<<": "text",
    }


def test_line_separators_hide_nothing() -> None:
    """The two line ends that YAML 1.1 had beside ours neither end a comment nor a line."""
    tree, problems = parse('a: 1 # \u2028b: 2\nc: "x\u2029y"\nd: 3\nd: 4\n')
    assert tree == {"a": 1, "c": "x\u2029y", "d": 3}
    assert problems == [(4, 1, "OKR106")]
