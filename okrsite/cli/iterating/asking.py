"""One question, asked again until its answer can be taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from okrsite.cli.streams import to_stderr
from okrsite.editing import AnswerError

Answer = TypeVar("Answer")


def ask(question: str, take: Callable[[str], Answer]) -> Answer | None:
    """Ask for a line; None where Enter alone is pressed.

    Args:
        question: What is asked, without its colon.
        take: Makes an answer of the line, or says with an `AnswerError` why it cannot.

    Raises:
        click.Abort: Ctrl-C or the end of the input.
    """
    while True:
        typed: str = click.prompt(f"  {question}", default="", show_default=False, err=True)
        if not typed.strip():
            return None
        try:
            return take(typed)
        except AnswerError as error:
            to_stderr(f"  {error.complaint.message}; {error.complaint.hint}")


def agreed(question: str) -> bool:
    """Whether a person says yes; Enter is yes."""
    return click.confirm(f"\n{question}", default=True, err=True)


def heading(place: int, total: int, title: str, *facts: str) -> None:
    """Say what the next questions are about."""
    count = click.style(f"{place} of {total}", dim=True)
    to_stderr(f"\n{count}  {click.style(title, bold=True)}")
    for fact in facts:
        to_stderr(f"  {fact}")
