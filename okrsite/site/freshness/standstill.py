"""Whether anything at all changed since a site was built; if not, a build ends before it has begun."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from okrsite.disk import Stat, seal, seal_of
from okrsite.settings import Settings
from okrsite.site.built import Built
from okrsite.site.freshness.ground import Ground

if TYPE_CHECKING:
    from okrsite.site.freshness.ahead import Ahead


class Standstill:
    """The note of all that a build read and wrote: what each file was, by a look at its entry.

    Args:
        config_file: The portal's ``mkdocs.yml``, resolved.
        site_dir: Where to build to, as asked for.
        site_url: As asked for.
    """

    def __init__(self, config_file: Path, site_dir: Path | None, site_url: str | None = None) -> None:
        asked = f"{site_dir.resolve() if site_dir else ''}\n{site_url}"
        name = blake2b(asked.encode(errors="surrogateescape"), digest_size=8).hexdigest()
        self._root = config_file.parent
        self._ground = Ground(config_file, f"{name}.still")
        self._ahead: Ahead | None = None

    def result(self, as_of: date | None) -> Built | None:
        """What a build would say, where it would change nothing; None where it may change something.

        Args:
            as_of: The day that figures are computed for, as asked for.
        """
        begun = time.perf_counter()
        said = self._ground.outcome(as_of)
        with contextlib.suppress(OSError):  # something of the site is gone
            if said is not None and seal_of(said["outputs"]) == said["left"]:
                return _built(said["result"], time.perf_counter() - begun)
        return None

    @contextmanager
    def ahead(self, wanted: bool) -> Iterator[None]:
        """Have a copy of this process find out what a build asks for first, if the last one left what that takes.

        Args:
            wanted: Whether there may be a copy.
        """
        noted = self._ground.noted()
        if noted is None:
            yield
            return
        from okrsite.crew import meanwhile  # noqa: PLC0415 - with what follows it takes long to load
        from okrsite.site.freshness.ahead import Ahead, find_out  # noqa: PLC0415

        settings = noted.configured.settings
        with meanwhile(partial(find_out, self._root, settings, noted.outcome), wanted) as found:
            self._ahead = Ahead(settings, found)
            yield

    def begin(self, content: Path) -> Ahead:
        """Look at all that a build will read, before it does; gives what is known then.

        Args:
            content: The content folder.
        """
        from okrsite.site.freshness.ahead import Ahead  # noqa: PLC0415 - as above

        ahead = self._ahead or Ahead()
        ahead.look = self._ground.begin(content)
        return ahead

    def makers(self, themes: Iterable[str]) -> str:
        """What stands for okrsite and its theme.

        Args:
            themes: The folders of the theme.
        """
        return self._ground.makers(themes)

    def end(
        self, result: Built, outputs: Mapping[str, Stat], settings: Settings, as_of: date, themes: Iterable[str]
    ) -> None:
        """Leave the note for the next build, now that all is in place.

        Args:
            result: What it did.
            outputs: All that there is in the site's folder, and the folder itself, each as it was left.
            settings: The portal's options.
            as_of: The day that figures were computed for.
            themes: The folders of the theme.
        """
        if not self._ground.is_firm():
            return
        with contextlib.suppress(OSError):
            if self._ground.is_past(outputs.values()):
                said = {"outputs": list(outputs), "left": seal(outputs.values()), "result": _said(result)}
                self._ground.end(said, settings, as_of, themes)


def _said(result: Built) -> dict[str, Any]:
    """What the next build will say of itself, where nothing changes."""
    told = {field.name: getattr(result, field.name) for field in fields(Built)}
    texts = {name: tuple(map(str, told[name])) for name in ("warnings", "notices")}
    return {**told, **texts, "site_dir": str(result.site_dir), "findings": dict(result.findings), "revision": None}


def _built(said: dict[str, Any], seconds: float) -> Built:
    pages = said["pages_made"] + said["pages_kept"]
    nothing = ("pages_made", "written", "deleted", "put_back", "charts_drawn", "charts_cached")
    return Built(
        **{
            **said,
            **dict.fromkeys(nothing, 0),
            "pages_kept": pages,
            "site_dir": Path(said["site_dir"]),
            "unchanged": said["written"] + said["unchanged"],
            "seconds": seconds,
        }
    )
