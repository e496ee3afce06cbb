"""``okrsite serve``: on this machine alone, told to browsers on every change, with the last good pages if it breaks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Condition, Thread
from typing import Any

import pytest
from nginxserver import free_port
from portalfiles import SMALL, put

from okrsite.problems import OkrsiteError
from okrsite.site.serving import serve

DEADLINE = 120.0


@pytest.mark.parametrize("address", ["0.0.0.0:8000", "192.168.0.1:80", "example.com:80", "[::]:80"])
def test_only_this_machine(tmp_path: Path, address: str) -> None:
    """An address that others could reach is refused before anything is read."""
    with pytest.raises(OkrsiteError, match="serve is for your own machine"):
        serve(tmp_path / "mkdocs.yml", address)


@pytest.mark.parametrize("address", ["8000", "localhost", "localhost:http", "localhost:0", "localhost:65536", ""])
def test_wrong_addresses(tmp_path: Path, address: str) -> None:
    """What is no address is told with an example."""
    with pytest.raises(OkrsiteError, match=r"is not HOST:PORT, e\.g\. 127\.0\.0\.1:8000"):
        serve(tmp_path / "mkdocs.yml", address)


class Server:
    """A server in a process of its own, and what it says."""

    def __init__(self, root: Path, **environment: str) -> None:
        self.port = free_port()
        self.said = ""
        self._heard = Condition()
        place = ["-f", str(root / "mkdocs.yml"), "-a", f"127.0.0.1:{self.port}"]
        usual = ("env", "--default-signal")  # who starts tests may have some ignored
        words = [*usual, sys.executable, "-m", "okrsite", "serve", *place]
        here = Path(__file__).parents[2]
        self.process = subprocess.Popen(
            words, cwd=here, stderr=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, **environment}
        )
        self._listener = Thread(target=self._listen)
        self._listener.start()
        self.hear("\n")

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._heard:
                self.said += line
                self._heard.notify_all()

    def hear(self, text: str) -> None:
        """Wait until it has said something."""
        with self._heard:
            assert self._heard.wait_for(lambda: text in self.said, DEADLINE), self.said

    def ask(self, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
        """Ask for something; the answer is read already."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
        connection.close()
        return answer

    def get(self, path: str) -> tuple[int, str]:
        """A page."""
        answer = self.ask(path)
        return answer.status, answer.text  # type: ignore[attr-defined]

    def news(self, path: str) -> Iterator[dict[str, Any]]:
        """What a browser is told that shows a page: first how it stands, then what is new, as soon as it is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        connection.request("GET", f"/.okrsite/news?at={path}")
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "text/event-stream"
        try:
            for line in answer:
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))
        finally:
            connection.close()
            answer.close()

    def stop(self, blow: signal.Signals = signal.SIGTERM) -> None:
        """End it."""
        self.process.send_signal(blow)
        self.process.wait(DEADLINE)
        self._listener.join()
        assert self.process.stderr is not None
        self.process.stderr.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """The small portal, served."""
    root = tmp_path_factory.mktemp("served")
    put(root, SMALL)
    running = Server(root)
    try:
        yield running, root
    finally:
        running.stop()


def test_pages_are_served(server: tuple[Server, Path]) -> None:
    """Pages with and without index.html, data, and the page for what is not there."""
    running, _ = server
    assert "Goals" in running.get("/")[1]
    assert running.get("/acme/it/")[0] == 200
    assert running.get("/acme/it/index.html")[0] == 200
    assert '"okrsite/1"' in running.get("/api/okrs.json")[1]
    status, text = running.get("/nowhere/")
    assert (status, "There is no page here" in text) == (404, True)
    assert running.ask("/acme/it").headers["Location"] == "/acme/it/"
    for outside in ("/../../mkdocs.yml", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/.okrsite/../../../mkdocs.yml"):
        assert running.get(outside)[0] == 404


def test_as_a_web_server(server: tuple[Server, Path]) -> None:
    """Types are right, nothing is kept without asking, and what did not change is not sent again."""
    running, _ = server
    for path, kind in (
        ("/acme/", "text/html; charset=utf-8"),
        ("/api/okrs.json", "application/json; charset=utf-8"),
        ("/feeds/portal.atom", "application/atom+xml"),
        ("/feeds/portal.ics", "text/calendar; charset=utf-8"),
        ("/guide/map.svg", "image/svg+xml; charset=utf-8"),
        ("/.okrsite/live.js", "text/javascript; charset=utf-8"),
    ):
        answer = running.ask(path, "HEAD")
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert int(answer.headers["Content-Length"]) > 0
        assert answer.text == ""  # type: ignore[attr-defined]
    tag = running.ask("/acme/").headers["ETag"]
    assert running.ask("/acme/", If_None_Match=tag).status == 304
    assert running.ask("/", "POST").status == 501


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::2]:80"])
def test_other_names_are_refused(server: tuple[Server, Path], host: str) -> None:
    """A page elsewhere that has its name point here reads nothing (DNS rebinding)."""
    running, _ = server
    for path in ("/", "/.okrsite/news?at=/"):
        answer = running.ask(path, Host=host)
        assert answer.status == 403
        assert "Goals" not in answer.text  # type: ignore[attr-defined]


def test_other_sites_get_no_news(server: tuple[Server, Path]) -> None:
    """A page elsewhere cannot listen, nor keep connections."""
    running, _ = server
    assert running.ask("/.okrsite/news?at=/", Sec_Fetch_Site="cross-site").status == 403


def test_changes_are_shown_and_breakage_is_not(server: tuple[Server, Path]) -> None:
    """A saved file is told to whom it concerns; a broken one with what is wrong, and the last good pages stay."""
    running, root = server
    unit = root / "content/okrs/acme/it/unit.yml"
    here, elsewhere = running.news("/acme/it/"), running.news("/guide/start/")
    before, aside = next(here), next(elsewhere)
    unit.write_text("name: Computing\nlevel: department\n", encoding="utf-8")
    changed = next(here)
    assert changed["version"] != before["version"]
    assert "Computing" in running.get("/acme/it/")[1]
    assert "Computing" in running.get("/levels/department/")[1]
    unit.write_text("name: Broken\nlevel: nation\n", encoding="utf-8")
    broken = next(here)
    assert broken["version"] == changed["version"]
    assert [(p["path"], p["line"], p["column"], p["code"]) for p in broken["problems"]] == [
        ("content/okrs/acme/it/unit.yml", 2, 8, "OKR308")
    ]
    told = next(elsewhere)
    assert (told["version"], len(told["problems"])) == (aside["version"], 1), "what did not change it was not told"
    running.hear("content/okrs/acme/it/unit.yml:2:8: OKR308")
    running.hear("the last good pages stay")
    assert "Computing" in running.get("/acme/it/")[1]
    unit.write_text("name: Mended\nlevel: department\n", encoding="utf-8")
    mended = next(here)
    assert mended["problems"] == []
    assert "Mended" in running.get("/acme/it/")[1]
    assert "Traceback" not in running.said


def test_errors_from_the_start(tmp_path: Path) -> None:
    """A portal that was never good is served as a page that waits, and is there once it is mended."""
    put(tmp_path, {**SMALL, "content/okrs/acme/it/unit.yml": "name: Broken\nlevel: nation\n"})
    running = Server(tmp_path)
    try:
        status, waiting = running.get("/acme/it/")
        assert status == 503
        assert "/.okrsite/live.js" in waiting
        here = running.news("/acme/it/")
        assert [problem["code"] for problem in next(here)["problems"]] == ["OKR308"]
        put(tmp_path, SMALL)
        assert next(here)["problems"] == []
        assert running.get("/acme/it/")[0] == 200
    finally:
        running.stop()


def test_a_taken_port(server: tuple[Server, Path], tmp_path: Path) -> None:
    """The second server says why it cannot be."""
    running, root = server
    with pytest.raises(OkrsiteError, match="Nothing can be served on"):
        serve(root / "mkdocs.yml", f"127.0.0.1:{running.port}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_nothing_is_left_behind(tmp_path: Path, blow: signal.Signals) -> None:
    """Told to end, by a terminal that is closed as well, it deletes its temporary files."""
    put(tmp_path / "portal", SMALL)
    folder = tmp_path / "temporary"
    folder.mkdir()
    running = Server(tmp_path / "portal", TMPDIR=str(folder))
    running.get("/")
    assert [each.name for each in folder.iterdir() if each.name.startswith("okrsite-")]
    running.stop(blow)
    assert running.process.returncode == (0 if blow is signal.SIGINT else 128 + blow)
    assert not list(folder.iterdir())
