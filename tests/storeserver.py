"""A real S3-compatible server on the loopback interface, and a way to it that can be watched, blocked and cut."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from tempfile import TemporaryFile
from threading import Thread
from typing import IO
from urllib.parse import quote

BUCKET = "goals-of-acme"
KEYS = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": "/nowhere",
    "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
}
"""An environment in which the driver asks nobody else."""
_SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=nobody/20260101/us-east-1/s3/aws4_request"}


@contextmanager
def s3_server() -> Iterator[str]:
    """Moto's server in a process of its own, with a bucket; gives its address."""
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-p", "0"]
    with TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            address = _address_in(said, process)
            with urllib.request.urlopen(_request(address, method="PUT")) as answer:  # noqa: S310 - loopback
                assert answer.status == 200
            yield address
        finally:
            process.kill()
            process.wait()


def _address_in(said: IO[bytes], process: subprocess.Popen[bytes]) -> str:
    """The address that the server names when it listens: it chose a free port itself, so that nobody else takes it."""
    while True:
        is_over = process.poll() is not None
        text = os.pread(said.fileno(), 100_000, 0)
        if found := re.search(rb"Running on (http://127\.0\.0\.1:\d+)", text):
            return found[1].decode()
        assert not is_over, text.decode()
        time.sleep(0.05)


def fetched(server: str, name: str) -> tuple[Mapping[str, str], bytes]:
    """An object's headers, their names in lower case, and its bytes as they travel."""
    with urllib.request.urlopen(_request(server, f"/{quote(name)}")) as answer:  # noqa: S310 - loopback
        return {name.lower(): value for name, value in answer.headers.items()}, answer.read()


def _request(server: str, path: str = "", method: str = "GET") -> urllib.request.Request:
    return urllib.request.Request(f"{server}/{BUCKET}{path}", method=method, headers=_SIGNED)  # noqa: S310 - loopback


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: how, for what, and what it said of itself."""

    method: str
    path: str
    headers: Mapping[str, str]

    @property
    def is_copy(self) -> bool:
        """Whether the server shall copy one of its own objects."""
        return "x-amz-copy-source" in self.headers

    @property
    def name(self) -> str:
        """The object that is meant, without the bucket."""
        return self.path.partition("?")[0].removeprefix(f"/{BUCKET}").lstrip("/")


@dataclass(slots=True)
class Way:
    """The way to the server.

    Attributes:
        address: What to connect to.
        asked: Every request that came along.
        meddle: Called with each request before it is handed on: gives a status to answer with instead (200: as if
            it had been done), 0 to cut the connection, or None to let it pass.
    """

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    meddle: Callable[[Asked], int | None] = lambda _: None

    def puts(self) -> list[Asked]:
        """The objects that were sent."""
        return [each for each in self.asked if each.method == "PUT" and not each.is_copy]

    def copies(self) -> list[Asked]:
        """The objects that were copied on the server."""
        return [each for each in self.asked if each.is_copy]


@contextmanager
def way_to(server: str) -> Iterator[Way]:
    """A way to a server; at the end it is cut."""
    way = Way()
    host, _, port = server.removeprefix("http://").partition(":")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers)
            way.asked.append(asked)
            status = way.meddle(asked)
            if status == 0:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if status is not None:
                is_lost = status == 200
                told = {"etag": f'"{md5(body, usedforsecurity=False).hexdigest()}"'} if is_lost else {}
                self._answer(status, {"content-type": "application/xml", **told}, b"" if is_lost else _error(status))
                return
            headers.pop("expect", None)
            with closing(http.client.HTTPConnection(host, int(port), timeout=120)) as onward:
                onward.request(self.command, self.path, body, headers)
                answer = onward.getresponse()
                told = {name.lower(): value for name, value in answer.getheaders()}
                content = answer.read()
            length = told.get("content-length", str(len(content)))
            self._answer(answer.status, {**told, "content-length": length}, content)

        def _answer(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
            self.send_response_only(status)
            for name, value in {"content-length": str(len(content)), **headers}.items():
                if name not in {"transfer-encoding", "connection"}:
                    self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _pass  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    with _Server(("127.0.0.1", 0), Handler) as proxy:
        way.address = f"http://127.0.0.1:{proxy.server_port}"
        thread = Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield way
        finally:
            proxy.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """A publisher that is killed leaves connections half-way."""


def _error(status: int) -> bytes:
    code = {403: "AccessDenied", 503: "SlowDown"}.get(status, "InternalError")
    return f"<Error><Code>{code}</Code><Message>not now</Message></Error>".encode()
