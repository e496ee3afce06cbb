"""The one place that runs git: no shell, names and messages as bytes, and no answer depends on a user's settings."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError

GapKind = Literal["no_git", "no_repository", "refused", "no_commit", "shallow", "failed"]

_SETTINGS = (
    *("core.quotePath=false", "core.fsmonitor=false", "color.ui=false", "log.showSignature=false", "log.mailmap=false"),
    *("log.follow=false", "diff.renames=true", "diff.renameLimit=2000", "diff.relative=false", "diff.noprefix=false"),
    *(
        "log.showRoot=true",
        f"diff.orderFile={os.devnull}",
        "diff.ignoreSubmodules=none",
        "i18n.logOutputEncoding=UTF-8",
    ),
)
"""What a user or a machine may have set otherwise, and what no answer may depend on."""

_LEFT_OUT = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"})
"""Set by git for its hooks; they would name another repository than the one that holds the folder."""

_AT_ONCE = 256  # ids written before their answers are read: they have to fit into a pipe


class GitError(OkrsiteError):
    """Git is not there, or said no.

    Attributes:
        kind: Which of the ways in which history can be missing.
        message: What is the case, as a sentence without its full stop.
        hint: What to do about it; empty where nothing is known.
    """

    def __init__(self, kind: GapKind, message: str, hint: str = "") -> None:
        self.kind = kind
        self.message = message
        self.hint = hint
        super().__init__(f"{message}: {hint}" if hint else message)


@frozen
class Repository:
    """A repository, seen from a folder in it.

    Attributes:
        top: The top of its work tree; of a bare one the repository itself.
        prefix: The folder relative to the top, with a slash at its end; empty for the top.
        is_shallow: Whether its history was cut off when it was cloned.
    """

    top: Path
    prefix: str
    is_shallow: bool

    def git(self, *arguments: str, given: bytes = b"") -> bytes:
        """What git prints.

        Args:
            arguments: The command and its options.
            given: Its standard input.

        Raises:
            GitError: Git failed; the message is its own.
        """
        return _run(self.top, arguments, given)

    @contextmanager
    def reading(self, *arguments: str) -> Iterator[IO[bytes]]:
        """What git prints, while it prints it: for long answers.

        Raises:
            GitError: Git failed.
        """
        with _started(self.top, arguments) as (process, complaint):
            yield _pipe(process.stdout)
            if process.wait() != 0:
                raise _failure(complaint())

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """The contents of files by their blobs' ids, in the order asked for; None for one that is not there."""
        wanted = list(ids)
        with _started(self.top, ("cat-file", "--batch")) as (process, _):
            asked, answers = _pipe(process.stdin), _pipe(process.stdout)
            for begin in range(0, len(wanted), _AT_ONCE):
                part = wanted[begin : begin + _AT_ONCE]
                asked.write("".join(f"{id}\n" for id in part).encode())
                asked.flush()
                for id in part:
                    yield id, _answer(answers)


def repository_of(folder: Path) -> Repository:
    """The repository that holds a folder: the innermost one, so that of a submodule inside it.

    Raises:
        GitError: There is none, or git is not installed, or it refuses to look.
    """
    told = _run(folder, ("rev-parse", "--is-bare-repository", "--is-shallow-repository", "--show-prefix"))
    bare, shallow, prefix = os.fsdecode(told).split("\n")[:3]
    place = "--absolute-git-dir" if bare == "true" else "--show-toplevel"
    top = os.fsdecode(_run(folder, ("rev-parse", place))).removesuffix("\n")
    return Repository(Path(top), prefix, shallow == "true")


def head_files(folder: Path) -> tuple[Path, ...]:
    """The files that git writes whenever ``HEAD`` comes to another commit, of the repository that holds a folder.

    None where nothing tells of it: outside of a repository, and where git keeps no log of ``HEAD``.
    """
    try:
        told = os.fsdecode(_run(folder, ("rev-parse", "--git-path", "HEAD", "--git-path", "logs/HEAD")))
    except GitError:
        return ()
    files = tuple((folder / name).resolve() for name in told.splitlines())
    return files if all(file.is_file() for file in files) else ()


def _answer(answers: IO[bytes]) -> bytes | None:
    """One of the answers of ``git cat-file --batch``: a line with its size, then that many bytes and a line's end."""
    words = answers.readline().split()
    if len(words) != 3:  # "<id> missing"
        return None
    content = answers.read(int(words[2]) + 1)
    return content[:-1]


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return ["git", "-C", str(folder), "--no-pager", "--literal-pathspecs", *settings, *arguments]


def _environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    plain = {"LC_ALL": "C.UTF-8", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1"}
    plain["GIT_GRAFT_FILE"] = os.devnull  # as with replaced objects: one clone has them, another has not
    plain["GIT_FLUSH"] = "0"  # long answers come in large parts, not line by line
    return {**kept, **plain}


def _run(folder: Path, arguments: Sequence[str], given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and arguments are okrsite's own
            _command(folder, arguments), input=given, capture_output=True, env=_environment(), check=False
        )
    except FileNotFoundError as error:
        raise _not_installed() from error
    if done.returncode != 0:
        raise _failure(done.stderr)
    return done.stdout


@contextmanager
def _started(folder: Path, arguments: Sequence[str]) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[], bytes]]]:
    """A running git; its complaints go to a file, so that they never fill a pipe that nobody reads."""
    with tempfile.TemporaryFile() as said:

        def complaint() -> bytes:
            said.seek(0)
            return said.read()

        try:
            process = subprocess.Popen(  # noqa: S603 - as above
                _command(folder, arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                env=_environment(),
            )
        except FileNotFoundError as error:
            raise _not_installed() from error
        with process:
            try:
                yield process, complaint
            finally:
                process.kill()  # does nothing to one that has ended


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "every git is started with pipes"  # noqa: S101 - tells the type checker
    return stream


def _not_installed() -> GitError:
    return GitError("no_git", "git is not installed", "install git to see how goals moved")


def _failure(complaint: bytes) -> GitError:
    """Git's own words as an error."""
    lines = [line for line in complaint.decode("utf-8", "replace").splitlines() if line.strip()]
    said = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else "git failed")
    said = said.partition(": ")[2] if said.startswith(("fatal:", "error:")) else said
    if "dubious ownership" in said:
        hint = "another user owns the repository; run `git config --global --add safe.directory` with its folder"
        return GitError("refused", "git refuses to read the repository", hint)
    if "not a git repository" in said:
        hint = "`git init` and a first commit begin its history"
        return GitError("no_repository", "the portal is in no git repository", hint)
    return GitError("failed", f"git could not do it: {said}")
