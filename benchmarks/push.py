"""How soon readers have a pushed commit: the example portal, one changed line a push, warm caches, a hook.

Prints the seconds from the beginning of ``git push`` until `current` shows the commit, and until the push has ended.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PUSHES = 7
CHANGED = "content/okrs/skerry/2026-Q2.yml"


def git(folder: Path, *words: str) -> str:
    """What git prints."""
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def pushed(work: Path, target: Path, number: int) -> tuple[float, float]:
    """Seconds until readers have another commit, and until its push has ended."""
    file = work / CHANGED
    file.write_text(file.read_text(encoding="utf-8") + f"# {number}\n", encoding="utf-8")
    first, _, rest = file.read_text(encoding="utf-8").partition("title: ")
    file.write_text(f"{first}title: {number} {rest}", encoding="utf-8")
    git(work, "commit", "-q", "-am", f"Change {number}")
    commit = git(work, "rev-parse", "HEAD")[:7]
    begun = time.perf_counter()
    with subprocess.Popen(
        ["git", "push", "-q", "server", "main"], cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as push:
        while not ((target / "current").is_symlink() and commit in (target / "current").readlink().name):
            if push.poll() not in (None, 0) or time.perf_counter() - begun > 300:
                sys.exit("the push failed")
            time.sleep(0.005)
        readable = time.perf_counter() - begun
        push.wait()
    return readable, time.perf_counter() - begun


def main() -> None:
    """Push again and again."""
    with tempfile.TemporaryDirectory() as folder:
        work, bare, target = (Path(folder) / name for name in ("work", "goals.git", "published"))
        work.mkdir()
        shutil.copytree(ROOT / "content", work / "content")
        shutil.copy(ROOT / "mkdocs.yml", work)
        git(work, "init", "-q")
        git(work, "add", "-A")
        git(work, "commit", "-q", "-m", "Begin")
        git(work, "init", "-q", "--bare", str(bare))
        git(work, "remote", "add", "server", str(bare))
        install = [sys.executable, "-m", "okrsite", "hook", "install", str(bare), str(target)]
        subprocess.run(install, check=True, capture_output=True)
        times = [pushed(work, target, number) for number in range(PUSHES + 1)]
        print(f"cold     {times[0][0]:5.1f} s readable, {times[0][1]:5.1f} s push")
        readable, whole = (statistics.median(each) for each in zip(*times[1:], strict=True))
        slowest = max(each for each, _ in times[1:])
        print(f"warm     {readable:5.1f} s readable (slowest {slowest:.1f} s), {whole:5.1f} s push; median of {PUSHES}")


if __name__ == "__main__":
    main()
