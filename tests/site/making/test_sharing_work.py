"""Pages made by several processes, or by a cluster, are the same as those of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from daskcluster import dask_cluster
from portalfiles import CHECKED_IN, SMALL, put, warm
from sitebuilds import Built

from okrsite.cli import okrsite
from okrsite.content.kept.cache import made_by
from okrsite.content.kept.folder import KeptFolder
from okrsite.crew import Alone, CrewError, Hands
from okrsite.crew.choice import WORTH_COPIES
from okrsite.site.build import build
from okrsite.site.making import workshop

COUNTS = ("written", "unchanged", "charts_drawn", "charts_cached")

_STRICT = ("-W", "error::DeprecationWarning:multiprocessing")
"""Copying a process with threads is an error, where Python warns of it."""

HOOK = "def on_env(env, config, files):\n    env.filters['shout'] = str.upper\n    return env\n"


def portal(root: Path, changed: dict[str, str] | None = None) -> Path:
    """The small portal, with some files changed."""
    return put(root, {**SMALL, **(changed or {})}).parent


def okrsite_build(root: Path, *options: str) -> tuple[int, Any]:
    """The command, as a process of its own that can be copied: its exit status, and its JSON or what it complained."""
    paths = os.pathsep.join([str(Path(__file__).parents[3]), *sys.path])
    done = subprocess.run(
        [sys.executable, *_STRICT, "-m", "okrsite", "build", "--format", "json", *options],
        cwd=root,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


def printed(root: Path, call: str, asked: str) -> str:
    """What is so after a call of the command, in a process of its own that can be copied."""
    script = f"import sys\nfrom okrsite.cli import okrsite\ntry: {call}\nfinally: print({asked})"
    paths = os.pathsep.join([str(Path(__file__).parents[3]), *sys.path])
    done = subprocess.run(
        [sys.executable, *_STRICT, "-c", script],
        cwd=root,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split("\n")[-2]


def files(site: Path) -> dict[str, bytes]:
    """What each file of a site holds."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def drawings(root: Path) -> None:
    """Forget the drawings, but not what they are drawn with, which takes seconds to make."""
    for file in (root / ".okrsite" / "charts").rglob("*"):
        if file.is_file() and b"<svg" in file.read_bytes()[:200]:
            file.unlink()


def test_copies_make_the_same_site(tmp_path: Path) -> None:
    """Every byte, and everything that is counted, is the same for one process and for three, charts drawn or not."""
    warm(tmp_path, "tools", "templates")
    root = portal(tmp_path)
    alone = build(root / "mkdocs.yml", hands=Hands(1))
    drawings(root)
    told = {}
    for site in ("drawn", "found"):
        code, told[site] = okrsite_build(root, "-j", "3", "-d", site)
        assert code == 0, told
        assert files(root / site) == files(alone.site_dir)
    assert [told["drawn"][name] for name in COUNTS] == [getattr(alone, name) for name in COUNTS]
    assert told["found"]["charts_drawn"] == 0
    assert told["found"]["charts_cached"] >= alone.charts_drawn > 0


@pytest.mark.parametrize(
    ("feeds_a_page", "jobs", "here"), [("0.001", "", "[]"), ("0.001", "2", "[]"), ("16", "", "['feeds']")]
)
def test_much_is_put_together_by_a_copy(tmp_path: Path, feeds_a_page: str, jobs: str, here: str) -> None:
    """While this process makes lists: files tell of what changed, and the next build finds all as it should be."""
    root = portal(tmp_path)
    okrsite_build(root)
    put(root, {"content/okrs/acme/it/check-ins/2026-02-13.yml": CHECKED_IN.replace("Failover", "Another")})
    setting = (
        "import okrsite.site.portal as site, okrsite.crew.choice as choice",
        f"choice.processors, site._FEEDS_A_PAGE = (lambda: 2), {feeds_a_page}",
        "made, feeds = [], site.feed_files",
        "site.feed_files = lambda *given: made.append('feeds') or feeds(*given)",
    )
    assert printed(root, "; ".join((*setting, f"okrsite(['build', *{['-j', jobs] if jobs else []}])")), "made") == here
    assert "Another drill" in (root / "site/feeds/units/acme/it.atom").read_text()
    okrsite_build(root, "-d", "beside")
    assert files(root / "site") == files(root / "beside")
    assert okrsite_build(root)[1]["written"] == 0


@pytest.mark.parametrize(("many", "is_made_here"), [(0, "False"), (5000, "True")])
def test_which_pages_hold_is_found_out_by_a_copy(tmp_path: Path, many: int, is_made_here: str) -> None:
    """On a new day most may not; for that parts are made, which are not made again."""
    root = portal(tmp_path)
    okrsite_build(root, "--as-of", "2026-02-20")
    setting = (
        "import okrsite.site.portal as site, okrsite.crew.choice as choice, okrsite.site.freshness.keptparts as kept",
        f"choice.processors, kept._MANY = (lambda: 2), {many}",
        "made, found, make, rounds = [], [], kept.KeptParts._make, site.rounds_of",
        "kept.KeptParts._make = lambda *given: made.append(given[1]) or make(*given)",
        "site.rounds_of = lambda *given: found.extend(made) or rounds(*given)",
    )
    call = "; ".join((*setting, "okrsite(['build', '--as-of', '2026-02-21'])"))
    assert printed(root, call, "len(found) > 0") == is_made_here
    okrsite_build(root, "--as-of", "2026-02-21", "-d", "beside")
    assert files(root / "site") == files(root / "beside")
    assert okrsite_build(root, "--as-of", "2026-02-21")[1]["written"] == 0


