"""Two sides that were compared: what each is, what differs between them, and which problems came and went."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from okrsite.frozen import frozen
from okrsite.history.comparing.difference import Difference, difference
from okrsite.history.comparing.records import SORTS, PortalState
from okrsite.problems import Problem

SideKind = Literal["commit", "work_tree", "folder", "file"]


@frozen
class Side:
    """One of two sides.

    Attributes:
        name: What it was asked for by; ``work tree`` for that.
        kind: What it is.
        commit: The commit's id, in full; empty for others.
        day: The day that its figures are computed for.
        state: None where its content has errors.
        problems: What the rules say of it; where its content has errors, these.
    """

    name: str
    kind: SideKind
    commit: str
    day: date
    state: PortalState | None
    problems: Sequence[Problem] = ()

    @property
    def label(self) -> str:
        """Its name, with the commit's id where the name is not that."""
        short = self.commit[:10]
        return f"{self.name} ({short})" if short and not self.commit.startswith(self.name) else self.name

    def placed(self) -> tuple[Problem, ...]:
        """Its problems, with paths that say which side they are of."""
        prefix = "" if self.kind == "work_tree" else f"{self.name}:"
        return tuple(each._replace(path=prefix + each.path) for each in self.problems)


@frozen
class Comparison:
    """What a comparison of two sides gave.

    Attributes:
        before: The side to start from; it could be read.
        after: The other one.
        difference: None where the side after has errors.
        introduced: Problems of the side after that the one before does not have; where it has errors, all of these.
        solved: Problems of the side before that the one after does not have.
        notes: What to know about the comparison, as sentences.
    """

    before: Side
    after: Side
    difference: Difference | None
    introduced: Sequence[Problem]
    solved: Sequence[Problem]
    notes: Sequence[str] = ()

    @property
    def changed(self) -> bool:
        """Whether any goal is not the same, its words included."""
        return self.difference is None or bool(self.difference.goals)


def compared(before: Side, after: Side, renamed: Mapping[str, str] | None = None) -> Comparison:
    """Compare two sides, of which the one before could be read.

    Args:
        before: The side to start from.
        after: The other one.
        renamed: Files that git takes for renamed, relative to the repository's top.
    """
    assert before.state is not None, "checked by whoever read it"  # noqa: S101 - tells the type checker
    notes = tuple(_notes(before, after))
    if after.state is None:
        return Comparison(before, after, None, after.problems, (), notes)
    found = difference(before.state, after.state, renamed)
    renames = _Renames(before.state, after.state, found)
    old = Counter(renames.key(each) for each in before.problems)
    new = Counter(_key(each.path, each.message, each) for each in after.problems)
    introduced = [each for each in after.problems if not _struck(_key(each.path, each.message, each), old)]
    solved = [each for each in before.problems if not _struck(renames.key(each), new)]
    introduced, solved = _without_reworded(introduced, solved, renames)
    if "file" in (before.kind, after.kind):  # it knows of no problems
        introduced = solved = []
    return Comparison(before, after, found, tuple(introduced), tuple(solved), notes)


def _notes(before: Side, after: Side) -> Iterator[str]:
    if before.day != after.day:
        yield (
            f"The figures are of two days, {before.day} and {after.day}: what differs may come from the time between."
        )
    if "file" in (before.kind, after.kind):
        yield "An okrs.json has no descriptions, single readings or problems: these are not compared."


_Key = tuple[str, str, str, str]
_QUOTED = re.compile(r'"[^"]*"')


class _Renames:
    """What problems before would be called after: goals may stand in other files, and have other titles and ids."""

    def __init__(self, before: PortalState, after: PortalState, found: Difference) -> None:
        self._paths: dict[str, str] = {}
        self._words: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for sort in SORTS:
            for id, match in found.matches[sort].items():
                old, new = before[sort][id], after[sort][match.id]
                if old.source != new.source:
                    self._paths[old.source] = new.source
                for was, became in ((old.title, new.title), (old.id, new.id)):
                    if was != became:
                        self._words[old.source][was] = became

    def key(self, problem: Problem) -> _Key:
        message = str(problem.message)
        for was, became in self._words.get(problem.path, {}).items():
            message = message.replace(was, became)
        return _key(self._paths.get(problem.path, problem.path), message, problem)


def _key(path: str, message: str, problem: Problem) -> _Key:
    """What makes it the same problem: its line may be another."""
    return path, problem.code, str(message), problem.severity


def _without_reworded(
    introduced: Sequence[Problem], solved: Sequence[Problem], renames: _Renames
) -> tuple[list[Problem], list[Problem]]:
    """Without those that are there before and after with other figures: "stands at 31%" and then "at 27%"."""
    old = Counter(map(_about, map(renames.key, solved)))
    new = Counter(_about(_key(each.path, each.message, each)) for each in introduced)
    came = [each for each in introduced if not _struck(_about(_key(each.path, each.message, each)), old)]
    went = [each for each in solved if not _struck(_about(renames.key(each)), new)]
    return came, went


def _about(key: _Key) -> _Key:
    """The same with what the message is about, the names in its quotes, in place of the message."""
    path, code, message, severity = key
    return path, code, "\n".join(_QUOTED.findall(message)) or message, severity


def _struck(key: _Key, left: Counter[_Key]) -> bool:
    """Whether the other side has it too, as often as it was asked for."""
    if left[key]:
        left[key] -= 1
        return True
    return False
