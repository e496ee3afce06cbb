"""Markdown with YAML front matter."""

from __future__ import annotations

import re

from okrsite.content.syntax.log import ProblemLog
from okrsite.content.syntax.parser import parse_yaml

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str) -> tuple[str, str] | None:
    """The YAML (from line 2 on) and the Markdown of a file; None where it has no front matter."""
    found = _FRONT_MATTER.match(text)
    return (found[1], text[found.end() :]) if found else None


_DANGERS = ("OKR105", "OKR107")


def front_matter_problems(text: str, path: str, log: ProblemLog) -> None:
    """Note what of a written page's front matter could exhaust memory or the stack of whoever reads it.

    Everything else is between the page and MkDocs, which knows keys of its own.
    """
    parts = split_front_matter(text)
    if parts is None:
        return
    own = ProblemLog()
    parse_yaml(parts[0], path, own, first_line=2)
    log.problems += [problem for problem in own.problems if problem.code in _DANGERS]
