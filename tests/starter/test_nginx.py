"""The nginx configuration that `okrsite init --serve nginx` writes, in a real nginx before real snapshots."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from nginxserver import CONFIGURATION, free_port, nginx, served
from servedsnapshots import KINDS, LONG, Snapshots, ask, asset

from okrsite.publish.files import Compression
from okrsite.publish.targets import open_target

SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(scope="module", params=["both", "only"])
def portal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshots, str]]:
    """Two snapshots and a preview behind nginx, with plain and compressed files, and with compressed ones only."""
    compression: Compression = request.param
    folder = tmp_path_factory.mktemp("served")
    snapshots = Snapshots(folder / "goals", compression)
    snapshots.publish()
    snapshots.publish()
    snapshots.publish(channel="previews/pr-1")
    with served(snapshots.folder, folder / "nginx") as address:
        yield snapshots, address


def test_pages_of_the_newest(portal: tuple[Snapshots, str]) -> None:
    """The front page and a folder's page, by folder and by name; a folder without its slash leads there."""
    _, address = portal
    for path in ("/", "/index.html"):
        answer = ask(address, path)
        assert (answer.status, answer.headers["cache-control"]) == (200, "max-age=60")
        assert b"snapshot 2" in answer.body
        assert "x-robots-tag" not in answer.headers
    assert ask(address, "/goals/").body.startswith(b"goals/index.html")
    moved = ask(address, "/goals?x=1")
    assert (moved.status, moved.headers["location"]) == (301, "/goals/?x=1")


def test_kinds_and_headers(portal: tuple[Snapshots, str]) -> None:
    """Each kind of file says what it is, and every answer bears the security headers."""
    snapshots, address = portal
    for name, kind in KINDS.items():
        for path in (f"/{name}", f"/s/{snapshots.ids[0]}/{name}"):
            answer = ask(address, path)
            assert (answer.status, answer.headers["content-type"]) == (200, kind), path
            assert answer.headers.items() >= SECURITY.items()
            assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert ask(address, "/small.txt").body == "ä\n".encode()
    assert "/" not in ask(address, "/").headers["server"]  # nginx, but not which


def test_the_policy_is_that_of_the_pages() -> None:
    """What pages say of themselves stands in the header too, which can say more."""
    page = (Path(__file__).parents[2] / "themes/okr/base.html").read_text(encoding="utf-8")
    policy = page.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert policy.startswith("default-src 'self'")
    for name in ("nginx.conf", "Caddyfile"):
        assert policy in (Path(__file__).parents[2] / "okrsite/starter/serve" / name).read_text(encoding="utf-8")


