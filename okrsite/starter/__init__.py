"""What a new portal begins with: the example portal, or a small blank one to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path, PurePosixPath

from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError

TEMPLATES = ("starter", "blank")
"""What a portal can begin with, the example portal first."""

_HERE = Path(__file__).parent
_AHEAD = timedelta(weeks=4)
"""Goals that are introduced in the last weeks of a quarter are set for the next one."""


@frozen
class _Quarter:
    year: int
    number: int

    @property
    def start(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        following = date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)
        return following - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def next_monday(day: date) -> date:
    """The first Monday after a day."""
    return day + timedelta(days=7 - day.weekday())


def template_files(template: str, start: date) -> dict[PurePosixPath, bytes]:
    """The files of a new portal by their paths in it.

    Args:
        template: One of ``TEMPLATES``.
        start: The first day of the rollout plan, for ``blank``; its objectives are set for the quarter around it.

    Raises:
        OkrsiteError: The installation lacks the template's files.
    """
    files = _blank(start) if template == "blank" else _example()
    files[PurePosixPath(".gitignore")] = (_HERE / "gitignore").read_bytes()
    return files


def create(folder: Path, files: Mapping[PurePosixPath, bytes]) -> None:
    """Write the files into a folder, which is made where there is none. Nothing that is there is touched.

    Raises:
        OkrsiteError: Some of the files are there already (all are named, nothing is written), or one cannot be written.
    """
    taken = [path for path in sorted(files) if (folder / path).is_symlink() or (folder / path).exists()]
    if taken:
        names = "".join(f"\n    {path}" for path in taken)
        raise OkrsiteError(f"these files are in {folder} already, so nothing was written:{names}")
    for path, content in sorted(files.items()):
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(content)
        except OSError as error:
            raise OkrsiteError(f"cannot write {target}: {error.strerror or error}") from error


def _blank(start: date) -> dict[PurePosixPath, bytes]:
    soon = start + _AHEAD
    quarter = _Quarter(soon.year, (soon.month + 2) // 3)
    # Not before the plan: nothing can have been read of goals that nobody has set yet.
    begin = max(start, quarter.start)
    words = {
        "@start@": start.isoformat(),
        "@cycle@": str(quarter),
        "@begin@": begin.isoformat(),
        "@middle@": (begin + (quarter.end - begin) // 2).isoformat(),
        "@end@": quarter.end.isoformat(),
    }
    return {
        PurePosixPath(_filled(str(path), words)): _filled(content.decode(), words).encode()
        for path, content in _tree(_HERE / "blank").items()
    }


def _filled(text: str, words: Mapping[str, str]) -> str:
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


def _example() -> dict[PurePosixPath, bytes]:
    """The example portal: beside the package in a wheel, the checkout's own otherwise."""
    beside = _HERE.parents[1]
    for root in (beside / "okrsite_starter", beside):
        if (root / "mkdocs.yml").is_file() and (root / "content" / "okrs").is_dir():
            content = {PurePosixPath("content") / path: data for path, data in _tree(root / "content").items()}
            return {PurePosixPath("mkdocs.yml"): (root / "mkdocs.yml").read_bytes(), **content}
    raise OkrsiteError("this installation of okrsite has no example portal; use --template blank.")


def _tree(root: Path) -> dict[PurePosixPath, bytes]:
    return {
        PurePosixPath(path.relative_to(root).as_posix()): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }
