"""Values are written so that every reader of YAML reads them back, and so that people like to read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from okrsite.content import ProblemLog
from okrsite.content.syntax.parser import parse_yaml
from okrsite.content.syntax.text import forbidden_character
from okrsite.editing.fragments import Inline, block_lines, flow_text, number_text

WORDS = st.text(max_size=40).filter(lambda text: not forbidden_character(text) and "\r" not in text)
TRICKY = st.sampled_from(
    ["no", "1e3", "010", "0x1F", "~", "null", "true", "2026-01-01", "12:30", "- a", "a: b", "a #b", "'", '"', "{a", "%"]
)


def read(text: str) -> object:
    """What the reader of content takes it for."""
    log = ProblemLog()
    tree = parse_yaml(text, "file.yml", log)
    assert tree is not None, (text, log.problems)
    assert not log.problems
    return tree["key"]


@given(WORDS | TRICKY)
def test_any_text_is_read_back(text: str) -> None:
    """In lines and between brackets, by our reader and, where it is text alone, by one of YAML 1.1."""
    in_lines, between = "\n".join(block_lines({"key": text})), f"key: {flow_text([text])}"
    assert read(in_lines) == text
    assert read(between) == [text]
    if text.isprintable():
        assert yaml.safe_load(in_lines) == {"key": text}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.integers().map(Decimal))
def test_any_number_is_read_back(number: Decimal) -> None:
    """A number stays the same number."""
    assert read(f"key: {number_text(number)}") == number
    assert read("\n".join(block_lines({"key": number}))) == number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("The rota works.", "The rota works."),
        ("Höfn, finally (again)", "Höfn, finally (again)"),
        ("no", '"no"'),
        ("1e3", '"1e3"'),
        ("Now: 41", '"Now: 41"'),
        ('It is "done": yes', "'It is \"done\": yes'"),
        ("#1 again", '"#1 again"'),
        ("- a", '"- a"'),
        (Decimal("99.50"), "99.50"),
        (True, "true"),
        (["a", "b c"], "[a, b c]"),
        (Inline({"value": Decimal(41), "note": "a, b"}), '{value: 41, note: "a, b"}'),
        ("one\ntwo: 3\n", "|\n  one\n  two: 3"),
    ],
)
def test_looks_as_a_person_would_write_it(value: object, written: str) -> None:
    """Quotes only where they are needed, short lists on a line, several lines below each other."""
    assert "\n".join(block_lines({"key": value})) == f"key: {written}"  # type: ignore[dict-item]
