"""YAML text to a tree of plain values: what is plain line by line, all else event by event."""

from __future__ import annotations

from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.plain import read_plainly
from okrsite.content.syntax.tree import YamlMapping


def parse_yaml(text: str, path: str, log: ProblemLog, *, first_line: int = 1) -> YamlMapping | None:
    """The mapping that a content file holds; None, with the problems noted, where it holds none.

    Args:
        text: The YAML.
        path: The file's name in problems.
        log: Takes the problems.
        first_line: The number of the text's first line in its file.
    """
    plain = read_plainly(text, first_line)
    if plain is not None:
        return plain
    from okrsite.content.syntax.events import read_events  # noqa: PLC0415 - loads PyYAML

    return read_events(text, path, log, first_line)
