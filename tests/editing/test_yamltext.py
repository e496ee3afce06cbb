"""Changing a few values of a file leaves every other byte of it alone."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from okrsite.content import ProblemLog
from okrsite.content.syntax.frontmatter import split_front_matter
from okrsite.content.syntax.parser import parse_yaml
from okrsite.content.syntax.tree import YamlMapping
from okrsite.editing.closing import ORDER
from okrsite.editing.yamltext import UneditableError, YamlText

ROOT = Path(__file__).parents[2]
NOTE = 'What we "learned": no #1 is - like the\nother: {one}, [two]\n'

COMMENTS = """\
# first
objectives:   # here

  # of a
  - id: a   # its id
    # above
    title: T\x20\x20
    key_results:
      - id: k # last

  # of b
  - id: b
    title: U # end
# after
"""

NASTY = {
    "flow": "objectives: [{id: a, title: 'It''s', key_results: [{id: k, title: K, kind: done}]}]\n",
    "flow-over-lines": "objectives:\n  [\n    {id: a, title: T,\n     key_results: [{id: k}],   # why\n    },\n  ]\n",
    "no-last-line-end": "objectives:\n- id: a\n  title: T\n  key_results:\n  - {id: k}",
    "lists-not-indented": "objectives:\n- id: a\n  key_results:\n  - id: k\n    title: K\n- id: b\n  title: U\n",
    "comments": COMMENTS,
    "blocks": """\
objectives:
  - id: a
    title: >-
      A folded
      title
    description: |
      Text

      # no comment


  - id: b
    description: |+
      kept


""",
    "values": """\
objectives:
  - id: a
    title: T
    weight: 1.0
    owner: 'no'
    tags: [ x,y ,  "z" ]
    state:   active     # still
    score: 0.50
    closing_note: |
      Old
      note
    visibility: internal
""",
    "value-below": """\
objectives:
  - id: a
    state:
      active
    title:
      T
    closing_note:
      old note
      of lines
