"""The two sides of a comparison, by what people call them: commits, days, folders, files, or the work tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

from okrsite.content import ContentCache, read_portal
from okrsite.exchange import state_of_json
from okrsite.frozen import frozen
from okrsite.history import (
    Comparison,
    GitError,
    PortalState,
    Repository,
    Revision,
    Side,
    SideKind,
    compared,
    fork_of,
    is_revision,
    renamed_files,
    repository_of,
    revision_of,
    state_of,
)
from okrsite.problems import ContentError, OkrsiteError, Problem
from okrsite.rules import check
from okrsite.scoring import score
from okrsite.settings import CONFIG_NAMES, Settings
from okrsite.site.clock import day
from okrsite.site.commits.committed import portal_of
from okrsite.site.commits.kept import kept_commit, read_of_commits
from okrsite.site.freshness.workfolder import work_folder, work_folder_problems
from okrsite.site.inspection.checks import site_problems
from okrsite.site.options.config import load

WORK_TREE = "work tree"
_LOOKS_LIKE_A_PLACE = re.compile(r"\.{0,2}/|\.{1,2}$|~|.*\.(?:json|ya?ml)$")


@frozen
class _Wanted:
    """A side that was found but not read yet."""

    name: str
    kind: SideKind
    config_file: Path | None = None
    revision: Revision | None = None
    state: PortalState | None = None


@frozen
class Sides:
    """Finds and compares sides.

    Attributes:
        config_file: The portal's ``mkdocs.yml``; gives it, or fails where there is none and one is needed.
    """

    config_file: Callable[[], Path]

    def compare(self, before: str = "HEAD", after: str | None = None, as_of: date | None = None) -> Comparison:
        """Compare two sides on one day.

        Args:
            before: A day, commit, folder or file; ``A..B`` for both at once, ``A...B`` to begin where they parted.
            after: Likewise; None for the work tree.
            as_of: The day for both; by default the later of theirs, or that of an ``okrs.json``.

        Raises:
            ContentError: The side before has errors.
            OkrsiteError: A side does not exist, or cannot be read at all.
        """
        one, other = self._both(before, after)
        days = [each.state.as_of for each in (one, other) if each.state is not None]
        shared = as_of or (days[0] if days else max(self._day(one), self._day(other)))
        sides = self._read(one, shared), self._read(other, shared)
        if sides[0].state is None:
            raise ContentError(sides[0].placed())
        return compared(*sides, self._renamed(one, other))

    def _both(self, before: str, after: str | None) -> tuple[_Wanted, _Wanted]:
        found = re.fullmatch(r"(.*?[^./])?(\.{2,3})([^./].*)?", before) if after is None else None
        if found is None or not (found[1] or found[3]) or Path(before).exists():
            return self._wanted(before), self._wanted(after)
        one, other = found[1] or "HEAD", found[3] or "HEAD"
        if found[2] == "...":
            repository = self._repository()
            fork = fork_of(repository, one, other)
            return _Wanted(f"{one}...{other}", "commit", revision=fork), self._wanted(other)
        return self._wanted(one), self._wanted(other)

    def _wanted(self, name: str | None) -> _Wanted:
        if name is None:
            return _Wanted(WORK_TREE, "work_tree", self.config_file())
        place = Path(name).expanduser()
        if _LOOKS_LIKE_A_PLACE.match(name) and place.exists():
            return self._at_place(name, place)
        try:
            repository = self._repository()
        except (GitError, OkrsiteError):
            if place.exists():
                return self._at_place(name, place)
            raise
        if place.exists() and not is_revision(repository, name):
            return self._at_place(name, place)
        return _Wanted(name, "commit", revision=revision_of(repository, name))

    def _at_place(self, name: str, place: Path) -> _Wanted:
        built = place / "api" / "okrs.json"
        if place.suffix == ".json" and place.is_file():
            return _Wanted(name, "file", state=_json_state(place, name))
        candidates = [place / each for each in CONFIG_NAMES] if place.is_dir() else [place]
        config = next((each for each in candidates if each.is_file()), None)
        if config is not None:
            return _Wanted(name, "folder", config)
        if built.is_file():  # a site that okrsite has built
            return _Wanted(name, "file", state=_json_state(built, f"{name.rstrip('/')}/api/okrs.json"))
        raise OkrsiteError(f"{name} is no portal: it holds neither mkdocs.yml nor api/okrs.json.")

    def _repository(self) -> Repository:
        return repository_of(self.config_file().resolve().parent)

    def _day(self, wanted: _Wanted) -> date:
        """The day that a side alone would be shown for."""
        if wanted.revision is not None:
            return wanted.revision.day
        assert wanted.config_file is not None, "files have a day of their own"  # noqa: S101
        with _named(wanted):
            try:
                settings, _ = load(wanted.config_file)
            except ContentError:
                settings = Settings()  # its faults are told when it is read
            return day(None, settings)

    def _read(self, wanted: _Wanted, as_of: date) -> Side:
        if wanted.state is not None:
            return Side(wanted.name, wanted.kind, "", wanted.state.as_of, wanted.state)
        with _named(wanted):
            if wanted.revision is None:
                assert wanted.config_file is not None, "it is in a folder"  # noqa: S101
                home = _home_of_caches(wanted.config_file) if wanted.kind == "work_tree" else None
                kept = None if home is None else ContentCache(work_folder(home) / "content")
                state, problems = _portal(wanted.config_file, as_of, self._prefix(wanted), kept)
                return Side(wanted.name, wanted.kind, "", as_of, state, problems)
            config = self.config_file().resolve()
            repository = self._repository()
            prefix = repository.prefix.rstrip("/")
            home = _home_of_caches(config)
            return _committed_side(repository, wanted.revision, prefix, config.name, config.parent, as_of, home)

    def _prefix(self, wanted: _Wanted) -> str:
        if wanted.kind != "work_tree":
            return ""
        try:
            return self._repository().prefix
        except GitError:
            return ""

    def _renamed(self, one: _Wanted, other: _Wanted) -> dict[str, str]:
        """What git knows of renamed files; of folders and files it knows nothing."""
        if one.revision is None or (other.revision is None and other.kind != "work_tree"):
            return {}
        repository = self._repository()
        after = other.revision.id if other.revision else None
        return renamed_files(repository, one.revision.id, after, repository.prefix.rstrip("/"))


def compare_commits(
    repository: Repository, before: Revision, after: Revision, prefix: str = "", config_name: str = "mkdocs.yml"
) -> Comparison:
    """Compare two commits of any repository, a bare one too, on the later of their days.

    Args:
        repository: Where they are.
        before: The one to start from.
        after: The other one.
        prefix: The portal's folder relative to the repository's top, without a slash at its end.
        config_name: What its configuration is called.

    Raises:
        ContentError: The commit before has errors.
        OkrsiteError: One of them cannot be read at all.
    """
    as_of = max(before.day, after.day)
    sides = [_committed_side(repository, each, prefix, config_name, None, as_of, None) for each in (before, after)]
    if sides[0].state is None:
        raise ContentError(sides[0].placed())
    return compared(sides[0], sides[1], renamed_files(repository, before.id, after.id, prefix))


def _committed_side(
    repository: Repository,
    revision: Revision,
    prefix: str,
    name: str,
    home: Path | None,
    as_of: date,
    of_caches: Path | None,
) -> Side:
    """A commit; where there is a folder for caches, with what is there of one that was looked at earlier."""
    try:
        with (
            nullcontext() if of_caches is None else kept_commit(of_caches) as kept,
            portal_of(repository, revision, prefix, name, home, kept) as committed,
        ):
            cache = None if of_caches is None else read_of_commits(of_caches)
            state, problems = _portal(committed.config_file, as_of, f"{prefix}/" if prefix else "", cache)
    except ContentError as error:
        state, problems = None, error.problems
    return Side(revision.name, "commit", revision.id, as_of, state, problems)


def _portal(
    config_file: Path, as_of: date, prefix: str, kept: ContentCache | None
) -> tuple[PortalState | None, tuple[Problem, ...]]:
    """A portal's state on a day, and its problems; no state where it has errors."""
    try:
        settings, root = load(config_file)
    except ContentError as error:
        return None, error.problems
    reading = read_portal(root, settings, kept)
    portal = reading.portal
    if portal is None:
        return None, reading.problems
    figures = score(portal, as_of, settings.status)
    found = (*reading.problems, *site_problems(portal, settings, root), *check(portal, figures, settings))
    return state_of(portal, figures, prefix), tuple(sorted(found))


def _home_of_caches(config_file: Path) -> Path | None:
    """The folder whose caches are used; none where they are under version control: anyone may have made them."""
    root = config_file.resolve().parent
    return None if work_folder_problems(root) else root


@contextmanager
def _named(wanted: _Wanted) -> Iterator[None]:
    """Say which side it is that fails."""
    try:
        yield
    except ContentError:
        raise
    except OkrsiteError as error:
        raise OkrsiteError(f"{wanted.name}: {error}") from error


def _json_state(place: Path, name: str) -> PortalState:
    try:
        text = place.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise OkrsiteError(f"{name} cannot be read: {error}") from error
    return state_of_json(text, name)
