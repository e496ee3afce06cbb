"""What a rule is: a check of a read portal with its code, its reason and the limits that a portal may change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from okrsite.frozen import frozen
from okrsite.languages import Saying, said, said_of
from okrsite.model import Portal, Source
from okrsite.problems import Severity
from okrsite.rules.case import Case
from okrsite.scoring.figures import Figures
from okrsite.settings import LimitValue

Told = TypeVar("Told")


@frozen
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


class Limits:
    """The limits of one rule as they hold in a portal, by name.

    Args:
        values: Each whole number or list of words.
    """

    def __init__(self, values: Mapping[str, LimitValue]) -> None:
        self._numbers = {name: value for name, value in values.items() if isinstance(value, int)}
        self._words = {
            name: frozenset(word.casefold() for word in value)
            for name, value in values.items()
            if isinstance(value, tuple)
        }

    def number(self, name: str) -> int:
        """The limit that is a whole number."""
        return self._numbers[name]

    def words(self, name: str) -> frozenset[str]:
        """The limit that is a list of words, case-folded."""
        return self._words[name]


@frozen
class Finding:
    """One place where a rule fires: where, what is the case, and what to do next.

    The texts are sayings (`okrsite.languages.said`), so that the portal can say them in its language.
    """

    source: Source
    message: Saying
    hint: Saying


FindInUnit = Callable[[Case, Limits], Iterable[Finding]]
"""A check of one unit: of the goals that it has, and of what these name."""


@frozen
class Across(Generic[Told]):
    """A check that compares units, in two steps: a unit whose goals are as they were need not be asked again.

    Attributes:
        tell: What one unit says of itself: little, made of tuples, texts, numbers and None.
        find: What follows from what all of them say, by their ids, parents before their children. Of the portal and
            the figures it reads what is no unit's, such as the cycles.
    """

    tell: Callable[[Case, Limits], Told]
    find: Callable[[Mapping[str, Told], Portal, Figures, Limits], Iterable[Finding]]


def across(
    tell: Callable[[Case, Limits], Told],
) -> Callable[[Callable[[Mapping[str, Told], Portal, Figures, Limits], Iterable[Finding]]], Across[Told]]:
    """Have the function that follows compare units by what another function says of each."""
    return lambda find: Across(tell, find)


@frozen
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
    find: FindInUnit | Across[Any]
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
    of_history: bool = False,
) -> Callable[[FindInUnit | Across[Any]], Rule]:
    """Make a rule of the check that follows; the arguments are the attributes of ``Rule``."""

    def make(find: FindInUnit | Across[Any]) -> Rule:
        return Rule(
            code, name, severity, summary, reason, mend, source, find, limits, depends_on_day, of_history=of_history
        )

    return make


Spot = tuple[str, int, int]
"""A place in the content, in what a unit says of itself."""


def spot(source: Source) -> Spot:
    """A place as units tell it."""
    return source.path, source.line, source.column


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
