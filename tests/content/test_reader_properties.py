"""Whole portals made of anything: only problems come out, never an exception."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.content import Reading, read_portal
from okrsite.settings import Settings

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5000),
    st.sampled_from(
        ["", "2026-02-13", "2026-02-30", "increase", "up", "reliability", "acme/2026-Q1/a/b", "1-2", "80%"]
    ),
    st.text(max_size=5),
)
WORDS = (
    *("id", "title", "owner", "kind", "direction", "baseline", "target", "milestones", "done", "check_ins", "date"),
    *("value", "weight", "kpi", "key_results", "supports", "score", "months", "tasks", "weeks", "evidence", "measure"),
    *("at_least", "start", "due", "name", "level", "cadence", "measurements", "amber", "cycles", "cycle", "by", "x"),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=6),
    max_leaves=15,
)
KEY_RESULT: dict[str, Any] = {"id": "a", "title": "A", "kind": "increase", "baseline": 1, "target": 2}
OBJECTIVE: dict[str, Any] = {"id": "o", "title": "O", "owner": "Ada", "key_results": [KEY_RESULT]}
DOCUMENTS: dict[str, dict[str, Any]] = {
    "okrs/cycles.yml": {"cycles": {"2026-Q1": {"check_in_every": 7}}},
    "okrs/acme/unit.yml": {"name": "Acme", "level": "corporate"},
    "okrs/acme/kpis.yml": {
        "kpis": [{"id": "k", "name": "K", "direction": "band", "target": [1, 2], "cadence": "daily"}],
    },
    "okrs/acme/2026-Q1.yml": {"objectives": [OBJECTIVE]},
    "okrs/acme/check-ins/2026-02-13.yml": {"check_ins": {"o/a": {"value": 1}}},
    "rollout.yml": {
        "title": "Plan",
        "start": "2026-01-05",
        "months": [
            {"title": "M", "tasks": [{"title": "T", "weeks": "1-2", "evidence": {"measure": "kpi:acme/kpis/k"}}]}
        ],
    },
}
PATHS = st.sampled_from(sorted(DOCUMENTS))


def read(files: dict[str, bytes]) -> Reading:
    """Reads a portal made of these files."""
    with tempfile.TemporaryDirectory() as folder:
        for path, raw in files.items():
            file = Path(folder, "content", path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        return read_portal(Path(folder), Settings())


def as_bytes(document: object) -> bytes:
    """JSON is YAML."""
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for key, value in items for place in places(value, (*path, key)))]


def changed(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A document with another value at a place."""
    if not path:
        return value
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = changed(copy[path[0]], path[1:], value)
    return copy


@given(PATHS, st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=100, deadline=None)
def test_any_bytes_in_any_file(path: str, raw: bytes) -> None:
    """Whatever a file holds, reading ends with a portal or with problems, all of them on one line."""
    reading = read({**{name: as_bytes(document) for name, document in DOCUMENTS.items()}, path: raw})
    assert (reading.portal is None) == bool(reading.problems)
    assert not any("\n" in f"{problem}{problem.hint}" for problem in reading.problems)


@given(st.data(), PATHS, ANYTHING)
@settings(max_examples=300, deadline=None)
def test_any_value_anywhere(data: st.DataObject, path: str, value: object) -> None:
    """Whatever stands in the place of a value, each problem has a place in a file, plain words and a hint."""
    place = data.draw(st.sampled_from(places(DOCUMENTS[path])))
    documents = {**DOCUMENTS, path: changed(DOCUMENTS[path], place, value)}
    reading = read({name: as_bytes(document) for name, document in documents.items()})
    assert (reading.portal is None) == bool(reading.problems)
    for problem in reading.problems:
        assert problem.path.startswith("content/")
        assert problem.hint
        text = problem.message + problem.hint
        assert not any(word in text for word in ("pydantic", "_type", "NoValue", "Decimal", "None", "Input", "valid "))


@given(
    st.binary(max_size=120), st.sampled_from(["okrs/acme/kpis/k.csv", "okrs/acme/2026-Q1/p.md", "okrs/acme/index.md"])
)
@settings(max_examples=100, deadline=None)
def test_any_bytes_in_other_files(raw: bytes, path: str) -> None:
    """CSV and Markdown files may hold anything, too."""
    reading = read({**{name: as_bytes(document) for name, document in DOCUMENTS.items()}, path: raw})
    assert (reading.portal is None) == bool(reading.problems)
