"""The history that a benchmark measures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gitrepos import Repo
from ledgers import history_of

from okrsite.content import read_portal
from okrsite.settings import Settings

ROOT = Path(__file__).parents[2]


def test_it_is_a_history_as_portals_have_it(tmp_path: Path) -> None:
    """Without errors, with merges, moved goalposts and edited readings, and a portal at its end."""
    repo = Repo(tmp_path)
    write = f"import sys; sys.path.insert(0, {str(ROOT / 'benchmarks')!r}); from commits import Stream"
    stream = tmp_path / "stream"
    program = f"{write}; open({str(stream)!r}, 'wb').write(b''.join(Stream(800)))"
    subprocess.run([sys.executable, "-c", program], check=True)
    repo.git("fast-import", "--quiet", given=stream.read_bytes())
    repo.git("checkout", "-q", "-f", "main")
    history = history_of(repo)
    assert history.gap is None
    assert not history.broken
    assert {each.what for each in history.changes} >= {"added", "goalpost", "reading_edited"}
    assert any(each.commit.merge and each.commit.request for each in history.changes)
    reading = read_portal(tmp_path, Settings())
    assert reading.problems == ()
