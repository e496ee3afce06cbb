"""Which goal is which."""

from __future__ import annotations

from okrsite.history.comparing.identity import Face, Match, matched


def _faces(*ids: str, **says: str) -> list[Face]:
    """Units by their ids; a word that one says is an argument by its last name."""
    faces = []
    for id in ids:
        holder, _, name = id.rpartition("/")
        faces.append(Face(id, holder, name, f"{id}/unit.yml", says.get(name), says.get(name)))
    return faces


def test_the_same_id_counts_most() -> None:
    """Whatever it says."""
    assert matched(_faces("a", a="x"), _faces("a", "b", a="y", b="x")) == {"a": Match("a", "")}


def test_what_is_held_moves_along() -> None:
    """However deep; what holds it is recognised first."""
    before = _faces("a", "a/b", "a/b/c", "a/b/c/d", b="B", c="C", d="D")
    after = _faces("a", "a/new", "a/new/c", "a/new/c/d", new="B", c="C", d="D")
    found = matched(before, after)
    assert found["a/b"] == Match("a/new", "equal")
    assert found["a/b/c"] == Match("a/new/c", "holder")
    assert found["a/b/c/d"] == Match("a/new/c/d", "holder")


def test_git_knows_renamed_files() -> None:
    """Where what it says is another, the file tells."""
    before, after = _faces("a", "b"), _faces("a", "c")
    assert matched(before, after) == {"a": Match("a", "")}
    found = matched(before, after, renamed={"b/unit.yml": "c/unit.yml"})
    assert found["b"] == Match("c", "rename")


def test_several_in_a_renamed_file_are_told_apart_by_name() -> None:
    """And those that are left alone by their being alone."""
    before = [Face(f"u/1/{name}", "u", f"1/{name}", "u/1.yml") for name in ("x", "y")]
    after = [Face(f"u/2/{name}", "u", f"2/{name}", "u/2.yml") for name in ("x", "y")]
    assert matched(before, after, {"u": Match("u", "")}, {"u/1.yml": "u/2.yml"}) == {}
    one = matched(before[:1], after[:1], {"u": Match("u", "")}, {"u/1.yml": "u/2.yml"})
    assert one == {"u/1/x": Match("u/2/x", "rename")}


def test_what_several_say_tells_nothing() -> None:
    """Two equal ones are not guessed apart, unless they are in different places."""
    before = _faces("a", "b", a="x", b="x")
    assert matched(before, _faces("c", c="x")) == {}
    holders = {"u": Match("u", ""), "v": Match("v", "")}
    before = [
        Face("u/1", "u", "1", alike="x", alike_anywhere="x"),
        Face("v/1", "v", "1", alike="x", alike_anywhere="x"),
    ]
    after = [Face("u/2", "u", "2", alike="x", alike_anywhere="x"), Face("v/2", "v", "2", alike="x", alike_anywhere="x")]
    assert matched(before, after, holders) == {"u/1": Match("u/2", "equal"), "v/1": Match("v/2", "equal")}
