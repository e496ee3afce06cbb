"""Measures how fast history is read from git: nothing kept, the same commit again, and one commit more.

    python benchmarks/history.py 2000 20000

Each repository is made by ``git fast-import``, which is not measured.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import tables
from commits import Stream
from measure import Run, measure

SIZES = (2_000, 20_000)
_HEAD = ("run", "commits", "files", "seconds", "CPU seconds", "ms a commit", "MB at most", "changes")
_READ = """
import sys
from pathlib import Path
from okrsite.history import read_history
from okrsite.settings import Settings
history = read_history(Path.cwd(), Settings(), Path(".okrsite/history"))
Path(".told").write_text(str(len(history.changes)))
sys.exit(history.gap is not None)
"""


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], input=given, capture_output=True, check=True)
    return done.stdout.decode()


def made(folder: Path, commits: int) -> Stream:
    """Make a repository with so many commits in an empty folder; what made it can add to it."""
    _git(folder, "init", "-q", "-b", "main")
    stream = Stream(commits)
    marks = str(folder / ".git" / "marks")
    _git(folder, "fast-import", "--quiet", f"--export-marks={marks}", given=b"".join(stream))
    _git(folder, "repack", "-q", "-d")
    return stream


def runs(folder: Path, stream: Stream) -> Iterator[tuple[str, Run]]:
    """The runs over one repository, each named; they build upon each other."""
    read = [sys.executable, "-c", _READ]
    yield "cold", measure(read, folder)
    yield "the same commit", measure(read, folder)
    marks = str(folder / ".git" / "marks")
    head = _git(folder, "rev-parse", "main").strip()
    more = stream.one_more().replace(b"\nM 100644", f"\nfrom {head}\nM 100644".encode(), 1)
    _git(folder, "fast-import", "--quiet", f"--import-marks={marks}", given=more)
    yield "one commit more", measure(read, folder)


def rows(sizes: list[int]) -> Iterator[tuple[str, ...]]:
    """The table's rows, one by one."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            stream = made(folder, size)
            files = _git(folder, "ls-tree", "-r", "--name-only", "main").count("\n")
            commits = int(_git(folder, "rev-list", "--count", "main"))
            for run, took in runs(folder, stream):
                yield (
                    run,
                    f"{commits:,}",
                    f"{files:,}",
                    f"{took.seconds:.1f}",
                    f"{took.cpu:.1f}",
                    f"{1000 * took.cpu / commits:.2f}",
                    f"{took.memory / 1_000_000:.0f}",
                    f"{int((folder / '.told').read_text()):,}",
                )


def main() -> None:
    """Measure the sizes that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure the reading of histories of several sizes.")
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES), metavar="N")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    given = parser.parse_args()
    measured = tables.table(_HEAD, rows(given.sizes))
    if given.write:
        tables.put("scale.md", "history", measured)


if __name__ == "__main__":
    main()
