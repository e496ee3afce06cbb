"""For GitHub Actions, which shows them beside the lines of a pull request.

Source: "Workflow commands for GitHub Actions", setting an error, warning or notice message.
"""

from __future__ import annotations

from okrsite.exchange.problems.report import Report
from okrsite.problems import Problem


def github(report: Report) -> str:
    """A workflow command each."""
    return "".join(_command(problem) + "\n" for problem in report.problems)


def _command(problem: Problem) -> str:
    properties = {
        "file": problem.path,
        "line": str(problem.line),
        "col": str(problem.column),
        "title": problem.code,
    }
    where = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    return f"::{problem.severity} {where}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
