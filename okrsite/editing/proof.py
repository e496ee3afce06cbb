"""Reads a portal back as it would be after a change, before anything is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from okrsite.content import ContentCache, read_portal
from okrsite.content.kept.inventory import Inventory
from okrsite.content.kept.survey import Survey
from okrsite.editing.filechanges import FileChange
from okrsite.model import CheckIn, KeyResult, Objective, Portal, Source
from okrsite.problems import OkrsiteError
from okrsite.settings import Settings

_NOWHERE = Source("")
_PLANS = ("rollouts", "rollout.yml")
"""Content beside the goals."""


class NotMeantError(OkrsiteError):
    """A change would not say what was meant; its text names the first thing that would differ."""


def read_with(
    root: Path, settings: Settings, changes: Sequence[FileChange], known: ContentCache | None = None
) -> Portal:
    """The portal as it would be with some changes: a copy of the content is changed and read.

    Args:
        root: The portal's folder.
        settings: Where the content is.
        changes: What would change.
        known: What the portal was read with; only units with a changed file are copied then, if that is enough.

    Raises:
        NotMeantError: It would have errors.
    """
    if known is not None and known.survey is not None:
        with _room(settings) as (top, copy):
            found = _read_changed(root, copy, settings, changes, known.survey, known.aside(top / "known"))
        if found is not None:
            return found
    with _room(settings) as (_, copy):
        for part in (settings.source, *_PLANS):
            _copy(root / settings.content / part, copy / settings.content / part)
        _change(copy, changes)
        reading = read_portal(copy, settings)
    if reading.portal is None:
        problem = reading.problems[0]
        raise NotMeantError(f"not written, since the content would not be valid any more: {problem}")
    return reading.portal


@contextmanager
def _room(settings: Settings) -> Iterator[tuple[Path, Path]]:
    """A folder for as long as it is needed, and in it one that can stand for a portal's."""
    with tempfile.TemporaryDirectory(prefix="okrsite-") as name:
        steps = ("", *Path(settings.content).parts)
        yield Path(name), Path(name, *("portal" for step in steps if step in ("", "..")))  # ../goals stays within


def _read_changed(
    root: Path, copy: Path, settings: Settings, changes: Sequence[FileChange], survey: Survey, known: ContentCache
) -> Portal | None:
    """The portal with some changes, read from their units alone; None where that is not enough, or it has errors."""
    content = copy / settings.content
    goals = content / settings.source
    changed = [str(copy / change.name) for change in changes]
    inside = f"{goals}{os.sep}"
    goals.mkdir(parents=True)
    for id in {survey.unit_of(name.removeprefix(inside)) for name in changed if name.startswith(inside)}:
        if id not in survey.folders:
            return None
        for file in survey.folders[id].files():
            _copy(Path(file), copy / os.path.relpath(file, root))
        for below in survey.below(id):
            (goals / below).mkdir(parents=True, exist_ok=True)
    for part in (f"{settings.source}/cycles.yml", *_PLANS):
        _copy(root / settings.content / part, content / part)
    _change(copy, changes)
    known.survey = Survey(survey.ids, {}, Inventory())
    return read_portal(copy, settings, known, changed).portal


def _change(copy: Path, changes: Sequence[FileChange]) -> None:
    for change in changes:
        file = copy / change.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(change.after)


def _copy(there: Path, here: Path) -> None:
    if there.is_dir():
        shutil.copytree(there, here, symlinks=True, copy_function=shutil.copyfile)
    elif there.exists():
        here.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(there, here)


def check_meant(before: Portal, after: Portal, meant: Mapping[str, Objective]) -> None:
    """Check that a change does what was meant and nothing else.

    Args:
        before: The portal without the change.
        after: The portal with it, as read back.
        meant: The objectives that shall differ or be new, by id, as they shall be; where they stand does not matter.

    Raises:
        NotMeantError: It does not.
    """
    wanted = {**before.objectives, **meant}
    if wanted.keys() != after.objectives.keys():
        _refuse(wanted.keys() ^ after.objectives.keys())
    _refuse(id for id, goal in wanted.items() if not _same(goal, after.objectives[id]))
    units, kpis = set(before.units.values()), set(before.kpis.values())
    _refuse(each.id for each in after.units.values() if each not in units)
    _refuse(each.id for each in after.kpis.values() if each not in kpis)


def _refuse(ids: Iterable[str]) -> None:
    wrong = min(ids, default=None)
    if wrong is not None:
        raise NotMeantError(f"not written, since {wrong} would not be what was meant; please report it")


def _same(one: Objective, other: Objective) -> bool:
    return one == other or _anywhere(one) == _anywhere(other)


def _anywhere(objective: Objective) -> Objective:
    """An objective without the places where it stands."""
    key_results = tuple(map(_key_result_anywhere, objective.key_results))
    return replace(objective, key_results=key_results, source=_NOWHERE)


def _key_result_anywhere(kr: KeyResult) -> KeyResult:
    check_ins: tuple[CheckIn, ...] = tuple(replace(each, source=_NOWHERE) for each in kr.check_ins)
    return replace(kr, check_ins=check_ins, source=_NOWHERE)
