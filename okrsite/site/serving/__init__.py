"""``okrsite serve``: a saved file is on the screen at once.

Nothing is built: the portal is read, and a page is made when a browser asks for it. A browser that shows one waits for
news of it, so that after a save the pages on the screen are the first to be made, and the only ones.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Collection
from datetime import date
from pathlib import Path
from threading import Thread

from okrsite.content.garbage import rarely_collected
from okrsite.exchange.problems import Report, text
from okrsite.problems import OkrsiteError
from okrsite.site.serving.desk import Desk
from okrsite.site.serving.loopback import place_of
from okrsite.site.serving.server import Server
from okrsite.site.serving.watch import Watch

_DOUBT = 0.15
"""Seconds from a save in which a portal with errors may turn out to be one that is just being saved."""

_LOOK_UP = 60.0
"""Seconds between two looks at the day."""


@rarely_collected()
def serve(config_file: Path, address: str, as_of: date | None = None) -> None:
    """Serve a portal until interrupted; each saved file is shown at once.

    Errors are shown over the page and printed, and the last good pages stay.

    Args:
        config_file: The portal's ``mkdocs.yml``.
        address: ``HOST:PORT``, on loopback.
        as_of: The day that figures are computed for, as for `build`.

    Raises:
        OkrsiteError: The address is not on loopback or taken.
    """
    place, url = place_of(address), f"http://{address}/"
    with tempfile.TemporaryDirectory(prefix="okrsite-") as folder:
        desk = Desk(config_file.resolve(), Path(folder), as_of, url, _tell)
        try:
            server = Server(place, desk)
        except OSError as error:
            raise OkrsiteError(f"Nothing can be served on {address}: {error.strerror}.") from error
        with server:
            Thread(target=server.serve_forever, daemon=True).start()
            try:
                _follow(desk, url)
            except KeyboardInterrupt:
                pass
            finally:
                server.shutdown()


def _follow(desk: Desk, url: str) -> None:
    """Read the portal, and again whenever it changes."""
    while True:
        places = desk.watched()
        with Watch(places) as watch:
            _renew(desk, url, watch, ())
            Thread(target=desk.make_tools, daemon=True).start()
            while places == desk.watched():
                changed = watch.wait(_LOOK_UP)
                if changed or desk.is_of_yesterday():
                    _renew(desk, url, watch, changed)


def _renew(desk: Desk, url: str, watch: Watch, changed: Collection[str]) -> None:
    begun = saved = time.perf_counter()
    # An editor that saves in several steps has, for a moment, files where none may be.
    while not desk.renew(changed) and (more := watch.wait(max(0.0, saved + _DOUBT - time.perf_counter()))):
        changed, saved = more, time.perf_counter()
    desk.announce()
    if not desk.problems:
        _tell(f"{url}  read in {time.perf_counter() - begun:.2f} s")
    elif all(problem.code for problem in desk.problems):
        _tell(f"{text(Report(desk.problems)).rstrip()}; the last good pages stay")
    else:
        _tell(f"okrsite: {desk.problems[0].message}")


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - the server talks to its terminal
