"""Reads a portal back as it would be after a change, before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from okrsite.content import read_portal
from okrsite.editing.filechanges import FileChange
from okrsite.model import CheckIn, KeyResult, Objective, Portal, Source
from okrsite.problems import OkrsiteError
from okrsite.settings import Settings

_NOWHERE = Source("")


class NotMeantError(OkrsiteError):
    """A change would not say what was meant; its text names the first thing that would differ."""


def read_with(root: Path, settings: Settings, changes: Sequence[FileChange]) -> Portal:
    """The portal as it would be with some changes: a copy of the content is changed and read.

    Raises:
        NotMeantError: It would have errors.
    """
    with tempfile.TemporaryDirectory(prefix="okrsite-") as name:
        content = Path(settings.content)
        copy = Path(name, *("portal" for step in ("", *content.parts) if step in ("", "..")))  # ../goals stays within
        for part in (content / settings.source, content / "rollouts", content / "rollout.yml"):
            _copy(root / part, copy / part)
        for change in changes:
            file = copy / change.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(change.after)
        reading = read_portal(copy, settings)
    if reading.portal is None:
        problem = reading.problems[0]
        raise NotMeantError(f"not written, since the content would not be valid any more: {problem}")
    return reading.portal


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
