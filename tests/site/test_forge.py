"""Where content files are on each forge."""

from __future__ import annotations

from pathlib import Path

import pytest
from portalfiles import SMALL, put
from sitebuilds import Build

from okrsite.model import Source
from okrsite.problems import ContentError
from okrsite.settings import ForgeOptions, Settings
from okrsite.site.forge import KINDS, Forge
from okrsite.site.options.config import load

GOALS = Source("content/okrs/acme/2026-Q1.yml", 7)
HEAD = "site_name: Goals\ndocs_dir: content\ntheme: {name: okr}\n"


def _forge(root: Path, lines: str, option: str = "") -> Forge:
    """The forge of a portal with these lines in its configuration."""
    (root / "content").mkdir(exist_ok=True)
    plugins = f"plugins:\n  - okrsite:\n      forge: {option}\n" if option else "plugins: [okrsite]\n"
    settings, _ = load(put(root, {"mkdocs.yml": f"{HEAD}{lines}{plugins}"}))
    return Forge(settings)


AZURE = (
    "https://dev.azure.com/acme/People%20Ops/_git/goals?path=/content/okrs/acme/2026-Q1.yml&version=GBtrunk"
    "&line=7&lineEnd=8&lineStartColumn=1&lineEndColumn=1&lineStyle=plain&_a=contents"
)
ADDRESSES = [
    (
        "repo_url: https://github.com/acme/goals\nedit_uri: edit/main/content/\n",
        "https://github.com/acme/goals/blob/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://github.com/acme/goals/edit/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://github.com/acme/goals/new/main?filename=content/okrs/acme/check-ins/{name}&value={text}",
    ),
    (
        "repo_url: https://github.example.com/acme/goals/\nedit_uri: blob/trunk/portal/docs\n",
        "https://github.example.com/acme/goals/blob/trunk/portal/docs/okrs/acme/2026-Q1.yml#L7",
        "https://github.example.com/acme/goals/edit/trunk/portal/docs/okrs/acme/2026-Q1.yml#L7",
        "https://github.example.com/acme/goals/new/trunk?filename=portal/docs/okrs/acme/check-ins/{name}&value={text}",
    ),
    (
        "repo_url: https://gitlab.com/acme/people/goals\nedit_uri: -/edit/main/content/\n",
        "https://gitlab.com/acme/people/goals/-/blob/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://gitlab.com/acme/people/goals/-/edit/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://gitlab.com/acme/people/goals/-/new/main?file_name=content/okrs/acme/check-ins/{name}&content={text}",
    ),
    (
        "repo_url: https://code.example/group/sub/goals\nedit_uri: -/edit/main/content/\n",
        "https://code.example/group/sub/goals/-/blob/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://code.example/group/sub/goals/-/edit/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://code.example/group/sub/goals/-/new/main?file_name=content/okrs/acme/check-ins/{name}&content={text}",
    ),
    (
        "repo_url: https://git.example/acme/goals\nedit_uri: _edit/main/content/\n",
        "https://git.example/acme/goals/src/branch/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://git.example/acme/goals/_edit/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://git.example/acme/goals/_new/main/content/okrs/acme/check-ins?filename={name}&value={text}",
    ),
    (
        "repo_url: https://codeberg.org/acme/goals\nedit_uri: src/branch/main/content/\n",
        "https://codeberg.org/acme/goals/src/branch/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://codeberg.org/acme/goals/_edit/main/content/okrs/acme/2026-Q1.yml#L7",
        "https://codeberg.org/acme/goals/_new/main/content/okrs/acme/check-ins?filename={name}&value={text}",
    ),
    (
        "repo_url: https://bitbucket.org/acme/goals\nedit_uri: src/main/content/\n",
        "https://bitbucket.org/acme/goals/src/main/content/okrs/acme/2026-Q1.yml#lines-7",
        "https://bitbucket.org/acme/goals/src/main/content/okrs/acme/2026-Q1.yml?mode=edit&spa=0&at=main",
        "https://bitbucket.org/acme/goals/create-file/main/content/okrs/acme/check-ins?at=main",
    ),
    (
        "repo_url: https://bitbucket.example/projects/ACME/repos/goals\n",
        "https://bitbucket.example/projects/ACME/repos/goals/browse/content/okrs/acme/2026-Q1.yml?at=refs/heads/main#7",
        "https://bitbucket.example/projects/ACME/repos/goals/browse/content/okrs/acme/2026-Q1.yml?at=refs/heads/main#7",
        "",
    ),
    (
        "repo_url: https://dev.azure.com/acme/People%20Ops/_git/goals\nedit_uri: ?version=GBtrunk&path=/content/\n",
        AZURE,
        AZURE,
        "",
    ),
    (
        "repo_url: https://git.example/acme/goals\nedit_uri: ?file=content/\n",
        "https://git.example/acme/goals?file=content/okrs/acme/2026-Q1.yml",
        "https://git.example/acme/goals?file=content/okrs/acme/2026-Q1.yml",
        "",
    ),
]


