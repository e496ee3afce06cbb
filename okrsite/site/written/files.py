"""The files beside the goals: written pages and what they show. What would go wrong with them as parts of the site."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from okrsite.content import (
    RESERVED_PATHS,
    TANGLE_HINT,
    ProblemLog,
    front_matter_problems,
    read_text,
    shown,
    tangle,
)
from okrsite.frozen import frozen
from okrsite.model import Source
from okrsite.problems import Problem
from okrsite.settings import Settings
from okrsite.site import addresses
from okrsite.site.written.targets import Goals

MAX_PAGE = 200_000
"""Characters of a written page."""

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
_INDEX = frozenset({"index", "readme"})
_KEY = re.compile(r"[\w-]+[ \t]*:")
_TEMPLATE = re.compile(r"""template[ \t]*:[ \t]*['"]?([^'"#]*[^'"#\s])""")
_NOT_WRITTEN = frozenset({"rollout.yml", "rollouts"})


@frozen
class WrittenFile:
    """A file of the content folder that is no goal.

    Attributes:
        file: On disk.
        path: Relative to the content folder.
        place: Its name in problems.
    """

    file: Path
    path: PurePosixPath
    place: Source

    @property
    def is_page(self) -> bool:
        """Whether MkDocs makes a page of it."""
        return self.path.suffix.lower() in _MARKDOWN

    @property
    def address(self) -> str:
        """Where it is on the site."""
        if not self.is_page:
            return addresses.of_file(str(self.path))
        parent = "" if self.path.parent == PurePosixPath() else f"{self.path.parent}/"
        return parent if self.path.stem.lower() in _INDEX else f"{parent}{self.path.stem}/"


def written_files(root: Path, settings: Settings) -> Iterator[WrittenFile]:
    """The files beside the goals, sorted; what MkDocs leaves out is left out, and links are not followed."""
    content = root / settings.content
    waiting = [PurePosixPath()]
    while waiting:
        folder = waiting.pop()
        with os.scandir(content / folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            path = folder / entry.name
            name = str(path)
            if name == settings.source or name in _NOT_WRITTEN or settings.left_out(name):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                yield WrittenFile(Path(entry.path), path, Source(f"{settings.content}/{name}"))


def address_problems(written: WrittenFile, goals: Goals) -> Iterator[Problem]:
    """Whether a file takes an address of okrsite's own, or of a goal."""
    path, place = written.path, written.place
    first = written.address.partition("/")[0]
    # A folder assets/ is where many keep their pictures; the theme's files there have names of their own.
    is_asset = first == "assets" and not written.is_page
    if first in RESERVED_PATHS and (written.is_page or len(path.parts) > 1) and not is_asset:
        message = f"the address {first}/ is okrsite's own"
        yield Problem(place.path, 1, 1, "OKR310", message, "put the page into a folder of another name, e.g. guide/")
        return
    source = goals.source(written.address) if written.address.endswith("/") else None
    if source is not None:
        message = f"this page and a goal would share the address {written.address}"
        yield Problem(place.path, 1, 1, "OKR305", message, f"rename one of them; the goal is in {source.path}")


def page_text(written: WrittenFile, settings: Settings, log: ProblemLog) -> str | None:
    """The text of a written page; None, with the problem noted, where it cannot be one."""
    text = read_text(written.file, written.place.path, log)
    if text is None:
        return None
    if len(text) > MAX_PAGE:
        message = f"the page is longer than {MAX_PAGE} characters"
        log.add("OKR103", written.place, message, "split it into several pages")
        return None
    before = len(log)
    front_matter_problems(text, written.place.path, log)
    _template_problem(text, written, settings, log)
    if len(log) == before and (found := tangle(text)) is not None:
        log.add("OKR218", Source(written.place.path, found[0]), found[1], TANGLE_HINT)
    return text if len(log) == before else None


def _template_problem(text: str, written: WrittenFile, settings: Settings, log: ProblemLog) -> None:
    """Whether the front matter chooses a template that is not there; MkDocs would notice with the old site gone."""
    for number, line in enumerate(_front_matter(text), 1):
        found = _TEMPLATE.match(line)
        if found is not None and not settings.has_template(found[1]):
            message = f"there is no template {shown(found[1])} for a written page"
            place = Source(written.place.path, number)
            log.add("OKR403", place, message, "name a template of the theme, or delete the line")


def _front_matter(text: str) -> Iterator[str]:
    """The lines of a page's front matter in either form that MkDocs reads: between dashes, or up to a blank line."""
    lines = text.splitlines()
    dashes = bool(lines) and lines[0].strip() == "---"
    if not dashes and not (lines and _KEY.match(lines[0])):
        return
    for place, line in enumerate(lines):
        if place and line.strip() in (("---", "...") if dashes else ("",)):
            return
        yield line
