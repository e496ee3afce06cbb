"""Comments at the forges' own interfaces, as a small server of ours speaks them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from okrsite.cli.previews.forges import KINDS, Forge, ForgeError, Kind

MARKER = "<!-- okrsite diff -->"
SECRET = "t0ken"  # noqa: S105 - of a server in this process


class Desk:
    """A forge with one repository and one request, number 7.

    Attributes:
        comments: By their ids.
        forbidden: Ids of comments that the token may not change.
        asked: What was asked for, in order.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.comments: dict[int, str] = {}
        self.forbidden: set[int] = set()
        self.asked: list[str] = []
        self.api = ""

    @property
    def forge(self) -> Forge:
        """As the command has it."""
        return Forge(self.kind, self.api, "acme/goals", SECRET)

    def answer(self, method: str, path: str, headers: Any, told: dict[str, str]) -> tuple[int, Any]:
        """What the forge says."""
        self.asked.append(f"{method} {path}")
        token = headers["PRIVATE-TOKEN"] if self.kind == "gitlab" else headers["Authorization"]
        if token not in (SECRET, f"Bearer {SECRET}", f"token {SECRET}"):
            return 401, {}
        path, _, query = path.partition("?")
        comments = "/projects/acme%2Fgoals/merge_requests/7/notes"
        request, one = "/projects/acme%2Fgoals/merge_requests/7", comments
        if self.kind != "gitlab":
            comments, request, one = (
                f"/repos/acme/goals/{end}" for end in ("issues/7/comments", "pulls/7", "issues/comments")
            )
        if (method, path) == ("GET", request):
            return 200, {"sha": "a" * 40} if self.kind == "gitlab" else {"head": {"sha": "a" * 40}}
        if (method, path) == ("GET", comments):
            every = [{"id": id, "body": body} for id, body in self.comments.items()]
            page = int(query.rpartition("page=")[2])
            return 200, every if self.kind in ("gitea", "forgejo") else every[100 * (page - 1) : 100 * page]
        if (method, path) == ("POST", comments):
            self.comments[len(self.comments) + 1] = told["body"]
            return 201, {"id": len(self.comments)}
        id = int(path.rpartition("/")[2])
        if method != ("PUT" if self.kind == "gitlab" else "PATCH") or path.rpartition("/")[0] != one:
            return 404, {}
        if id in self.forbidden:
            return 403, {}
        self.comments[id] = told["body"]
        return 200, {}


@contextmanager
def desk(kind: Kind) -> Iterator[Desk]:
    """A forge that answers."""
    made = Desk(kind)

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            told = json.loads(self.rfile.read(length)) if length else {}
            status, answer = made.answer(self.command, self.path, self.headers, told)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = _answer  # noqa: N815 - the names that the base class calls

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        made.api = f"http://127.0.0.1:{server.server_port}"
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("kind", KINDS)
def test_one_comment(kind: Kind) -> None:
    """Written once among many others, then brought up to date; the request's commit is known."""
    with desk(kind) as forge:
        forge.comments = {number: f"comment {number}, about {MARKER}" for number in range(1, 131)}
        assert forge.forge.head(7) == "a" * 40
        assert forge.forge.put_comment(7, f"{MARKER}\nfirst", MARKER) == "written"
        assert forge.forge.put_comment(7, f"{MARKER}\nsecond", MARKER) == "updated"
        assert len(forge.comments) == 131
        assert forge.comments[131] == f"{MARKER}\nsecond"


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_elses(kind: Kind) -> None:
    """A comment that looks like ours and may not be changed is left, and ours is written."""
    with desk(kind) as forge:
        forge.comments, forge.forbidden = {1: f"{MARKER}\nmine"}, {1}
        assert forge.forge.put_comment(7, f"{MARKER}\nours", MARKER) == "written"
        assert forge.comments == {1: f"{MARKER}\nmine", 2: f"{MARKER}\nours"}


def test_what_goes_wrong() -> None:
    """Each says what was asked, what came, and what may be the matter; never the token."""
    with desk("github") as forge:
        wrong = Forge("github", forge.api, "acme/goals", "wrong")
        with pytest.raises(ForgeError, match=r"GET .*/pulls/7: 401 .* has to read requests") as refused:
            wrong.head(7)
        assert "wrong" not in str(refused.value)
        with pytest.raises(ForgeError, match="404"):
            forge.forge._asked("PATCH", "repos/acme/goals/nothing/1")
    with pytest.raises(ForgeError, match="refused"):
        forge.forge.head(7)
    with pytest.raises(ForgeError, match="it begins with https"):
        Forge("github", "file:///etc", "acme/goals", SECRET).head(7)
