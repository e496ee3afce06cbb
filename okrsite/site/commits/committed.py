"""A portal as it stands in a commit, in a folder of its own for as long as it is needed."""

from __future__ import annotations

import posixpath
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from okrsite.frozen import frozen
from okrsite.history import GitError, Repository, Revision, repository_of, revision_of
from okrsite.history.checkout import Checkout
from okrsite.problems import ContentError, OkrsiteError
from okrsite.settings import CONFIG_NAMES
from okrsite.site.commits.kept import KeptCommit

_LEADS_OUT = re.compile(r"""\b(INHERIT|docs_dir|custom_dir)[ \t]*:[ \t]*['"]?([^'"#,}\s]+)""")
"""Options of MkDocs whose files may be beside the portal's folder."""


@frozen
class Committed:
    """A portal of a commit.

    Attributes:
        revision: The commit.
        config_file: The portal's ``mkdocs.yml`` as it is there.
        home: The portal's own folder, which its caches are in and messages are about; of a bare repository that.
        checkout: What the commit's files were brought with.
        prefix: The portal's folder relative to the repository's top, without a slash at its end.
    """

    revision: Revision
    config_file: Path
    home: Path
    checkout: Checkout
    prefix: str

    @property
    def root(self) -> Path:
        """The portal's folder as it is in the commit."""
        return self.config_file.parent

    @property
    def past(self) -> Path:
        """Where the portal would be in its repository, for its history: in a bare one there is no such folder."""
        top = self.checkout.repository.top
        return top / self.prefix if self.home == top else self.home

    def day(self, option: date | None) -> date:
        """The day that figures are computed for: what ``--as-of`` says, else the commit's committer date."""
        return option if option is not None else self.revision.day

    def commit_of(self, path: str) -> str:
        """The commit that a path, relative to the portal's folder, comes from: a submodule has its own."""
        return self.checkout.commit_of(posixpath.normpath(posixpath.join(self.prefix, path)))

    def at_home(self, text: str) -> str:
        """A text with paths as they are in the portal's own folder."""
        top = self.home if not self.prefix else self.checkout.repository.top
        return text.replace(str(self.root), str(self.home)).replace(str(self.checkout.top), str(top))


@contextmanager
def committed_portal(config_file: Path, at: str) -> Iterator[Committed]:
    """The portal as it stands in a commit.

    What fails while it is looked at is told with the paths of the portal's own folder.

    Args:
        config_file: The portal's ``mkdocs.yml`` in the work tree.
        at: A day, or any name of a commit that git knows.

    Raises:
        GitError: There is no such commit, or it cannot be taken out.
        OkrsiteError: The portal was not there.
    """
    home = config_file.resolve().parent
    repository = repository_of(home)
    revision = revision_of(repository, at)
    with portal_of(repository, revision, repository.prefix.rstrip("/"), config_file.name, home) as committed:
        yield committed


@contextmanager
def portal_of(
    repository: Repository,
    revision: Revision,
    prefix: str = "",
    name: str = "mkdocs.yml",
    home: Path | None = None,
    kept: KeptCommit | None = None,
) -> Iterator[Committed]:
    """The same from any repository, a bare one too.

    Args:
        repository: Where the commit is.
        revision: The commit.
        prefix: The portal's folder relative to the repository's top, without a slash at its end.
        name: What its configuration is called; ``mkdocs.yml`` may be ``mkdocs.yaml`` too.
        home: The portal's own folder; by default where it is below the repository's top.
        kept: Where to bring it, and what is there of an earlier commit; by default a new folder.
    """
    with _folder(kept) as top:
        checkout = Checkout(repository, revision.id, top)
        if kept is not None:
            checkout.there = kept.clear(checkout)
        root = top / prefix
        checkout.bring(prefix)
        names = CONFIG_NAMES if name in CONFIG_NAMES else ()
        file = next((root / each for each in (name, *names) if (root / each).is_file()), None)
        if file is None:
            place = posixpath.join(prefix, name)
            asked = revision.short if revision.id.startswith(revision.name) else f"{revision.name} ({revision.short})"
            raise GitError(
                "failed", f"the portal is not in {asked}: there is no {place}", "choose a commit that has it"
            )
        committed = Committed(revision, file, home or repository.top / prefix, checkout, prefix)
        _bring_what_is_beside(checkout, prefix, posixpath.join(prefix, file.name), set())
        if kept is not None:
            kept.note(checkout)
        try:
            yield committed
        except ContentError as error:
            at_home = committed.at_home
            raise ContentError(
                each._replace(path=at_home(each.path), message=at_home(each.message)) for each in error.problems
            ) from error
        except OkrsiteError as error:
            told = committed.at_home(str(error))
            if told == str(error):
                raise
            raise OkrsiteError(told) from error


@contextmanager
def _folder(kept: KeptCommit | None) -> Iterator[Path]:
    if kept is not None:
        yield kept.top.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="okrsite-") as folder:
        yield Path(folder).resolve()


def _bring_what_is_beside(checkout: Checkout, prefix: str, config: str, seen: set[str]) -> None:
    """Bring what a configuration names outside the portal's folder, as far as the repository has it."""
    file = checkout.top / config
    if config in seen or file.is_symlink() or not file.is_file():
        return
    seen.add(config)
    named = _LEADS_OUT.findall(file.read_text("utf-8", "replace"))
    if not any(key == "docs_dir" for key, _ in named):
        named.append(("docs_dir", "docs"))
    for key, value in named:
        folder = posixpath.dirname(config) if key == "INHERIT" else prefix
        path = posixpath.normpath(posixpath.join(folder, value))
        if path.startswith(("/", "..")) or path == ".":
            continue  # not in this repository, or the whole of it: MkDocs says what is wrong
        if not checkout.bring(path) and key == "docs_dir" and value != "docs" and not (checkout.top / path).exists():
            raise GitError("failed", f"the content folder '{value}' is not in the commit", "git may ignore it")
        checkout.need(path)
        if key == "INHERIT":
            _bring_what_is_beside(checkout, prefix, path, seen)
