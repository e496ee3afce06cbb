"""Rooms know only what is below them, and what reaches outside is done in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "okrsite"

BELOW = {
    "frozen": set[str](),
    "problems": set[str](),
    "languages": {"problems"},
    "settings": set[str](),
    "codes": set[str](),
    "asof": {"problems"},
    "disk": set[str](),
    "model": {"problems", "reads"},
    "reads": set[str](),
    "day": {"reads"},
    "starter": {"problems"},
    "content": {"problems", "settings", "codes", "disk", "model"},
    "scoring": {"problems", "settings", "model", "reads"},
    "history": {"problems", "settings", "model", "content", "scoring"},
    "rules": {"problems", "settings", "codes", "languages", "model", "scoring", "history"},
    "editing": {"problems", "settings", "model", "content", "scoring", "rules"},
    "charts": {"problems", "settings", "languages", "disk", "model", "scoring"},
    "exchange": {"problems", "settings", "codes", "languages", "model", "scoring", "history"},
    "publish": {"problems", "settings", "disk"},
    "crew": {"problems"},
}
"""What each room may import of okrsite beside itself, the version and how its classes are made; the doors above them
may import all of these."""
EVERYWHERE = {"frozen", "__version__"}
BELOW["site"] = {*BELOW}
BELOW["cli"] = {*BELOW}


def _modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem in BELOW)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a module."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _imports(path: Path) -> Iterator[str]:
    """The full names of all that a module imports, at its top or inside functions."""
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _users(library: str) -> set[str]:
    """The modules that import a library, by their paths in the package."""
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(name == library or name.startswith(f"{library}.") for name in _imports(path))
    }


def test_every_module_has_a_room() -> None:
    """A new room is given its place in the order here."""
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in PACKAGE.rglob("*.py")}
    assert rooms - {"__init__", "__main__"} == set(BELOW)


def test_imports_point_down() -> None:
    """Each module imports its own room, what is below it, and nothing above or beside."""
    assert [
        f"{path} may not import {name}"
        for path in _modules()
        for name in _imports(path)
        if name.startswith("okrsite.") and name.split(".")[1] not in BELOW[_room(path)] | EVERYWHERE | {_room(path)}
    ] == []


def test_only_the_site_knows_mkdocs() -> None:
    """The day MkDocs is replaced, one room changes."""
    assert {user.partition("/")[0] for user in _users("mkdocs")} == {"site"}


def test_one_file_renders_charts() -> None:
    """What runs a whole browser engine's script is in one place."""
    assert len(_users("vl_convert")) == 1


def test_only_doors_start_programs_or_ask_the_network() -> None:
    """Reading, scoring, rules, charts and exports start nothing and fetch nothing."""
    for library in ("urllib.request", "http.client", "socket", "requests"):
        assert {user.partition("/")[0] for user in _users(library)} <= {"site", "cli"}, library


def test_one_file_starts_programs() -> None:
    """Git alone is started, and by one file."""
    assert _users("subprocess") == {"history/git.py"}


DOORS = {"cli/streams.py", "site/clock.py", "history/git.py"}
"""The modules that may ask the clock for a day or look at the environment; git gets the environment handed on."""

HIDDEN = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("os", "environ"),
    ("os", "getenv"),
}


def test_no_hidden_inputs() -> None:
    """The day and the environment are asked for by the doors and passed on as arguments."""
    assert [
        f"{path}:{node.lineno} reads {node.value.id}.{node.attr}"
        for path in _modules()
        if path.relative_to(PACKAGE).as_posix() not in DOORS
        for node in _nodes(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if (node.value.id, node.attr) in HIDDEN
    ] == []


def test_files_stay_small() -> None:
    """A file that has grown past 400 lines holds more than one thing."""
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {str(path): size for path, size in sizes.items() if size > 400} == {}


def test_files_have_names_of_things() -> None:
    """Nothing is put where nobody would look for it."""
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "core", "misc"}
    assert [str(path) for path in PACKAGE.rglob("*.py") if path.stem in vague] == []
