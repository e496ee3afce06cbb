"""For a comment at a pull or merge request: short, what matters most first, the rest folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okrsite.exchange.differences.lines import Line, field_line, headline, reading_line, status_text, summary
from okrsite.exchange.differences.markdown_text import code, prose, units
from okrsite.exchange.differences.report import NOUNS, DifferenceReport
from okrsite.frozen import frozen
from okrsite.history.comparing.difference import GoalDifference, Shift
from okrsite.history.comparing.records import RecordSort
from okrsite.problems import Problem

MARKER = "<!-- okrsite diff -->"
"""The first line: by it a program finds its comment again, to bring it up to date."""

_MANY = 12
"""Lines of a section that is not folded."""


@frozen
class _Section:
    """A part of the comment.

    Attributes:
        opening: What stands above the lines.
        lines: One by one, so that some can be left out.
        closing: What stands below them.
        most: How many lines are shown at all.
    """

    opening: str
    lines: Sequence[str]
    closing: str = ""
    most: int = _MANY


def markdown(report: DifferenceReport) -> str:
    """The comment, within the report's limit."""
    head = "\n".join(_Comment(report).head()) + "\n"
    sections = [section for section in _Comment(report).sections() if section.lines]
    return _fitted(head, sections, report)


def _fitted(head: str, sections: Sequence[_Section], report: DifferenceReport) -> str:
    """Head and as many lines of each section as there is room for, the first sections first."""
    pointer = f"\n_Not all is shown here: `{report.command}` shows it._\n"
    room = None if report.limit is None else report.limit - units(head) - units(pointer)
    text, is_cut = head, False
    for section in sections:
        part = _as_much(section, room)
        is_cut = is_cut or part.is_cut
        text += part.text
        if room is not None:
            room -= units(part.text)
    return text + pointer if is_cut else text


@frozen
class _Part:
    text: str
    is_cut: bool


def _as_much(section: _Section, room: int | None) -> _Part:
    """A section with as many lines as it may have and as there is room for; nothing where that is none."""
    count = min(len(section.lines), section.most)
    if room is not None:
        left = room - units(f"\n{section.opening}\n\n- … and {len(section.lines)} more\n{section.closing}")
        for place, line in enumerate(section.lines[:count]):
            left -= units(line) + 1
            if left < 0:
                count = place
                break
    if not count:
        return _Part("", is_cut=True)
    shown = "\n".join(section.lines[:count])
    hidden = len(section.lines) - count
    blank = "\n" if shown.startswith("|") else ""  # it would be a row of the table
    more = f"{blank}- … and {hidden} more\n" if hidden else ""
    return _Part(f"\n{section.opening}\n{shown}\n{more}{section.closing}", is_cut=bool(hidden))


