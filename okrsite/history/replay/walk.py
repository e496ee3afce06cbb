"""Goes along the portal's own line of commits and writes down what each of them did to the goals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from okrsite.history.ledger import BrokenVersion, Commit
from okrsite.history.replay.attribution import Attribution
from okrsite.history.replay.changes import Changes
from okrsite.history.replay.commits import FileChange, Logged, commit_of
from okrsite.history.replay.course import Course
from okrsite.history.replay.drafts import Held
from okrsite.history.replay.figures import Figures
from okrsite.history.replay.identities import identities
from okrsite.history.replay.names import Names
from okrsite.history.replay.places import place_of
from okrsite.history.replay.standing import Standing, Turned
from okrsite.history.replay.tables import Step
from okrsite.history.replay.versions import Key, Versions


class Walk:
    """Carries a course on.

    Args:
        course: What is known so far; it is changed.
        versions: Gives versions of files.
    """

    def __init__(self, course: Course, versions: Versions) -> None:
        self._course = course
        self._versions = versions
        self._standing = Standing(versions, course.units)
        self._figures = Figures(self._standing, course.progress)
        self._names: Names | None = None  # where no goal gets another id they are not needed

    def go(self, steps: Sequence[Logged], branches: Mapping[str, Sequence[Logged]], *, silent: str = "") -> None:
        """Take steps.

        Args:
            steps: Commits of the portal's own line, oldest first.
            branches: Merge -> what it brought.
            silent: The commit whose goals were there before: history does not go back further than it.
        """
        for part in _parts(steps, self._versions.at_once):
            if len(part) > 1:
                self._versions.load(_wanted(each for logged in part for each in logged.files))
            for logged in part:
                self._take(logged, branches.get(logged.id, ()), is_silent=logged.id == silent)
        self._course.units, self._course.progress = self._standing.left(), self._figures.kept()
        self._give_ids()

    def _take(self, logged: Logged, branch: Sequence[Logged], *, is_silent: bool) -> None:
        broken: dict[str, tuple[str, str]] = {}
        step = self._standing.apply(self._portions(logged.files, broken))
        if not step.count and not broken:
            return
        commit = commit_of(logged)
        broken |= step.refused
        attribution = Attribution(logged, branch, self._standing, self._versions) if branch else None
        for path, (blob, why) in sorted(broken.items()):
            place = place_of(path)
            if place and place.cycle and self._standing.cycles.get(place.cycle) is None:
                continue  # a file that is none of the goals'
            by = attribution.of_file(path, blob) if attribution else commit
            self._course.broken.append(BrokenVersion(logged.folder + path, by, why))
        if self._course.since is None and not self._standing.is_empty:
            self._course.since = commit.day
        touched = self._touched(step)
        if not is_silent:
            self._write_down(step, logged, commit, attribution)
        self._note_known(touched, commit.day)

    def _portions(self, files: Sequence[FileChange], broken: dict[str, tuple[str, str]]) -> Iterator[Turned]:
        """The versions that a commit brings, not all at once; each file stands in one portion only."""
        first = [each for each in files if _comes_first(each)]
        others = [each for each in files if not _comes_first(each)]
        for part in (first, *self._versions.portions(others)):
            self._versions.load(_wanted(part))
            yield self._changed(part, broken)

    def _changed(self, files: Iterable[FileChange], broken: dict[str, tuple[str, str]]) -> Turned:
        """The versions that a commit brings; those that cannot be read leave the last good one in place."""
        standing = self._standing
        changed: dict[str, tuple[Held | None, Held | None]] = {}
        for each in files:
            if each.before is not None and each.before != each.after and standing.file(each.before):
                changed[each.before] = (None, None)
        for each in files:
            place = place_of(each.after) if each.after is not None else None
            if each.after is None or place is None:
                continue
            former = standing.file(each.after) or (standing.file(each.before) if each.before else None)
            fallback = None
            if former is not None and former.place.kind == place.kind:
                fallback = Held(place, former.blob, former.path, self._versions)
            version = self._versions.get((place.kind, each.blob), each.after)
            if version.content is None:
                broken[each.after] = (each.blob, version.problem)
                if fallback is not None and standing.file(each.after) is None:
                    changed[each.after] = (fallback, fallback)
            else:
                changed[each.after] = (Held(place, each.blob, each.after, self._versions), fallback)
        return changed

    def _write_down(self, step: Step, logged: Logged, commit: Commit, attribution: Attribution | None) -> None:
        course = self._course
        renamed = {each.before: each.after for each in logged.files if each.is_renamed}
        found = identities(step, self._standing, {old: new for old, new in renamed.items() if old and new})
        if found.ids:
            self._turn_names(found.ids)
            for former, now in found.ids.items():
                course.latest.pop(now, None)
                course.latest[former] = now
            moved = {now: course.known.pop(former) for former, now in found.ids.items() if former in course.known}
            course.known.update(moved)
        for each in Changes(self._standing, self._figures, step, found, commit, course.latest, course.gone).all():
            change = each.change
            if self._names:
                self._names.note(change.goal, len(course.changes))
            course.changes.append(replace(change, commit=attribution.of(each)) if attribution else change)

    def _turn_names(self, ids: Mapping[str, str]) -> None:
        if self._names is None:
            self._names = Names()
            for place, change in enumerate(self._course.changes):
                self._names.note(change.goal, place)
        self._names.turn(ids)

    def _touched(self, step: Step) -> set[str]:
        """The key results whose figures may be others since a step; the figures forget them."""
        standing = self._standing
        krs = {id for id, before in step.key_results.before.items() if before != step.key_results.after[id]}
        objectives = {id for id, before in step.objectives.before.items() if before != step.objectives.after[id]}
        for id in step.readings:
            krs |= {id, *standing.measured_by(id)}
        for id in objectives:
            for objective in (step.objectives.before[id], step.objectives.after[id]):
                krs.update(objective.supports if objective is not None else ())
        krs = {id for id in krs if id in standing.key_results}
        objectives |= {standing.key_results[id].objective_id for id in krs}
        return krs | self._figures.forget(objectives)

    def _note_known(self, key_results: Iterable[str], day: date) -> None:
        """Write down the progress of key results as it is known after a step."""
        for id in key_results:
            known = self._course.known.setdefault(id, [])
            on = max(day, known[-1][0]) if known else day  # dates of commits may go back; what is known does not
            progress = self._figures.key_result(self._standing.key_results[id], on)
            if known and known[-1][0] == on:
                known.pop()
            if not known or known[-1][1] != progress:
                known.append((on, progress))

    def _give_ids(self) -> None:
        """Call every goal by the id that it has had last."""
        changes = self._course.changes
        for id, places in self._names.all() if self._names else ():
            for place in places:
                if changes[place].goal != id:
                    changes[place] = replace(changes[place], goal=id)


def _parts(steps: Sequence[Logged], files: int) -> Iterator[Sequence[Logged]]:
    """Steps that bring no more than some number of files together; one that brings more is alone."""
    part: list[Logged] = []
    count = 0
    for logged in steps:
        if part and count + len(logged.files) > files:
            yield part
            part, count = [], 0
        part.append(logged)
        count += len(logged.files)
    if part:
        yield part


def _wanted(files: Iterable[FileChange]) -> dict[Key, str]:
    """The versions that a commit brings, each with a name of its file."""
    return {
        (place.kind, each.blob): each.after
        for each in files
        if each.after is not None and (place := place_of(each.after)) is not None
    }


def _comes_first(change: FileChange) -> bool:
    """Whether what becomes of other files of the commit depends on it."""
    return change.is_renamed or "cycles.yml" in (change.before, change.after)
