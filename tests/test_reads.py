"""What is read is noted: value by value, for each who uses what was made of it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import okrsite
from okrsite.reads import (
    EVERYTHING,
    MANY,
    Deferred,
    Once,
    OnDemand,
    Table,
    fact_of,
    once_property,
    recording,
    unheard,
    ways_to,
)

PACKAGE = Path(okrsite.__file__).parent


def table() -> Table[object]:
    """Some values, one of them a mapping."""
    return Table(("portal", "some"), {"a": 1, "b": 2, "inner": {"c": 3}})


def test_values_are_noted_one_by_one() -> None:
    """Also one that is not there, and whether one is there: it might come."""
    with recording() as places:
        some = table()
        assert (some["a"], some.get("x", 0), "b" in some) == (1, 0, True)
    assert ways_to(places) == {("portal", "some", "a"), ("portal", "some", "x"), ("portal", "some", "b")}


def test_all_values_are_noted_as_one() -> None:
    """Whoever lists, counts or asks for all depends on which there are; parts need no note of their own then."""
    for read in (list, len, lambda some: some.values(), lambda some: some.items(), lambda some: some == {}):
        with recording() as places:
            some = table()
            some["a"]
            some["inner"]["c"]  # type: ignore[index]
            read(some)
        assert ways_to(places) == {("portal", "some", EVERYTHING)}


def test_a_mapping_within_is_a_table() -> None:
    """Of the outer one only counts that it is there."""
    with recording() as places:
        inner = table()["inner"]
        assert isinstance(inner, Mapping)
        assert inner["c"] == 3
    assert ways_to(places) == {("portal", "some", "inner"), ("portal", "some", "inner", "c")}


def test_very_many_count_as_all() -> None:
    """Lists of everything would have a note as long as the portal."""
    some = Table(("portal", "many"), dict.fromkeys(map(str, range(MANY)), 0))
    with recording() as places:
        for key in range(MANY):
            some[str(key)]
    assert ways_to(places) == {("portal", "many", EVERYTHING)}


def test_many_of_more_do_not_count_as_all() -> None:
    """A page of one cycle reads very many goals, and does not depend on those of the others."""
    some = Table(("portal", "many"), dict.fromkeys(map(str, range(2 * MANY)), 0))
    with recording() as places:
        for key in range(MANY):
            some[str(key)]
    assert len(ways_to(places)) == MANY


def test_what_is_kept_brings_its_reads_along() -> None:
    """To everyone who uses it, through any number of steps, wherever it was made first."""
    some = table()
    first = Once[str, object](lambda key: some[key])
    second = Once[str, object](lambda key: (first[key], some["b"]))
    second["a"]
    for _ in range(2):
        with recording() as places:
            second["a"]
        assert ways_to(places) == {("portal", "some", "a"), ("portal", "some", "b")}
    with unheard():
        second["a"]


def test_what_is_made_on_demand_notes_what_it_is_made_of() -> None:
    """Also that there is nothing by an id; a mapping that is made late is not made until somebody looks."""
    made: list[str] = []

    def make(key: str) -> object:
        made.append(key)
        return some[key]

    some = table()
    values = OnDemand(some, make)
    late = Deferred(lambda: {"all": values["a"]})
    with recording() as places:
        assert (values.get("x", 0), values.get("b")) == (0, 2)
    assert ways_to(places) == {("portal", "some", "x"), ("portal", "some", "b")}
    assert made == ["b"]
    with recording() as places:
        assert [*late.items()] == [("all", 1)]
    assert ways_to(places) == {("portal", "some", "a")}


def test_facts_count_by_themselves() -> None:
    """And not by all that they were made of; of a mapping each value by itself."""

    class Thing:
        def __init__(self) -> None:
            self.some = table()

        @fact_of("thing")
        def total(self) -> int:
            return len(self.some)

        @fact_of("thing")
        def by_key(self) -> Mapping[str, int]:
            return {key: len(key) for key in self.some}

        @once_property
        def kept(self) -> object:
            return self.some["a"]

    thing = Thing()
    for _ in range(2):
        with recording() as places:
            assert (thing.total, thing.by_key["inner"], thing.kept) == (3, 5, 1)
        assert ways_to(places) == {("thing", "total"), ("thing", "by_key", "inner"), ("portal", "some", "a")}


def test_whatever_pages_share_notes_its_reads() -> None:
    """A value that is kept by other means would be shown by a second page that is not known to depend on it."""
    alone = {("site/views/news.py", "News")}  # made of its own fields
    for folder in ("scoring", "site/views", "site/pages"):
        for path in (PACKAGE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and "cached_property" in ast.unparse(node):
                    assert (path.relative_to(PACKAGE).as_posix(), node.name) in alone
