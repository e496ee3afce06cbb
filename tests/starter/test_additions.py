"""What ``okrsite init --ci`` and ``--serve`` add: files that forges take, least rights, nothing overwritten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from okrsite import __version__
from okrsite.starter.additions import FORGES, SERVERS, ci_files, serve_files, together

ACTIONS = ("github", "gitea", "forgejo")


def _written(forge: str, portal: Path) -> dict[str, str]:
    portal.mkdir(parents=True, exist_ok=True)
    return {str(path): text.decode() for path, text in ci_files(forge, portal).files.items()}


def _workflows(forge: str, portal: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, text in _written(forge, portal).items():
        if name.endswith(".yml"):
            yield name, text, yaml.load(text, yaml.BaseLoader)  # noqa: S506 - builds strings alone; `on` stays a word


def _steps(workflow: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def _schema(name: str) -> Any:
    """A schema as it is published, of those that come with check-jsonschema."""
    return json.loads(files("check_jsonschema").joinpath(f"builtin_schemas/vendor/{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("forge", ACTIONS)
def test_workflows_fit_their_schema(forge: str, tmp_path: Path) -> None:
    """GitHub's, which Gitea and Forgejo follow."""
    schema = _schema("github-workflows")
    for name, text, _ in _workflows(forge, tmp_path):
        loaded = yaml.safe_load(text)
        loaded["on"] = loaded.pop(True)  # YAML 1.1's idea of `on`
        jsonschema.Draft7Validator(schema).validate(loaded)
        assert "@" not in re.sub(r"@[0-9a-f]{40}\b", "", text), name


def test_gitlab_fits_its_schema(tmp_path: Path) -> None:
    """Both files, and what the first includes is there."""
    written = _written("gitlab", tmp_path)
    schema = _schema("gitlab-ci")
    for name in (".gitlab-ci.yml", ".gitlab/okrsite.yml"):
        jsonschema.Draft7Validator(schema).validate(yaml.safe_load(written[name]))
    assert yaml.safe_load(written[".gitlab-ci.yml"])["include"] == [{"local": ".gitlab/okrsite.yml"}]


@pytest.mark.parametrize("forge", ACTIONS)
def test_nothing_untrusted_gets_into_a_shell(forge: str, tmp_path: Path) -> None:
    """No expression stands in a script: what it stands for comes by the environment, in quotes."""
    for name, _, workflow in _workflows(forge, tmp_path):
        for step in _steps(workflow):
            script = step.get("run", "")
            assert "${{" not in script, name
            assert "$" not in re.sub(r'"[^"]*"', "", script), script


def test_gitlab_quotes_its_variables(tmp_path: Path) -> None:
    """Names of branches are what somebody typed."""
    for job in yaml.safe_load(_written("gitlab", tmp_path)[".gitlab/okrsite.yml"]).values():
        for line in (*job.get("before_script", ()), *job.get("script", ())):
            assert not re.search(r"(?<![\"$:{])\$CI_", line), line


@pytest.mark.parametrize("forge", ACTIONS)
def test_actions_are_pinned(forge: str, tmp_path: Path) -> None:
    """By a commit in full, with the version for people; the whole history; no credentials left in the checkout."""
    for _, text, workflow in _workflows(forge, tmp_path):
        for step in _steps(workflow):
            if "uses" not in step:
                continue
            assert re.fullmatch(r"(https://github\.com/)?actions/[a-z/-]+@[0-9a-f]{40}", step["uses"])
            assert re.search(re.escape(step["uses"]) + r" # v\d+\.\d+\.\d+\n", text)
            if "checkout" in step["uses"]:
                assert step["with"]["persist-credentials"] == "false"
    published = next(text for name, text, _ in _workflows(forge, tmp_path) if "okrsite publish" in text)
    assert "fetch-depth: 0" in published


