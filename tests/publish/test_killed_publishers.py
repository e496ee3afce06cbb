"""Publishers that are killed at random instants of their whole life, while somebody reads."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest
from gitrepos import Repo
from nginxserver import served
from portalfiles import SMALL, put
from smallsites import FILES, publish_site, site_at

from okrsite.publish.targets import open_target

POINTS = int(os.environ.get("OKRSITE_KILLS", "20"))
SEED = int(os.environ.get("OKRSITE_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
SITES = 3
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_PUBLISHER = Path(__file__).parents[1] / "killedpublisher.py"


class Reader:
    """Fetches pages from an nginx all the while, and keeps what it may not have got.

    Args:
        address: The server's, with a slash at its end.
        files: What each page may be: its bytes in each of the sites.
    """

    def __init__(self, address: str, files: Mapping[str, set[bytes]]) -> None:
        self.wrong: list[str] = []
        self.fetched = 0
        self._host, self._files = urlsplit(address).netloc, files
        self._end = Event()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read within."""
        thread = Thread(target=self._read)
        thread.start()
        try:
            yield
        finally:
            self._end.set()
            thread.join()

    def _read(self) -> None:
        with closing(HTTPConnection(self._host, timeout=120)) as server:
            while not self._end.is_set():
                for path, may_be in self._files.items():
                    server.request("GET", f"/{path}")
                    answer = server.getresponse()
                    content = answer.read()
                    self.fetched += 1
                    if answer.status != HTTPStatus.OK or content not in may_be:
                        self.wrong.append(f"{path}: {answer.status} {content[:80]!r}")


def _sites(folder: Path) -> list[Path]:
    """Sites that differ in some pages, of many directories; each page says which site it is of."""
    made = []
    for number in range(1, SITES + 1):
        pages = {
            f"unit-{unit}/goal-{goal}/index.html": f"<title>{number if unit % SITES < number else 0}</title>"
            + "x" * 2000
            for unit in range(6)
            for goal in range(3)
        }
        made.append(site_at(folder / f"site-{number}", {**FILES, **pages}, number / 100))
    return made


def _texts(sites: list[Path]) -> Mapping[str, set[bytes]]:
    found: dict[str, set[bytes]] = {}
    for site in sites:
        for file in site.rglob("*"):
            if file.is_file():
                found.setdefault(file.relative_to(site).as_posix(), set()).add(file.read_bytes())
    return found


def test_killed_at_random_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Readers get whole pages of whole snapshots throughout; the next publisher works, and nothing is left over."""
    with capsys.disabled():
        print(f"\n{POINTS} kills, seed {SEED}")  # noqa: T201 - a failure is repeated by it
    chance = random.Random(SEED)  # noqa: S311 - where to kill is no secret
    sites, target = _sites(tmp_path), tmp_path / "target"
    first = publish_site(open_target(str(target)), sites[0], 1).manifest.id
    killed, number, took = 0, 1, 0.4
    with served(target, tmp_path / "nginx") as address, (reader := Reader(address, _texts(sites))).reading():
        while killed < POINTS:
            number += 2
            with _started(target, sites, number) as process:
                assert process.stdout is not None
                if chance.random() < 0.9:  # else while Python starts
                    process.stdout.readline()
                begun = time.monotonic()
                time.sleep(chance.random() * took)
                if process.poll() is None:
                    process.kill()
                    killed += 1
                else:  # the next points are of a shorter life
                    took = max(0.02, 0.8 * (time.monotonic() - begun))
            _assert_next_works(target, sites, number, reader)
    assert reader.fetched
    assert open_target(str(target)).file(first, "index.html")


def test_the_whole_command_killed(tmp_path: Path) -> None:
    """Killed while it builds or publishes, `okrsite publish` leaves what was there; run again, it publishes."""
    chance = random.Random(SEED)  # noqa: S311 - where to kill is no secret
    repo, folder = Repo(tmp_path / "repo"), tmp_path / "target"
    put(repo.path, {name: SMALL[name] for name in ("mkdocs.yml", "content/okrs/acme/unit.yml")})  # no charts: quick
    repo.write("content/index.md", "# Goals\n")
    repo.write(".gitignore", ".okrsite/\nsite/\n")
    repo.commit("first")
    command = [sys.executable, "-m", "okrsite", "publish", str(folder)]
    begun = time.monotonic()
    _run(command, repo.path)
    took = time.monotonic() - begun
    target = open_target(str(folder))
    for kill in range(1 + POINTS // 40):
        before = target.pointer()
        repo.write("content/okrs/acme/index.md", f"Words, {kill}.\n")
        repo.git("add", "content")
        repo.git("commit", "-q", "-m", "more", day="2026-01-11")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, cwd=repo.path, **quiet) as process:
            time.sleep(chance.random() * took)
            process.kill()
        if target.pointer() == before:
            assert list(target.faults(str(before))) == []
            _run(command, repo.path)
        assert target.pointer() != before
        assert list(target.faults(str(target.pointer()))) == []
        assert f"Words, {kill}.".encode() in (target.file(str(target.pointer()), "acme/index.html") or b"")
        if not list((folder / "staging").iterdir()):
            assert target.clean(_LONG_AGO) == 0


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _started(target: Path, sites: list[Path], number: int) -> subprocess.Popen[str]:
    rest = [str(sites[1]), str(number), str(sites[2]), str(number + 1)]
    command = [sys.executable, str(_PUBLISHER), str(target), *rest]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _assert_next_works(target: Path, sites: list[Path], number: int, reader: Reader) -> None:
    opened = open_target(str(target))
    done = publish_site(opened, sites[2], number + 1)
    assert reader.wrong == [], f"seed {SEED}, commits {number} and {number + 1}"
    assert done.newest == done.manifest.id == opened.pointer()
    assert list((target / "staging").iterdir()) == []
    assert {each.id for each in done.versions.all} == set(opened.snapshots())
    for id in opened.snapshots()[-2:]:
        assert list(opened.faults(id)) == []
    assert opened.clean(_LONG_AGO) == 0, "something that no snapshot needs was left"
