"""A real nginx with a configuration of ours, as an ordinary process on a free port of the loopback interface."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CONFIGURATION = (Path(__file__).parents[1] / "okrsite/starter/serve/nginx.conf").read_text(encoding="utf-8")
"""What `okrsite init --serve nginx` writes."""

_MAIN = """\
daemon off;
{user}
worker_processes 1;
pid {home}/nginx.pid;
error_log {home}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/okrsite.conf;
}}
"""
_SECONDS = 120.0


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, log: Path, cwd: Path | None = None) -> Iterator[str]:
    """A server while it answers at its port; gives its address with a slash at the end."""
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=cwd)
        try:
            end = time.monotonic() + _SECONDS
            while True:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < end, log.read_text()
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(_SECONDS)


@contextmanager
def nginx(configuration: str, port: int, home: Path) -> Iterator[str]:
    """Nginx with a configuration that would stand in ``http { ... }``.

    Args:
        configuration: Listens on the port.
        port: See `free_port`.
        home: A new folder for what nginx writes.
    """
    home.mkdir(parents=True)
    # As root nginx would give up its rights, and could not read the tests' own folders.
    user = "user root;" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(_MAIN.format(home=home, user=user), encoding="utf-8")
    (home / "okrsite.conf").write_text(configuration, encoding="utf-8")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-p", str(home), "-e", str(home / "error.log"), "-c", str(home / "nginx.conf")]
    with running(command, port, home / "out.log") as address:
        yield address


@contextmanager
def served(folder: Path, home: Path, change: Callable[[str], str] = lambda text: text) -> Iterator[str]:
    """Nginx in front of a target, by the configuration that okrsite writes."""
    port = free_port()
    text = CONFIGURATION.replace("listen 8080;", f"listen 127.0.0.1:{port};").replace("/srv/goals;", f"{folder};")
    with nginx(change(text), port, home) as address:
        yield address
