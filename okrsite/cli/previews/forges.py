"""The comment at a pull or merge request: GitHub, Gitea, Forgejo, GitLab. Written once, then brought up to date."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError

Kind = Literal["github", "gitlab", "gitea", "forgejo"]
KINDS: tuple[Kind, ...] = ("github", "gitlab", "gitea", "forgejo")

_SECONDS = 30
_A_PAGE = 100
_MOST_PAGES = 50


class ForgeError(OkrsiteError):
    """The forge could not be reached, or said no.

    Attributes:
        status: Its answer; 0 for none.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        self.status = status
        super().__init__(message)


@frozen
class Forge:
    """A repository at a forge.

    Attributes:
        kind: Which forge.
        api: The address of its interface, such as ``https://api.github.com``.
        repository: Owner and name; at GitLab also the project's number.
        token: Proves who asks.
    """

    kind: Kind
    api: str
    repository: str
    token: str

    def head(self, number: int) -> str:
        """The commit that a request proposes at the moment."""
        told = self._asked("GET", self._request(number))
        found = told.get("sha") if self.kind == "gitlab" else told.get("head", {}).get("sha")
        return found if isinstance(found, str) else ""

    def put_comment(self, number: int, text: str, marker: str) -> str:
        """Write a comment, in place of the one that begins with the marker where there is one.

        Returns:
            ``updated`` or ``written``.
        """
        old = next((id for id, body in self._comments(number) if body.lstrip().startswith(marker)), None)
        if old is not None:
            try:
                self._asked("PUT" if self.kind == "gitlab" else "PATCH", self._comment(number, old), {"body": text})
            except ForgeError as error:
                if error.status not in (403, 404):  # somebody else's, or gone meanwhile
                    raise
            else:
                return "updated"
        self._asked("POST", self._all_comments(number), {"body": text})
        return "written"

    def _comments(self, number: int) -> Iterator[tuple[int, str]]:
        seen: set[int] = set()
        for page in range(1, _MOST_PAGES + 1):
            answer = self._asked("GET", f"{self._all_comments(number)}?per_page={_A_PAGE}&limit={_A_PAGE}&page={page}")
            new = [each for each in answer if each["id"] not in seen]
            for each in new:
                seen.add(each["id"])
                yield each["id"], each.get("body") or ""
            if len(new) < len(answer) or not new:  # Gitea gives all of them on each page
                return

    def _project(self) -> str:
        if self.kind == "gitlab":
            return f"projects/{quote(self.repository, safe='')}"
        return f"repos/{quote(self.repository)}"

    def _request(self, number: int) -> str:
        return f"{self._project()}/{'merge_requests' if self.kind == 'gitlab' else 'pulls'}/{number}"

    def _all_comments(self, number: int) -> str:
        if self.kind == "gitlab":
            return f"{self._request(number)}/notes"
        return f"{self._project()}/issues/{number}/comments"

    def _comment(self, number: int, id: int) -> str:
        if self.kind == "gitlab":
            return f"{self._request(number)}/notes/{id}"
        return f"{self._project()}/issues/comments/{id}"

    def _headers(self) -> Mapping[str, str]:
        common = {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "okrsite"}
        if self.kind == "gitlab":
            return {**common, "PRIVATE-TOKEN": self.token}
        if self.kind == "github":
            return {**common, "Authorization": f"Bearer {self.token}", "Accept": "application/vnd.github+json"}
        return {**common, "Authorization": f"token {self.token}"}

    def _asked(self, method: str, path: str, told: Mapping[str, str] | None = None) -> Any:
        address = f"{self.api.rstrip('/')}/{path}"
        if not address.startswith(("https://", "http://")):
            raise ForgeError(f"{self.api} is no address of a forge; it begins with https://")
        body = json.dumps(told).encode() if told is not None else None
        request = Request(address, body, dict(self._headers()), method=method)  # noqa: S310 - the scheme is checked
        what = f"{method} {address.partition('?')[0]}"
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
                return json.loads(answer.read())
        except HTTPError as error:
            error.close()
            raise ForgeError(f"{what}: {error.code} {error.reason}.{_hint(error.code)}", error.code) from error
        except (URLError, OSError, ValueError) as error:
            raise ForgeError(f"{what}: {getattr(error, 'reason', None) or error}") from error


def _hint(status: int) -> str:
    if status in (401, 403):
        return " The token may not do that: it has to read requests and write comments."
    return " There is no such repository or request, or the token may not see it." if status == 404 else ""
