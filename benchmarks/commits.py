"""Writes the history of a portal for ``git fast-import``: the same seed gives the same commits.

At 20,000 commits the goals' folder has about 2,000 files in the end: 100 units with four cycles each. Of the commits
about 45% add readings to the file of a meeting, 20% check in within the goals' own file, 20% append a measurement, 10%
move a goalpost, and the rest are new units and cycles, words, moved units, and merges of branches of two commits.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

BEGIN = date(2025, 1, 1)
DAYS = 365
GOALS = "content/okrs"
_QUARTERS = (date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1))
_KEY_RESULTS = 3
_OBJECTIVES = 2
_MEETINGS = 3  # of each unit in each cycle
_PEOPLE = tuple(f"Person {number}" for number in range(40))


@dataclass(slots=True)
class _Goals:
    """The goals of one unit in one cycle, as they are written just now."""

    targets: list[int]
    inline: list[list[str]]
    owner: str
    words: int = 0

    def text(self) -> str:
        lines = ["objectives:"]
        for number in range(_OBJECTIVES):
            lines += [f"  - id: goal-{number}", f"    title: We do well in field {number}", f"    owner: {self.owner}"]
            lines += [f"    description: Why this matters, version {self.words}.", "    key_results:"]
            for place in range(number * _KEY_RESULTS, (number + 1) * _KEY_RESULTS):
                lines += [
                    f"      - id: kr-{place}",
                    f"        title: From 10 to many of {place}",
                    "        kind: increase",
                    "        baseline: 10",
                    f"        target: {self.targets[place]}",
                ]
                if self.inline[place]:
                    lines += ["        check_ins:", *self.inline[place]]
        return "\n".join([*lines, ""])


@dataclass(slots=True)
class _Unit:
    """A unit, as it is written just now."""

    id: str
    number: int
    goals: dict[int, _Goals] = field(default_factory=dict)
    meetings: dict[date, dict[str, int]] = field(default_factory=dict)
    measured: list[str] = field(default_factory=list)

    def path(self, name: str) -> str:
        return f"{GOALS}/{self.id}/{name}"


class Stream:
    """The commits of a portal's history, as ``git fast-import`` reads them.

    Args:
        commits: How many on the portal's own line and beside it, about.
        seed: Of the random numbers.
    """

    def __init__(self, commits: int, seed: int = 1) -> None:
        self._wanted = commits
        self._chance = random.Random(seed)
        self._mark = 0
        self._units: list[_Unit] = []
        self._merging = False

    def __iter__(self) -> Iterator[bytes]:
        units = max(2, self._wanted // 200)
        yield from self._commit("Begin", self._at(0), {"mkdocs.yml": "site_name: Goals\ndocs_dir: content\n"})
        while self._mark < self._wanted:
            place = self._mark / self._wanted
            quarter = min(int(place * 4), 3)
            if len(self._units) < units and len(self._units) < units * place * 8 + 1:
                yield from self._new_unit()
                continue
            unit = self._chance.choice(self._units)
            if quarter not in unit.goals:
                yield from self._new_cycle(unit, quarter)
            elif self._chance.random() < 0.04:
                yield from self._branch(quarter)
            elif self._chance.random() < 0.002 and "/" not in unit.id:
                yield from self._move(unit)
            else:
                yield from self._commit(*self._edit(unit, quarter))

    def one_more(self) -> bytes:
        """A check-in on top of everything."""
        unit = self._units[0]
        text = "check_ins: {goal-0/kr-0: 33}\n"
        return b"".join(self._commit("Check in", self._at(1), {unit.path("check-ins/2025-12-31-more.yml"): text}))

    def _at(self, place: float) -> datetime:
        return datetime(BEGIN.year, BEGIN.month, BEGIN.day, 8, tzinfo=UTC) + timedelta(days=DAYS * place)

    def _now(self) -> datetime:
        return self._at(min(self._mark / self._wanted, 1))

    def _new_unit(self) -> Iterator[bytes]:
        number = len(self._units)
        unit = _Unit(f"unit-{number}" if number % 5 else f"top-{number}", number)
        self._units.append(unit)
        kpi = "{id: calls, name: Calls, direction: up, target: 90, amber: 50, cadence: daily}"
        files = {
            unit.path("unit.yml"): f"name: Unit {number}\nlevel: corporate\nlead: {_PEOPLE[number % 40]}\n",
            unit.path("kpis.yml"): f"kpis:\n  - {kpi}\n",
        }
        yield from self._commit(f"Add unit {number}", self._now(), files)

    def _new_cycle(self, unit: _Unit, quarter: int) -> Iterator[bytes]:
        count = _OBJECTIVES * _KEY_RESULTS
        unit.goals[quarter] = _Goals([80 + place for place in range(count)], [[] for _ in range(count)], _PEOPLE[0])
        yield from self._commit("Set goals", self._now(), self._goals(unit, quarter))

    @staticmethod
    def _goals(unit: _Unit, quarter: int) -> dict[str, str]:
        return {unit.path(f"2025-Q{quarter + 1}.yml"): unit.goals[quarter].text()}

    def _edit(self, unit: _Unit, quarter: int) -> tuple[str, datetime, dict[str, str]]:
        chance, now = self._chance, self._now()
        kind = chance.random()
        goals = unit.goals[quarter]
        kr = chance.randrange(len(goals.targets))
        if kind < 0.46:
            meeting = _QUARTERS[quarter] + timedelta(days=20 + 25 * chance.randrange(_MEETINGS))
            said = unit.meetings.setdefault(meeting, {})
            said[f"goal-{kr // _KEY_RESULTS}/kr-{kr}"] = chance.randint(10, 90)
            entries = "".join(f"  {id}: {{value: {value}, confidence: 7}}\n" for id, value in said.items())
            text = f"cycle: 2025-Q{quarter + 1}\ncheck_ins:\n{entries}"
            return "Check in", now, {unit.path(f"check-ins/{meeting}.yml"): text}
        if kind < 0.66:
            day = _QUARTERS[quarter] + timedelta(days=len(goals.inline[kr]) * 3 + 1)
            if len(goals.inline[kr]) < 25 and day not in unit.meetings:
                goals.inline[kr].append(f"          - {{date: {day}, value: {chance.randint(10, 90)}}}")
            return "Check in", now, self._goals(unit, quarter)
        if kind < 0.86:
            day = BEGIN + timedelta(days=len(unit.measured))
            unit.measured.append(f"{day},{chance.randint(20, 99)}")
            return "Measure", now, {unit.path("kpis/calls.csv"): "\n".join(["date,value", *unit.measured, ""])}
        if kind < 0.96:
            goals.targets[kr] += chance.choice((-5, 5, 10))
            return f"Aim elsewhere (#{self._mark})", now, self._goals(unit, quarter)
        if kind < 0.98:
            goals.owner = chance.choice(_PEOPLE)
        else:
            goals.words += 1
        return "Say it better\n\nAnd say why.", now, self._goals(unit, quarter)

    def _move(self, unit: _Unit) -> Iterator[bytes]:
        before = unit.path("")[:-1]
        unit.id = f"moved-{unit.number}-{self._mark}"
        lines = f"R {before} {unit.path('')[:-1]}\n".encode()
        yield self._header("Rename a unit", self._now(), "refs/heads/main") + lines

    def _branch(self, quarter: int) -> Iterator[bytes]:
        """A commit on the line and two beside it that touch other units, merged."""
        units = [unit for unit in self._units if quarter in unit.goals]
        if len(units) < 2:
            return
        one, other = self._chance.sample(units, 2)
        base = self._mark
        files: dict[str, str] = {}
        for place in range(2):
            message, at, said = self._edit(one, quarter)
            files.update(said)
            yield from self._commit(message, at, said, "refs/heads/side", base if not place else self._mark)
        side = self._mark
        yield from self._commit(*self._edit(other, quarter), parent=base)
        merge = f"Merge pull request #{self._mark} from side", self._now(), files
        yield from self._commit(*merge, parent=self._mark, merged=side)

    def _header(self, message: str, at: datetime, branch: str, parent: int = 0, merged: int = 0) -> bytes:
        self._mark += 1
        said = message.encode()
        who = f"{_PEOPLE[self._mark % 40]} <person@example.com> {int(at.timestamp())} +0000"
        parts = [f"commit {branch}", f"mark :{self._mark}", f"committer {who}", f"data {len(said)}", message]
        parts += [f"from :{parent}"] if parent else []
        parts += [f"merge :{merged}"] if merged else []
        return "\n".join([*parts, ""]).encode()

    def _commit(
        self,
        message: str,
        at: datetime,
        files: dict[str, str],
        branch: str = "refs/heads/main",
        parent: int = 0,
        merged: int = 0,
    ) -> Iterator[bytes]:
        parts = [self._header(message, at, branch, parent, merged)]
        for path, text in files.items():
            parts.append(f"M 100644 inline {path}\ndata {len(text)}\n{text}\n".encode())
        yield b"".join(parts)
