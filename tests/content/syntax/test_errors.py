"""Syntax errors in plain words, placed where a person would look."""

from __future__ import annotations

import pytest

from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.parser import parse_yaml


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('a: "x\nb: 2\n', (1, 4), "the quote that opens here is never closed"),
        ("a: 'x\nb: 2\n", (1, 4), "the quote that opens here is never closed"),
        ("a: [1, 2\nb: 2\n", (1, 4), "the list that opens here is not closed"),
        ("a: {b: 1\nc: 2\n", (1, 4), "the mapping that opens here is not closed"),
        ("a: Ship: it\n", (1, 8), "a second ': ' in one line"),
        ("a: x\n b: y\n", (2, 2), "no key is expected here"),
        ("a\nb: 1\n", (2, 1), "no key is expected here"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "the line is indented like no line above"),
        ("a:\n\tb: 1\n", (2, 1), "a tab where the line is indented"),
        ("a: %\n", (1, 4), "a text cannot begin with '%' without quotes"),
        ("a: @me\n", (1, 4), "a text cannot begin with '@' without quotes"),
        ("a: `code`\n", (1, 4), "a text cannot begin with '`' without quotes"),
        ("a: **bold**\n", (1, 5), "a text cannot begin with '*' or '&' without quotes"),
        ("a: 'it's'\n", (1, 8), "text follows after a closing quote or bracket"),
        ("a: [b] c\n", (1, 8), "text follows after a closing quote or bracket"),
        ("a: {b: 1}}\n", (1, 10), "text follows after a closing quote or bracket"),
        ("a: 1\nb\nc: 2\n", (2, 1), "a key without a colon"),
        ("a: - b\n", (1, 4), "a list cannot begin here"),
        ("a:\n - 1\n b: 2\n", (3, 2), "the line is neither an item of the list nor part of one"),
        ("a: > 5\n", (1, 6), "text follows on the line of '|' or '>'"),
        ('a: "\\q"\n', (1, 5), "after \\ in double quotes stands a character that has no meaning there"),
        ('a: "\\ud800"\n', (1, 7), "the escape names no character"),
        ("a: {b:1}\n", None, None),
        ("a: [x,,y]\n", (1, 7), "a value is missing, or a bracket or comma is one too many"),
        ("[a]\nb: 1\n", (2, 1), "what follows belongs to nothing above it"),
        ("%YAML 3.0\n---\na: 1\n", (1, 1), "a line beginning with '%' is a directive"),
    ],
)
def test_says_what_is_wrong(text: str, place: tuple[int, int] | None, message: str | None) -> None:
    """The message names what a person did, not what the parser was about."""
    log = ProblemLog()
    parse_yaml(text, "f.yml", log)
    if place is None:
        assert log.problems == []
        return
    (problem,) = log.problems
    assert (problem.code, problem.line, problem.column) == ("OKR104", *place)
    assert problem.message == f"not valid YAML: {message}"
    assert problem.hint


def test_places_count_from_the_first_line_of_the_file() -> None:
    """In front matter, lines are those of the file."""
    log = ProblemLog()
    parse_yaml("title: a: b\n", "f.md", log, first_line=2)
    assert [(problem.line, problem.column) for problem in log.problems] == [(2, 9)]
