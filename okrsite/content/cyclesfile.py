"""Reads ``cycles.yml``."""

from __future__ import annotations

from pathlib import Path

from okrsite.content.cycles import Cycles
from okrsite.content.documents import CyclesFile
from okrsite.content.files import Files
from okrsite.content.syntax.log import ProblemLog
from okrsite.model import Cycle
from okrsite.settings import Settings


def read_cycles(files: Files, file: Path) -> Cycles:
    """The cycles of ``cycles.yml``, and those that the calendar names."""
    cycles = Cycles(files.log)
    found = files.document(str(file), CyclesFile)
    cycles.broken = found is None or not found.whole
    if found is not None:
        cycles.declare(found.document, found.tree, files.path_of(file))
    return cycles


def find_cycle(root: Path, settings: Settings, id: str) -> tuple[Cycle | None, str | None]:
    """The cycle of a name, and how the name is spelled right; None for what is not known.

    Args:
        root: The portal's folder.
        settings: Where the content is.
        id: As typed.
    """
    file = root / settings.content / settings.source / "cycles.yml"
    log = ProblemLog()
    there = file.is_file() and not file.is_symlink()
    cycles = read_cycles(Files(root, log), file) if there else Cycles(log)
    return cycles.get(id), cycles.spelled(id)