""",
    "many-words": f"objectives:\n  - id: a\n    title: {'word ' * 60}end\n    supports:\n    - x\n    -   y\n",
    "unicode": 'objectives:\n  - id: a\n    title: \U0001f600 ü \u2028 é\n    owner: "\U0001f600"  # \u2028 é\n',
    "quoted-keys": "objectives:\n  - \"id\": a\n    'title': T\n",
    "start": "---\nobjectives:\n  - id: a\n    title: T\n...\n",
}

FILES = sorted(
    path
    for folder in (ROOT / "content/okrs", ROOT / "tests/portals/valid")
    for path in folder.rglob("*")
    if (path.suffix == ".yml" and b"\nobjectives:" in b"\n" + path.read_bytes())
    or (
        path.suffix == ".md"
        and path.read_bytes().removeprefix(b"\xef\xbb\xbf").startswith(b"---")
        and "okrs" in path.parts
    )
)


def tree_of(raw: bytes, *, markdown: bool = False) -> YamlMapping:
    """What the reader of content sees in a file."""
    text = raw.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    if markdown:
        parts = split_front_matter(text)
        assert parts is not None
        text = parts[0]
    log = ProblemLog()
    tree = parse_yaml(text, "file.yml", log)
    assert tree is not None, log.problems
    assert not log.problems
    return tree


def closed(raw: bytes, *, markdown: bool = False) -> bytes:
    """A file with all its objectives closed."""
    text = YamlText(raw, markdown=markdown)
    tree = tree_of(raw, markdown=markdown)
    places = (
        [()]
        if markdown
        else [
            text.item(("objectives",), "id", str(getattr(each["id"], "text", each["id"])))
            for each in tree["objectives"]
        ]
    )
    for place in places:
        text.set(place, {"state": "closed", "closing_note": NOTE}, ORDER)
    return text.text()


def check_only_these(before: bytes, after: bytes, *, markdown: bool = False) -> None:
    """All values are as before but the two, and no line went but those that held them."""
    was, now = tree_of(before, markdown=markdown), tree_of(after, markdown=markdown)
    goals = [(was, now)] if markdown else list(zip(was["objectives"], now["objectives"], strict=True))
    for old, new in goals:
        assert new == {**old, "state": "closed", "closing_note": NOTE} or new["closing_note"].strip() == NOTE.strip()
        assert {**new, "state": 0, "closing_note": 0} == {**old, "state": 0, "closing_note": 0}
    if not markdown:
        assert {**was, "objectives": 0} == {**now, "objectives": 0}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_lines_are_added_to_real_files(path: Path) -> None:
    """Closing adds the lines of state and note, replaces a state or note that was there, and touches no other line."""
    raw = path.read_bytes()
    markdown = path.suffix == ".md"
    after = closed(raw, markdown=markdown)
    check_only_these(raw, after, markdown=markdown)
    lines = difflib.ndiff(raw.decode().split("\n"), after.decode().split("\n"))
    gone = [line for line in lines if line.startswith("- ")]
    own = ("state:", "closing_note:")
    told = [line for line in gone if not line[2:].strip().startswith(own)]
    notes = " ".join(
        note for goal in _goals(raw, markdown=markdown) for note in str(goal.get("closing_note", "")).split()
    )
    for line in told:  # what is left are lines of former notes, and objectives written between braces
        assert " ".join(line[2:].split()) in notes or "{" in line, line
    assert (b"\r\n" in after) == (b"\r\n" in raw)
    assert after.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
    if markdown:
        body = raw[raw.index(b"---", 8) :]
        assert after.endswith(body)


def _goals(raw: bytes, *, markdown: bool) -> list[YamlMapping]:
    tree = tree_of(raw, markdown=markdown)
    return [tree] if markdown else list(tree["objectives"])


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", NASTY)
def test_nasty_files(name: str, end: str) -> None:
    """Whatever a file looks like, it says the same but for the two values."""
    raw = NASTY[name].replace("\n", end).encode()
    after = closed(raw)
    check_only_these(raw, after)
    if end == "\r\n" and "\n" not in NASTY[name].rstrip("\n").replace("\n", end).replace("\r\n", ""):
        assert b"\n" not in after.replace(b"\r\n", b"")
    again = YamlText(after)
    assert again.text() == after, "without a change a file stays as it is"


def test_exactly_these_lines() -> None:
    """New keys stand where a person looks for them: state with the facts, score and note at the end."""
    text = YamlText(COMMENTS.encode())
    text.set(text.item(("objectives",), "id", "a"), {"state": "closed", "closing_note": "Done: well"}, ORDER)
    assert text.text().decode() == COMMENTS.replace("    title: T  \n", "    title: T  \n    state: closed\n").replace(
        "      - id: k # last\n", '      - id: k # last\n    closing_note: "Done: well"\n'
    )


def test_a_comment_behind_a_value_stays_one() -> None:
    """A note of several lines that takes the place of one with a comment behind it does not take the comment in."""
    text = YamlText(b"a: {}\nclosing_note: old   # why\n")
    text.set((), {"closing_note": "one\ntwo"}, ORDER)
    assert text.text() == b'a: {}\nclosing_note: "one\\ntwo"   # why\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "objectives:\n  - id: a\n    title: T\n",
            "objectives:\n  - id: a\n    title: T\n\n  - id: b\n    tags: [x]\n",
        ),
        ("objectives:\n- id: a\n- id: c", "objectives:\n- id: a\n- id: c\n- id: b\n  tags: [x]"),
        (
            "objectives:\n- id: a\n\n- id: c # z\n# end\n",
            "objectives:\n- id: a\n\n- id: c # z\n\n- id: b\n  tags: [x]\n# end\n",
        ),
        ("objectives: [{id: a}]  # one\n", "objectives: [{id: a}, {id: b, tags: [x]}]  # one\n"),
        ("objectives: []   # none yet\n", "objectives:   # none yet\n  - id: b\n    tags: [x]\n"),
    ],
    ids=["block", "not-indented", "apart", "brackets", "empty"],
)
def test_items_are_added_at_the_end_of_a_list(before: str, after: str) -> None:
    """A new objective is written like those that are there."""
    text = YamlText(before.encode())
    text.append(("objectives",), [{"id": "b", "tags": ["x"]}])
    assert text.text().decode() == after
    assert tree_of(after.encode())["objectives"][-1] == {"id": "b", "tags": ["x"]}


def test_what_cannot_be_changed_is_refused() -> None:
    """A place that is not there any more is an error that says so, not a guess."""
    with pytest.raises(UneditableError, match="no id b"):
        YamlText(b"objectives: [{id: a}]\n").item(("objectives",), "id", "b")
    with pytest.raises(UneditableError, match="front matter"):
        YamlText(b"# Words\n", markdown=True)
    with pytest.raises(UneditableError, match="no list"):
        YamlText(b"objectives: 5\n").append(("objectives",), [{"id": "a"}])
    with pytest.raises(UneditableError, match="no mapping"):
        YamlText(b"objectives: 5\n").set(("objectives",), {"state": "closed"}, ORDER)
