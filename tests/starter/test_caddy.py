"""The Caddyfile that `okrsite init --serve caddy` writes, in a real Caddy before real snapshots."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from nginxserver import free_port, running
from servedsnapshots import KINDS, Snapshots, ask, asset

CADDYFILE = Path(__file__).parents[2] / "okrsite/starter/serve/Caddyfile"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshots, str]]:
    """Two snapshots and a preview behind Caddy."""
    home = tmp_path_factory.mktemp("caddy")
    snapshots = Snapshots(home / "goals")
    snapshots.publish()
    snapshots.publish()
    snapshots.publish(channel="previews/pr-1")
    port = free_port()
    text = CADDYFILE.read_text(encoding="utf-8").replace("http://:8080", f"http://127.0.0.1:{port}")
    (home / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text, encoding="utf-8")
    program = shutil.which("caddy") or "caddy"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OKRSITE_FOLDER", str(snapshots.folder))
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            environment.setenv(name, str(home))
        command = [program, "run", "--adapter", "caddyfile", "--config", str(home / "Caddyfile")]
        with running(command, port, home / "log", home) as address:
            yield snapshots, address


def test_pages_and_headers(portal: tuple[Snapshots, str]) -> None:
    """The newest at the top, each kind as what it is, with the same headers as nginx sends."""
    snapshots, address = portal
    assert b"snapshot 2" in ask(address, "/").body
    assert ask(address, "/goals").status in (301, 308)
    for name, kind in KINDS.items():
        answer = ask(address, f"/s/{snapshots.ids[0]}/{name}" if name.endswith("index.html") is False else "/goals/")
        assert answer.status == 200, name
        assert answer.headers["content-type"].partition(";")[0] in (kind.partition(";")[0], "text/xml"), name
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    packed = ask(address, "/", {"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == ask(address, "/").body
    assert "server" not in packed.headers


def test_how_long_things_are_kept(portal: tuple[Snapshots, str]) -> None:
    """As nginx says it."""
    snapshots, address = portal
    expected = {
        "/": "max-age=60",
        f"/{asset(2)}": "max-age=31536000, immutable",
        f"/{asset(1)}": "max-age=31536000, immutable",
        f"/s/{snapshots.ids[0]}/{asset(1)}": "max-age=31536000, immutable",
        f"/s/{snapshots.ids[0]}/": "max-age=3600",
        "/versions.js": "no-cache",
        "/channels/previews/pr-1/": "no-cache",
    }
    for path, kept in expected.items():
        answer = ask(address, path)
        assert (answer.status, answer.headers["cache-control"]) == (200, kept), path
        assert answer.headers.get("x-robots-tag") == ("noindex" if path.startswith(("/s/", "/channels/")) else None)
    assert snapshots.ids[0].encode() in ask(address, "/versions.js").body


def test_what_is_not_there(portal: tuple[Snapshots, str]) -> None:
    """The portal's own page says so; marks and trees are not there either; `current/` leads to the top."""
    _, address = portal
    for path in (
        "/nothing",
        "/s/nothing/",
        "/marks/",
        "/trees/",
        "/s/.staging/",
        "/assets/okr.ffffffffff.css",
        "/s/../marks/",
    ):
        answer = ask(address, path)
        assert answer.status in (400, 404), path
        assert answer.status == 400 or answer.body.startswith(b"404.html"), path
        assert answer.headers.get("cache-control") == "no-store", path
    assert ask(address, "/current/goals/").headers["location"] == "/goals/"
    assert "evil" not in ask(address, "/current//evil.example/").headers.get("location", "").removeprefix("/evil")