@pytest.mark.parametrize(("lines", "view", "edit", "new"), ADDRESSES, ids=[each[1][8:40] for each in ADDRESSES])
def test_addresses(tmp_path: Path, lines: str, view: str, edit: str, new: str) -> None:
    """Each forge has its own way to a file, to its line, and to a new file; host or edit_uri tell which it is."""
    forge = _forge(tmp_path, lines)
    assert forge.view(GOALS) == view
    assert forge.edit(GOALS) == edit
    assert forge.new("content/okrs/acme/check-ins") == new


def test_every_kind_is_shown() -> None:
    """The table above leaves out no forge."""
    hosts = " ".join(lines for lines, *_ in ADDRESSES)
    words = {"gitea": "_edit/", "forgejo": "codeberg", "bitbucket-server": "/repos/"}
    assert [kind for kind in KINDS if words.get(kind, kind) not in hosts] == []


@pytest.mark.parametrize(
    ("kind", "commit", "request_", "name"),
    [
        ("github", "/commit/abc", "/pull/7", "#7"),
        ("gitlab", "/-/commit/abc", "/-/merge_requests/7", "!7"),
        ("gitea", "/commit/abc", "/pulls/7", "#7"),
        ("forgejo", "/commit/abc", "/pulls/7", "#7"),
        ("bitbucket", "/commits/abc", "/pull-requests/7", "#7"),
        ("bitbucket-server", "/commits/abc", "/pull-requests/7", "#7"),
        ("azure", "/commit/abc", "/pullrequest/7", "!7"),
    ],
)
def test_commits_and_requests(kind: str, commit: str, request_: str, name: str) -> None:
    """Where what moved a goalpost is looked at; nowhere where the repository or its forge is not known."""
    repo = "https://git.example/acme/goals"
    forge = Forge(Settings(repo_url=f"{repo}/", forge=ForgeOptions(kind)))
    assert (forge.commit("abc"), forge.request(7)) == (f"{repo}{commit}", f"{repo}{request_}")
    assert forge.request_name(7) == name
    for unknown in (Settings(forge=ForgeOptions(kind)), Settings(repo_url=repo)):
        assert (Forge(unknown).commit("abc"), Forge(unknown).request(7)) == ("", "")


@pytest.mark.parametrize("host", ["github.com", "gitlab.com", "bitbucket.org"])
def test_without_edit_uri_the_branch_is_main_and_the_folder_the_content(tmp_path: Path, host: str) -> None:
    """MkDocs' own guess for these hosts, edit/master/docs/, is not used."""
    forge = _forge(tmp_path, f"repo_url: https://{host}/acme/goals\n")
    assert "/main/content/okrs/acme/2026-Q1.yml" in forge.view(GOALS)


def test_an_empty_edit_uri_means_no_links(tmp_path: Path) -> None:
    """As in MkDocs."""
    forge = _forge(tmp_path, "repo_url: https://github.com/acme/goals\nedit_uri: ''\n")
    assert (forge.view(GOALS), forge.edit(GOALS), forge.new("content/okrs/acme")) == ("", "", "")


def test_an_edit_uri_may_be_a_whole_address_or_a_template(tmp_path: Path) -> None:
    """MkDocs takes both forms."""
    repo = "repo_url: https://github.com/acme/goals\n"
    want = "https://github.com/acme/goals/edit/next/content/okrs/acme/2026-Q1.yml#L7"
    for line in (
        "edit_uri: https://github.com/acme/goals/edit/next/content/",
        "edit_uri_template: edit/next/content/{path}",
    ):
        assert _forge(tmp_path, f"{repo}{line}\n").edit(GOALS) == want


def test_the_option_names_branch_and_folder(tmp_path: Path) -> None:
    """A branch with a slash cannot be told from a folder otherwise; the content may lie deep in the repository."""
    repo = "repo_url: https://github.com/acme/goals\n"
    named = _forge(tmp_path, repo, "{branch: release/2026, folder: a/b}")
    assert named.view(GOALS) == "https://github.com/acme/goals/blob/release/2026/a/b/okrs/acme/2026-Q1.yml#L7"
    known = _forge(tmp_path, f"{repo}edit_uri: edit/release/2026/docs/\n", "{branch: release/2026}")
    assert known.view(GOALS) == "https://github.com/acme/goals/blob/release/2026/docs/okrs/acme/2026-Q1.yml#L7"
    root = _forge(tmp_path, repo, "{folder: ''}")
    assert root.view(GOALS) == "https://github.com/acme/goals/blob/main/okrs/acme/2026-Q1.yml#L7"


