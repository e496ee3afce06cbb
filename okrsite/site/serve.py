"""``okrsite serve``: build, watch, reload."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from okrsite.exchange.problems import Report, text
from okrsite.problems import ContentError, OkrsiteError
from okrsite.site.build import BuildResult, build
from okrsite.site.config import mkdocs_config

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


_POLL = 0.1
"""Seconds between two looks at the files: polling works on every file system, also in containers."""


def serve(config_file: Path, address: str, as_of: date | None = None) -> None:
    """Serve a portal until interrupted; each saved file is built and shown at once.

    Errors are printed, and the last good pages stay.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        address: ``HOST:PORT``, on loopback.
        as_of: The day that figures are computed for, as for `build`.

    Raises:
        OkrsiteError: The address is not on loopback or taken, or the configuration cannot be used.
    """
    host, port = _parse(address)
    config = mkdocs_config(config_file)
    with tempfile.TemporaryDirectory(prefix="okrsite-") as folder:
        build_here = _builder(config_file, Path(folder), as_of, f"http://{address}/")
        build_here()
        server = _LoopbackServer(build_here, host, port, root=folder, polling_interval=_POLL)
        server.error_handler = lambda code: _error_page(Path(folder), code)
        server.watch(config.docs_dir)
        server.watch(str(config_file))
        if config.theme.custom_dir:
            server.watch(config.theme.custom_dir)
        try:
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs does not type it
        except KeyboardInterrupt:
            pass
        except OSError as error:
            raise OkrsiteError(f"Nothing can be served on {address}: {error.strerror}.") from error
        finally:
            server.shutdown()
            server.server_close()


def _builder(config_file: Path, folder: Path, as_of: date | None, url: str) -> Callable[[], None]:
    def build_here() -> None:
        try:
            _tell(build(config_file, folder, as_of, site_url=url), url)
        except ContentError as error:
            told = text(Report(error.problems)).rstrip()
            print(f"{told}; the last good pages stay", file=sys.stderr)  # noqa: T201 - the server talks to its terminal
        except (OkrsiteError, OSError) as error:
            print(f"okrsite: {error}", file=sys.stderr)  # noqa: T201

    return build_here


def _tell(result: BuildResult, url: str) -> None:
    changed = f"{result.written} files written, {result.deleted} deleted" if result.written else "nothing changed"
    print(f"{url}  {changed}, {result.seconds:.2f} s", file=sys.stderr)  # noqa: T201
    for warning in result.warnings:
        print(f"warning: {warning}", file=sys.stderr)  # noqa: T201


def _parse(address: str) -> tuple[str, int]:
    host, colon, port = address.rpartition(":")
    host = host.strip("[]")
    if not colon or not port.isdigit() or not 0 < int(port) < 65536:
        raise OkrsiteError(f"'{address}' is not HOST:PORT, e.g. 127.0.0.1:8000.")
    if host not in _LOOPBACK:
        raise OkrsiteError(
            f"serve is for your own machine: use 127.0.0.1, not '{host}'. To publish, copy the built site."
        )
    return host, int(port)


def _error_page(folder: Path, code: int) -> bytes | None:
    page = folder / f"{code}.html"
    return page.read_bytes() if page.is_file() else None


class _LoopbackServer(LiveReloadServer):
    """Answers only requests for this machine by name, so that no other site can read pages through the browser."""

    def serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Serve one request, or refuse it."""
        name = environ.get("HTTP_HOST", "").rpartition(":")[0].strip("[]") or environ.get("HTTP_HOST", "")
        if name not in _LOOPBACK:
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"This server answers to localhost only."]
        return super().serve_request(environ, start_response)
