"""For people and for editors that follow ``path:line:col:``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from okrsite.exchange.problems.report import SEVERITIES, Report
from okrsite.problems import Problem, Severity

_COLOURS: dict[Severity, str] = {"error": "31;1", "warning": "33;1", "notice": "36"}
"""By the severity, as SGR codes of a terminal."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""What would move the cursor or colour the terminal; a file's name may hold any of it."""


def text(report: Report) -> str:
    """A line ``path:line:col: CODE message`` each, its hint below, and how many there are.

    The severity is said where it is not an error, so that nothing depends on colour.
    """
    lines = []
    for problem in report.problems:
        lines.append(_line(problem, colour=report.colour))
        if problem.hint:
            lines.append(f"    {_painted(problem.hint, '2', colour=report.colour)}")
    lines.append(counted(report.counts))
    return "\n".join(lines) + "\n"


def counted(counts: Mapping[Severity, int]) -> str:
    """How many there are in words: ``2 errors, 1 warning``, or ``no problems``."""
    found = ((severity, counts.get(severity, 0)) for severity in SEVERITIES)
    parts = [f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in found if count]
    return ", ".join(parts) or "no problems"


def _line(problem: Problem, *, colour: bool) -> str:
    path, line, column, code, message, _, severity = problem
    said = "" if severity == "error" else f" ({severity})"
    if not colour:
        return _visible(f"{path}:{line}:{column}: {code} {message}{said}")
    place = _painted(f"{path}:{line}:{column}:", "1", colour=colour)
    return f"{place} {_painted(code, _COLOURS[severity], colour=colour)} {_visible(message)}{said}"


def _painted(words: str, sgr: str, *, colour: bool) -> str:
    shown = _visible(words)
    return f"\x1b[{sgr}m{shown}\x1b[0m" if colour else shown


def _visible(words: str) -> str:
    if words.isprintable():  # nearly all are, and it takes a tenth of the time
        return words
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", words)