def test_addresses_of_ones_own(tmp_path: Path) -> None:
    """Any address with places for path and line will do, with or without repo_url."""
    option = (
        '{view: "https://x.example/?f={path}&n={line}", new: "https://x.example/new/{branch}/{folder}?{name}={text}"}'
    )
    forge = _forge(tmp_path, "", option)
    assert forge.view(GOALS) == "https://x.example/?f=content/okrs/acme/2026-Q1.yml&n=7"
    assert forge.edit(GOALS) == ""
    assert forge.new("content/okrs/acme") == "https://x.example/new/main/content/okrs/acme?{name}={text}"
    mixed = _forge(tmp_path, "repo_url: https://github.com/a/b\n", '{edit: "https://x.example/{path}"}')
    assert mixed.edit(GOALS) == "https://x.example/content/okrs/acme/2026-Q1.yml"
    assert mixed.view(GOALS).startswith("https://github.com/a/b/blob/")


def test_paths_are_quoted_and_the_first_line_is_none() -> None:
    """Letters outside ASCII, spaces and signs with a meaning in addresses come through; line 1 is the file itself."""
    settings = Settings(repo_url="https://github.com/a/b", forge=ForgeOptions("github"))
    place = Source("content/guide/what? 50% & zürich #1.yml", 1)
    path = "content/guide/what%3F%2050%25%20%26%20z%C3%BCrich%20%231.yml"
    assert Forge(settings).view(place) == f"https://github.com/a/b/blob/main/{path}"
    assert Forge(settings).new("content/a{b}") == (
        "https://github.com/a/b/new/main?filename=content/a%7Bb%7D/{name}&value={text}"
    )


def test_markdown_is_shown_as_written_at_a_line() -> None:
    """Laid out, it has no lines to go to."""
    place = Source("content/okrs/acme/2026-Q1/trust.md", 4)
    for kind, end in (("github", "?plain=1#L4"), ("gitlab", "?plain=1#L4"), ("gitea", "?display=source#L4")):
        forge = Forge(Settings(repo_url="https://x.example/a/b", forge=ForgeOptions(kind)))
        assert forge.view(place).endswith(f"trust.md{end}")


def test_no_links_where_too_little_is_known() -> None:
    """Without a repository, for a host that nothing is known of, and for files outside the content."""
    assert Forge(Settings()).view(GOALS) == ""
    assert Forge(Settings(repo_url="https://git.example/x")).view(GOALS) == ""
    settings = Settings(repo_url="https://git.example/x", edit_uri="edit/")
    assert Forge(settings).edit(Source("elsewhere/unit.yml", 3)) == ""
    assert Forge(settings).new("elsewhere") == ""
    assert Forge(settings).edit(Source("content/a.md", 3)) == "https://git.example/x/edit/a.md"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("cvs", "'cvs' is not known"),
        ("[github]", "'['github']' is not known"),
        ("{knd: github}", "there is no 'knd' (did you mean 'kind'?)"),
        ("{branch: ../x}", "'../x' cannot be the name of a branch (write e.g. main)"),
        ("{branch: 1}", "'1' cannot be the name of a branch (write e.g. main)"),
        ("{folder: /content}", "'/content' is not a folder in the repository"),
        ("{folder: a/../b}", "'a/../b' is not a folder in the repository"),
        ("{view: 'javascript:alert(1)//{path}'}", "view is not an address"),
        ("{view: 'https://x.example/{file}'}", "view has no place {file} (there are {path}, {line}, {branch})"),
        ("{edit: 'https://x.example/'}", "edit does not say where the file's path goes (put {path} into it)"),
        ("{new: 'https://x.example/{line}{path}'}", "new has no place {line}"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, option: str, said: str) -> None:
    """A wrong option is told at its line, with what to write instead."""
    with pytest.raises(ContentError) as raised:
        _forge(tmp_path, "", option)
    problem = raised.value.problems[0]
    assert (problem.code, problem.line) == ("OKR401", 6)
    assert f"{problem.message} ({problem.hint})".startswith(f"forge: {said}")


def test_pages_lead_to_their_source(build_files: Build) -> None:
    """Each goal's page to its line, to look at and to change; written pages too; pages without a source to none."""
    lines = "repo_url: https://github.com/acme/goals\nedit_uri: edit/main/content/\n"
    pages = build_files({"mkdocs.yml": lines + SMALL["mkdocs.yml"]}).site.pages
    base = "https://github.com/acme/goals"
    links = pages["acme/it/2026-Q1/reliability/index.html"].links
    assert f"{base}/edit/main/content/okrs/acme/it/2026-Q1.yml#L2" in links
    assert f"{base}/blob/main/content/okrs/acme/it/2026-Q1.yml#L2" in links
    assert f"{base}/edit/main/content/okrs/acme/it/unit.yml" in pages["acme/it/index.html"].links
    assert f"{base}/edit/main/content/guide/start.md" in pages["guide/start/index.html"].links
    assert not any("github" in link for link in pages["alignment/index.html"].links)
