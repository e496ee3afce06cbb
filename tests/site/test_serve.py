"""``okrsite serve``: on this machine alone, again on every change, with the last good pages when content breaks."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from portalfiles import SMALL, put

from okrsite.problems import OkrsiteError
from okrsite.site.serve import serve

DEADLINE = 120.0


@pytest.mark.parametrize("address", ["0.0.0.0:8000", "192.168.0.1:80", "example.com:80", "[::]:80"])
def test_only_this_machine(tmp_path: Path, address: str) -> None:
    """An address that others could reach is refused before anything is built."""
    with pytest.raises(OkrsiteError, match="serve is for your own machine"):
        serve(tmp_path / "mkdocs.yml", address)


@pytest.mark.parametrize("address", ["8000", "localhost", "localhost:http", "localhost:0", "localhost:65536", ""])
def test_wrong_addresses(tmp_path: Path, address: str) -> None:
    """What is no address is told with an example."""
    with pytest.raises(OkrsiteError, match=r"is not HOST:PORT, e\.g\. 127\.0\.0\.1:8000"):
        serve(tmp_path / "mkdocs.yml", address)


def until(found: Callable[[], bool], what: str) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + DEADLINE
    while not found():
        assert time.monotonic() < end, what
        time.sleep(0.05)


class Server:
    """A server in a process of its own, and what it said."""

    def __init__(self, root: Path, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = log
        self._log = log.open("w")
        words = [
            sys.executable,
            "-m",
            "okrsite",
            "serve",
            "-f",
            str(root / "mkdocs.yml"),
            "-a",
            f"127.0.0.1:{self.port}",
        ]
        here = Path(__file__).parents[2]
        self.process = subprocess.Popen(words, cwd=here, stdout=self._log, stderr=self._log)

    def get(self, path: str, host: str | None = None) -> tuple[int, str]:
        """Ask for a page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def answers(self, path: str, text: str) -> Callable[[], bool]:
        """Whether a page holds a text by now."""

        def answers() -> bool:
            assert self.process.poll() is None, self.said()
            try:
                return text in self.get(path)[1]
            except OSError:
                return False

        return answers

    def said(self) -> str:
        """All it printed."""
        return self.log.read_text(encoding="utf-8")

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(DEADLINE)
        self._log.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """The small portal, served."""
    root = tmp_path_factory.mktemp("served")
    put(root, SMALL)
    running = Server(root, tmp_path_factory.mktemp("log") / "log.txt")
    try:
        until(running.answers("/", "Goals"), "nothing was served")
        yield running, root
    finally:
        running.stop()


def test_pages_are_served(server: tuple[Server, Path]) -> None:
    """Pages with and without index.html, data, and the page for what is not there."""
    running, _ = server
    assert running.get("/acme/it/")[0] == 200
    assert running.get("/acme/it/index.html")[0] == 200
    assert '"okrsite/1"' in running.get("/api/okrs.json")[1]
    status, text = running.get("/nowhere/")
    assert (status, "There is no page here" in text) == (404, True)
    assert running.get("/../../mkdocs.yml")[0] in (400, 404)
    assert running.get("/%2e%2e/%2e%2e/etc/passwd")[0] in (400, 404)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::2]:80"])
def test_other_names_are_refused(server: tuple[Server, Path], host: str) -> None:
    """A page elsewhere that has its name point here reads nothing (DNS rebinding)."""
    running, _ = server
    connection = HTTPConnection("127.0.0.1", running.port, timeout=5)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 403
    assert "Goals" not in answer.read().decode()
    connection.close()


def test_changes_are_shown_and_breakage_is_not(server: tuple[Server, Path]) -> None:
    """A saved file is shown; a broken one is told on the terminal and the last good pages stay; mended, it goes on."""
    running, root = server
    unit = root / "content/okrs/acme/it/unit.yml"
    unit.write_text("name: Computing\nlevel: department\n", encoding="utf-8")
    until(running.answers("/acme/it/", "Computing"), "the change was not shown")
    unit.write_text("name: Broken\nlevel: nation\n", encoding="utf-8")
    until(lambda: "the last good pages stay" in running.said(), "the problem was not told")
    assert "content/okrs/acme/it/unit.yml:2:8: OKR308" in running.said()
    assert "Computing" in running.get("/acme/it/")[1]
    unit.write_text("name: Mended\nlevel: department\n", encoding="utf-8")
    until(running.answers("/acme/it/", "Mended"), "it did not go on")
    assert "Traceback" not in running.said()


def test_a_taken_port(server: tuple[Server, Path], tmp_path: Path) -> None:
    """The second server says why it cannot be."""
    running, root = server
    with pytest.raises(OkrsiteError, match="Nothing can be served on"):
        serve(root / "mkdocs.yml", f"127.0.0.1:{running.port}")
    assert list(tmp_path.iterdir()) == []
