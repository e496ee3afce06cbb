"""docs/architecture.md and the README show the code as it is: rooms, their imports, what is needed at run time."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from docpages import DOCS, ROOT, sections

PACKAGE = ROOT / "okrsite"
SECTIONS = {section.title: section for section in sections(DOCS / "architecture.md")}
Arrows = set[tuple[str, str]]


@dataclass(frozen=True)
class House:
    """A package whose rooms a section of the page draws and describes.

    Attributes:
        folder: Of the package.
        section: The section's title.
    """

    folder: Path
    section: str

    @property
    def name(self) -> str:
        """What its modules' names begin with."""
        return ".".join(self.folder.relative_to(ROOT).parts) + "."

    def rooms(self) -> set[str]:
        """Its folders and files."""
        return {self.room(path) for path in self.folder.rglob("*.py")} - {"__init__", "__main__"}

    def room(self, path: Path) -> str:
        """Which one a file is, or is in."""
        return path.relative_to(self.folder).parts[0].removesuffix(".py")

    def imports(self) -> Arrows:
        """(imported, importing) for every two rooms, from every module of the package."""
        found = set()
        for path in self.folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    names = [f"{node.module}.{name.name}" for name in node.names]
                    found |= {
                        (name.removeprefix(self.name).split(".")[0], self.room(path))
                        for name in names
                        if name.startswith(self.name)
                    }
        return {(low, high) for low, high in found if low != high and {low, high} <= self.rooms()}

    def drawn(self) -> Arrows:
        """The arrows of the drawing."""
        (block,) = [block for block in SECTIONS[self.section].blocks if block.language == "mermaid"]
        return {(found[1], found[2]) for found in re.finditer(r"^  (\w+) --> (\w+)$", block.text, re.MULTILINE)}

    def described(self) -> set[str]:
        """The rooms of the table."""
        return {room for row in SECTIONS[self.section].rows() for room in row["room"].replace("`", "").split(", ")}


HOUSES = [
    House(PACKAGE, "Rooms"),
    House(PACKAGE / "content", "Rooms of the content"),
    House(PACKAGE / "site", "Rooms of the site"),
]
each_house = pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.section)


def _reachable(arrows: Arrows) -> Arrows:
    found = set(arrows)
    while more := {(a, d) for a, b in found for c, d in arrows if b == c} - found:
        found |= more
    return found


@each_house
def test_the_drawing_matches_the_folders(house: House) -> None:
    """Each room of the package is drawn and described, and no other is."""
    assert {room for arrow in house.drawn() for room in arrow} == house.rooms()
    assert house.described() == house.rooms()


@each_house
def test_the_arrows_match_the_imports(house: House) -> None:
    """Each arrow is an import that exists, and each import follows arrows."""
    drawn, imports = house.drawn(), house.imports()
    assert drawn - imports == set(), "drawn, but nobody imports it"
    assert imports - _reachable(drawn) == set(), "imported against the drawing"


@each_house
def test_no_arrow_leads_back(house: House) -> None:
    """No room needs itself by way of others."""
    assert {low for low, high in _reachable(house.drawn()) if low == high} == set()


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
