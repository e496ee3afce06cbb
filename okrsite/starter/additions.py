"""What a portal gets beside its content: workflows of a forge, and the configuration of a web server."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from okrsite import __version__
from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError
from okrsite.starter.actions import actions

FORGES = ("github", "gitlab", "gitea", "forgejo")
"""Whose CI there are files for."""
SERVERS = ("nginx", "caddy", "container")
"""Which web servers there are files for."""

_HERE = Path(__file__).parent
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_DOCS_DIR = re.compile(r"""^docs_dir[ \t]*:[ \t]*['"]?([^'"#\n]+?)['"]?[ \t]*(?:#.*)?$""", re.MULTILINE)
_REQUIREMENTS = """\
# What CI installs. To build the same for good, pin all of it: pip freeze > requirements.txt
okrsite[s3]=={version}
"""


@frozen
class Additions:
    """Files to add.

    Attributes:
        top: The folder that their paths are relative to.
        files: By path.
        kept: Paths that are there already and stay as they are: CI may need something in them.
    """

    top: Path
    files: Mapping[PurePosixPath, bytes]
    kept: tuple[PurePosixPath, ...] = ()


def ci_files(forge: str, portal: Path, branch: str = "") -> Additions:
    """The workflows of a forge: they stand at the repository's top, wherever in it the portal is.

    Args:
        forge: One of ``FORGES``.
        portal: The portal's folder; it may be about to be made.
        branch: What is published; by default what the repository's own branch is called, if ``main`` or ``master``.

    Raises:
        OkrsiteError: The portal's folder or content folder has a name that does not fit into a workflow.
    """
    home = portal.resolve()
    top = next((each for each in (home, *home.parents) if (each / ".git").exists()), home)
    folder = home.relative_to(top).as_posix()
    path = "" if folder == "." else f"{folder}/"
    content, branch = _content(home), branch or _branch(top)
    for name in (content, branch, *([] if folder == "." else [folder])):
        if not _PLAIN.fullmatch(name):
            raise OkrsiteError(
                f"'{name}' does not fit into a workflow: use letters, digits, dots, hyphens and slashes."
            )
    words = {"folder": folder, "path": path, "content": content, "branch": branch, "forge": forge, **actions(forge)}
    files = {PurePosixPath(name): _filled(text, words) for name, text in _workflows(forge).items()}
    files[PurePosixPath(f"{path}requirements.txt")] = _REQUIREMENTS.format(version=__version__).encode()
    shared = (PurePosixPath(f"{path}requirements.txt"), PurePosixPath(".gitlab-ci.yml"))
    kept = tuple(each for each in shared if each in files and (top / each).exists())
    return Additions(top, {name: text for name, text in files.items() if name not in kept}, kept)


def serve_files(server: str, portal: Path) -> Additions:
    """The configuration of a web server, in ``server/``.

    Args:
        server: One of ``SERVERS``.
        portal: The portal's folder.
    """
    names = {"nginx": ["nginx.conf"], "caddy": ["Caddyfile"], "container": ["Containerfile", "nginx.conf"]}[server]
    words = {"version": __version__}
    home = PurePosixPath("server")
    return Additions(portal, {home / name: _filled((_HERE / "serve" / name).read_bytes(), words) for name in names})


def together(parts: Sequence[Additions]) -> tuple[Path, dict[PurePosixPath, bytes]]:
    """The files of several additions by one folder, the uppermost, so that all or none can be written."""
    top = min((part.top for part in parts), key=lambda each: len(each.resolve().parts))
    files = {}
    for part in parts:
        below = PurePosixPath(part.top.resolve().relative_to(top.resolve()).as_posix())
        files.update({below / path: text for path, text in part.files.items()})
    return top, files


def _workflows(forge: str) -> dict[str, bytes]:
    if forge == "github":
        names = ("okrsite-request.yml", "okrsite-preview.yml", "okrsite-publish.yml")
        return {f".github/workflows/{name}": (_HERE / "ci" / "github" / name).read_bytes() for name in names}
    if forge == "gitlab":
        folder = _HERE / "ci" / "gitlab"
        return {
            ".gitlab/okrsite.yml": (folder / "okrsite.yml").read_bytes(),
            ".gitlab-ci.yml": (folder / "gitlab-ci.yml").read_bytes(),
        }
    return {f".{forge}/workflows/okrsite.yml": (_HERE / "ci" / "gitea" / "okrsite.yml").read_bytes()}


def _filled(text: bytes, words: Mapping[str, str]) -> bytes:
    filled = text.decode()
    for mark, word in words.items():
        filled = filled.replace(f"@{mark}@", word)
    return filled.encode()


def _content(home: Path) -> str:
    """The content folder of a portal, relative to it: as its configuration says, or as a new one has it."""
    config = next((home / name for name in ("mkdocs.yml", "mkdocs.yaml") if (home / name).is_file()), None)
    if config is None:
        return "content"
    named = _DOCS_DIR.search(config.read_text("utf-8", "replace"))
    return named[1].strip().removeprefix("./").rstrip("/") if named else "docs"


def _branch(top: Path) -> str:
    head = top / ".git" / "HEAD"
    name = head.read_text("utf-8", "replace").strip().rpartition("/")[2] if head.is_file() else ""
    return name if name in ("main", "master") else "main"
