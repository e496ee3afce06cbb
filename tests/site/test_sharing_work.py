"""Pages made by several processes, or by a cluster, are the same as those of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from daskcluster import dask_cluster
from portalfiles import SMALL, put, warm
from sitebuilds import Built

from okrsite.cli import okrsite
from okrsite.crew import CrewError, Hands
from okrsite.site.build import build

COUNTS = ("written", "unchanged", "charts_drawn", "charts_cached")

_STRICT = ("-W", "error::DeprecationWarning:multiprocessing")
"""Copying a process with threads is an error, where Python warns of it."""

HOOK = "def on_env(env, config, files):\n    env.filters['shout'] = str.upper\n    return env\n"


def portal(root: Path, changed: dict[str, str] | None = None) -> Path:
    """The small portal, with some files changed."""
    return put(root, {**SMALL, **(changed or {})}).parent


def okrsite_build(root: Path, *options: str) -> tuple[int, Any]:
    """The command, as a process of its own that can be copied: its exit status, and its JSON or what it complained."""
    paths = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
    done = subprocess.run(
        [sys.executable, *_STRICT, "-m", "okrsite", "build", "--format", "json", *options],
        cwd=root,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


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
