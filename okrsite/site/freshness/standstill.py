"""Whether anything at all changed since a site was built; if not, a build ends before it has begun."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from okrsite.disk import stat_of
from okrsite.problems import Problem
from okrsite.settings import Settings
from okrsite.site.built import BuildResult
from okrsite.site.freshness.ground import PARTS, Ground, below, seal


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
        self._ground = Ground(config_file, f"{name}.still")

    def result(self, as_of: date | None) -> BuildResult | None:
        """What a build would say, where it would change nothing; None where it may change something.

        Args:
            as_of: The day that figures are computed for, as asked for.
        """
        begun = time.perf_counter()
        said = self._ground.outcome(as_of)
        if said is None or not _are_left(said["outputs"], said["left"]):
            return None
        return _built(said["result"], time.perf_counter() - begun)

    def begin(self, content: Path) -> None:
        """Look at all that a build will read, before it does.

        Args:
            content: The content folder.
        """
        self._ground.begin(content)

    def end(self, result: BuildResult, settings: Settings, as_of: date, content: Path, themes: Iterable[str]) -> None:
        """Leave the note for the next build, now that all is in place.

        Args:
            result: What it did.
            settings: The portal's options.
            as_of: The day that figures were computed for.
            content: The content folder.
            themes: The folders of the theme.
        """
        if not self._ground.is_firm():
            return
        outputs = below(str(result.site_dir))
        if self._ground.is_past(outputs.values()):
            said = {"outputs": list(outputs), "left": seal(outputs), "result": _said(result)}
            self._ground.end(said, settings, as_of, content, themes)


def _are_left(names: Iterable[str], left: str) -> bool:
    """Whether files are as they were left."""
    stats = {name: stat for name in names if (stat := stat_of(name)) is not None}
    return seal(stats) == left


def _said(result: BuildResult) -> dict[str, Any]:
    """What the next build will say of itself, where nothing changes."""
    told = asdict(replace(result, problems=(), revision=None))
    return {**told, "site_dir": str(result.site_dir), "problems": list(map(PARTS, result.problems))}


def _built(said: dict[str, Any], seconds: float) -> BuildResult:
    pages = said["pages_made"] + said["pages_kept"]
    nothing = {"pages_made": 0, "pages_kept": pages, "written": 0, "deleted": 0, "charts_drawn": 0, "charts_cached": 0}
    return BuildResult(
        **{
            **said,
            **nothing,
            "site_dir": Path(said["site_dir"]),
            "unchanged": said["written"] + said["unchanged"],
            "seconds": seconds,
            "problems": tuple(Problem(*each) for each in said["problems"]),
            "warnings": tuple(said["warnings"]),
            "notices": tuple(said["notices"]),
        }
    )