def test_rights_are_given_job_by_job(tmp_path: Path) -> None:
    """At GitHub: none by default, no secrets where a request's code runs, its cache only read."""
    workflows = {name.rpartition("/")[2]: (text, loaded) for name, text, loaded in _workflows("github", tmp_path)}
    for _, loaded in workflows.values():
        assert loaded["permissions"] == {}
        assert "pull_request_target" not in loaded["on"]
        assert all("permissions" in job and "timeout-minutes" in job for job in loaded["jobs"].values())
    request, loaded = workflows["okrsite-request.yml"]
    assert loaded["jobs"]["request"]["permissions"] == {"contents": "read"}
    assert "secrets." not in request
    assert "github.token" not in request
    assert not any("actions/cache@" in step.get("uses", "") for step in _steps(loaded))
    preview, loaded = workflows["okrsite-preview.yml"]
    assert loaded["jobs"]["preview"]["permissions"] == {
        "actions": "read",
        "contents": "read",
        "pull-requests": "write",
    }
    assert "head_sha" not in str([step.get("with") for step in _steps(loaded)])  # never checks out the request
    assert "okrsite preview build" not in preview
    assert "cache" not in preview
    publish, loaded = workflows["okrsite-publish.yml"]
    assert loaded["concurrency"] == {"group": "okrsite-publish", "cancel-in-progress": "false"}
    assert set(loaded["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert "--as-of today" in publish
    assert workflows["okrsite-preview.yml"][1]["on"]["workflow_run"]["workflows"] == ["okrsite request"]


@pytest.mark.parametrize("forge", ["gitea", "forgejo"])
def test_elsewhere_secrets_are_apart_too(forge: str, tmp_path: Path) -> None:
    """The job that runs a request's code has none; requests of forks are left out of the one that has."""
    ((_, text, loaded),) = _workflows(forge, tmp_path)
    assert "secrets." not in json.dumps(loaded["jobs"]["request"])
    assert "head.repo.full_name == github.repository" in loaded["jobs"]["preview"]["if"]
    assert "actions/cache" not in text
    assert f"--forge {forge}" in text


def test_gitlab_publishes_one_at_a_time(tmp_path: Path) -> None:
    """And none is cancelled; the job that has the token installs what the target branch says."""
    jobs = yaml.safe_load(_written("gitlab", tmp_path)[".gitlab/okrsite.yml"])
    publish, request, preview = jobs["okrsite-publish"], jobs["okrsite-request"], jobs["okrsite-preview"]
    assert (publish["resource_group"], publish["interruptible"]) == ("okrsite-publish", False)
    assert jobs[".okrsite"]["cache"]["unprotect"] is False
    assert jobs[".okrsite"]["variables"]["GIT_DEPTH"] == "0"
    assert request["artifacts"]["reports"] == {"codequality": "okrsite-problems.json"}
    assert preview["environment"]["name"] == "okrsite-previews"
    assert "FETCH_HEAD:requirements.txt" in str(preview["before_script"])


@pytest.mark.parametrize("forge", FORGES)
def test_portals_below_the_top(forge: str, tmp_path: Path) -> None:
    """Workflows stand where forges look for them, and work in the portal's folder; its content folder is its own."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/master\n")
    portal = tmp_path / "about" / "goals"
    portal.mkdir(parents=True)
    (portal / "mkdocs.yml").write_text("site_name: Goals\ndocs_dir: 'words'  # ours\n")
    added = ci_files(forge, portal)
    assert added.top == tmp_path.resolve()
    texts = {str(path): text.decode() for path, text in added.files.items()}
    assert texts["about/goals/requirements.txt"].splitlines()[-1] == f"okrsite[s3]=={__version__}"
    all_of_it = "".join(texts.values())
    assert '"about/goals"' in all_of_it
    if forge == "github":
        assert "hashFiles('about/goals/mkdocs.yml', 'about/goals/words/**')" in all_of_it
    if forge != "gitlab":
        assert 'branches: ["master"]' in all_of_it


def test_what_is_there_stays(tmp_path: Path, run: Any) -> None:
    """Shared files are kept and named with what they need; okrsite's own are refused as a whole."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Goals\n")
    (tmp_path / "requirements.txt").write_text("mine\n")
    (tmp_path / ".gitlab-ci.yml").write_text("mine\n")
    done = run("init", "--ci", "gitlab", "--serve", "nginx", cwd=tmp_path)
    assert done.exit_code == 0
    assert "kept requirements.txt" in done.stderr
    assert "- local: .gitlab/okrsite.yml" in done.stderr
    assert (tmp_path / "requirements.txt").read_text() == (tmp_path / ".gitlab-ci.yml").read_text() == "mine\n"
    assert (tmp_path / "server" / "nginx.conf").is_file()
    assert not (tmp_path / "content").exists()
    again = run("init", "--ci", "gitlab", "--serve", "caddy", cwd=tmp_path)
    assert again.exit_code == 1
    assert ".gitlab/okrsite.yml" in again.stderr
    assert not (tmp_path / "server" / "Caddyfile").exists()


def test_with_a_new_portal(tmp_path: Path, run: Any) -> None:
    """All at once: goals, workflows, a web server; or nothing where one of the files is there."""
    done = run("init", "goals", "--template", "blank", "--ci", "forgejo", "--serve", "container", cwd=tmp_path)
    assert done.exit_code == 0
    made = {path.relative_to(tmp_path / "goals").as_posix() for path in (tmp_path / "goals").rglob("*")}
    expected = {"mkdocs.yml", ".forgejo/workflows/okrsite.yml", "server/Containerfile", "server/nginx.conf"}
    assert made > expected
    (tmp_path / "other" / "server").mkdir(parents=True)
    (tmp_path / "other" / "server" / "nginx.conf").touch()
    refused = run("init", "other", "--serve", "nginx", cwd=tmp_path)
    assert (refused.exit_code, (tmp_path / "other" / "mkdocs.yml").exists()) == (1, False)


def test_names_that_do_not_fit(tmp_path: Path, run: Any) -> None:
    """A content folder's name would end up in scripts: one that means more there is refused."""
    (tmp_path / "mkdocs.yml").write_text('site_name: Goals\ndocs_dir: "a$(b)"\n')
    done = run("init", "--ci", "github", cwd=tmp_path)
    assert done.exit_code == 1
    assert "does not fit into a workflow" in done.stderr


def test_containers(tmp_path: Path) -> None:
    """Pinned bases, nobody is root, the server says whether it is well; it takes the tested configuration along."""
    top, written = together([serve_files("container", tmp_path)])
    text = next(text for path, text in written.items() if path.name == "Containerfile").decode()
    assert top == tmp_path
    bases = re.findall(r"^FROM (\S+) AS (\w+)$", text, re.MULTILINE)
    assert [stage for _, stage in bases] == ["build", "serve"]
    assert all(re.search(r":\d+\.\d+\.\d+", base) for base, _ in bases)
    assert len(re.findall(r"^USER \d+$", text, re.MULTILINE)) == 2
    assert "HEALTHCHECK" in text
    assert "/_up" in text
    assert f"=={__version__}" in text
    assert any(path.name == "nginx.conf" for path in written)


def test_every_server_has_files(tmp_path: Path) -> None:
    """Each choice gives something, and the command offers just these."""
    from okrsite.cli.commands import previewing, starting
    from okrsite.cli.previews.forges import KINDS

    assert all(serve_files(server, tmp_path).files for server in SERVERS)
    assert (starting.FORGES, starting.SERVERS) == (FORGES, SERVERS)
    assert previewing.FORGES == KINDS == FORGES
