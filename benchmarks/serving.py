"""How long a saved file takes until it is on the screen: okrsite's server and those of others, on loopback.

    python benchmarks/serving.py 1000           # a portal of 1,000 goal pages

A page's source is saved, and the page is asked for until it shows the change; the time between is what an author waits,
but for the browser. The server has been running for a while then.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import tables
from builds import OKRSITE, BenchPortal
from installing import BENCH, installed
from measure import cpu_of

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from nginxserver import free_port  # noqa: E402
from peers.peer import Peer  # noqa: E402
from peers.sources import frame, goal_pages  # noqa: E402

ADDRESS = "unit-0/2026-Q2/better"
"""The page that is edited and looked at."""

EDITS = 5
_PATIENCE = 600.0  # seconds
_ASK_EVERY = 0.005  # seconds
HEAD = ("server", "goal pages", "seconds, median", "at least", "at most")


@dataclass(frozen=True, slots=True)
class Shown:
    """The seconds from saving until the page showed it, of each edit."""

    seconds: Sequence[float]

    @property
    def median(self) -> float:
        """In seconds."""
        return statistics.median(self.seconds)


def shown(command: Sequence[str], folder: Path, port: int, edit: Callable[[str], None], edits: int = EDITS) -> Shown:
    """Start a server, edit again and again, and stop it.

    Args:
        command: Starts it at the port.
        folder: Where it is started.
        port: Of loopback.
        edit: Saves the page's source with a word in its title.
        edits: How many, after a first one that is not counted.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            _wait(port, b"<main", process)
            _settle(process.pid)  # a server may answer before it watches
            times = []
            for number in range(edits + 1):
                word = f"word-{number}-{port}"
                edit(word)
                begun = time.perf_counter()
                _wait(port, word.encode(), process)
                times.append(time.perf_counter() - begun)
                # What is built after the page on the screen shall not be in the way of the next edit.
                _settle(process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    return Shown(times[1:])


def _wait(port: int, wanted: bytes, process: subprocess.Popen[bytes]) -> None:
    """Ask for the page until it holds something."""
    end = time.perf_counter() + _PATIENCE
    while wanted not in _asked(port):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} has ended")
        if time.perf_counter() > end:
            raise TimeoutError(f"{process.args!r} has not shown {wanted!r}")
        time.sleep(_ASK_EVERY)


def _asked(port: int) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", f"/{ADDRESS}/")
        return connection.getresponse().read()
    connection.close()
    return b""


def _settle(pid: int) -> None:
    """Wait until a server is idle: less than a tenth of a processor in half a second."""
    before = cpu_of(pid)
    while True:
        time.sleep(0.5)
        now = cpu_of(pid)
        if now - before < 0.05:
            return
        before = now


def okrsite_shown(portal: BenchPortal, edits: int = EDITS) -> Shown:
    """Of ``okrsite serve``, with charts drawn before."""
    source = portal.folder / "content" / "okrs" / f"{ADDRESS}.md"
    before = source.read_text("utf-8")
    title = next(line for line in before.splitlines() if line.startswith("title:"))

    def edit(word: str) -> None:
        source.write_text(before.replace(title, f"title: Edited {word}", 1), "utf-8")

    port = free_port()
    try:
        return shown([*OKRSITE, "serve", "--address", f"127.0.0.1:{port}"], portal.folder, port, edit, edits)
    finally:
        source.write_text(before, "utf-8")


def peer_shown(peer: Peer, folder: Path, edits: int = EDITS) -> Shown:
    """Of another generator's server."""
    port = free_port()
    return shown(peer.serve(port), folder, port, lambda word: peer.edit(folder, ADDRESS, word), edits)


def cells(name: str, pages: int, found: Shown) -> tuple[str, ...]:
    """A row of the table."""
    return name, f"{pages:,}", *(f"{one:.2f}" for one in (found.median, min(found.seconds), max(found.seconds)))


def main() -> None:
    """Measure the size that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure how soon a saved file is on the screen.")
    parser.add_argument("pages", type=int, nargs="?", default=1_000, metavar="N", help="goal pages")
    parser.add_argument("--edits", type=int, default=EDITS)
    given = parser.parse_args()
    print(tables.head(HEAD))
    BENCH.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BENCH) as scratch:
        portal = BenchPortal(Path(scratch) / "portal")
        portal.write(given.pages)
        portal.nothing_cached()
        pages, around = list(goal_pages(portal.site)), frame(portal.site)
        print(tables.line(cells("okrsite", given.pages, okrsite_shown(portal, given.edits))), flush=True)
        for peer in installed():
            folder = Path(scratch) / peer.name
            peer.write(folder, pages, around)
            print(tables.line(cells(peer.name, given.pages, peer_shown(peer, folder, given.edits))), flush=True)


if __name__ == "__main__":
    main()