def test_compressed_for_those_who_can_unpack(portal: tuple[Snapshots, str]) -> None:
    """The stored bytes go out as they are; others get them unpacked, with a header that tells caches on the way."""
    _, address = portal
    packed = ask(address, "/", {"Accept-Encoding": "gzip"})
    plain = ask(address, "/")
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    again = ask(address, "/", {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_how_long_things_are_kept(portal: tuple[Snapshots, str]) -> None:
    """Hashed assets for good, snapshots for an hour, what tells of snapshots not without asking."""
    snapshots, address = portal
    first, second, _ = snapshots.ids

    def kept(path: str) -> str:
        answer = ask(address, path)
        assert answer.status == 200, path
        return answer.headers["cache-control"]

    assert kept(f"/{asset(2)}") == kept(f"/s/{first}/{asset(1)}") == "max-age=31536000, immutable"
    assert kept("/versions.js") == kept("/versions.json") == kept("/channels/previews/pr-1/") == "no-cache"
    assert kept(f"/s/{second}/") == "max-age=3600"
    assert kept("/assets/icon.svg") == "max-age=60"


def test_an_earlier_snapshots_assets(portal: tuple[Snapshots, str]) -> None:
    """A page from before the switch still gets its own style sheet at the old address."""
    _, address = portal
    assert ask(address, f"/{asset(1)}").body.startswith(b"/*1*/")
    gone = ask(address, "/assets/okr.ffffffffff.css")
    assert (gone.status, gone.headers["cache-control"]) == (404, "no-store")


def test_lists_and_snapshots(portal: tuple[Snapshots, str]) -> None:
    """The list is the target's, not the stub in the site; snapshots and channels are hidden from search engines."""
    snapshots, address = portal
    first = snapshots.ids[0]
    assert first.encode() in ask(address, "/versions.js").body
    assert first.encode() in ask(address, "/versions.json").body
    answer = ask(address, f"/s/{first}/")
    assert b"snapshot 1" in answer.body
    assert answer.headers["x-robots-tag"] == "noindex"
    assert ask(address, f"/s/{first}/manifest.json").status == 200
    moved = ask(address, f"/s/{first}/goals")
    assert (moved.status, moved.headers["location"]) == (301, f"/s/{first}/goals/")
    channel = ask(address, "/channels/previews/pr-1/")
    assert snapshots.ids[2].encode() in channel.body
    assert channel.headers["x-robots-tag"] == "noindex"


def test_the_newest_by_its_name(portal: tuple[Snapshots, str]) -> None:
    """`current/` leads to the top, and nowhere else: neither to another host nor out of the line."""
    _, address = portal
    assert ask(address, "/current").headers["location"] == "/"
    assert ask(address, "/current/").headers["location"] == "/"
    assert ask(address, "/current/goals/?a=b").headers["location"] == "/goals/?a=b"
    for path in ("/current//evil.example/", "/current/%5Cevil.example/", "/current/%0d%0aSet-Cookie:a=b"):
        answer = ask(address, path)
        assert answer.headers.get("location", "/evil.example/") == "/evil.example/", path
        assert "set-cookie" not in answer.headers


def test_what_is_not_there(portal: tuple[Snapshots, str]) -> None:
    """The portal's own page says so, and nothing keeps it."""
    snapshots, address = portal
    for path in ("/nothing/", "/nothing", "/s/nothing/", f"/s/{snapshots.ids[0]}/nothing", "/assets/", "/s/"):
        answer = ask(address, path)
        assert (answer.status, answer.headers["cache-control"]) == (404, "no-store"), path
        assert answer.body.startswith(b"404.html"), path
        assert answer.headers.items() >= SECURITY.items()


def test_nothing_private(portal: tuple[Snapshots, str]) -> None:
    """Marks, trees, locks, what is being brought, and what is beside the target cannot be reached."""
    snapshots, address = portal
    for folder in ("s/.hidden", "staging/x", "marks/labels"):
        (snapshots.folder / folder).mkdir(parents=True, exist_ok=True)
        (snapshots.folder / folder / "secret.txt").write_text("secret", encoding="utf-8")
    below = [path.relative_to(snapshots.folder).as_posix() for path in snapshots.folder.rglob("*")]
    private = [path for path in below if not path.startswith(("s/2", "current", "versions.", "channels", "index.html"))]
    private = [path for path in private if not path.startswith("assets") and path not in ("s", "404.html")]
    assert len(private) > 4
    for path in (*private, "../nginx/nginx.conf", "s/../marks/labels/secret.txt", "%2e%2e/nginx/nginx.conf"):
        answer = ask(address, f"/{path}")
        assert answer.status in (400, 404), path
        assert b"secret" not in answer.body.replace(b"404.html", b"")
    assert ask(address, "/", method="POST").status in (404, 405)


def test_under_a_folder(portal: tuple[Snapshots, str], tmp_path: Path) -> None:
    """As the configuration's end says: another server hands a folder over to this one."""
    _, address = portal
    port = free_port()
    block = CONFIGURATION[CONFIGURATION.index("#     location /goals/") :].replace("#", "")
    block = block.replace("http://127.0.0.1:8080/", address)
    with nginx(f"server {{ listen 127.0.0.1:{port}; {block} }}", port, tmp_path / "front") as front:
        assert b"snapshot 2" in ask(front, "/goals/").body
        assert ask(front, "/goals/goals").headers["location"].endswith("/goals/goals/")
        assert ask(front, "/goals/versions.js").headers["cache-control"] == "no-cache"


class _Gate(BaseHTTPRequestHandler):
    """Says who may read: those with a cookie."""

    def do_GET(self) -> None:
        """As a service for `auth_request` does."""
        if self.path == "/oauth2/auth":
            self.send_response(202 if "let=in" in self.headers.get("Cookie", "") else 401)
            self.end_headers()
            return
        self.send_response(403)
        self.end_headers()
        self.wfile.write(f"sign in for {self.headers['X-Auth-Request-Redirect']}".encode())

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


def test_only_for_some_readers(portal: tuple[Snapshots, str], tmp_path: Path) -> None:
    """With the lines for it, nothing is seen without a word from the service: no page, snapshot, list or 404."""
    snapshots, _ = portal
    with ThreadingHTTPServer(("127.0.0.1", 0), _Gate) as gate:
        threading.Thread(target=gate.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

        def guarded(text: str) -> str:
            return text.replace("#: ", "").replace("127.0.0.1:4180", f"127.0.0.1:{gate.server_port}")

        with served(snapshots.folder, tmp_path / "guarded", guarded) as address:
            assert ask(address, "/_up").status == 204  # what watches the container cannot sign in
            paths = ["/", "/goals/", f"/s/{snapshots.ids[0]}/", "/versions.js", f"/{asset(1)}", "/nothing"]
            for path in paths:
                refused = ask(address, path)
                assert (refused.status, refused.body) == (403, f"sign in for {path}".encode())
                let_in = ask(address, path, {"Cookie": "let=in"})
                assert let_in.status in (200, 302, 404)
                assert let_in.headers["cache-control"].startswith(("private, ", "no-store", "private, no-store"))
        gate.shutdown()


def test_the_switch_under_requests(tmp_path: Path) -> None:
    """While the newest changes, each page that is read is whole and its style sheet is there."""
    snapshots = Snapshots(tmp_path / "goals")
    first, second = snapshots.publish(), snapshots.publish()
    target = open_target(str(snapshots.folder))
    with served(snapshots.folder, tmp_path / "nginx") as address:
        done = threading.Event()

        def switch() -> None:
            while not done.is_set():
                target.point(first)
                target.point(second)

        switching = threading.Thread(target=switch)
        switching.start()
        seen = set()
        for _ in range(150):
            page = ask(address, "/").body.decode()
            number = int(page.partition("snapshot ")[2][0])
            assert page.endswith(LONG)
            assert ask(address, f"/{asset(number)}").body.startswith(f"/*{number}*/".encode())
            seen.add(number)
        done.set()
        switching.join()
    assert seen == {1, 2}
