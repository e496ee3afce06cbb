"""The hooks as files in a repository: a few lines of shell that call okrsite."""

from __future__ import annotations

import shlex
from pathlib import Path

from okrsite.frozen import frozen
from okrsite.history import GitError, Repository, repository_of
from okrsite.problems import OkrsiteError

OURS = "# Written by `okrsite hook install`"
"""What tells our hooks from others."""

_POST = f"""\
#!/bin/sh
{OURS}, which brings it up to date too. Publishes what was pushed; fails no push.
trap '' HUP PIPE # what has begun is finished, though the pusher has gone
PYTHONUTF8=1
export PYTHONUTF8
@command@ || exit 0
"""
_PRE = f"""\
#!/bin/sh
{OURS} --check, which brings it up to date too. Refuses a push with errors.
PYTHONUTF8=1
export PYTHONUTF8
exec @command@
"""


@frozen
class Hooks:
    """What is installed.

    Attributes:
        python: The interpreter that has okrsite.
        target: Where to publish; a folder by its full path.
        branch: The branch that is published.
        portal: The portal's folder in the repository; empty for its top.
        check: Whether a push with errors is refused.
    """

    python: str
    target: str
    branch: str
    portal: str = ""
    check: bool = False

    def files(self, repository: str) -> dict[str, str | None]:
        """The text of each hook; None for one that there shall not be.

        Args:
            repository: Where the repository is, seen from where git runs its hooks.
        """
        options = ["--repository", repository, "--branch", self.branch]
        options += ["--portal", self.portal] if self.portal else []
        # -P: what stands where git runs hooks is no part of Python's path.
        start = [self.python, "-P", "-m", "okrsite", "hook"]
        post = shlex.join([*start, "post-receive", *options, "--", self.target])
        pre = shlex.join([*start, "pre-receive", *options])
        return {
            "post-receive": _POST.replace("@command@", post),
            "pre-receive": _PRE.replace("@command@", pre) if self.check else None,
        }


def branch_of(repository: Repository) -> str:
    """The branch that a repository calls its own, whether it has commits or not; ``main`` where none is checked out."""
    try:
        return repository.git("symbolic-ref", "--short", "HEAD").decode().strip() or "main"
    except GitError:
        return "main"


def repository_at(place: Path) -> Repository:
    """The repository that a user names: a bare one, a work tree, or the ``.git`` in it.

    Raises:
        OkrsiteError: There is none just there.
    """
    folder = place.resolve()
    if folder.name == ".git" and folder.is_dir():
        folder = folder.parent
    if not folder.is_dir():
        raise OkrsiteError(f"there is no folder {place}.")
    try:
        repository = repository_of(folder)
    except GitError as error:
        if error.kind != "no_repository":
            raise
        raise OkrsiteError(f"{place} is no git repository; `git init --bare {place}` makes one.") from error
    if repository.prefix or repository.top.resolve() != folder:
        raise OkrsiteError(f"{place} is inside the repository {repository.top}; name that.")
    return repository


def install(hooks: Hooks, repository: Repository) -> list[Path]:
    """Write the hooks into a repository; those that okrsite wrote earlier are brought up to date, or taken away.

    Returns:
        The hooks that are there now.

    Raises:
        OkrsiteError: There are other hooks of these names (nothing was written), or they cannot be written.
    """
    git_dir = Path(_told(repository, "rev-parse", "--absolute-git-dir"))
    folder = git_dir / "hooks"
    elsewhere = Path(git_dir, _told(repository, "rev-parse", "--git-path", "hooks"))
    if not (elsewhere == folder or elsewhere.resolve() == folder.resolve() or _is_default(repository)):
        raise OkrsiteError(
            f"git runs the hooks in {elsewhere} for this repository, since core.hooksPath says so, and not those in "
            f"{folder}: take that setting away for it with `git config core.hooksPath {folder}`."
        )
    texts = hooks.files("." if repository.top.resolve() == git_dir.resolve() else str(repository.top))
    foreign = [folder / name for name, text in texts.items() if text is not None and _is_foreign(folder / name)]
    if foreign:
        names = "".join(f"\n    {path}" for path in foreign)
        raise OkrsiteError(
            f"these hooks are not okrsite's, so nothing was written:{names}\n"
            "Call okrsite from them instead (`okrsite hook post-receive --help`), or move them away first."
        )
    try:
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            path = folder / name
            if text is not None:
                _write(path, text)
            elif path.is_file() and not _is_foreign(path):
                path.unlink()
    except OSError as error:
        raise OkrsiteError(f"cannot write the hooks in {folder}: {error.strerror or error}") from error
    return [folder / name for name, text in texts.items() if text is not None]


def _is_default(repository: Repository) -> bool:
    try:
        return not _told(repository, "config", "--get", "core.hooksPath")
    except GitError:
        return True


def _is_foreign(path: Path) -> bool:
    if not (path.is_symlink() or path.exists()):
        return False
    try:
        return OURS not in path.read_text("utf-8", "replace")
    except OSError:
        return True


def _write(path: Path, text: str) -> None:
    """Put it in place as one step: git may run the old one at this moment."""
    beside = path.with_name(f"{path.name}.okrsite")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.chmod(0o755)
    beside.replace(path)


def _told(repository: Repository, *arguments: str) -> str:
    return repository.git(*arguments).decode("utf-8", "surrogateescape").removesuffix("\n")
