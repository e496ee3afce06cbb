"""Syntax errors of YAML in plain words."""

from __future__ import annotations

import re

import yaml

from okrsite.content.syntax.tree import Mark
from okrsite.frozen import frozen


@frozen
class SyntaxProblem:
    """What a person should read about a syntax error.

    Attributes:
        mark: Where it begins, counted from 1; often earlier than where the parser noticed it.
    """

    mark: Mark
    message: str
    hint: str


_QUOTE_IT = "put the whole text in quotes"
_CHECK = "check indentation, quotes and brackets here and on the line before"
_PLAIN = {
    "found unknown escape character": (
        "after \\ in double quotes stands a character that has no meaning there",
        "write \\\\ for a backslash, or use single quotes",
    ),
    "found invalid Unicode character escape code": ("the escape names no character", "write the character itself"),
    "did not find expected comment or line break": (
        "text follows on the line of '|' or '>'",
        "begin the text on the next line, or put it in quotes if it begins with that sign",
    ),
    "did not find expected alphabetic or numeric character": (
        "a text cannot begin with '*' or '&' without quotes",
        _QUOTE_IT,
    ),
    "block sequence entries are not allowed in this context": (
        "a list cannot begin here",
        "begin the list on a line of its own, or put the text in quotes",
    ),
    "did not find expected '-' indicator": (
        "the line is neither an item of the list nor part of one",
        "begin it with '- ', or indent it like the keys of the item above",
    ),
    "found unexpected ':'": ("a ':' without a space behind it", "write 'key: value', or put the text in quotes"),
    "did not find expected node content": (
        "a value is missing, or a bracket or comma is one too many",
        "check the brackets and commas around it",
    ),
    "did not find expected <document start>": (
        "what follows belongs to nothing above it",
        "check the brackets and the indentation before it",
    ),
    "found incompatible YAML document": ("a line beginning with '%' is a directive", "delete the line"),
    "found unknown directive name": ("a line beginning with '%' is a directive", "delete the line"),
}


def explain(error: yaml.MarkedYAMLError, text: str) -> SyntaxProblem:
    """A syntax error as a person would put it.

    Args:
        error: What the parser raised; its marks count from 0.
        text: What was parsed.
    """
    problem, context = error.problem or "", error.context or ""
    here = _place(error.problem_mark or error.context_mark)
    opened = _place(error.context_mark or error.problem_mark)
    line = _line(text, here[0])
    before = line[: here[1] - 1]
    sign = line[here[1] - 1 : here[1]]
    if problem == "found unexpected end of stream" and "quoted" in context:
        return SyntaxProblem(opened, "the quote that opens here is never closed", "close it where the text ends")
    if problem in ("did not find expected ',' or ']'", "did not find expected ',' or '}'"):
        kind, close = ("list", "]") if "]" in problem else ("mapping", "}")
        hint = f"put commas between and '{close}' at its end; a text that begins with a bracket needs quotes"
        return SyntaxProblem(opened, f"the {kind} that opens here is not closed", hint)
    if problem == "could not find expected ':'":
        return SyntaxProblem(opened, "a key without a colon", "write 'key: value'")
    if "\t" in before + sign and not before.strip():
        return SyntaxProblem(here, "a tab where the line is indented", "indent with spaces")
    if problem == "found character that cannot start any token":
        return SyntaxProblem(here, f"a text cannot begin with '{sign}' without quotes", _QUOTE_IT)
    if problem == "mapping values are not allowed in this context":
        if re.search(r":\s", before):
            return SyntaxProblem(here, "a second ': ' in one line", _QUOTE_IT)
        hint = "indent it like the keys it belongs with; the line above may also lack its colon or a quote"
        column = len(before) - len(before.lstrip()) + 1
        return SyntaxProblem((here[0], column), "no key is expected here", hint)
    if problem == "did not find expected key":
        if before.strip(" -"):
            hint = "put the whole text in quotes, and write a quote within as ''"
            return SyntaxProblem(here, "text follows after a closing quote or bracket", hint)
        return SyntaxProblem(here, "the line is indented like no line above", "indent it like those it belongs to")
    message, hint = _PLAIN.get(problem, (problem or context or "it cannot be parsed", _CHECK))
    return SyntaxProblem(here, message, hint)


def _place(mark: yaml.Mark | None) -> Mark:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number)
    return lines[number - 1] if number <= len(lines) else ""
