"""What a rule is: a check of a read portal with its code, its reason and the limits that a portal may change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from okrsite.history import History
from okrsite.languages import Saying, said, said_of
from okrsite.model import Portal, Source
from okrsite.problems import Severity
from okrsite.scoring.figures import Figures
from okrsite.settings import LimitValue


@dataclass(frozen=True, slots=True)
class Limit:
    """A number or a list of words that a rule compares with, and that ``mkdocs.yml`` may replace.

    Attributes:
        name: As in ``mkdocs.yml``.
        default: A whole number, or words.
        meaning: A sentence for the documentation.
        choices: The only words that may stand in the list; empty for any.
    """

    name: str
    default: LimitValue
    meaning: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one rule as they hold in a portal, by name."""

    values: Mapping[str, LimitValue]

    def number(self, name: str) -> int:
        """The limit that is a whole number."""
        return cast(int, self.values[name])

    def words(self, name: str) -> frozenset[str]:
        """The limit that is a list of words, case-folded."""
        return frozenset(word.casefold() for word in cast(tuple[str, ...], self.values[name]))


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule fires: where, what is the case, and what to do next.

    The texts are sayings (`okrsite.languages.said`), so that the portal can say them in its language.
    """

    source: Source
    message: Saying
    hint: Saying


Find = Callable[[Portal, Figures, Limits], Iterable[Finding]]
"""A check of what stands in the content."""

FindInHistory = Callable[[Portal, Figures, Limits, History], Iterable[Finding]]
"""A check of how it came to stand there, too."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of a read portal.

    Attributes:
        code: ``OKR5`` and two digits; stable.
        name: A few words joined by hyphens.
        severity: What a portal gets that does not say otherwise.
        summary: What the rule reports, as a sentence.
        reason: Why that matters.
        mend: What to do about it.
        source: The authority that the rule goes back to.
        find: The check itself.
        limits: What a portal may change about it.
        depends_on_day: Whether the same content may pass on one day and not on another. Such a rule is a notice,
            whatever a portal says, so that no check begins to fail overnight.
        of_history: Whether it looks at how goals moved, so that it finds nothing where no history is known.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    reason: str
    mend: str
    source: str
    find: FindInHistory
    limits: tuple[Limit, ...] = ()
    depends_on_day: bool = False
    of_history: bool = False


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    summary: str,
    reason: str,
    mend: str,
    source: str,
    limits: tuple[Limit, ...] = (),
    depends_on_day: bool = False,
) -> Callable[[Find], Rule]:
    """Make a rule of the function that follows; the arguments are the attributes of ``Rule``."""

    def make(find: Find) -> Rule:
        def without_history(portal: Portal, figures: Figures, limits: Limits, _history: History) -> Iterable[Finding]:
            return find(portal, figures, limits)

        return Rule(code, name, severity, summary, reason, mend, source, without_history, limits, depends_on_day)

    return make


def rule_of_history(
    code: str,
    name: str,
    severity: Severity,
    *,
    summary: str,
    reason: str,
    mend: str,
    source: str,
    limits: tuple[Limit, ...] = (),
    depends_on_day: bool = False,
) -> Callable[[FindInHistory], Rule]:
    """Make a rule of the function that follows, which also looks at how goals moved."""

    def make(find: FindInHistory) -> Rule:
        return Rule(code, name, severity, summary, reason, mend, source, find, limits, depends_on_day, of_history=True)

    return make


def cut(text: str) -> str:
    """A text from the content as it stands in a message: on one line, at most 70 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:69].rstrip()}…"


def quoted(title: str) -> str:
    """A title as it stands in a message: cut, in quotation marks."""
    return f'"{cut(title)}"'


def all_objectives(n: int) -> Saying:
    """All of a number of objectives as the subject of a sentence, e.g. ``the only objective``, ``both objectives``."""
    few = {1: said("the only objective"), 2: said("both objectives")}
    return few.get(n) or said_of("all %(num)s objective", "all %(num)s objectives", n)


def all_aspirational_objectives(n: int) -> Saying:
    """All of a number of aspirational objectives as the subject of a sentence."""
    few = {1: said("the only aspirational objective"), 2: said("both aspirational objectives")}
    return few.get(n) or said_of("all %(num)s aspirational objective", "all %(num)s aspirational objectives", n)


def all_key_results(n: int) -> Saying:
    """All of a number of key results as the subject of a sentence."""
    few = {1: said("the only key result"), 2: said("both key results")}
    return few.get(n) or said_of("all %(num)s key result", "all %(num)s key results", n)
