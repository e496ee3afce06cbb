"""Answers browsers: pages as they are now, and news for those that show one. On this machine alone."""

from __future__ import annotations

import json
import mimetypes
import socket
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from okrsite.site import addresses
from okrsite.site.serving.desk import Answer, Desk
from okrsite.site.serving.loopback import is_meant

OWN = ".okrsite/"
"""What is the server's own; no page of a portal begins with a dot."""

_BROWSER = Path(__file__).parent / "browser"
_NEWS = f"{OWN}news"
_HEAD = b"</head>"
_TYPES = {".atom": "application/atom+xml", ".ics": "text/calendar", ".js": "text/javascript", ".svg": "image/svg+xml"}
_MOST = 50
"""Problems that a page shows; the terminal has all."""

_STILL_HERE = 15.0
"""Seconds after which a silent connection is asked whether anybody is there."""


class Server(ThreadingHTTPServer):
    """Serves a desk's pages; each request has a thread.

    Args:
        place: Host and port.
        desk: Makes the pages.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, place: tuple[str, int], desk: Desk) -> None:
        self.address_family = socket.AF_INET6 if ":" in place[0] else self.address_family
        super().__init__(place, partial(_Handler, desk))

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves closes connections half-way: that is no failure."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, desk: Desk, *args: Any) -> None:
        self._desk = desk
        super().__init__(*args)

    def do_HEAD(self) -> None:
        """As for GET, without content."""
        self.do_GET()

    def do_GET(self) -> None:
        """A file of the site, one of the server's own, or news."""
        if not is_meant(self.headers.get("Host", "")):
            self._send(b"This server answers to localhost only.", "text/plain", status=HTTPStatus.FORBIDDEN)
            return
        url = urlsplit(self.path)
        name = unquote(url.path).removeprefix("/")
        if name == _NEWS:
            self._news(parse_qs(url.query))
        elif name in _OWN_FILES:
            self._send(_OWN_FILES[name], _type(name))
        else:
            self._page(name)

    def _page(self, name: str) -> None:
        file = f"{name}index.html" if name.endswith("/") or not name else name
        answer = self._desk.answer(file)
        if answer is None:
            content = _with_news(_OWN_FILES[f"{OWN}waiting.html"], "")
            self._send(content, "text/html; charset=utf-8", status=HTTPStatus.SERVICE_UNAVAILABLE)
        elif answer.found:
            self._file(file, answer)
        elif (below := self._desk.answer(f"{file}/index.html")) is not None and below.found:
            self._lead_to(f"/{quote(name)}/")
        else:
            content = _with_news(answer.content, "")
            self._send(content, "text/html; charset=utf-8", status=HTTPStatus.NOT_FOUND)

    def _file(self, name: str, answer: Answer) -> None:
        content = _with_news(answer.content, answer.version) if name.endswith(".html") else answer.content
        self._send(content, _type(name), f'"{answer.version}"')

    def _lead_to(self, place: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, content: bytes, kind: str, tag: str = "", status: HTTPStatus = HTTPStatus.OK) -> None:
        if tag and self.headers.get("If-None-Match") == tag:
            status, content = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _news(self, query: Mapping[str, list[str]]) -> None:
        """What a browser is to show at the address that it names, again whenever that changes (server-sent events)."""
        if self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            self._send(b"News are for this server's own pages.", "text/plain", status=HTTPStatus.FORBIDDEN)
            return
        address = addresses.of_file(unquote(query.get("at", ["/"])[0]).removeprefix("/"))
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        number, told = -1, b""
        while self.command != "HEAD":
            number, before = self._desk.wait(number, _STILL_HERE), number
            news = _event(self._desk, address) if number != before else b""
            self.wfile.write(news if news != told and news else b": still here\n\n")
            self.wfile.flush()
            told = news or told

    def log_message(self, *args: object) -> None:
        """The terminal is for what the author did, not for what browsers ask."""


def _event(desk: Desk, address: str) -> bytes:
    sight, _ = desk.sight(address), desk.language.gettext
    news = {
        "version": sight.version,
        "above": None if sight.above is None else f"/{quote(sight.above)}",
        "problems": [problem._asdict() for problem in sight.problems[:_MOST]],
        "words": {
            "errors": desk.language.ngettext("One error", "%(num)s errors", len(sight.problems)),
            "stays": _("The page behind is the last good one."),
            "more": _("The first %(count)s are shown.", count=_MOST) if len(sight.problems) > _MOST else "",
            "gone": _("There is no page %(address)s any more. This is the nearest above it.", address=f"/{address}"),
            "close": _("Close"),
        },
    }
    return f"data: {json.dumps(news)}\n\n".encode()


def _with_news(page: bytes, version: str) -> bytes:
    """A page with the script that asks for news; the page's own policy allows what comes from this server."""
    script = f'<script src="/{OWN}live.js" data-version="{version}" defer></script>\n'.encode()
    head, end, body = page.partition(_HEAD)
    return head + script + end + body if end else page


def _type(name: str) -> str:
    ending = name[name.rfind(".") :]
    kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind in ("application/json", "application/xml", "image/svg+xml")
    return f"{kind}; charset=utf-8" if is_text else kind


_OWN_FILES = {f"{OWN}{file.name}": file.read_bytes() for file in _BROWSER.iterdir() if file.is_file()}
