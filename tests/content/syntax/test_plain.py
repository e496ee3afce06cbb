"""What is read line by line is what the parser reads, values and places alike; all else is left to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.parser import parse_yaml
from okrsite.content.syntax.plain import read_plainly
from okrsite.content.syntax.tree import YamlMapping, YamlSequence

KEYS = ("a", "b", "due", "2026-02-13", "goal/kr-1", "no", "010", "1.5", "x_y")
TEXTS = (
    *("text", "two words", "99.9", "-5", "+3", ".5", "-0", "010", "1e3", "0x1F", "1e999", "no", "true", "null", "~"),
    *("2026-02-13", "12:30", "https://example.com/a?b#c", "a #b", "a # b", "a#b", "50% of it", "it's", "(x)", "Ünder"),
    *(
        "-",
        "- a",
        "a:",
        "a: b",
        ": a",
        "? a",
        "&a b",
        "*a",
        "!a b",
        "%a",
        "@a",
        "`a",
        "|",
        "|-",
        ">",
        "=",
        "<<",
        "a\tb",
    ),
    *('"quoted"', '"a: #b"', '"esc\\n"', '"open', "'it''s'", "'a' b", "'open", '"a" # b', '"a"#b', "'a' b'", '"', "'"),
    *("[]", "[a]", "[a, b]", "[a,b]", "[a, ]", "[a: b]", "[[a]]", "[a", "[a]b", "[1, 2] # c", "[a b , c]", "[a#b, -1]"),
    *("[\"x,y\", 'z']", "[a: , b]", "[https://x.y/z, b:c]", "[a? b]", "[a #b]", "[a]#b", "[ü, b]", "[a, {b: c}]"),
    *("{}", "{a: b}", "{a: 1, b: 2.50}", "{a: b, a: c}", "{a}", "{a:b}", "{a: }", "{a: \"b, c\", d: 'e'}", "{a: b}  "),
    *(
        "{a: b c , d: e} # f",
        "{a: b: c}",
        "{a: [b]}",
        "{a: -1, b: -c}",
        '{"a": b}',
        "{a: b",
        "{goal/kr-1: 0.5}",
        "{a: b:}",
    ),
    *(
        "",
        " ",
        "# comment",
        "a  ",
        "é…",
        "\u2028",
        "\x85",
        "ab: cd",
        "a\\b",
        "a]b",
        "a, b",
        '""',
        "''",
        '[""]',
        "--- a",
    ),
)
LINES = st.builds(
    lambda indent, dash, key, space, text: f"{' ' * indent}{dash}{key}{space}{text}",
    st.sampled_from((0, 0, 0, 2, 2, 2, 4, 4, 1, 3, 6)),
    st.sampled_from(("", "", "", "- ", "-  ", "-")),
    st.sampled_from((*(f"{key}:" for key in KEYS), "", "a", '"a":', "<<:", "...", "---")),
    st.sampled_from((" ", " ", " ", "", "  ")),
    st.sampled_from(TEXTS),
)
ODD = st.sampled_from(("", "  ", "      ", "# comment", "    # comment", "...", "---", "  text", "    more"))
DOCUMENTS = st.lists(LINES | LINES | LINES | ODD, min_size=1, max_size=7).map("\n".join)


def parts(tree: object) -> object:
    """A tree with all places, and with the kinds and looks of its values."""
    if isinstance(tree, YamlMapping):
        return "mapping", tree.mark, [(key, parts(value)) for key, value in tree.items()], tree.marks
    if isinstance(tree, YamlSequence):
        return "list", tree.mark, [parts(value) for value in tree], tree.marks
    return type(tree), tree, getattr(tree, "text", None)


def parsed(text: str, monkeypatch: pytest.MonkeyPatch) -> object:
    """What the parser makes of a text; None where it finds a problem."""
    log = ProblemLog()
    with monkeypatch.context() as patch:
        patch.setattr("okrsite.content.syntax.parser.read_plainly", lambda *_: None)
        tree = parse_yaml(text, "f.yml", log, first_line=3)
    return None if log.problems else parts(tree)


@given(DOCUMENTS, st.sampled_from(("\n", "\n", "\n", "", "\n\n", "\n  \n")))
def test_agrees_with_the_parser(lines: str, end: str) -> None:
    """Whatever the text, there is nothing, or the parser's tree."""
    plain = read_plainly(lines + end, 3)
    if plain is not None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            assert parts(plain) == parsed(lines + end, monkeypatch)


CHECK_INS = """\
# Note

check_ins:
  goal/kr-1: {value: 99.5, confidence: 7, note: "Drill, passed: #1"}
  goal/kr-2: 41 # bare
"""
OBJECTIVES = """\
objectives:
- id: a
  tags: [one, 'two']
  supports:
  - b/c
  - d
  text: |
    One: #1

      two

- id: b
  check_ins: []   # none
"""
KPIS = """\
kpis:
  - id: a
    target: [1, 2.5]
    unit: "%"
    evidence: [https://status.example.com/a#b]
"""
NESTED = """\
a: |-
  text

b:
    c:
      - x # y
      - -5
"""


@pytest.mark.parametrize("text", [CHECK_INS, OBJECTIVES, KPIS, NESTED], ids=("check-ins", "goals", "KPIs", "nested"))
def test_content_is_read_here(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content as people write it needs no parser."""
    plain = read_plainly(text, 3)
    assert plain is not None
    assert parts(plain) == parsed(text, monkeypatch)


def test_depth_is_bounded() -> None:
    """Deep nesting is for the parser, which refuses it."""
    nested = "".join(f"{' ' * depth}a:\n" for depth in range(19))
    assert read_plainly(f"{nested}{' ' * 19}b: c\n", 1) is not None
    assert read_plainly(f"{nested}{' ' * 19}b: [c]\n", 1) is None
    assert read_plainly(f"{nested}{' ' * 19}a:\n{' ' * 20}b: c\n", 1) is None
