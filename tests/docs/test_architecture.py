"""docs/architecture.md and the README show the code as it is: rooms, their imports, what is needed at run time."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from docpages import DOCS, ROOT, sections

PACKAGE = ROOT / "okrsite"
SECTIONS = {section.title: section for section in sections(DOCS / "architecture.md")}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _rooms() -> set[str]:
    return {_room(path) for path in PACKAGE.rglob("*.py")} - {"__init__", "__main__"}


def _imports() -> set[tuple[str, str]]:
    """(imported, importing) for every two rooms, from every module of the package."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("okrsite."):
                found.add((str(node.module).split(".")[1], _room(path)))
    return {(low, high) for low, high in found if low != high and {low, high} <= _rooms()}


def _drawn() -> set[tuple[str, str]]:
    (block,) = [block for block in SECTIONS["Rooms"].blocks if block.language == "mermaid"]
    return {(found[1], found[2]) for found in re.finditer(r"^  (\w+) --> (\w+)$", block.text, re.MULTILINE)}


def _reachable(arrows: set[tuple[str, str]]) -> set[tuple[str, str]]:
    found = set(arrows)
    while more := {(a, d) for a, b in found for c, d in arrows if b == c} - found:
        found |= more
    return found


def test_the_drawing_matches_the_folders() -> None:
    """Each room of the package is drawn and described, and no other is."""
    assert {room for arrow in _drawn() for room in arrow} == _rooms()
    assert {row["room"] for row in SECTIONS["Rooms"].rows()} == _rooms()


def test_the_arrows_match_the_imports() -> None:
    """Each arrow is an import that exists, and each import follows arrows."""
    drawn, imports = _drawn(), _imports()
    assert drawn - imports == set(), "drawn, but nobody imports it"
    assert imports - _reachable(drawn) == set(), "imported against the drawing"


def test_every_dependency_has_a_reason() -> None:
    """The tables of packages are the run-time dependencies and those of extras, each with its licence and reason."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {extra: of for extra, of in project["optional-dependencies"].items() if extra != "test"}
    needed = [re.match(r"[\w.-]+", requirement)[0] for requirement in project["dependencies"]]
    needed += sorted({re.match(r"[\w.-]+", requirement)[0] for of in extras.values() for requirement in of})
    rows = list(SECTIONS["What it needs"].rows())
    assert [row["package"] for row in rows] == needed
    assert all(row["licence"] and row["why"] for row in rows)


def test_files_that_are_named_exist() -> None:
    """Each file or folder of the package that the page names is there."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w-]+/)+(?:[\w-]+\.py)?)`", text))
    assert len(named) > 8
    assert {name for name in named if not ((PACKAGE / name).exists() or (ROOT / name).exists())} == {"api/"}
