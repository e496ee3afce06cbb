"""Forges: where content files are looked at, changed and newly made on the site that has the repository."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol
from urllib.parse import parse_qs, quote, urlsplit

from okrsite.frozen import frozen
from okrsite.settings import Settings

_DEFAULT_BRANCH = "main"
_MARKDOWN = (".md", ".markdown")


class Place(Protocol):
    """A line of a content file: a source of the model, or a problem."""

    @property
    def path(self) -> str:
        """The file, relative to the portal's folder."""
        ...

    @property
    def line(self) -> int:
        """Counted from 1."""
        ...


@frozen
class _Patterns:
    """The addresses of a forge.

    Attributes:
        view: Where a file is looked at.
        at_line: What leads on to a line there.
        as_text: What has Markdown shown as it is written: laid out, it has no lines.
        edit: Where a file is changed; like ``view`` where the forge has a button for it, but no address.
        edit_at_line: What leads on to a line there.
        new: Where a file is made. With ``{text}`` what is in it can be given along.
        commit: Where a commit is looked at.
        request: Where a pull or merge request is looked at.
    """

    view: str
    at_line: str
    edit: str
    new: str
    edit_at_line: str = ""
    as_text: str = ""
    commit: str = ""
    request: str = ""


_GITEA = _Patterns(
    view="{repo}/src/branch/{branch}/{path}",
    at_line="#L{line}",
    as_text="?display=source",
    edit="{repo}/_edit/{branch}/{path}",
    edit_at_line="#L{line}",
    new="{repo}/_new/{branch}/{folder}?filename={name}&value={text}",
    commit="{repo}/commit/{id}",
    request="{repo}/pulls/{number}",
)
_AZURE_VIEW = "{repo}?path=/{path}&version=GB{branch}"
_AZURE_LINE = "&line={line}&lineEnd={next_line}&lineStartColumn=1&lineEndColumn=1&lineStyle=plain&_a=contents"
_PATTERNS = {
    "github": _Patterns(
        view="{repo}/blob/{branch}/{path}",
        at_line="#L{line}",
        as_text="?plain=1",
        edit="{repo}/edit/{branch}/{path}",
        edit_at_line="#L{line}",
        new="{repo}/new/{branch}?filename={path}&value={text}",
        commit="{repo}/commit/{id}",
        request="{repo}/pull/{number}",
    ),
    "gitlab": _Patterns(
        view="{repo}/-/blob/{branch}/{path}",
        at_line="#L{line}",
        as_text="?plain=1",
        edit="{repo}/-/edit/{branch}/{path}",
        edit_at_line="#L{line}",
        new="{repo}/-/new/{branch}?file_name={path}&content={text}",
        commit="{repo}/-/commit/{id}",
        request="{repo}/-/merge_requests/{number}",
    ),
    "gitea": _GITEA,
    "forgejo": _GITEA,
    "bitbucket": _Patterns(
        view="{repo}/src/{branch}/{path}",
        at_line="#lines-{line}",
        edit="{repo}/src/{branch}/{path}?mode=edit&spa=0&at={branch}",
        new="{repo}/create-file/{branch}/{folder}?at={branch}",
        commit="{repo}/commits/{id}",
        request="{repo}/pull-requests/{number}",
    ),
    "bitbucket-server": _Patterns(
        view="{repo}/browse/{path}?at=refs/heads/{branch}",
        at_line="#{line}",
        edit="{repo}/browse/{path}?at=refs/heads/{branch}",
        edit_at_line="#{line}",
        new="",
        commit="{repo}/commits/{id}",
        request="{repo}/pull-requests/{number}",
    ),
    "azure": _Patterns(
        view=_AZURE_VIEW,
        at_line=_AZURE_LINE,
        edit=_AZURE_VIEW,
        edit_at_line=_AZURE_LINE,
        new="",
        commit="{repo}/commit/{id}",
        request="{repo}/pullrequest/{number}",
    ),
}
_NOTHING = _Patterns("", "", "", "")
KINDS = tuple(_PATTERNS)
"""The forges whose addresses are known."""

_HOSTS = {
    **{kind: kind for kind in ("github", "gitlab", "gitea", "forgejo", "bitbucket", "azure")},
    "codeberg": "forgejo",
    "visualstudio": "azure",
}
_WITH_BANG = ("gitlab", "azure")
_PLACE = re.compile(r"\{(\w+)\}")
_BEFORE_BRANCH = re.compile(r"(?:-/)?(?:edit|blob|tree|_edit|src/branch|src)/")
_BEFORE_FOLDER = ("browse/", "?")


def kind_of(repo_url: str, edit_uri: str) -> str:
    """The forge that an address belongs to, by its host's name or the form of its addresses; empty where unknown."""
    url = urlsplit(repo_url)
    host = url.hostname or ""
    kind = next((kind for word, kind in _HOSTS.items() if word in host), "")
    if not kind and "/_git/" in url.path:
        return "azure"
    if kind in ("", "bitbucket") and re.search(r"/(?:projects|users)/[^/]+/repos/", url.path):
        return "bitbucket-server"
    if not kind and edit_uri.startswith("-/"):
        return "gitlab"
    if not kind and edit_uri.startswith(("_edit/", "src/branch/")):
        return "gitea"
    return kind


_NAMES = {
    "github": "GitHub",
    "gitlab": "GitLab",
    "gitea": "Gitea",
    "forgejo": "Forgejo",
    "bitbucket": "Bitbucket",
    "bitbucket-server": "Bitbucket",
    "azure": "Azure DevOps",
}


