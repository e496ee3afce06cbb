"""Applies the rules to a portal, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from okrsite.frozen import frozen
from okrsite.history import History
from okrsite.languages import Plain, of_plain, plain
from okrsite.model import Portal
from okrsite.problems import Problem, Severity
from okrsite.rules.case import Case
from okrsite.rules.rule import Across, Finding, FindInUnit, Limits, Rule
from okrsite.scoring.figures import Figures
from okrsite.settings import RuleSetting

OfUnit = tuple[tuple[Any, ...], tuple[Any, ...]]
"""What is found in a unit, and what it tells of itself to be compared: made of tuples, texts, numbers and None."""


@frozen
class _Applied:
    """A rule as it holds in a portal."""

    rule: Rule
    severity: Severity
    limits: Limits

    def problems(self, findings: Iterable[Finding]) -> Iterator[Problem]:
        """What it found, as problems."""
        for finding in findings:
            at = finding.source
            yield Problem(at.path, at.line, at.column, self.rule.code, finding.message, finding.hint, self.severity)


class Judge:
    """The rules as they hold in a portal, and what they look at.

    Args:
        rules: All of them.
        portal: As read, without errors.
        figures: Of the same portal, on the day that it is judged for.
        settings: Which rules are off, or have another severity or other limits, by code.
        history: How its goals moved.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        portal: Portal,
        figures: Figures,
        settings: Mapping[str, RuleSetting],
        history: History,
    ) -> None:
        self._portal = portal
        self._figures = figures
        self._history = history
        self._in_units: list[tuple[_Applied, FindInUnit]] = []
        self._across: list[tuple[_Applied, Across[Any]]] = []
        for rule in rules:
            setting = settings.get(rule.code, RuleSetting())
            if setting.level == "off":
                continue
            severity: Severity = "notice" if rule.depends_on_day else setting.level or rule.severity
            limits = Limits({limit.name: limit.default for limit in rule.limits} | dict(setting.limits))
            applied = _Applied(rule, severity, limits)
            if isinstance(rule.find, Across):
                self._across.append((applied, rule.find))
            else:
                self._in_units.append((applied, rule.find))

    def of_unit(self, id: str, said: Callable[[str], Plain] = plain) -> OfUnit:
        """What one unit gives; of others only what its goals name is read.

        Args:
            id: The unit's.
            said: Takes a text apart.
        """
        problems, told = self._judged(id)
        return tuple(
            [(*place, said(message), said(hint), severity) for *place, message, hint, severity in problems]
        ), told

    def problems(self, of_unit: Callable[[str], OfUnit] | None = None) -> list[Problem]:
        """Everything that the rules find, sorted by place.

        Args:
            of_unit: Does as the method of that name, but may know already what that gives.
        """
        units = {id: self._judged(id) if of_unit is None else _unpacked(of_unit(id)) for id in self._portal.units}
        found = [problem for problems, _ in units.values() for problem in problems]
        return sorted([*found, *self._compared({id: told for id, (_, told) in units.items()})])

    def counts(self, of_unit: Callable[[str], OfUnit]) -> Counter[Severity]:
        """How often the rules find something, by severity.

        Args:
            of_unit: As of `problems`.
        """
        units = {id: of_unit(id) for id in self._portal.units}
        found: Counter[Severity] = Counter(problem[-1] for problems, _ in units.values() for problem in problems)
        found.update(each.severity for each in self._compared({id: told for id, (_, told) in units.items()}))
        return found

    def _compared(self, told: Mapping[str, tuple[Any, ...]]) -> Iterator[Problem]:
        """What is found by comparing what units tell of themselves, by their ids."""
        for place, (one, check) in enumerate(self._across):
            by_unit = {id: tells[place] for id, tells in told.items()}
            yield from one.problems(check.find(by_unit, self._portal, self._figures, one.limits))

    def _judged(self, id: str) -> tuple[list[Problem], tuple[Any, ...]]:
        case = Case(self._portal.units[id], self._portal, self._figures, self._history)
        found = [each for one, find in self._in_units for each in one.problems(find(case, one.limits))]
        return found, tuple(check.tell(case, one.limits) for one, check in self._across)


def _unpacked(of_unit: OfUnit) -> tuple[list[Problem], tuple[Any, ...]]:
    packed, told = of_unit
    return [
        Problem(path, line, column, code, of_plain(message), of_plain(hint), severity)
        for path, line, column, code, message, hint, severity in packed
    ], told