def test_another_process_reads_what_is_not_kept(tmp_path: Path) -> None:
    """So the first one assembles nothing; what is wrong is told as ever, all of it, and nothing is built."""
    for jobs, assembles in (("1", True), ("2", False)):
        root = portal(tmp_path / jobs)
        assert printed(root, f"okrsite(['build', '-j', '{jobs}'])", "'okrsite.content.assembly' in sys.modules") == str(
            assembles
        )
    wrong = {"content/okrs/acme/2026-Q1.yml": "objectives: [\n", "content/okrs/acme/it/unit.yml": "level: none\n"}
    broken = portal(tmp_path / "broken", wrong)
    alone, shared = (okrsite_build(broken, "-j", jobs) for jobs in ("1", "2"))
    assert alone == shared
    assert all(name in json.dumps(shared[1]) for name in wrong)
    assert not (broken / "site").exists()


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_template_that_fails(tmp_path: Path, jobs: str) -> None:
    """A mistake that shows only when a page is made is told alike, and the site's folder is not filled."""
    text = "{% extends 'base.html' %}{% block content %}{{ record.nothing.more }}{% endblock %}"
    config = SMALL["mkdocs.yml"].replace("name: okr", "name: okr, custom_dir: own")
    assert config != SMALL["mkdocs.yml"]
    root = portal(tmp_path, {"own/okr/objective.html": text, "mkdocs.yml": config})
    code, complaint = okrsite_build(root, "-j", jobs)
    assert code == 1
    assert complaint.startswith("okrsite: a template of the theme failed:")
    assert "nothing" in complaint
    assert "Traceback" not in complaint


def test_a_unit_that_takes_long_to_unpack_counts_against_sharing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each process would have to: who engages the crew is told how many pages could be made instead."""
    sizes: list[int] = []
    told: list[int] = []

    def crew(_hands: Hands, _amount: int, do: Any, _kit: Any, again: int) -> Alone[Any, Any]:
        told.append(again)
        return Alone(do)

    def worth(size: int) -> int:
        sizes.append(size)
        return 7

    monkeypatch.setattr("okrsite.site.portal.crew_of", crew)
    monkeypatch.setattr("okrsite.site.portal.pages_worth", worth)
    root = portal(tmp_path)
    build(root / "mkdocs.yml")
    kept = KeptFolder(root / ".okrsite" / "content" / "units", made_by())
    units = [blobs for name in kept.names() if (blobs := kept.get(name)) and len(blobs) > 1]
    assert (told, sizes) == ([7], [max(len(goals) for _, goals in units)])
    assert len(units) > 1
    assert workshop.pages_worth(sizes[0]) == 0
    assert workshop.pages_worth(5_000_000) > WORTH_COPIES


def test_few_goals_are_looked_at_for_many_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process makes one list of very many goals, and many of few, before its memory is given back.

    Cycles and levels count by the goals that they have, of which a portal with hundreds of cycles has few in each.
    """
    assert [workshop.lists_each(goals) for goals in (0, 1, 100, 3_000, 10_000, 10**6)] == [10_000, 10_000, 100, 3, 1, 1]
    lives: list[int | None] = []

    class Crew(Alone[Any, Any]):
        def work(self, tasks: Iterable[Any], life: int | None = None) -> Iterator[Any]:
            lives.append(life)
            return super().work(tasks)

    monkeypatch.setattr("okrsite.site.portal.crew_of", lambda _hands, _amount, do, _kit, _again: Crew(do))
    monkeypatch.setattr(workshop, "_LOOKED_AT", 60)
    build(portal(tmp_path) / "mkdocs.yml")
    of_all = 3  # two objectives and a KPI
    of_some = (2 + 1 + 1) // 3  # both objectives in the cycle, one in each of two levels
    assert lives == [None, 60 // of_all, 60 // of_some, None]


def test_new_processes_make_the_same_site(small: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process cannot be copied, others are started and given what they need."""
    monkeypatch.setattr("okrsite.crew.choice.can_fork", lambda: False)
    root = portal(tmp_path)
    result = build(root / "mkdocs.yml", hands=Hands(2))
    assert files(result.site_dir) == files(small.site.folder)
    assert result.charts_drawn == 0


def test_a_cluster_makes_the_same_site(small: Built, tmp_path: Path) -> None:
    """Workers that reach none of the portal's folders give the same bytes; what they draw is counted."""
    root = portal(tmp_path / "portal")
    with dask_cluster(tmp_path / "workers", {}, {}) as address:
        code, told = okrsite_build(root, "--executor", f"dask://{address}")
    assert code == 0, told
    assert files(root / "site") == files(small.site.folder)
    assert told["written"] == small.result.written
    assert told["charts_drawn"] > 0


def test_what_a_hook_adds_cannot_be_sent(tmp_path: Path) -> None:
    """A cluster would not have it, and is refused; new processes are done without; copies have it."""
    config = f"{SMALL['mkdocs.yml']}hooks: [hook.py]\n"
    root = portal(tmp_path, {"mkdocs.yml": config, "hook.py": HOOK})
    with pytest.raises(CrewError, match="the filter shout"):
        build(root / "mkdocs.yml", hands=Hands(cluster="127.0.0.1:1"))
    code, told = okrsite_build(root, "-j", "2", "-d", "copies")
    assert (code, told["charts_drawn"]) == (0, 0)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--executor", "tcp://a:1"], "dask://HOST:PORT"),
        (["--executor", "dask://a"], "dask://HOST:PORT"),
        (["--executor", "dask://a:1", "-j", "2"], "name one"),
        (["-j", "0"], "--jobs"),
    ],
)
def test_options_that_are_wrong(small: Built, options: list[str], words: str) -> None:
    """They are refused before anything is read."""
    done = CliRunner().invoke(okrsite, ["build", "-f", str(small.root / "mkdocs.yml"), *options])
    assert done.exit_code == 2
    assert words in " ".join(done.output.split())
