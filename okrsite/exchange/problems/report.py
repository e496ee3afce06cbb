"""What is reported: problems with what their codes stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, get_args

from okrsite.frozen import frozen
from okrsite.problems import Problem, Severity

if TYPE_CHECKING:
    from okrsite.codes import Code

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first."""


@frozen
class Report:
    """Problems to be written in some format.

    Attributes:
        problems: In the order they are shown.
        code_of: Tells what a code stands for, as far as it is known.
        colour: Whether the text is for a terminal that shows colours.
    """

    problems: Sequence[Problem]
    code_of: Callable[[str], Code | None] = lambda code: None  # noqa: ARG005 - nothing is known
    colour: bool = False

    @property
    def counts(self) -> dict[Severity, int]:
        """How many there are of each severity, the worst first, zeros included."""
        found = Counter(problem.severity for problem in self.problems)
        return {severity: found[severity] for severity in SEVERITIES}
