"""Built sites behind a web server in the test's own process, which sends the strict policy that they have to bear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    newest = ""
    policy = POLICY

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is not there gets the site's own page for that, as on a web server that is set up well."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def do_GET(self) -> None:
        """The newest snapshot is at the top, and its name in the folder leads there."""
        if self.newest and self.path.startswith(f"/{self.newest}/"):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self.path.removeprefix(f"/{self.newest}"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def translate_path(self, path: str) -> str:
        """Snapshots and their list are beside the newest."""
        beside = not self.newest or path.startswith("/s/") or path.partition("?")[0] == "/versions.js"
        return super().translate_path(path if beside else f"/{self.newest}{path}")

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that is closed leaves connections half-way."""


@contextmanager
def served(folder: Path, newest: str = "", policy: str = POLICY) -> Iterator[str]:
    """Serve a folder on the loopback interface; gives its address with a slash at the end.

    Args:
        folder: A site, or where snapshots are published.
        newest: The part of it that is served as the whole, with the snapshots and their list beside it.
        policy: What is sent as the policy of each page; empty for none.
    """
    handler = type("Handler", (_Handler,), {"newest": newest, "policy": policy})
    with _Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
