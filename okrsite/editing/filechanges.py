"""Changes of content files: shown as a diff, and written all or none."""

from __future__ import annotations

import difflib
import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from okrsite.content.syntax.wording import printable
from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError


@frozen
class FileChange:
    """What a file shall hold.

    Attributes:
        name: Relative to the portal's folder, with forward slashes.
        before: What it held when it was read; None for a new file.
        after: What it shall hold.
    """

    name: str
    before: bytes | None
    after: bytes


class NotWrittenError(OkrsiteError):
    """Nothing was written, or it was taken back; the text says why."""


def diff(changes: Sequence[FileChange]) -> str:
    """The changes as a unified diff, as ``git diff`` and ``patch`` know it."""
    return "".join(line for change in changes for line in _diff_lines(change))


def _diff_lines(change: FileChange) -> Iterator[str]:
    before = "" if change.before is None else change.before.decode(errors="replace")
    old = "/dev/null" if change.before is None else f"a/{change.name}"
    found = difflib.unified_diff(_lines(before), _lines(change.after.decode()), old, f"b/{change.name}")
    for line in found:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines by line feeds alone; a text may hold other characters that Python breaks lines at."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def write(root: Path, content: str, changes: Sequence[FileChange]) -> None:
    """Write all changes, or none of them.

    Every file is written beside its place first, with what it held before. Only then are they put in place, one by one;
    if that fails half-way, what was put in place is taken back.

    Args:
        root: The portal's folder.
        content: The folder, relative to it, that no file may lie outside of.
        changes: What to write.

    Raises:
        NotWrittenError: It could not be done; the files are as before.
    """
    for change in changes:
        _check(root, content, change)
    waiting: list[_Waiting] = []
    placed: list[_Waiting] = []
    made: list[Path] = []
    try:
        for change in changes:
            file = _file(root, change.name)
            made += _make_folder(file.parent)
            former = None if change.before is None else _written_beside(file, change.before)
            waiting.append(_Waiting(file, former))
            waiting[-1].new = _written_beside(file, change.after)
        for each in waiting:
            _place(each)
            placed.append(each)
    except OSError as error:
        for each in reversed(placed):
            if each.former is None:
                each.file.unlink(missing_ok=True)
            else:
                each.former.replace(each.file)
        _clear(waiting, made)
        name = printable(changes[len(placed)].name) if len(placed) < len(changes) else printable(content)
        raise NotWrittenError(f"cannot write {name}: {error.strerror or error}; nothing was changed") from error
    _clear(waiting, [])


@dataclass(slots=True)
class _Waiting:
    """A file whose new contents lie beside it, and its former ones too, so that going back needs no room."""

    file: Path
    former: Path | None
    new: Path | None = None


def _check(root: Path, content: str, change: FileChange) -> None:
    """A file has to lie in the content folder without a symbolic link on the way, and be as it was read."""
    file, top = _file(root, change.name), _file(root, content)
    name = printable(change.name)
    steps = [file, *file.parents]
    if top not in steps:
        raise NotWrittenError(f"{name} is outside the content folder; nothing was changed")
    if any(step.is_symlink() for step in steps[: steps.index(top) + 1]):
        raise NotWrittenError(f"{name} is behind a symbolic link; nothing was changed")
    if change.before is None and os.path.lexists(file):
        raise NotWrittenError(f"{name} exists already; nothing was changed")
    if change.before is not None and file.read_bytes() != change.before:
        raise NotWrittenError(f"{name} was changed meanwhile; nothing was changed here, try again")


def _file(root: Path, name: str) -> Path:
    """A file by its name in the portal; the content folder may be beside the portal's: ``../goals``."""
    return Path(os.path.normpath(root / name))


def _make_folder(folder: Path) -> list[Path]:
    """The folders that had to be made, the outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _written_beside(file: Path, raw: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(raw)
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _umask() -> int:
    """What new files may not be allowed; asking for it takes setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK}


def _place(waiting: _Waiting) -> None:
    new, file = waiting.new, waiting.file
    if new is None:
        return
    if waiting.former is not None:
        new.replace(file)
        return
    try:
        os.link(new, file)  # unlike a rename, it never replaces a file that has come meanwhile
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        new.rename(file)


def _clear(waiting: Sequence[_Waiting], made: Sequence[Path]) -> None:
    """Delete what lies beside the files, and folders that were made for nothing."""
    for each in waiting:
        for leftover in (each.former, each.new):
            if leftover is not None:
                leftover.unlink(missing_ok=True)
    for folder in reversed(made):
        if not any(folder.iterdir()):
            folder.rmdir()
