"""For people: what changed unit by unit, what that does to the figures, and which problems came and went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from okrsite.exchange.differences.lines import Line, field_line, headline, reading_line, status_text, summary
from okrsite.exchange.differences.report import NOUNS, DifferenceReport
from okrsite.history.comparing.difference import GoalDifference, Shift
from okrsite.problems import Problem

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SIGNS = {"added": "+", "removed": "-", "moved": ">", "renamed": ">", "changed": "~"}
_COLOURS = {"+": "32", "-": "31", ">": "36", "~": "33", "easier": "33;1", "harder": "36;1", "edited": "33;1"}
"""SGR codes of a terminal."""

_MANY = 200
"""Figures that are listed; more help nobody."""


def text(report: DifferenceReport) -> str:
    """All of it, in lines."""
    return "\n".join(_Text(report).lines()) + "\n"


class _Text:
    def __init__(self, report: DifferenceReport) -> None:
        self.report = report
        self.words = report.words

    def lines(self) -> Iterator[str]:
        report = self.report
        found = report.comparison
        day = self.words.day(found.after.day)
        yield self._painted(f"{_visible(found.before.label)} → {_visible(found.after.label)}", "1") + self._painted(
            f"  figures as of {day}", "2"
        )
        yield from (self._painted(note, "2") for note in found.notes)
        yield ""
        yield self._painted(f"{headline(report)}.", "1")
        yield from self._goals()
        yield from self._figures()
        yield from self._problems("Problems introduced", found.introduced)
        yield from self._problems("Problems solved", found.solved)

    def _goals(self) -> Iterator[str]:
        for unit, goals in groupby(self.report.told, lambda goal: goal.unit):
            yield ""
            yield self._painted(_visible(unit or "portal"), "1;4")
            for goal in goals:
                yield from self._goal(goal)
        follows = len(self.report.difference.goals) - len(self.report.told)
        if follows:
            yield ""
            number = "1 goal only follows: its" if follows == 1 else f"{follows} goals only follow: their"
            yield self._painted(f"{number} id, references, dates or owner come from what changed elsewhere.", "2")

    def _goal(self, goal: GoalDifference) -> Iterator[str]:
        sign = _SIGNS[goal.what]
        inset = "    " if goal.sort in ("key_result", "task") else "  "
        head = self._painted(f"{sign} {NOUNS[goal.sort][0]}", _COLOURS[sign])
        what = "" if goal.what == "changed" else f" {goal.what}"
        told = f": {_visible(goal.title)}" if goal.title != goal.id else ""
        yield f"{inset}{head}{what}{told}  {self._painted(_visible(goal.id), '2')}"
        inset += "    "
        if goal.former:
            yield f"{inset}was {_visible(goal.former)}"
        if goal.what in ("added", "removed"):
            if about := summary(goal, self.words):
                yield f"{inset}{_visible(about)}"
            if goal.readings:
                yield f"{inset}{len(goal.readings)} reading{'s' * (len(goal.readings) != 1)}"
            return
        for field in goal.fields:
            if not field.follows:
                yield inset + self._line(field_line(field, goal, self.words))
        for word in goal.words:
            yield inset + self._line(field_line(word, goal, self.words))
        for reading in goal.readings:
            yield inset + self._line(reading_line(reading, goal, self.words))

    def _line(self, line: Line) -> str:
        label, before, after = (_visible(part) for part in (line.label, line.before, line.after))
        if not before or not after:
            return f"{label}: {after or before}  {self._remark(line.remark)}".rstrip()
        return f"{label}: {before} → {after}  {self._remark(line.remark)}".rstrip()

    def _remark(self, remark: str) -> str:
        return self._painted(f"({remark})", _COLOURS.get(remark, "2")) if remark else ""

    def _figures(self) -> Iterator[str]:
        shown = [shift for shift in self.report.difference.shifts if self._is_told(shift)]
        if not shown:
            return
        yield ""
        yield self._painted("What it does to the figures", "1")
        rows = [(self._name(shift), *map(self._status, shift.state)) for shift in shown[:_MANY]]
        wide = [min(max(len(row[column]) for row in rows), 72) for column in (0, 1)]
        for name, before, after in rows:
            yield f"  {name:<{wide[0]}}  {before:<{wide[1]}}  → {after}"
        if len(shown) > _MANY:
            yield f"  … and {len(shown) - _MANY} more; --format json has all"

    def _is_told(self, shift: Shift) -> bool:
        if shift.on != "both":
            return bool(shift.cycle)
        return any(map(shift.changed, ("progress", "status", "progress_raw")))

    def _name(self, shift: Shift) -> str:
        name = shift.id or "portal"
        return _visible(f"{name}  {shift.cycle}" if shift.cycle else name)

    def _status(self, state: object) -> str:
        return status_text(state, self.words)  # type: ignore[arg-type]

    def _problems(self, title: str, problems: Sequence[Problem]) -> Iterator[str]:
        if problems:
            yield ""
            yield self._painted(f"{title}: {len(problems)}", "1")
            for problem in problems:
                severity = "" if problem.severity == "error" else f" ({problem.severity})"
                yield f"  {_visible(str(problem))}{severity}"
                if problem.hint and problem.severity == "error":
                    yield f"      {self._painted(_visible(problem.hint), '2')}"

    def _painted(self, words: str, sgr: str) -> str:
        return f"\x1b[{sgr}m{words}\x1b[0m" if self.report.colour else words


def _visible(words: str) -> str:
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", words)
