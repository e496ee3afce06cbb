"""The smallest kit that a crew can work with, and tasks that go wrong."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateSyntaxError

Answer = tuple[str, int, int]
"""A task in capitals, the process that did it, and how many kits that has opened."""

opened: list[Path | None] = []


@dataclass(frozen=True)
class ToyKit:
    """Writes tasks in capitals; see `do` for what some of them do.

    Attributes:
        packed: Makes one kit differ from another.
    """

    packed: str = ""

    @staticmethod
    def edition() -> str:
        """As if the workers' code could be another."""
        return os.environ.get("TOY_EDITION", "1")

    def open(self, folder: Path | None = None) -> Callable[[str], Answer]:
        """What does the work."""
        opened.append(folder)
        return do


def do(task: str) -> Answer:
    """Do a task: ``die`` ends the process, ``fail`` raises; ``die once: FILE`` where there is no such file yet."""
    word, _, value = task.partition(": ")
    if value and word.endswith(" once"):
        word = "" if Path(value).exists() else word.removesuffix(" once")
        Path(value).touch()
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "fail":
        raise TemplateSyntaxError("no such tag", 3, "page.html", "theme/page.html")
    return task.upper(), os.getpid(), len(opened)


def words(answers: list[Answer]) -> list[str]:
    """What was written."""
    return [word for word, _, _ in answers]
