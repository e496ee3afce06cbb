"""How many readers one file server has room for: a built portal behind a real nginx, asked over loopback.

    python benchmarks/readers.py --pages 1000 --seconds 5

Clients ask for goal pages, each over one connection, the next as soon as the one before has come. They share the
processors with nginx, so what counts is the processor time that nginx took for a request: from it follows how many one
core answers where the clients are elsewhere.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import tables
from builds import BenchPortal
from installing import BENCH
from measure import cpu_of

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from nginxserver import free_port, nginx  # noqa: E402

from okrsite.publish.files import compressed  # noqa: E402

CLIENTS = 4
_CONFIGURATION = """\
server {{
    listen 127.0.0.1:{port};
    root {site};
    keepalive_requests 1000000;
    {more}
}}
"""
_KINDS = {
    "whole pages": "",
    "compressed for each reader (`gzip on`)": "gzip on;",
    "compressed once (`gzip_static on`)": "gzip_static on;",
    "not changed (304)": "",
}
"""What is asked for -> what nginx is told."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the clients of one kind had.

    Attributes:
        requests: All of them.
        bytes: All of them, heads included.
        seconds: By the clock.
        server: The CPU seconds that nginx took.
    """

    requests: int
    bytes: int
    seconds: float
    server: float


def asked(port: int, addresses: list[str], head: str, seconds: float) -> tuple[int, int]:
    """One client: the requests it had answered, and the bytes."""
    requests = received = 0
    end = time.monotonic() + seconds
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rb") as answer:
        while time.monotonic() < end:
            address = addresses[requests % len(addresses)]
            connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n".encode())
            received += _read(answer)
            requests += 1
    return requests, received


def _read(answer: socket.SocketIO) -> int:  # type: ignore[type-arg]
    """Read one answer to its end; its bytes."""
    status = answer.readline()
    if status.split()[1] not in (b"200", b"304"):
        raise ValueError(f"nginx said {status!r}")
    taken, length, chunked = len(status), 0, False
    while (line := answer.readline()) not in (b"\r\n", b""):
        taken += len(line)
        name, _, value = line.lower().partition(b":")
        if name == b"content-length":
            length = int(value)
        chunked |= name == b"transfer-encoding" and b"chunked" in value
    while chunked:
        size = int(answer.readline(), 16)
        taken += len(answer.read(size + 2))
        if not size:
            return taken
    return taken + len(answer.read(length))


def answered(site: Path, kind: str, seconds: float, scratch: Path) -> Answered:
    """Ask for a while."""
    files = sorted((site / "unit-0").rglob("index.html"))
    addresses = [f"/{file.parent.relative_to(site).as_posix()}/" for file in files]
    head = "Accept-Encoding: gzip\r\n" if "compressed" in kind else ""
    if "304" in kind:
        # nginx wants the very date of the file.
        for file in files:
            os.utime(file, (0, 1_700_000_000))
        head = "If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT\r\n"
    port = free_port()
    configuration = _CONFIGURATION.format(port=port, site=site, more=_KINDS[kind])
    home = scratch / f"nginx-{port}"
    with nginx(configuration, port, home), ProcessPoolExecutor(CLIENTS) as pool:
        pid = int((home / "nginx.pid").read_text())
        before, begun = cpu_of(pid), time.perf_counter()
        waiting = [
            pool.submit(asked, port, addresses[number::CLIENTS] or addresses, head, seconds)
            for number in range(CLIENTS)
        ]
        had = [client.result() for client in waiting]
        return Answered(
            sum(requests for requests, _ in had),
            sum(received for _, received in had),
            time.perf_counter() - begun,
            cpu_of(pid) - before,
        )


def compress(site: Path) -> None:
    """A compressed copy beside each page, as publishing makes it."""
    for page in site.rglob("*.html"):
        page.with_name(f"{page.name}.gz").write_bytes(compressed(page.read_bytes()))


def rows(site: Path, seconds: float, scratch: Path) -> Iterator[tuple[str, ...]]:
    """The table's rows."""
    for kind in _KINDS:
        found = answered(site, kind, seconds, scratch)
        each = found.server / found.requests
        yield (
            kind,
            f"{found.requests / found.seconds:,.0f}",
            f"{found.bytes / found.requests / 1e3:.1f}",
            f"{each * 1e6:.0f}",
            f"{1 / each:,.0f}",
        )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Measure how many requests a file server answers.")
    parser.add_argument("--pages", type=int, default=1_000, help="goal pages of the portal")
    parser.add_argument("--seconds", type=float, default=5.0, help="for each kind")
    parser.add_argument("--site", type=Path, help="a built site of this generator, in place of a new one")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    given = parser.parse_args()
    BENCH.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BENCH) as name:
        scratch = Path(name)
        site = given.site
        if site is None:
            portal = BenchPortal(scratch / "portal")
            portal.write(given.pages)
            portal.nothing_cached()
            site = portal.site
        compress(site)
        head = ("asked for", "requests a second", "KB each", "CPU microseconds each", "a core has room for, a second")
        measured = tables.table(head, rows(site.resolve(), given.seconds, scratch))
    if given.write:
        tables.put("scale.md", "readers", measured)


if __name__ == "__main__":
    main()
