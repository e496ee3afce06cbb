"""Markdown that can be converted in bounded time passes, whatever it says; what cannot is found in linear time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from okrsite.content.syntax.prose import MAX_BLOCK, MAX_MARKS, MAX_NESTED, MAX_OPEN, tangle

ROOT = Path(__file__).parents[3]
MARKS = ["[", "]", "](", ")", "*", "**", "_", "`", "``", "<", "<a", ">", "> ", "- ", "1. ", "#", "\n", "\n\n", "    "]
MARKS += [
    "a ",
    "!",
    "![",
    "&",
    "|",
    "\\",
    "~~~",
    "```\n",
    "<!--",
    "==",
    "---\n",
    "<div>",
    "<?",
    "<![CDATA[",
    "\t",
    "a\n=",
]


@pytest.mark.parametrize("file", sorted([*ROOT.glob("content/**/*.md"), *ROOT.glob("docs/*.md")]), ids=lambda f: f.name)
def test_real_pages_pass(file: Path) -> None:
    """Nothing that people write is tangled."""
    assert tangle(file.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n".join(f"| a{n} | [link](x) | `code` |" for n in range(2_000)).replace("\n", "\n|---|---|---|\n", 1),
        "```\n" + "[(<" * 20_000 + "\n```\n",
        "\n\n".join("[a](b) `c` *d*" for _ in range(5_000)),
        "- a\n\n" * 5_000,
        "- [ ] todo\n" * 500,
        "The interval [0, 1) is half open. " * 50,
        "> " * MAX_NESTED + "deep",
        "* * * * * * * * * * * * * * * * * * * * * * * *",
        "\n".join("    " * depth + "- item" for depth in range(MAX_NESTED)),
        "# a\n" * MAX_MARKS,
        "cat <file | sort\n\n" * MAX_OPEN,
        "x" * MAX_BLOCK,
    ],
)
def test_large_but_plain(text: str) -> None:
    """Long tables, code, lists and many links are fine."""
    assert tangle(text) is None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n\n" + "[" * (MAX_OPEN + 1), 3, f"more than {MAX_OPEN} brackets open at the same time"),
        ("> " * (MAX_NESTED + 1), 1, f"quotes or lists nested deeper than {MAX_NESTED} levels"),
        ("a\nb\n" + "1. " * (MAX_NESTED + 1), 3, f"quotes or lists nested deeper than {MAX_NESTED} levels"),
        ("x" * (MAX_BLOCK + 1), 1, f"more than {MAX_BLOCK} characters without an empty line"),
        ("```\n[\n```\n" + "[" * (MAX_OPEN + 1), 4, f"more than {MAX_OPEN} brackets open at the same time"),
        ("<a\n\n" * (MAX_OPEN + 1), 2 * MAX_OPEN + 1, f"more than {MAX_OPEN} tags that never end"),
    ],
)
def test_the_place_is_told(text: str, line: int, message: str) -> None:
    """Lines count from the text's first."""
    assert tangle(text) == (line, message)


@given(st.lists(st.sampled_from(MARKS), min_size=1, max_size=5))
@example(["- ", "1. "])
@example(["[", "]("])
@example(["``", "a "])
def test_what_passes_is_converted_soon(seed: list[str]) -> None:
    """Any mark or mixture of marks, repeated as often as passes, is converted without recursion and within seconds."""
    unit = "".join(seed)
    for length in (10_000, 2_000, 500):
        text = (unit * (length // len(unit) + 1))[:length]
        if tangle(text) is None:
            begun = time.process_time()
            Markdown(extensions=["tables", "sane_lists", "fenced_code"]).convert(text)
            assert time.process_time() - begun < 10
            return


@pytest.mark.parametrize("unit", ["[", "```\n", "> a\n", "a\n\n", "`", "<", "    - a\n", "~~~~\n", "|", "\\["])
def test_it_is_linear(unit: str) -> None:
    """A megabyte takes a moment, whatever it is made of."""
    begun = time.process_time()
    tangle(unit * (1_000_000 // len(unit)))
    assert time.process_time() - begun < 5
