"""Whether anything at all changed since a site was built; if not, a build ends before it has begun."""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from okrsite.disk import UNSURE, Stat, moment, put, stat_of, told
from okrsite.history.git import GitError, repository_of
from okrsite.problems import Problem
from okrsite.settings import Settings
from okrsite.site.built import BuildResult
from okrsite.site.clock import day
from okrsite.site.freshness.makers import makers
from okrsite.site.freshness.manifest import let_go

_ELSEWHERE = re.compile(rb"!ENV|!!python|!relative|^INHERIT", re.MULTILINE)
"""What has a configuration depend on more than itself."""

_BEGIN = "okrsite standstill 1"
_TRIES = 1000


class Standstill:
    """The note of all that a build read and wrote: what each file was, by a look at its entry.

    Args:
        config_file: The portal's ``mkdocs.yml``, resolved.
        site_dir: Where to build to, as asked for.
        site_url: As asked for.
    """

    def __init__(self, config_file: Path, site_dir: Path | None, site_url: str | None = None) -> None:
        self._config = config_file
        self._work = config_file.parent / ".okrsite"
        asked = f"{site_dir.resolve() if site_dir else ''}\n{site_url}"
        name = blake2b(asked.encode(errors="surrogateescape"), digest_size=8).hexdigest()
        self._file = self._work / "builds" / f"{name}.still"
        self._before: tuple[int, dict[str, Stat], str] | None = None

    def result(self, as_of: date | None) -> BuildResult | None:
        """What a build would say, where it would change nothing; None where it may change something.

        Args:
            as_of: The day that figures are computed for, as asked for.
        """
        begun = time.perf_counter()
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, IndexError):
            noted = self._read()
            settings = Settings(as_of=date.fromisoformat(noted["as_of"]) if noted["as_of"] else None)
            if (
                noted["day"] == day(as_of, settings).isoformat()
                and noted["inputs"] == _listed(_inputs(self._config, noted["content"]))
                and noted["git"] == _git(self._config.parent)
                and all(_is_left(name, was) for name, was in noted["outputs"].items())
                and noted["makers"] == makers(noted["themes"])
            ):
                return _built(noted["result"], time.perf_counter() - begun)
        return None

    def begin(self, content: Path) -> None:
        """Look at all that a build will read, before it does.

        Args:
            content: The content folder.
        """
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
            inputs = _inputs(self._config, str(content))
            self._is_past(inputs.values())  # of what is saved twice within this moment, it reads the second
            self._before = moment(self._work), inputs, _git(self._config.parent)

    def end(self, result: BuildResult, settings: Settings, as_of: date, content: Path, themes: Iterable[str]) -> None:
        """Leave the note of a build, if nobody changed anything since it began.

        Args:
            result: What it did.
            settings: The portal's options.
            as_of: The day that figures were computed for.
            content: The content folder.
            themes: The folders of the theme.
        """
        if self._before is None or _ELSEWHERE.search(self._config.read_bytes()):
            return
        began, inputs, git = self._before
        outputs = _below(str(result.site_dir))
        if any(max(stat[1:3]) >= began for stat in inputs.values()) or not self._is_past(outputs.values()):
            return
        noted = {
            "as_of": settings.as_of.isoformat() if settings.as_of else None,
            "day": as_of.isoformat(),
            "content": str(content),
            "inputs": _listed(inputs),
            "git": git,
            "outputs": _listed(outputs),
            "themes": list(themes),
            "makers": makers(list(themes)),
            "result": _said(result),
        }
        text = json.dumps(noted, separators=(",", ":"))
        with contextlib.suppress(OSError):  # without it the next build takes longer
            put(self._file, f"{_BEGIN} {_checksum(text)}\n{text}".encode(errors="surrogateescape"))
            let_go(self._file)

    def _read(self) -> dict[str, Any]:
        head, _, text = self._file.read_text(encoding="utf-8").partition("\n")
        if head != f"{_BEGIN} {_checksum(text)}":
            raise ValueError(head)
        noted: dict[str, Any] = json.loads(text)
        return noted

    def _is_past(self, stats: Iterable[Stat]) -> bool:
        """Whether whatever is done to some files from now on leaves another time behind: a few milliseconds later."""
        last = max((max(stat[1:3]) for stat in stats), default=0)
        return any(moment(self._work) > last for _ in range(_TRIES))


def _inputs(config_file: Path, content: str) -> dict[str, Stat]:
    """The configuration and all content; the theme's files count by what they hold."""
    own = stat_of(str(config_file))
    return {str(config_file): own or UNSURE, **_below(content)}


def _below(folder: str) -> dict[str, Stat]:
    """All files and folders below one, and the folder itself."""
    found: dict[str, Stat] = {}
    waiting = [folder]
    while waiting:
        each = waiting.pop()
        found[each] = stat_of(each) or UNSURE
        with os.scandir(each) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    found[entry.path] = told(entry.stat(follow_symlinks=False))
    return found


def _listed(stats: Mapping[str, Stat]) -> dict[str, list[int]]:
    """As JSON has it."""
    return {name: list(stat) for name, stat in stats.items()}


def _is_left(name: str, was: list[int]) -> bool:
    return stat_of(name) == tuple(was)


def _git(root: Path) -> str:
    """What of git shows on the site: the commit that history is told up to; and whether caches are in git."""
    try:
        repository = repository_of(root)
        tracked = repository.git("ls-files", "-z", "--", f"{repository.prefix}.okrsite")
        head = repository.git("rev-parse", "--verify", "HEAD")
    except GitError as error:
        return f"{error.kind} {error.message}"
    return f"{head.decode().strip()} {repository.is_shallow} {bool(tracked)}"


def _said(result: BuildResult) -> dict[str, Any]:
    """What the next build will say of itself, where nothing changes."""
    told = asdict(replace(result, problems=(), revision=None))
    problems = [[*asdict(problem).values()] for problem in result.problems]
    return {**told, "site_dir": str(result.site_dir), "problems": problems}


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


def _checksum(text: str) -> str:
    return blake2b(text.encode(errors="surrogateescape"), digest_size=16).hexdigest()
