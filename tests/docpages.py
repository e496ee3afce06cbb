"""Pages of the documentation as tests look at them: their sections, each with its code blocks and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

_HEADING = re.compile(r"(#+) (.+)")
_FILE = re.compile(r"(?:---\n)?(?:#|/\*|\{#|<!--) ((?:[\w.-]+/)*[\w.-]+\.(?:ya?ml|md|css|html))(?: \*/| #\}| -->)?\n")
# A comment at its beginning names the file, in the way of each language; front matter may stand around it.


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block."""

    language: str
    text: str

    @property
    def file(self) -> str:
        """The file that it is, which its first line names in a comment; empty for none."""
        found = _FILE.match(self.text)
        return found[1] if found else ""


@dataclass(slots=True)
class Section:
    """What stands below a heading, up to the next one of any level.

    Attributes:
        title: The heading's words.
        blocks: In order.
        tables: Their rows, the heads first; cells without backticks around them.
    """

    title: str
    blocks: list[Block] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)

    @property
    def files(self) -> dict[str, str]:
        """The files that it shows, by name."""
        return {block.file: block.text for block in self.blocks if block.file}

    def rows(self) -> Iterator[dict[str, str]]:
        """Each row of its tables below the head, by column."""
        for head, *rows in self.tables:
            yield from (dict(zip(head, row, strict=True)) for row in rows)


def sections(page: Path) -> list[Section]:
    """The sections of a page; what stands before the first heading is left out."""
    found = [Section("")]
    fence: list[str] | None = None
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            if fence is None:
                fence = [line[3:].strip()]
            else:
                found[-1].blocks.append(Block(fence[0], "".join(f"{each}\n" for each in fence[1:])))
                fence = None
        elif fence is not None:
            fence.append(line)
        elif heading := _HEADING.fullmatch(line):
            found.append(Section(heading[2]))
        elif line.startswith("|"):
            _row(found[-1], line)
        elif found[-1].tables and found[-1].tables[-1]:
            found[-1].tables.append([])
    for section in found:
        section.tables = [table for table in section.tables if table]
    return found[1:]


def _row(section: Section, line: str) -> None:
    cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
    if not section.tables:
        section.tables.append([])
    if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
        section.tables[-1].append([_plain(cell).replace("\\|", "|") for cell in cells])


def _plain(cell: str) -> str:
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "`" and "`" not in cell[1:-1] else cell


def put(files: dict[str, str], folder: Path) -> None:
    """Write files by their names below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