class _Comment:
    def __init__(self, report: DifferenceReport) -> None:
        self.report = report
        self.words = report.words

    def head(self) -> Iterator[str]:
        found = self.report.comparison
        yield MARKER
        yield f"### {headline(self.report)}"
        yield ""
        sides = f"{_side(found.before.name, found.before.commit)} → {_side(found.after.name, found.after.commit)}"
        yield f"{sides}, figures as of {self.words.day(found.after.day)}."
        for note in found.notes:
            yield ""
            yield f"_{note}_"

    def sections(self) -> Iterator[_Section]:
        report, found = self.report, self.report.comparison
        if found.difference is None:
            lines = [_problem(each) for each in found.introduced]
            yield _Section("**Problems introduced**\n", lines, most=len(lines))
            return
        eased = [self._eased(*each) for each in report.eased]
        yield _Section("| Easier or harder | | before | after | effect |\n|---|---|---|---|---|", eased)
        for what in ("removed", "added", "moved", "renamed"):
            lines = [self._told(goal) for goal in report.only(what)]
            yield _Section(f"**{what.capitalize()}**\n", lines)
        yield _Section("**Readings edited or removed**\n", [*self._tampered()])
        lines = [self._shifted(shift) for shift in _important(report.restatused)]
        yield _Section("| Another status | before | after |\n|---|---|---|", lines)
        introduced = [_problem(each) for each in found.introduced]
        yield _Section(f"**Problems introduced: {len(introduced)}**\n", introduced)
        units_moved = [self._shifted(shift) for shift in report.moved]
        yield _folded(f"Progress of units: {len(units_moved)}", units_moved, "| | before | after |\n|---|---|---|")
        every = [line for goal in report.told for line in self._whole(goal)]
        yield _folded(f"Everything that changed: {len(report.told)}", every)
        rest = [self._shifted(each) for each in report.difference.shifts if self._is_a_goal(each)]
        yield _folded(f"Progress of goals: {len(rest)}", rest, "| | before | after |\n|---|---|---|")
        solved = [_problem(each) for each in found.solved]
        yield _folded(f"Problems solved: {len(solved)}", solved)

    def _is_a_goal(self, shift: Shift) -> bool:
        of_goal = shift.sort in ("objective", "key_result", "kpi", "rollout", "task") and shift.on == "both"
        return of_goal and any(map(shift.changed, ("progress", "progress_raw", "status")))

    def _eased(self, goal: GoalDifference, field: object) -> str:
        line = field_line(field, goal, self.words)  # type: ignore[arg-type]
        shift = self.report.shifts.get((goal.sort, goal.id, ""))
        effect = ""
        if shift is not None and shift.on == "both":
            before, after = (status_text(state, self.words) for state in shift.state)
            effect = f"{before} → {after}" if before != after else before
        cells = (f"{prose(goal.title)}<br>{code(goal.id)}", f"**{line.remark}**: {line.label}")
        return _row(*cells, prose(line.before), prose(line.after), effect)

    def _tampered(self) -> Iterator[str]:
        """Readings should only ever be added."""
        for goal in self.report.told:
            for reading in goal.readings if goal.what not in ("added", "removed") and goal.sort != "task" else ():
                if reading.what != "added":
                    yield f"- {self._named(goal.title, goal.id)}, {_changed(reading_line(reading, goal, self.words))}"

    def _told(self, goal: GoalDifference) -> str:
        said = f"- {_noun(goal.sort)} {self._named(goal.title, goal.id)}"
        if goal.former:
            return f"{said}, was {code(goal.former)}"
        about = summary(goal, self.words)
        return f"{said}: {prose(about)}" if about else said

    def _whole(self, goal: GoalDifference) -> Iterator[str]:
        if goal.what in ("added", "removed"):
            yield f"{self._told(goal)} ({goal.what})"
            return
        was = f", was {code(goal.former)}" if goal.former else ""
        yield f"- {_noun(goal.sort)} {self._named(goal.title, goal.id)}{was}"
        for field in (*goal.fields, *goal.words):
            if not field.follows:
                yield f"  - {_changed(field_line(field, goal, self.words))}"
        for reading in goal.readings:
            yield f"  - {_changed(reading_line(reading, goal, self.words))}"

    def _named(self, title: str, id: str) -> str:
        return f"{prose(title)} {code(id)}" if title and title != id else code(id)

    def _shifted(self, shift: Shift) -> str:
        name = self._named(shift.title, shift.id) if shift.id else "The portal"
        if shift.cycle:
            name += f", {code(shift.cycle)}"
        return _row(name, *(status_text(state, self.words) for state in shift.state))


def _noun(sort: RecordSort) -> str:
    noun = NOUNS[sort][0]
    return f"{noun[:1].upper()}{noun[1:]}"


def _important(shifts: Sequence[Shift]) -> Sequence[Shift]:
    """The portal and its units before goals; levels say the same once more."""
    order: tuple[RecordSort, ...] = ("portal", "unit", "objective", "key_result", "kpi", "rollout", "task")
    return sorted((each for each in shifts if each.sort in order), key=lambda each: order.index(each.sort))


def _folded(title: str, lines: Sequence[str], head: str = "") -> _Section:
    opening = f"<details><summary>{title}</summary>\n" + (f"\n{head}" if head else "")
    return _Section(opening, lines, "\n</details>\n", most=len(lines))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _changed(line: Line) -> str:
    remark = f" (**{line.remark}**)" if line.remark in ("easier", "harder", "edited") else ""
    remark = remark or (f" ({line.remark})" if line.remark else "")
    between = " → ".join(prose(part) for part in (line.before, line.after) if part)
    return f"{prose(line.label)}: {between}{remark}"


def _problem(problem: Problem) -> str:
    place = f"{code(problem.path)}, line {problem.line}"
    severity = "" if problem.severity == "error" else f" ({problem.severity})"
    return f"- {place}: {code(problem.code)} {prose(str(problem.message))}{severity}"


def _side(name: str, commit: str) -> str:
    short = commit[:10]
    return f"{code(name)} ({code(short)})" if short and not commit.startswith(name) else code(name)