class Forge:
    """Where content files are on the forge. Every address is empty where the portal does not say enough.

    Attributes:
        name: What it is called; empty where unknown.

    Args:
        settings: The portal's options.
    """

    def __init__(self, settings: Settings) -> None:
        self.name = _NAMES.get(settings.forge.kind, "")
        self._prefix = f"{settings.content}/"
        self._repo = settings.repo_url.rstrip("/")
        options = settings.forge
        branch, folder = _branch_and_folder(settings)
        self._branch = options.branch or branch
        self._folder = folder if options.folder is None else options.folder
        self._patterns = _patterns(settings)
        self._history = _PATTERNS.get(options.kind, _NOTHING) if settings.repo_url else _NOTHING
        self._request_sign = "!" if options.kind in _WITH_BANG else "#"

    def view(self, place: Place) -> str:
        """Where a content file is looked at, at its line."""
        return self._at(place, self._patterns.view, self._patterns.at_line, self._patterns.as_text)

    def edit(self, place: Place) -> str:
        """Where a content file is changed, at its line where the forge can be told."""
        return self._at(place, self._patterns.edit, self._patterns.edit_at_line, "")

    def new(self, folder: str) -> str:
        """Where a file is made in a folder below the content folder: an address with ``{name}`` for the file's name.

        It has ``{text}`` where the forge takes along what is to be in the file.

        Args:
            folder: Relative to the portal's folder, without a slash at its end.
        """
        if not folder.startswith(self._prefix):
            return ""
        inside = self._inside(folder)
        return self._filled(self._patterns.new, folder=inside, path=f"{inside}/{{name}}")

    def commit(self, id: str) -> str:
        """Where a commit is looked at, by its full id."""
        return self._filled(self._history.commit, id=quote(id))

    def request(self, number: int) -> str:
        """Where a pull or merge request is looked at."""
        return self._filled(self._history.request, number=str(number))

    def request_name(self, number: int) -> str:
        """How the forge writes a request in messages: ``#12``, on GitLab ``!12``."""
        return f"{self._request_sign}{number}"

    def _at(self, place: Place, pattern: str, at_line: str, as_text: str) -> str:
        path, line = place.path, place.line
        if not pattern or not path.startswith(self._prefix):
            return ""
        if line > 1:
            pattern += as_text * path.lower().endswith(_MARKDOWN) + at_line
        below = quote(path.removeprefix(self._prefix))
        return self._filled(pattern, path=self._inside(path), below=below, line=str(line), next_line=str(line + 1))

    def _inside(self, path: str) -> str:
        """A content file's path in the repository, quoted."""
        below = path.removeprefix(self._prefix)
        return quote(f"{self._folder}/{below}" if self._folder else below)

    def _filled(self, pattern: str, **values: str) -> str:
        """A pattern with its places filled; those that have no value yet stay."""
        values |= {"repo": self._repo, "branch": quote(self._branch)}
        return _PLACE.sub(lambda found: values.get(found[1], found[0]), pattern)


def _branch_and_folder(settings: Settings) -> tuple[str, str]:
    """What ``edit_uri`` says of the branch and of the content's folder in the repository."""
    default = "" if settings.content.startswith(("/", "..")) else settings.content
    uri = _relative(settings.edit_uri or "", settings.repo_url)
    if settings.forge.kind == "azure":
        asked = parse_qs(uri.lstrip("?").rstrip("/"))
        branch = asked.get("version", [""])[0].removeprefix("GB")
        return branch or _DEFAULT_BRANCH, asked["path"][0].strip("/") if "path" in asked else default
    if settings.forge.kind == "bitbucket-server" and uri.startswith("browse/"):
        folder, _, query = uri.removeprefix("browse/").partition("?")
        branch = parse_qs(query.rstrip("/")).get("at", [_DEFAULT_BRANCH])[0].removeprefix("refs/heads/")
        return branch, folder.strip("/")
    start = _BEFORE_BRANCH.match(uri)
    if start is None:
        return _DEFAULT_BRANCH, default
    rest = f"{uri[start.end() :].partition('?')[0].strip('/')}/"
    known = f"{settings.forge.branch}/"
    if settings.forge.branch and rest.startswith(known):  # only who names it can have a slash in it
        return settings.forge.branch, rest.removeprefix(known).strip("/")
    branch, _, folder = rest.partition("/")
    return branch, folder.strip("/")


def _patterns(settings: Settings) -> _Patterns:
    """The addresses to use: the portal's own before those of the forge."""
    options = settings.forge
    uri = _relative(settings.edit_uri or "", settings.repo_url)
    known = _PATTERNS.get(options.kind)
    if not settings.repo_url or settings.edit_uri == "" or (known is None and not uri):
        found = _NOTHING
    elif known is None or (uri and not uri.startswith(_BEFORE_FOLDER) and not _BEFORE_BRANCH.match(uri)):
        # As MkDocs has it: what stands between the repository's address and the path below the content folder.
        joined = f"{{repo}}{uri}{{below}}" if uri.startswith(("?", "#")) else f"{{repo}}/{uri.strip('/')}/{{below}}"
        found = replace(_NOTHING, view=joined, edit=joined)
    else:
        found = known
    if options.view:
        found = replace(found, view=options.view, at_line="", as_text="")
    if options.edit:
        found = replace(found, edit=options.edit, edit_at_line="")
    return replace(found, new=options.new) if options.new else found


def _relative(uri: str, repo_url: str) -> str:
    """An ``edit_uri`` as it follows ``repo_url``."""
    return uri.removeprefix(repo_url.rstrip("/")).lstrip("/")
